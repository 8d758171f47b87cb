/*
 * One instance of the plugin, as setup and audio thread share it: run.c is the only one to be called by the audio thread.
 */
#ifndef IDIOM_LV2_INSTANCE_H
#define IDIOM_LV2_INSTANCE_H

#include <lv2/atom/forge.h>
#include <lv2/core/lv2.h>
#include <lv2/log/logger.h>
#include <stdbool.h>
#include <stdint.h>

#include "idiom.h"
#include "position.h"
#include "uris.h"

typedef struct {
    idiom_core *core;
    idiom_uris uris;
    LV2_Log_Logger logger;   /* not for the audio thread */
    idiom_position position; /* of frame `heard` in the block */
    LV2_Atom_Forge forge;    /* writes `out` */

    /* Ports, as the host connected them; NULL: not yet. */
    const LV2_Atom_Sequence *in;
    LV2_Atom_Sequence *out;
    const float *parameters[IDIOM_PARAMETERS];
    const float *freewheeling;
    float *latency;
    float *status;
    float *playing;
    float *late;
    float *dropped;

    float told[IDIOM_PARAMETERS]; /* what each parameter's port was when the core was told of it; NaN: it was not */
    bool is_restored;             /* whether a state came back since the last block: its preset holds, see restore */

    /* The block. */
    uint32_t frames; /* how long it is */
    uint32_t heard;  /* frame up to which the host's events were told */
    uint32_t sent;   /* frame of the last message that left */
    bool has_output; /* whether a message may leave */
} idiom_lv2;

/* Processes a block, as LV2_Descriptor says it. [audio] */
void idiom_lv2_run(LV2_Handle instance, uint32_t frames);

#endif
