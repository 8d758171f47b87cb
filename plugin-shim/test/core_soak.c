/*
 * A long time with everything at once, by chance but the same in every run: an engine that answers, dies, comes back and writes
 * garbage; bypass, jumps, routes, resets, latencies; hosts that take few messages a block. Whatever happens, there is no off
 * without an on, offsets never fall, and when all keys are let go, nothing sounds.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core_check.h"
#include "core_clock.h"
#include "core_rig.h"
#include "core_test.h"

enum { BLOCKS = 200 };

/* Who plays, and who answers. */
typedef struct {
    rig *plugin;
    uint8_t held[16][128];
    uint8_t pedals[16];
    bool is_accepted;
    uint64_t epoch;
    uint32_t delay;    /* in frames, of the answers */
    int64_t last_due;  /* answers never overtake one another */
    uint32_t unread;   /* for how many blocks the engine does not read */
} soak;

/* ---- the engine ---- */

static void end_engine(soak *self) {
    self->is_accepted = false;
    if (random_below(2) == 0) {
        fake_engine_store(&self->plugin->engine, IDIOM_AT_EPOCH, 0);
    }
    rig_kill_engine(self->plugin);
}

static void begin_engine(soak *self) {
    self->is_accepted = false;
    self->last_due = self->plugin->frame;
    rig_offer(self->plugin, ++self->epoch);
    fake_engine_store(&self->plugin->engine, IDIOM_AT_DELAY_FRAMES, random_below(3) * 500);
}

static void answer_midi(soak *self, const fake_record *record) {
    int64_t due = record->frame + self->delay;
    due = due > self->last_due ? due : self->last_due;
    self->last_due = due;
    if (!fake_engine_send(&self->plugin->engine, IDIOM_MIDI, due, record->payload, record->length)) {
        end_engine(self);
    }
}

static void answer_all(soak *self) {
    rig *plugin = self->plugin;
    fake_engine *engine = &plugin->engine;
    if (!plugin->is_alive) {
        return;
    }
    self->is_accepted = self->is_accepted || fake_engine_is_accepted(engine);
    if (!self->is_accepted || self->unread > 0) {
        self->unread -= self->unread > 0 ? 1 : 0;
        return;
    }
    while (plugin->is_alive && fake_engine_next(engine, &plugin->record)) {
        const fake_record *record = &plugin->record;
        if (record->kind == IDIOM_MIDI) {
            answer_midi(self, record);
        } else if (record->kind == IDIOM_TRANSPORT && (fake_record_whole(record, 0) & IDIOM_TRANSPORT_JUMPED) != 0) {
            fake_engine_restart(engine, fake_record_whole(record, 4));
        }
    }
    fake_engine_store(engine, IDIOM_AT_SETTLED_UNTIL, INT64_MAX);
}

static void write_garbage(fake_engine *engine) {
    uint8_t garbage[64];
    for (size_t i = 0; i < sizeof garbage; i++) {
        garbage[i] = (uint8_t)random_bits();
    }
    fake_engine_send_raw(engine, garbage, 8 * (1 + random_below(8)));
}

/* What an engine does that is none of its business, or its right. */
static void disturb(soak *self) {
    rig *plugin = self->plugin;
    fake_engine *engine = &plugin->engine;
    switch (random_below(12)) {
        case 0:
            end_engine(self);
            break;
        case 1:
        case 2:
            begin_engine(self);
            break;
        case 3:
            /* It was only held up. */
            plugin->is_alive = true;
            break;
        case 4:
            write_garbage(engine);
            break;
        case 5:
            fake_engine_state(engine, random_below(4));
            break;
        case 6:
            fake_engine_state(engine, IDIOM_ENGINE_READY);
            break;
        case 7:
        case 8:
            fake_engine_route(engine, plugin->frame + random_below(500), random_below(4));
            break;
        case 9:
            fake_engine_send_midi(
                    engine, plugin->frame + random_below(1000) - 200, 0x80, (uint8_t)random_below(128), 3);
            break;
        case 10:
            fake_engine_mark(engine, IDIOM_AT_KNOWN_WINDOWS, random_below(8));
            break;
        default:
            self->unread = random_below(20);
            break;
    }
}

/* ---- the player ---- */

static void play_note(soak *self, uint32_t offset) {
    uint8_t channel = (uint8_t)(random_below(3) * 4 + random_below(2));
    uint8_t pitch = (uint8_t)(random_below(8) == 0 ? random_below(128) : 55 + random_below(12));
    uint8_t *held = &self->held[channel][pitch];
    if (*held > 0 && random_below(4) > 0) {
        rig_play(self->plugin, offset, (uint8_t)((random_below(2) == 0 ? 0x80 : 0x90) | channel), pitch, 0);
        *held = 0;
    } else if (*held == 0) {
        rig_play(self->plugin, offset, 0x90 | channel, pitch, (uint8_t)(1 + random_below(127)));
        *held = 1;
    }
}

