#include "uris.h"

#include <lv2/atom/atom.h>
#include <lv2/buf-size/buf-size.h>
#include <lv2/midi/midi.h>
#include <lv2/time/time.h>

#include "ports.h"

void idiom_uris_map(idiom_uris *uris, LV2_URID_Map *map) {
    const struct {
        LV2_URID *into;
        const char *uri;
    } all[] = {
            {&uris->atom_blank, LV2_ATOM__Blank},
            {&uris->atom_chunk, LV2_ATOM__Chunk},
            {&uris->atom_double, LV2_ATOM__Double},
            {&uris->atom_float, LV2_ATOM__Float},
            {&uris->atom_int, LV2_ATOM__Int},
            {&uris->atom_long, LV2_ATOM__Long},
            {&uris->atom_object, LV2_ATOM__Object},
            {&uris->atom_resource, LV2_ATOM__Resource},
            {&uris->atom_sequence, LV2_ATOM__Sequence},
            {&uris->block_longest, LV2_BUF_SIZE__maxBlockLength},
            {&uris->block_nominal, LV2_BUF_SIZE__nominalBlockLength},
            {&uris->midi_event, LV2_MIDI__MidiEvent},
            {&uris->state, IDIOM_LV2_STATE},
            {&uris->time_bar, LV2_TIME__bar},
            {&uris->time_bar_beat, LV2_TIME__barBeat},
            {&uris->time_beat, LV2_TIME__beat},
            {&uris->time_beat_unit, LV2_TIME__beatUnit},
            {&uris->time_beats_per_bar, LV2_TIME__beatsPerBar},
            {&uris->time_beats_per_minute, LV2_TIME__beatsPerMinute},
            {&uris->time_frame, LV2_TIME__frame},
            {&uris->time_position, LV2_TIME__Position},
            {&uris->time_speed, LV2_TIME__speed},
    };
    for (size_t i = 0; i < sizeof all / sizeof *all; i++) {
        *all[i].into = map->map(map->handle, all[i].uri);
    }
}
