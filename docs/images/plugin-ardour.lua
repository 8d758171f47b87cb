-- Makes the Ardour session that plugin-ardour.sh takes pictures of: eight bars of a pop tune on a MIDI track, with Idiom and,
-- after it, a synthesiser; and what its windows look like when it is opened. Run by ardour7-lua; the folder of the session is
-- in IDIOM_SESSION.

local USER = ARDOUR.TransportRequestSource.TRS_UI
local SYNTH = "https://community.ardour.org/node/7596" -- ACE Reasonable Synth, which comes with Ardour
local POP_TO_JAZZ, TIMELINE = 5, 4
local TICKS = 1920 -- of a quarter
local BARS = 8

-- A bar for each: the bass, the chord over it, and the tune as pitch, quarter and length.
local song = {
  {48, {60, 64, 67}, {{76, 0, 1.5}, {74, 1.5, 0.5}, {72, 2, 1}, {74, 3, 1}}},
  {43, {59, 62, 67}, {{74, 0, 1.5}, {72, 1.5, 0.5}, {71, 2, 2}}},
  {45, {60, 64, 69}, {{72, 0, 0.5}, {72, 0.5, 1}, {74, 1.5, 0.5}, {76, 2, 1}, {72, 3, 1}}},
  {41, {57, 60, 65}, {{69, 0, 1.5}, {72, 1.5, 0.5}, {77, 2, 1}, {76, 3, 1}}},
  {48, {60, 64, 67}, {{79, 0, 1.5}, {76, 1.5, 0.5}, {72, 2, 1}, {76, 3, 1}}},
  {43, {59, 62, 67}, {{74, 0, 1}, {71, 1, 0.5}, {74, 1.5, 0.5}, {79, 2, 2}}},
  {41, {57, 60, 65}, {{77, 0, 0.5}, {76, 0.5, 1}, {74, 1.5, 0.5}, {72, 2, 1}, {74, 3, 1}}},
  {48, {60, 64, 67}, {{72, 0, 4}}},
}

-- What Ardour is asked for happens on threads of its own. Without pauses it now and then ends with "Port already exists".
local function pause(seconds)
  ARDOUR.LuaAPI.usleep(math.floor(1e6 * seconds))
end

local function channels(type, count)
  return ARDOUR.ChanCount(ARDOUR.DataType(type), count)
end

AudioEngine:set_backend("None (Dummy)", "", "")
AudioEngine:start(false)
local session = create_session(os.getenv("IDIOM_SESSION"), "song", 48000)

local function new_track(name)
  local tracks = session:new_midi_track(channels("midi", 1), channels("audio", 2), true, ARDOUR.PluginInfo(), nil, nil, 1, name,
    ARDOUR.PresentationInfo.max_order, ARDOUR.TrackMode.Normal, true)
  pause(0.5)
  return tracks:front()
end

local function put(track, uri, place)
  local plugin = ARDOUR.LuaAPI.new_plugin(session, uri, ARDOUR.PluginType.LV2, "")
  assert(not plugin:isnil(), "Ardour does not know " .. uri)
  assert(track:add_processor_by_index(plugin, place, nil, true) == 0, "the track does not take " .. uri)
  pause(0.5)
  return plugin
end

local function send(port, ...)
  local parser = ARDOUR.RawMidiParser()
  for _, byte in ipairs({...}) do
    if parser:process_byte(byte) then
      port:write(parser:midi_buffer(), parser:buffer_size(), 0)
    end
  end
end

-- A region comes about by recording, and only if something is played.
local function record_a_note(track)
  local keyboard = AudioEngine:get_port_by_name("x-virtual-keyboard")
  track:input():nth(0):connect(keyboard:name())
  track:rec_enable_control():set_value(1, PBD.GroupControlDisposition.NoGroup)
  session:maybe_enable_record()
  session:request_roll(USER)
  pause(0.5)
  send(keyboard:to_asyncmidiport(), 0x90, 60, 80)
  pause(0.2)
  send(keyboard:to_asyncmidiport(), 0x80, 60, 0)
  pause(0.5)
  session:request_stop(false, false, USER)
  pause(1)
  track:rec_enable_control():set_value(0, PBD.GroupControlDisposition.NoGroup)
  track:input():nth(0):disconnect_all()
  for region in track:playlist():region_list():iter() do
    return region
  end
