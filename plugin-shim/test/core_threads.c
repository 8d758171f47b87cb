/*
 * All threads at once: a host's audio thread and its main thread, the engine's, and the keeper's. Of use under a sanitizer that
 * watches threads, for which the engine shares the plugin's mapping.
 */
#include <pthread.h>
#include <sched.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>

#include "core_check.h"
#include "core_clock.h"
#include "core_rig.h"
#include "core_test.h"

enum { BLOCKS = 3000 };

static _Atomic bool is_over;

/* Answers every note an octave higher and a block later, and jumps and the song's owners as they come. */
static void *be_engine(void *argument) {
    fake_engine *engine = argument;
    static fake_record record;
    bool is_accepted = false;
    fake_engine_offer(engine, 5);
    fake_engine_state(engine, IDIOM_ENGINE_READY);
    while (!atomic_load(&is_over)) {
        fake_engine_beat(engine);
        fake_engine_store(
                engine, IDIOM_AT_MEMORY_WRITTEN, fake_engine_load(engine, IDIOM_AT_MEMORY_WANTED));
        is_accepted = is_accepted || fake_engine_is_accepted(engine);
        while (is_accepted && fake_engine_next(engine, &record)) {
            if (record.kind == IDIOM_MIDI && record.length == 3) {
                fake_engine_send_midi(engine, record.frame + 64, record.payload[0], record.payload[1] + 12, record.payload[2]);
            } else if (record.kind == IDIOM_TRANSPORT && (fake_record_whole(&record, 0) & IDIOM_TRANSPORT_JUMPED) != 0) {
                fake_engine_restart(engine, fake_record_whole(&record, 4));
            }
        }
        sched_yield();
    }
    return NULL;
}

static void *be_audio(void *argument) {
    rig *plugin = argument;
    for (int i = 0; i < BLOCKS; i++) {
        fake_clock_advance(1000000);
        if (i % 500 == 499) {
            rig_roll(plugin, i);
        }
        rig_begin(plugin, 64);
        rig_play(plugin, 5, i % 2 == 0 ? 0x90 : 0x80, (uint8_t)(40 + i / 2 % 50), 100);
        idiom_process_parameter(plugin->core, 6, IDIOM_DENSITY, i % 20 / 10.0);
        idiom_process_modulation(plugin->core, 7, IDIOM_MIX, i % 9 / 10.0);
        rig_end(plugin);
        sched_yield();
    }
    atomic_store(&is_over, true);
    return NULL;
}

void test_threads(void) {
    rig *plugin = rig_open();
    fake_engine_close(&plugin->engine);
    fake_engine_attach(&plugin->engine, plugin->core->shared.base);
    atomic_store(&is_over, false);
    pthread_t engine;
    pthread_t audio;
    pthread_create(&engine, NULL, be_engine, &plugin->engine);
    pthread_create(&audio, NULL, be_audio, plugin);
    unsigned rounds = 0;
    while (!atomic_load(&is_over)) {
        size_t length = 0;
        uint8_t *state = idiom_state_save(plugin->core, &length);
        check(state != NULL && idiom_state_load(plugin->core, state, length), "a state goes out and in");
        free(state);
        idiom_core_set(plugin->core, IDIOM_MIX, rounds % 10 / 10.0);
        idiom_core_set(plugin->core, IDIOM_BYPASS, rounds % 7 == 0 ? 1 : 0);
        (void)idiom_core_modulate(plugin->core, IDIOM_DENSITY, rounds % 5 / 10.0);
        if (rounds % 13 == 0) {
            idiom_core_reset(plugin->core);
        }
        (void)idiom_core_get(plugin->core, IDIOM_DENSITY);
        (void)idiom_core_latency(plugin->core);
        (void)idiom_core_status(plugin->core);
        (void)idiom_core_program(plugin->core);
        (void)idiom_core_problem(plugin->core);
        rounds++;
        sched_yield();
    }
    pthread_join(audio, NULL);
    pthread_join(engine, NULL);
    check(rounds > 0 && plugin->frame == BLOCKS * 64, "rounds=%u frame=%lld", rounds, (long long)plugin->frame);
    rig_kill_engine(plugin);
    rig_run(plugin, 64);
    check(rig_sounding(plugin) == 0, "all is ended: sounding=%u", rig_sounding(plugin));
    rig_close(plugin, "threads");
}
