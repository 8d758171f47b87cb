/*
 * An engine out of its mind: `fuzz_ring [ROUNDS [SEED]]`. It writes anything anywhere in the shared file while the core
 * processes: records that are nearly right, garbage, tails and heads from nowhere, mad numbers in every field. The core must
 * neither crash nor hang, what leaves stays in order, and when the engine is gone, nothing sounds; the next one, in its right
 * mind, is listened to again. A round can be repeated by its own number: `fuzz_ring 1 SEED`.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "core_check.h"
#include "core_clock.h"
#include "core_rig.h"
#include "ring.h"

enum { BLOCKS = 60, SECONDS_TO_LIVE = 300 };

static uint64_t any_number(const rig *plugin) {
    static const uint64_t edges[] = {
            0, 1, 7, 8, 16, 24, 0x7FFFFFFF, 0x80000000, 0xFFFFFFFF, 0x100000000, INT64_MAX, (uint64_t)INT64_MIN, UINT64_MAX,
            UINT64_MAX - 7, IDIOM_TO_PLUGIN_BYTES, IDIOM_TO_PLUGIN_BYTES - 8, IDIOM_TO_PLUGIN_BYTES + 8};
    switch (random_below(5)) {
        case 0:
            return edges[random_below(sizeof edges / sizeof edges[0])];
        case 1:
            return random_bits();
        case 2:
            return (uint64_t)idiom_monotonic_ns() + random_below(1 << 30) - (1 << 29);
        case 3:
            return (uint64_t)plugin->frame + random_below(2000) - 1000;
        default:
            return plugin->engine.tail + 8 * (uint64_t)random_below(100) - 400;
    }
}

/* ---- records ---- */

static void write_note(rig *plugin) {
    bool is_on = random_below(3) > 0;
    uint8_t channel = (uint8_t)random_below(16);
    fake_engine_send_midi(
            &plugin->engine, plugin->frame + random_below(600) - 100, (is_on ? 0x90 : 0x80) | channel,
            (uint8_t)(60 + random_below(8)), (uint8_t)random_below(128));
}

static void write_any_record(rig *plugin) {
    static uint8_t payload[20000];
    uint16_t length = (uint16_t)(random_below(20) == 0 ? random_below(20000) : random_below(32));
    for (uint32_t i = 0; i < length && i < 64; i++) {
        payload[i] = (uint8_t)random_bits();
    }
    if (length > 1 && random_below(2) == 0) {
        memset(payload, 0, length);
        payload[0] = 0xF0;
        payload[length - 1] = 0xF7;
    }
    fake_engine_send(
            &plugin->engine, (uint16_t)random_below(9), (int64_t)any_number(plugin), payload, length);
}

static void write_number(rig *plugin) {
    uint32_t number = random_below(2) == 0 ? plugin->core->jumps + random_below(3) - 1 : (uint32_t)random_bits();
    const uint32_t payload[] = {random_below(2) == 0 ? number : random_below(5), (uint32_t)random_bits()};
    uint16_t kind = random_below(2) == 0 ? IDIOM_RESTART : IDIOM_ROUTE;
    fake_engine_send(&plugin->engine, kind, (int64_t)any_number(plugin), payload, sizeof payload);
}

static void write_garbage(rig *plugin) {
    uint8_t garbage[200];
    for (size_t i = 0; i < sizeof garbage; i++) {
        garbage[i] = (uint8_t)(random_below(3) == 0 ? random_bits() : random_below(32));
    }
    fake_engine_send_raw(&plugin->engine, garbage, random_below(4) == 0 ? random_below(200) : 8 * random_below(25));
}

static void write_many(rig *plugin) {
    for (uint32_t more = random_below(4000); more > 0; more--) {
        write_note(plugin);
    }
}

/* Changes what is already written. */
static void change_ring(rig *plugin) {
    uint8_t *ring = plugin->engine.base + IDIOM_HEADER_BYTES + IDIOM_TO_ENGINE_BYTES;
    for (uint32_t changes = 1 + random_below(20); changes > 0; changes--) {
        uint64_t at = plugin->engine.tail - random_below(400);
        ring[at % IDIOM_TO_PLUGIN_BYTES] = (uint8_t)random_bits();
    }
}

/* ---- fields ---- */

static void change_field(rig *plugin) {
    static const size_t fields[] = {
            IDIOM_AT_TO_ENGINE_HEAD, IDIOM_AT_TO_PLUGIN_TAIL, IDIOM_AT_EPOCH, IDIOM_AT_HEARTBEAT_NS, IDIOM_AT_SETTLED_UNTIL,
            IDIOM_AT_MEMORY_WRITTEN, IDIOM_AT_DELAY_FRAMES, IDIOM_AT_STATE, IDIOM_AT_PROGRAM, IDIOM_AT_OWN_PROGRAMS,
            IDIOM_AT_OWN_CONTROLS, IDIOM_AT_KNOWN_WINDOWS, IDIOM_AT_TO_PLUGIN_HEAD, IDIOM_AT_ACCEPTED_EPOCH,
            IDIOM_AT_TO_ENGINE_TAIL, IDIOM_AT_LOST_TO_ENGINE};
    size_t at = random_below(3) > 0 ? fields[random_below(sizeof fields / sizeof fields[0])]
                                    : 8 * (size_t)random_below(IDIOM_HEADER_BYTES / 8);
    if (at == IDIOM_AT_STATE) {
        fake_engine_store_half(&plugin->engine, at, random_below(4));
    } else {
        fake_engine_store(&plugin->engine, at, any_number(plugin));
    }
}

