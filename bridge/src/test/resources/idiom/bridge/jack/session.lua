-- What all scripts share that run an Ardour session without a screen: how it is opened, and commands that they obey, a line each
-- on their input. Each line is answered with "ok ...", and after a colon with what it asked for.
-- Ardour is JACK's timebase master; what it plays without JACK's transport it can record (chasing, it keeps no takes).

local shared = { commands = {}, ui = ARDOUR.TransportRequestSource.TRS_UI }
local commands = shared.commands
local session

-- The session that is there already if IDIOM_ARDOUR_OPENS is set, else a new one at so many quarters a minute; on JACK, or on the back-end
-- that IDIOM_ARDOUR_BACKEND names.
function shared.open(quarters)
  local folder = os.getenv("IDIOM_ARDOUR_FOLDER")
  AudioEngine:set_backend(os.getenv("IDIOM_ARDOUR_BACKEND") or "JACK", "ardour", "")
  assert(AudioEngine:start(false) == 0, "Ardour's engine does not start")
  if os.getenv("IDIOM_ARDOUR_OPENS") then
    session = load_session(folder, "music")
  else
    session = create_session(folder, "music", 48000)
    local tempo = Temporal.TempoMap.write_copy()
    tempo:set_tempo(Temporal.Tempo(quarters, quarters, 4), Temporal.timepos_t(0))
    Temporal.TempoMap.update(tempo)
  end
  assert(AudioEngine:running(), "Ardour's engine has stopped")
  session:cfg():set_jack_time_master(true)
  session:cfg():set_external_sync(false)
  return session
end

function shared.track(name)
  return session:route_by_name(name):to_track()
end

-- Obeys until there is nothing more to obey.
function shared.obey()
  io.stdout:write("ok ready\n")
  io.stdout:flush()
  for line in io.stdin:lines() do
    local command, argument = line:match("(%S+)%s*(.*)")
    local done, result = pcall(commands[command], argument)
    local answer = result and ": " .. tostring(result) or ""
    io.stdout:write(done and "ok " .. line .. answer .. "\n" or "failed " .. tostring(result) .. "\n")
    io.stdout:flush()
  end
end

-- A new track for MIDI.
function commands.track(name)
  local midi = ARDOUR.ChanCount(ARDOUR.DataType("midi"), 1)
  session:new_midi_track(midi, midi, true, ARDOUR.PluginInfo(), nil, nil, 1, name,
    ARDOUR.PresentationInfo.max_order, ARDOUR.TrackMode.Normal, true)
end

function commands.arm(name)
  shared.track(name):rec_enable_control():set_value(1, PBD.GroupControlDisposition.NoGroup)
end

function commands.disarm(name)
  shared.track(name):rec_enable_control():set_value(0, PBD.GroupControlDisposition.NoGroup)
end

function commands.record()
  session:maybe_enable_record()
end

-- JACK's transport and Ardour's are one.
function commands.chase()
  session:cfg():set_external_sync(true)
end

function commands.roll()
  session:request_roll(shared.ui)
end

function commands.stop()
  session:request_stop(false, false, shared.ui)
end

function commands.rewind()
  session:request_locate(0, false, ARDOUR.LocateTransportDisposition.MustStop, shared.ui)
end

function commands.save()
  session:save_state("", false, false, false, false, false)
end

return shared
