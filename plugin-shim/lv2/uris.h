/*
 * The URIs that the plugin meets while it runs, as the numbers that the host gave them.
 */
#ifndef IDIOM_LV2_URIS_H
#define IDIOM_LV2_URIS_H

#include <lv2/urid/urid.h>

typedef struct {
    LV2_URID atom_blank; /* what hosts before 2014 call an object */
    LV2_URID atom_chunk;
    LV2_URID atom_double;
    LV2_URID atom_float;
    LV2_URID atom_int;
    LV2_URID atom_long;
    LV2_URID atom_object;
    LV2_URID atom_resource; /* as atom_blank */
    LV2_URID atom_sequence;
    LV2_URID block_longest;
    LV2_URID block_nominal;
    LV2_URID midi_event;
    LV2_URID state;
    LV2_URID time_bar;
    LV2_URID time_bar_beat;
    LV2_URID time_beat;
    LV2_URID time_beat_unit;
    LV2_URID time_beats_per_bar;
    LV2_URID time_beats_per_minute;
    LV2_URID time_frame;
    LV2_URID time_position;
    LV2_URID time_speed;
} idiom_uris;

/* Has all of them mapped. [main] */
void idiom_uris_map(idiom_uris *uris, LV2_URID_Map *map);

#endif
