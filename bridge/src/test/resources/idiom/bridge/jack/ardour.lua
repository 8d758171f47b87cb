-- An Ardour session without a screen, obeying lines on its input; run by ardour7-lua. Each line is answered with "ok ...".
-- Ardour is JACK's timebase master; what it plays without JACK's transport it can record (chasing, it keeps no takes).

local folder = os.getenv("IDIOM_ARDOUR_FOLDER")
local ui = ARDOUR.TransportRequestSource.TRS_UI

AudioEngine:set_backend("JACK", "ardour", "")
AudioEngine:start(false)
local session = create_session(folder, "music", 48000)
session:cfg():set_jack_time_master(true)
session:cfg():set_external_sync(false)

local tempo = Temporal.TempoMap.write_copy()
tempo:set_tempo(Temporal.Tempo(240, 240, 4), Temporal.timepos_t(0))
Temporal.TempoMap.update(tempo)

local midi = ARDOUR.ChanCount(ARDOUR.DataType("midi"), 1)
local function add_track(name)
  local made = session:new_midi_track(midi, midi, true, ARDOUR.PluginInfo(), nil, nil, 1, name,
    ARDOUR.PresentationInfo.max_order, ARDOUR.TrackMode.Normal, true)
  return made:front():to_track()
end
local tracks = { keys = add_track("keys"), answer = add_track("answer") }

local commands = {}

function commands.arm(name)
  tracks[name]:rec_enable_control():set_value(1, PBD.GroupControlDisposition.NoGroup)
end

function commands.disarm(name)
  tracks[name]:rec_enable_control():set_value(0, PBD.GroupControlDisposition.NoGroup)
end

function commands.record()
  session:maybe_enable_record()
end

-- JACK's transport and Ardour's are one.
function commands.chase()
  session:cfg():set_external_sync(true)
end

function commands.roll()
  session:request_roll(ui)
end

function commands.stop()
  session:request_stop(false, false, ui)
end

function commands.rewind()
  session:request_locate(0, false, ARDOUR.LocateTransportDisposition.MustStop, ui)
end

function commands.save()
  session:save_state("", false, false, false, false, false)
end

io.stdout:write("ok ready\n")
io.stdout:flush()
for line in io.stdin:lines() do
  local command, argument = line:match("(%S+)%s*(%S*)")
  local done, problem = pcall(commands[command], argument)
  io.stdout:write(done and "ok " .. line .. "\n" or "failed " .. tostring(problem) .. "\n")
  io.stdout:flush()
end
