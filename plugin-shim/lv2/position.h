/*
 * Where the song is, from the time:Position that a host sends only when something changes: goes on counting in between.
 */
#ifndef IDIOM_LV2_POSITION_H
#define IDIOM_LV2_POSITION_H

#include <lv2/atom/atom.h>
#include <stdbool.h>
#include <stdint.h>

#include "idiom.h"
#include "uris.h"

typedef struct {
    double rate;             /* frames a second */
    bool is_placed;          /* whether the host has said where in the song it is */
    double step;             /* where, in 16ths of a whole note */
    double beats_per_minute; /* 0: not said yet */
    double beats_per_bar;    /* > 0 */
    double beat_unit;        /* > 0: 4 for quarters */
    double speed;            /* of the transport: 1 as it should be, 0 standing, < 0 backwards */
    bool counts_quarters;    /* whether the host counts quarters where it should count beats, see position.c */
    bool is_anchored;        /* whether the host has said where it is since tempo and metre changed */
    double anchor_steps[2];  /* where it said it was: if it counts beats, and if it counts quarters */
    double anchor_frames;    /* how long ago */
} idiom_position;

/* Begins not knowing anything. [main] */
void idiom_position_init(idiom_position *position, double rate);

/*
 * Takes in what the host says of now, if the atom is a time:Position. What is missing stays as it was; numbers that make no
 * sense count as missing. Returns whether the song is elsewhere, or goes otherwise, than was foreseen. [audio]
 */
bool idiom_position_hear(idiom_position *position, const LV2_Atom *atom, const idiom_uris *uris);

/* Time passes. [audio] */
void idiom_position_advance(idiom_position *position, uint32_t frames);

/* Where the song is now. [audio] */
idiom_transport idiom_position_transport(const idiom_position *position, bool is_freewheeling);

#endif
