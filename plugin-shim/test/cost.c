/*
 * What the process functions cost: `cost [BLOCKS [NOTES]]`, 200000 blocks of 64 frames at 48 kHz with 16 notes each unless told
 * otherwise. An engine in the same thread answers each of them between blocks, which is not measured.
 *
 *     target/test/cost
 *
 * Time says little on a machine that is busy; instructions are the same everywhere. Of the process functions alone, those of a
 * block with notes less those of one without, by the notes:
 *
 *     valgrind --tool=callgrind --callgrind-out-file=/dev/null --toggle-collect='idiom_process_*' target/test/cost 1000 16
 *     valgrind --tool=callgrind --callgrind-out-file=/dev/null --toggle-collect='idiom_process_*' target/test/cost 1000 0
 */
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "core.h"
#include "core_check.h"
#include "fake_engine.h"

enum { RATE = 48000, FRAMES = 64, BLOCKS = 200000, NOTES = 16, MOST_NOTES = 64 };

typedef struct {
    idiom_core *core;
    fake_engine engine;
    uint32_t notes; /* in a block */
    uint64_t left;  /* messages */
    fake_record record;
} bench;

static bool take(void *context, uint32_t offset, const uint8_t *bytes, uint32_t length) {
    bench *self = context;
    (void)offset;
    (void)bytes;
    (void)length;
    self->left++;
    return true;
}

static int64_t now_ns(void) {
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000000000 + now.tv_nsec;
}

/* On and off of a pitch by turns, all over the block; how long it took. */
static int64_t process(bench *self, uint64_t block) {
    const idiom_transport transport = {true, true, false, (double)block * FRAMES / RATE * 8, 8};
    int64_t begin = now_ns();
    idiom_process_begin(self->core, FRAMES, &transport, take, self);
    for (uint32_t i = 0; i < self->notes; i++) {
        const uint8_t note[] = {block % 2 == 0 ? 0x90 : 0x80, (uint8_t)(40 + i), 100};
        idiom_process_midi(self->core, i * FRAMES / self->notes, note, sizeof note);
    }
    idiom_process_end(self->core);
    return now_ns() - begin;
}

static void answer(bench *self) {
    fake_engine *engine = &self->engine;
    fake_engine_beat(engine);
    while (fake_engine_next(engine, &self->record)) {
        if (self->record.kind == IDIOM_MIDI) {
            fake_engine_send(engine, IDIOM_MIDI, self->record.frame + FRAMES, self->record.payload, self->record.length);
        } else if (
                self->record.kind == IDIOM_TRANSPORT
                && (fake_record_whole(&self->record, 0) & IDIOM_TRANSPORT_JUMPED) != 0) {
            fake_engine_restart(engine, fake_record_whole(&self->record, 4));
        }
    }
}

static int by_size(const void *a, const void *b) {
    int64_t first = *(const int64_t *)a;
    int64_t second = *(const int64_t *)b;
    return first < second ? -1 : first > second ? 1 : 0;
}

static void tell(const char *what, int64_t ns) {
    double period_ns = 1e9 * FRAMES / RATE;
    printf("    %-6s %8.2f us  %7.4f %% of the period\n", what, (double)ns / 1000, 100.0 * (double)ns / period_ns);
}

int main(int count, char **arguments) {
    size_t blocks = count > 1 ? strtoull(arguments[1], NULL, 10) : BLOCKS;
    bench *self = calloc(1, sizeof *self);
    int64_t *took = calloc(blocks == 0 ? 1 : blocks, sizeof *took);
    folders_begin();
    if (self == NULL || took == NULL || blocks == 0 || (self->core = idiom_core_open(RATE, FRAMES, "cost")) == NULL) {
        fputs("usage: cost [BLOCKS [NOTES]]\n", stderr);
        return 2;
    }
    uint32_t notes = count > 2 ? (uint32_t)strtoul(arguments[2], NULL, 10) : NOTES;
    self->notes = notes < MOST_NOTES ? notes : MOST_NOTES;
    fake_engine_open_in(&self->engine, runtime_folder());
    fake_engine_offer(&self->engine, 1);
    fake_engine_state(&self->engine, IDIOM_ENGINE_READY);
    process(self, 0);
    fake_engine_is_accepted(&self->engine);
    for (size_t i = 0; i < blocks; i++) {
        took[i] = process(self, i);
        answer(self);
    }
    qsort(took, blocks, sizeof *took, by_size);
    printf("cost: %zu blocks of %d frames at %d Hz with %u notes each, %llu messages left\n", blocks, FRAMES, RATE, self->notes,
           (unsigned long long)self->left);
    tell("p50", took[blocks / 2]);
    tell("p99", took[blocks - 1 - blocks / 100]);
    tell("p99.9", took[blocks - 1 - blocks / 1000]);
    tell("max", took[blocks - 1]);
    fake_engine_close(&self->engine);
    idiom_core_close(self->core);
    free(took);
    free(self);
    folders_end();
    return 0;
}
