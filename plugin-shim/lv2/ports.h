/*
 * What the plugin is called and which ports it has: known to the plugin, to the program that describes it, and to the test.
 */
#ifndef IDIOM_LV2_PORTS_H
#define IDIOM_LV2_PORTS_H

#include "idiom.h"

#define IDIOM_LV2_URI "urn:idiom:transfer"
#define IDIOM_LV2_STATE IDIOM_LV2_URI "#state"

/*
 * Ports by index. One for each parameter, in their order; but that of IDIOM_BYPASS is turned round: it is called "enabled"
 * and is 1 while the plugin plays, because that is what hosts know as lv2:enabled and hang their bypass button on.
 */
enum idiom_lv2_port {
    IDIOM_PORT_IN = 0,         /* atom:Sequence: MIDI, positions */
    IDIOM_PORT_OUT = 1,        /* atom:Sequence: MIDI */
    IDIOM_PORT_PARAMETERS = 2, /* floats, IDIOM_PARAMETERS of them */
    IDIOM_PORT_FREEWHEELING = IDIOM_PORT_PARAMETERS + IDIOM_PARAMETERS, /* > 0: the host renders */
    IDIOM_PORT_LATENCY,        /* out: frames */
    IDIOM_PORT_STATUS,         /* out: idiom_status */
    IDIOM_PORT_PLAYING,        /* out: program number of the preset that plays */
    IDIOM_PORT_LATE,           /* out: messages that left after their frame */
    IDIOM_PORT_DROPPED,        /* out: messages that never left */
    IDIOM_PORTS
};

/* So far the outputs count: a float has every whole number up to there. */
enum { IDIOM_PORT_MOST = 1 << 24 };

/* Bytes that both atom ports ask for: the longest message twice over, and room for a panic on 16 channels beside it. */
enum { IDIOM_PORT_BYTES = 1 << 16 };

#endif
