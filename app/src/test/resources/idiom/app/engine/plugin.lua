-- An Ardour session without a screen whose tracks have the plugin on them, obeying lines on its input; run by ardour7-lua.

local shared = dofile("session.lua")
local session = shared.open(300)
local commands, track, ui = shared.commands, shared.track, shared.ui

-- The plugin is the first thing on a track.
local function plugin(name)
  return session:route_by_name(name):nth_plugin(0)
end

function commands.plug(name)
  local made = ARDOUR.LuaAPI.new_plugin(session, "urn:idiom:transfer", ARDOUR.PluginType.LV2, "")
  assert(not made:isnil(), "Ardour does not know the plugin")
  assert(track(name):add_processor_by_index(made, 0, nil, true) == 0, "the plugin is not taken")
end

-- set TRACK PARAMETER VALUE; parameters are counted as in the protocol.
function commands.set(argument)
  local name, parameter, value = argument:match("(%S+) (%S+) (%S+)")
  assert(ARDOUR.LuaAPI.set_processor_param(plugin(name), tonumber(parameter), tonumber(value)))
end

-- get TRACK PARAMETER
function commands.get(argument)
  local name, parameter = argument:match("(%S+) (%S+)")
  return string.format("%.6f", (ARDOUR.LuaAPI.get_processor_param(plugin(name), tonumber(parameter), true)))
end

-- switch TRACK on|off: the plugin on it.
function commands.switch(argument)
  local name, state = argument:match("(%S+) (%S+)")
  local processor = session:route_by_name(name):nth_plugin(0)
  if state == "on" then processor:activate() else processor:deactivate() end
end

-- where the song is, in frames
function commands.where()
  return session:transport_sample()
end

function commands.lead()
  session:cfg():set_external_sync(false)
end

function commands.loop()
  session:request_play_loop(true, false)
end

function commands.unloop()
  session:request_play_loop(false, false)
end

-- locate FRAME, and stop or go on as it did.
function commands.locate(frame)
  session:request_locate(tonumber(frame), false, ARDOUR.LocateTransportDisposition.RollIfAppropriate, ui)
end

-- range FROM TO, in frames; whoever opens the session next may take it for the loop's.
function commands.range(argument)
  local from, to = argument:match("(%S+) (%S+)")
  session:locations():add_range(Temporal.timepos_t(tonumber(from)), Temporal.timepos_t(tonumber(to)))
end

-- export FOLDER FROM TO: renders the session, faster than it sounds.
function commands.export(argument)
  local into, from, to = argument:match("(%S+) (%S+) (%S+)")
  local export = session:simple_export()
  export:set_name("export")
  export:set_folder(into)
  export:set_range(tonumber(from), tonumber(to))
  assert(export:check_outputs(), "nothing to export")
  assert(export:run_export(), "the export failed")
end

-- bounce TRACK FILE FROM TO: what the plugin makes of the track, as a file of its own; in this thread, not in the back-end's.
function commands.bounce(argument)
  local name, file, from, to = argument:match("(%S+) (%S+) (%S+) (%S+)")
  local one = track(name)
  local progress = ARDOUR.InterThreadInfo()
  local made = one:bounce_range(tonumber(from), tonumber(to), progress, one:nth_plugin(0), true, file)
  assert(not made:isnil(), "nothing was bounced")
end

shared.obey()
