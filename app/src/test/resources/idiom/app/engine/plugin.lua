-- An Ardour session without a screen whose tracks have the plugin on them, obeying lines on its input; run by ardour7-lua.
-- Each line is answered with "ok ...", and after a colon with what it asked for.

local folder = os.getenv("IDIOM_ARDOUR_FOLDER")
local ui = ARDOUR.TransportRequestSource.TRS_UI
local midi = ARDOUR.ChanCount(ARDOUR.DataType("midi"), 1)

AudioEngine:set_backend("JACK", "ardour", "")
AudioEngine:start(false)
local session
if os.getenv("IDIOM_ARDOUR_OPENS") then
  session = load_session(folder, "music")
else
  session = create_session(folder, "music", 48000)
  local tempo = Temporal.TempoMap.write_copy()
  tempo:set_tempo(Temporal.Tempo(300, 300, 4), Temporal.timepos_t(0))
  Temporal.TempoMap.update(tempo)
end
session:cfg():set_jack_time_master(true)
session:cfg():set_external_sync(false)

local function track(name)
  return session:route_by_name(name):to_track()
end

-- The plugin is the first thing on a track.
local function plugin(name)
  return session:route_by_name(name):nth_plugin(0)
end

local commands = {}

function commands.track(name)
  session:new_midi_track(midi, midi, true, ARDOUR.PluginInfo(), nil, nil, 1, name,
    ARDOUR.PresentationInfo.max_order, ARDOUR.TrackMode.Normal, true)
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

function commands.arm(name)
  track(name):rec_enable_control():set_value(1, PBD.GroupControlDisposition.NoGroup)
end

function commands.disarm(name)
  track(name):rec_enable_control():set_value(0, PBD.GroupControlDisposition.NoGroup)
end

function commands.record()
  session:maybe_enable_record()
end

-- JACK's transport and Ardour's are one.
function commands.chase()
  session:cfg():set_external_sync(true)
end

function commands.lead()
  session:cfg():set_external_sync(false)
end

function commands.roll()
  session:request_roll(ui)
end

function commands.stop()
  session:request_stop(false, false, ui)
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

function commands.rewind()
  session:request_locate(0, false, ARDOUR.LocateTransportDisposition.MustStop, ui)
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

-- bounce TRACK FROM TO: what the plugin makes of the track, as a file of its own, "bounced"; in this thread, not in JACK's.
function commands.bounce(argument)
  local name, from, to = argument:match("(%S+) (%S+) (%S+)")
  local one = track(name)
  local progress = ARDOUR.InterThreadInfo()
  local made = one:bounce_range(tonumber(from), tonumber(to), progress, one:nth_plugin(0), true, "bounced")
  assert(not made:isnil(), "nothing was bounced")
end

function commands.save()
  session:save_state("", false, false, false, false, false)
end

io.stdout:write("ok ready\n")
io.stdout:flush()
for line in io.stdin:lines() do
  local command, argument = line:match("(%S+)%s*(.*)")
  local done, result = pcall(commands[command], argument)
  local answer = result and ": " .. tostring(result) or ""
  io.stdout:write(done and "ok " .. line .. answer .. "\n" or "failed " .. tostring(result) .. "\n")
  io.stdout:flush()
end