static void play_other(soak *self, uint32_t offset) {
    uint8_t channel = (uint8_t)random_below(16);
    static const uint8_t dump[] = {0xF0, 0x7D, 1, 2, 3, 4, 0xF7};
    switch (random_below(6)) {
        case 0:
            self->pedals[channel] = self->pedals[channel] > 0 ? 0 : 127;
            rig_play(self->plugin, offset, 0xB0 | channel, 64, self->pedals[channel]);
            break;
        case 1:
            rig_play(self->plugin, offset, 0xC0 | channel, (uint8_t)random_below(128), 0);
            break;
        case 2:
            idiom_process_midi(self->plugin->core, offset, dump, sizeof dump);
            break;
        case 3:
            idiom_process_midi(self->plugin->core, offset, dump, random_below(7));
            break;
        case 4:
            rig_play(self->plugin, offset, 0x80 | channel, (uint8_t)random_below(128), 64);
            break;
        default:
            rig_play(self->plugin, offset, 0xE0 | channel, 0, (uint8_t)random_below(128));
            break;
    }
}

static void turn_knob(soak *self, uint32_t offset) {
    rig *plugin = self->plugin;
    switch (random_below(6)) {
        case 0:
            idiom_process_parameter(plugin->core, offset, IDIOM_BYPASS, random_below(2));
            break;
        case 1:
            idiom_core_set(plugin->core, IDIOM_BYPASS, random_below(2));
            break;
        case 2:
            idiom_process_parameter(plugin->core, offset, IDIOM_COMPENSATE, random_below(2));
            break;
        case 3:
            idiom_process_parameter(plugin->core, offset, random_below(12), random_below(300) / 100.0 - 1);
            break;
        case 4:
            idiom_process_modulation(plugin->core, offset, random_below(12), random_below(300) / 100.0 - 1);
            break;
        default:
            fake_engine_store(&plugin->engine, IDIOM_AT_DELAY_FRAMES, random_below(4) * 300);
            break;
    }
}

static void move_song(soak *self, uint32_t offset) {
    double step = random_below(600);
    if (random_below(2) == 0) {
        rig_go(self->plugin, offset, step);
    } else {
        rig_stop(self->plugin, offset, step);
    }
}

static void play_block(soak *self) {
    rig *plugin = self->plugin;
    uint32_t frames = random_below(6) == 0 ? random_below(3) : 1 + random_below(200);
    rig_begin(plugin, frames);
    for (uint32_t offset = 0; offset < frames; offset += 1 + random_below(40)) {
        uint32_t what = random_below(40);
        if (what < 24) {
            play_note(self, offset);
        } else if (what < 30) {
            play_other(self, offset);
        } else if (what < 32) {
            turn_knob(self, offset);
        } else if (what == 32) {
            move_song(self, offset);
        }
    }
    rig_end(plugin);
}

static void play_on(soak *self) {
    for (int block = 0; block < BLOCKS; block++) {
        rig *plugin = self->plugin;
        uint32_t what = random_below(60);
        if (what < 6) {
            disturb(self);
        } else if (what == 6) {
            idiom_core_reset(plugin->core);
        } else if (what == 7) {
            plugin->room = random_below(4);
        } else if (what < 12) {
            plugin->room = UINT32_MAX;
        } else if (what == 12) {
            plugin->transport.freewheeling = !plugin->transport.freewheeling;
        }
        play_block(self);
        answer_all(self);
    }
}

/* ---- the end ---- */

static void let_all_go(soak *self) {
    rig *plugin = self->plugin;
    plugin->room = UINT32_MAX;
    rig_begin(plugin, 64);
    for (uint8_t channel = 0; channel < 16; channel++) {
        for (uint8_t pitch = 0; pitch < 128; pitch++) {
            if (self->held[channel][pitch] > 0) {
                rig_play(plugin, 1, 0x80 | channel, pitch, 0);
            }
        }
        if (self->pedals[channel] > 0) {
            rig_play(plugin, 1, 0xB0 | channel, 64, 0);
        }
    }
    rig_end(plugin);
    for (int block = 0; block < 40; block++) {
        answer_all(self);
        rig_run(plugin, 200);
    }
}

/* However it ends: as it went on, with an engine that dies, bypassed, or with a jump. */
static const char *end(soak *self, unsigned round) {
    rig *plugin = self->plugin;
    switch (round % 4) {
        case 0:
            self->unread = 0;
            let_all_go(self);
            return "all keys are let go";
        case 1:
            end_engine(self);
            plugin->room = UINT32_MAX;
            idiom_core_set(plugin->core, IDIOM_COMPENSATE, 0);
            idiom_core_reset(plugin->core);
            break;
        case 2:
            idiom_core_set(plugin->core, IDIOM_BYPASS, 1);
            let_all_go(self);
            return "all keys are let go in bypass";
        default:
            self->unread = 0;
            let_all_go(self);
            rig_roll(plugin, 10000);
            break;
    }
    rig_run(plugin, 64);
    rig_run(plugin, 64);
    return "the end";
}

/* While a host that renders waits. */
static void answer_meanwhile(void *context) {
    soak *self = context;
    if (self->plugin->is_alive) {
        fake_engine_beat(&self->plugin->engine);
    }
    answer_all(self);
}

void test_soak(unsigned rounds) {
    for (unsigned round = 0; round < rounds; round++) {
        soak self = {.plugin = rig_open(), .delay = random_below(3) * 700};
        fake_clock_on_sleep(answer_meanwhile, &self);
        if (random_below(4) > 0) {
            begin_engine(&self);
        }
        play_on(&self);
        const char *how = end(&self, round);
        check(rig_sounding(self.plugin) == 0, "round=%u: %s: sounding=%u", round, how, rig_sounding(self.plugin));
        char of[64];
        snprintf(of, sizeof of, "round=%u", round);
        rig_close(self.plugin, of);
        fake_clock_on_sleep(NULL, NULL);
    }
}