/* The tail goes back to where the plugin reads. */
static void mend_ring(rig *plugin) {
    plugin->engine.tail = plugin->core->to_plugin.head & ~UINT64_C(7);
    fake_engine_store(&plugin->engine, IDIOM_AT_TO_PLUGIN_TAIL, plugin->engine.tail);
}

static void begin_engine(rig *plugin, uint64_t epoch) {
    mend_ring(plugin);
    fake_engine_store(&plugin->engine, IDIOM_AT_TO_ENGINE_HEAD, plugin->core->to_engine.tail);
    rig_offer(plugin, epoch);
    fake_engine_store(&plugin->engine, IDIOM_AT_SETTLED_UNTIL, INT64_MAX);
}

static void disturb(rig *plugin) {
    switch (random_below(16)) {
        case 0:
            change_field(plugin);
            break;
        case 1:
            change_ring(plugin);
            break;
        case 2:
            write_garbage(plugin);
            break;
        case 3:
            write_many(plugin);
            break;
        case 4:
        case 5:
            write_any_record(plugin);
            break;
        case 6:
        case 7:
            write_number(plugin);
            break;
        case 8:
        case 9:
            begin_engine(plugin, 1 + random_bits() / 2);
            break;
        case 10:
            plugin->is_alive = random_below(4) > 0;
            break;
        default:
            for (uint32_t notes = random_below(10); notes > 0; notes--) {
                write_note(plugin);
            }
            break;
    }
}

/* ---- rounds ---- */

static void play_block(rig *plugin) {
    rig_begin(plugin, 1 + random_below(200));
    if (random_below(3) == 0) {
        rig_play(plugin, 0, (uint8_t)(0x80 + random_below(0x70)), (uint8_t)random_below(128), (uint8_t)random_below(128));
    }
    if (random_below(10) == 0) {
        idiom_process_parameter(plugin->core, 0, random_below(IDIOM_PARAMETERS), random_below(300) / 100.0 - 1);
    }
    if (random_below(10) == 0) {
        rig_go(plugin, 0, random_below(1000));
    }
    rig_end(plugin);
    rig_forget_left(plugin);
}

/* Nobody is there any more: within a block all that sounds is ended, and what is played passes. */
static void check_end(rig *plugin, uint64_t seed) {
    plugin->room = UINT32_MAX;
    plugin->transport.freewheeling = false;
    fake_engine_store(&plugin->engine, IDIOM_AT_EPOCH, 0);
    rig_kill_engine(plugin);
    idiom_core_set(plugin->core, IDIOM_BYPASS, 0);
    idiom_core_set(plugin->core, IDIOM_COMPENSATE, 0);
    bool was_answering = plugin->core->is_answering;
    rig_run(plugin, 64);
    check(!was_answering || rig_sounding(plugin) == 0, "seed=%llu: sounding=%u", (unsigned long long)seed, rig_sounding(plugin));
    /* What the player holds by now passes through, and is not the engine's. */
    idiom_core_reset(plugin->core);
    rig_run(plugin, 64);
    rig_run(plugin, 64);
    check(rig_sounding(plugin) == 0, "seed=%llu: sounding=%u", (unsigned long long)seed, rig_sounding(plugin));
}

static void check_next_engine(rig *plugin, uint64_t seed) {
    begin_engine(plugin, UINT64_MAX);
    rig_run(plugin, 64);
    rig_forget_left(plugin);
    check(fake_engine_is_accepted(&plugin->engine), "seed=%llu: the next engine is accepted", (unsigned long long)seed);
    fake_engine_restart(&plugin->engine, plugin->core->jumps);
    fake_engine_send_midi(&plugin->engine, plugin->frame + 5, 0x90, 60, 1);
    rig_run(plugin, 64);
    check(plugin->count == 1 && plugin->messages[0].frame == plugin->frame - 59, "seed=%llu: it is listened to: left=%zu",
          (unsigned long long)seed, plugin->count);
}

static void run_round(uint64_t seed) {
    random_begin(seed);
    rig *plugin = rig_open();
    begin_engine(plugin, 1);
    for (int block = 0; block < BLOCKS; block++) {
        for (uint32_t times = random_below(4); times > 0; times--) {
            disturb(plugin);
        }
        if (random_below(20) == 0) {
            plugin->room = random_below(3) > 0 ? UINT32_MAX : random_below(20);
        }
        plugin->transport.freewheeling = random_below(200) == 0;
        play_block(plugin);
        if (random_below(2) == 0) {
            fake_engine_store(&plugin->engine, IDIOM_AT_TO_ENGINE_HEAD, plugin->core->to_engine.tail);
        }
    }
    check_end(plugin, seed);
    check_next_engine(plugin, seed);
    char of[64];
    snprintf(of, sizeof of, "seed=%llu", (unsigned long long)seed);
    rig_close(plugin, of);
}

int main(int count, char **arguments) {
    uint64_t rounds = count > 1 ? strtoull(arguments[1], NULL, 10) : 1500;
    uint64_t seed = count > 2 ? strtoull(arguments[2], NULL, 10) : 1;
    /* A round that hangs is ended by the alarm. */
    alarm(SECONDS_TO_LIVE);
    folders_begin();
    for (uint64_t round = 0; round < rounds && checks_failed() < 10; round++) {
        run_round(seed + round);
    }
    folders_end();
    return checks_end("fuzz_ring");
}
