#!/bin/bash
# Takes the pictures of the plugin in Ardour that docs/plugin.md and docs/situations/plugin-ardour.md show, and puts them here:
#
#   docs/images/plugin-ardour.sh [FOLDER]
#
# Ardour runs on a screen that nobody sees, with the sound of no device; plugin, engine, session and all that Ardour keeps are in
# a folder that goes away. Made for Ardour 7.3, whose words for windows and choices the session and the files below have.
set -euo pipefail

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
idiom=$here/../../idiom
pictures=$(cd "${1:-$here}" && pwd)

fail() { printf 'plugin-ardour: %s\n' "$1" >&2; exit 1; }

check_packages() {
  local packages=()
  command -v Xvfb >/dev/null || packages+=(xvfb)
  command -v xdotool >/dev/null || packages+=(xdotool)
  command -v import >/dev/null || packages+=(imagemagick)
  command -v ardour7-lua >/dev/null || packages+=(ardour)
  [ -e /usr/lib/lv2/reasonablesynth.lv2 ] || packages+=(ardour-lv2-plugins)
  [ -e /usr/share/fonts/truetype/dejavu/DejaVuSans.ttf ] || packages+=(fonts-dejavu-core)
  command -v make >/dev/null || packages+=(make)
  command -v cc >/dev/null || packages+=(gcc libc6-dev)
  [ -e /usr/include/lv2/core/lv2.h ] || packages+=(lv2-dev)
  [ "${#packages[@]}" -eq 0 ] || fail "needs Debian 12's Ardour and more: apt install ${packages[*]}"
}

root=$(mktemp -d)
started=()
clean_up() {
  local process
  for process in "${started[@]}"; do
    kill "$process" 2>/dev/null || true
    wait "$process" 2>/dev/null || true
  done
  rm -rf "$root"
}
trap clean_up EXIT

# Runs something beside this script: LOG COMMAND...
start() {
  local log=$root/$1
  shift
  "$@" >"$log" 2>&1 &
  started=("$!" "${started[@]}")
}

# Waits until a command succeeds: WHAT SECONDS COMMAND...
await() {
  local what=$1 left=$2
  shift 2
  until "$@" >/dev/null 2>&1; do
    [ "$left" -gt 0 ] || { tail -n 5 "$root"/*.log >&2; fail "never happened: $what"; }
    left=$((left - 1))
    sleep 1
  done
}

start_screen() {
  start screen.log Xvfb -displayfd 3 -screen 0 1360x1200x24 -nolisten tcp 3>"$root/display"
  await "a screen" 20 test -s "$root/display"
  DISPLAY=:$(cat "$root/display")
  export DISPLAY
  xdotool mousemove 1355 1195 # Where no hints come up.
}

install_plugin() {
  export IDIOM_CONFIG_DIR=$root/idiom IDIOM_RUNTIME_DIR=$root/runtime XDG_CACHE_HOME=$root/cache
  export LV2_PATH=$root/lv2:/usr/lib/lv2
  mkdir -m 700 "$IDIOM_RUNTIME_DIR"
  "$idiom" plugin install --lv2 "$root/lv2" --clap "$root/clap" >"$root/install.log" || fail "$(cat "$root/install.log")"
  start engine.log "$idiom" engine --linger 0
  await "an engine" 60 grep -q "serving" "$root/engine.log"
}

# No assistant for new users; a device that is silent, started without asking.
prepare_ardour() {
  export XDG_CONFIG_HOME=$root/config XDG_DATA_HOME=$root/data ARDOUR_TRY_AUTOSTART_ENGINE=1
  mkdir -p "$XDG_CONFIG_HOME/ardour7"
  touch "$XDG_CONFIG_HOME/ardour7/.a7"
  cat >"$XDG_CONFIG_HOME/ardour7/config" <<'CONFIG'
<?xml version="1.0" encoding="UTF-8"?>
<Ardour>
  <Config>
    <Option name="hide-dummy-backend" value="0"/>
  </Config>
  <Extra>
    <AudioMIDISetup>
      <EngineStates>
        <State backend="None (Dummy)" driver="Normal Speed" device="Silence" input-device="" output-device=""
          sample-rate="48000" buffer-size="1024" n-periods="0" input-latency="0" output-latency="0" active="1"
          use-buffered-io="0" midi-option="1 in, 1 out, Silence" lru="0"/>
      </EngineStates>
    </AudioMIDISetup>
  </Extra>
</Ardour>
CONFIG
}

open_session() {
  IDIOM_SESSION=$root/song ardour7-lua "$here/plugin-ardour.lua" >"$root/session.log" 2>&1 \
    || fail "no session: $(tail -n 3 "$root/session.log")"
  HOME=$root start ardour.log ardour --no-announcements --no-splash "$root/song"
  await "Ardour's editor" 120 window_of "song - Ardour"
  await "the plugin's window" 60 window_of "keys: Idiom"
}

window_of() {
  xdotool search --onlyvisible --name "$1"
}

number_at() {
  od -An -t "$2" -j "$1" -N "${2#u}" "$shared" | tr -d ' '
}

# Whether the plugin has accepted an engine that is ready, from what they share: docs/plugin-protocol.md.
is_playing() {
  local shared
  shared=$(echo "$IDIOM_RUNTIME_DIR"/plugin-*.shm)
  [ "$(number_at 272 u8)" != 0 ] && [ "$(number_at 272 u8)" = "$(number_at 144 u8)" ] && [ "$(number_at 312 u4)" = 1 ]
}

# Takes a part of the screen: NAME WIDTHxHEIGHT+X+Y.
take() {
  import -window root -crop "$2" +repage -strip -define png:exclude-chunks=date,time +dither -colors 255 "PNG8:$pictures/$1.png"
}

has_menu() {
  [ "$(xdotool search --onlyvisible --class ardour | wc -l)" -gt 2 ]
}

take_pictures() {
  local editor plugin WIDTH HEIGHT X Y
  editor=$(window_of "song - Ardour")
  plugin=$(window_of "keys: Idiom")
  await "the plugin plays" 60 is_playing
  sleep 3 # What a window shows comes after it.
  eval "$(xdotool getwindowgeometry --shell "$plugin")"
  take plugin-ardour-window "${WIDTH}x$HEIGHT+$X+$Y"

  # The menu of Preset.
  xdotool mousemove $((X + 482)) $((Y + 98)) click 1
  await "the menu of presets" 10 has_menu
  sleep 1
  take plugin-ardour-presets "370x285+$((X + 224))+$((Y - 1))"
  xdotool mousemove 1355 1195 click 1
  sleep 1

  xdotool windowfocus "$editor" key space
  sleep 9
  take plugin-ardour-track 988x713+0+0
}

check_packages
start_screen
install_plugin
prepare_ardour
open_session
take_pictures
ls -l "$pictures"/plugin-ardour-*.png
