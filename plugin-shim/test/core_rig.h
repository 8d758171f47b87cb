/*
 * A host with one instance of the core, and an engine that does what a test says. What leaves is collected, and watched: offsets
 * never fall and lie within the block, an off has its on, messages are whole.
 */
#ifndef CORE_RIG_H
#define CORE_RIG_H

#include <stdbool.h>
#include <stdint.h>

#include "core.h"
#include "fake_engine.h"

enum { RIG_RATE = 48000, RIG_MESSAGES = 20000, RIG_BYTES = 8 };

/* A message that left, at a frame counted from the first block on. */
typedef struct {
    int64_t frame;
    uint32_t length;
    uint8_t bytes[RIG_BYTES]; /* the first of it */
} rig_message;

typedef struct {
    idiom_core *core;
    fake_engine engine;
    bool is_alive;             /* the engine's heart beats before each block */
    idiom_transport transport; /* of the next block; goes on by itself while it rolls */
    int64_t frame;             /* the first of the block */
    uint32_t frames;           /* of the block */
    uint32_t room;             /* how many messages the host takes in a block */
    uint32_t most_bytes;       /* longer ones it does not take */
    uint32_t taken;            /* how many it took */
    uint32_t offset;           /* of the last */
    char disorder[160];        /* the first thing that was wrong with what left, or "" */
    uint8_t open[16][128];     /* what sounds behind */
    uint8_t pedals[16];        /* value of the last CC 64 */
    rig_message messages[RIG_MESSAGES];
    size_t count;
    fake_record record;        /* the last that the engine has read */
} rig;

/* An instance, and an engine that has its file open but was not offered yet. */
rig *rig_open(void);

/* The same, with an engine of epoch 7 that was accepted in a first block of 64 frames, and has read all it was told. */
rig *rig_open_playing(void);

/* Checks that all was in order, and ends it. */
void rig_close(rig *self, const char *of);

/* Offers an engine that is ready at once. */
void rig_offer(rig *self, uint64_t epoch);

/* The heart has stopped beating, so long ago that a host that renders does not wait for it either. */
void rig_kill_engine(rig *self);

/* A block: begin, what is played in it, end; or one in which nothing is played; or several up to a frame. */
void rig_begin(rig *self, uint32_t frames);
void rig_end(rig *self);
void rig_run(rig *self, uint32_t frames);
void rig_run_to(rig *self, int64_t frame, uint32_t frames);

/* Within a block. */
void rig_play(rig *self, uint32_t offset, uint8_t status, uint8_t first, uint8_t second);
void rig_go(rig *self, uint32_t offset, double step);
void rig_stop(rig *self, uint32_t offset, double step);

/* The song rolls from `step` on at 120 beats a minute, 6000 frames a step, from the next block on; or stands. */
void rig_roll(rig *self, double step);
void rig_stand(rig *self, double step);

/* How many notes sound behind, and pedals are down. */
uint32_t rig_sounding(const rig *self);

/* Checks what left since it was checked last: "FRAME:HEX FRAME:HEX". Of longer messages "FRAME:HEX..LENGTH". */
void rig_check_left(rig *self, const char *what, const char *expected);
void rig_forget_left(rig *self);

/*
 * Checks what the engine was told since then: "mFRAME:HEX" a message, "tFRAME:FLAGS/JUMPS=STEP@SPEED" a transport,
 * "pFRAME:PARAMETER=VALUE" a parameter, "eFRAME" an end. Without `all`, transports without a jump and ends are left out.
 */
void rig_check_told(rig *self, const char *what, bool all, const char *expected);
void rig_forget_told(rig *self);

#endif