end

local function beats(quarters)
  return Temporal.Beats.ticks(math.floor(TICKS * quarters))
end

local function write_song(region)
  local model = region:to_midiregion():model()
  local change = model:new_note_diff_command("song")
  for note in ARDOUR.LuaAPI.note_list(model):iter() do
    change:remove(note)
  end
  local function add(pitch, velocity, from, length)
    change:add(ARDOUR.LuaAPI.new_noteptr(0, beats(from), beats(0.95 * length), pitch, velocity))
  end
  for bar, notes in ipairs(song) do
    local from = 4 * (bar - 1)
    add(notes[1], 80, from, 1.5)
    add(notes[1] + 7, 66, from + 1.5, 0.5)
    add(notes[1], 74, from + 2, 2)
    for _, pitch in ipairs(notes[2]) do
      add(pitch, 62, from, 1)
      add(pitch, 54, from + 1, 1)
      add(pitch, 58, from + 2.5, 0.5)
      add(pitch, 54, from + 3, 1)
    end
    for _, note in ipairs(notes[3]) do
      add(note[1], 92, from + note[2], note[3])
    end
  end
  model:apply_diff_command_as_commit(session, change)
  region:set_length(Temporal.timecnt_t.from_ticks(TICKS * 4 * BARS))
  region:set_name("song")
end

local keys = new_track("keys")
local idiom = put(keys, "urn:idiom:transfer", 0)
put(keys, SYNTH, 1)
ARDOUR.LuaAPI.set_processor_param(idiom, 0, POP_TO_JAZZ)
ARDOUR.LuaAPI.set_processor_param(idiom, 1, TIMELINE)
write_song(record_a_note(keys))
session:request_locate(0, false, ARDOUR.LocateTransportDisposition.MustStop, USER)
pause(0.5)
assert(session:save_state("", false, false, false, false, false) == 0, "the session is not saved")

-- How Ardour's editor and the plugin's window are to be found, in the words in which Ardour keeps it. Nothing lies over anything.
local editor = [[
<?xml version="1.0" encoding="UTF-8"?>
<instant>
  <Main x="0" y="0" w="1348" h="760" current-tab="editor"/>
  <Editor show-editor-mixer="1" show-editor-list="0" zoom="1250" left-frame="0" playhead="0" follow-playhead="0">
    <Selection><StripableView id="TRACK"/></Selection>
  </Editor>
</instant>
]]
local windows = [[
  <Extra>
    <UI>
      <Window name="P-TRACK-PLUGIN" visible="1" x-off="0" y-off="800" x-size="-1" y-size="-1" custom-ui="1"/>
      <GUIObjectState>
        <Object id="rtav TRACK" height="320" note-range-min="40" note-range-max="81"/>
      </GUIObjectState>
    </UI>
  </Extra>
</Session>
]]
local selected = [[<Selection><StripableAutomationControl stripable="TRACK" control="0" order="0"/></Selection>]]

local function named(text)
  local ids = {TRACK = keys:to_stateful():id():to_s(), PLUGIN = idiom:to_stateful():id():to_s()}
  return (text:gsub("%u%u%u%u+", ids))
end

local function write(path, text)
  local file = assert(io.open(path, "w"))
  assert(file:write(text))
  assert(file:close())
end

local folder = session:path()
local file = assert(io.open(folder .. "/song.ardour"))
local saved = file:read("a")
file:close()
saved = saved:gsub("<Selection/>", named(selected)):gsub("</Session>", named(windows))
write(folder .. "/song.ardour", saved)
write(folder .. "/instant.xml", named(editor))
