/* What the engine sends leaves at its frame. */
#include <string.h>

#include "core_check.h"
#include "core_clock.h"
#include "core_rig.h"
#include "core_test.h"

/* At every frame of a second one message, in blocks of all sizes. */
static void should_send_each_message_at_its_frame(void) {
    static const uint32_t sizes[] = {1, 2, 3, 17, 64, 100, 128, 255, 1023};
    rig *plugin = rig_open_playing();
    int64_t sent = 64;
    uint64_t right = 0;
    for (int i = 0; plugin->frame < 20000; i++) {
        while (sent < plugin->frame + 3000 && sent < 20000) {
            fake_engine_send_midi(&plugin->engine, sent, 0xE0, (uint8_t)(sent & 127), (uint8_t)(sent >> 7 & 127));
            sent++;
        }
        rig_run(plugin, sizes[i % 9]);
        for (size_t k = 0; k < plugin->count; k++) {
            const rig_message *left = &plugin->messages[k];
            right += left->length == 3 && left->bytes[1] == (left->frame & 127) && left->bytes[2] == (left->frame >> 7 & 127);
        }
        rig_forget_left(plugin);
    }
    check(right == 20000 - 64, "right=%llu", (unsigned long long)right);
    check(plugin->core->late == 0, "late=%llu", (unsigned long long)plugin->core->late);
    rig_close(plugin, "every frame");
}

static void should_send_in_order_of_frames(void) {
    rig *plugin = rig_open_playing();
    fake_engine *engine = &plugin->engine;
    fake_engine_send_midi(engine, 127, 0x90, 60, 1);
    fake_engine_send_midi(engine, 64, 0x90, 61, 2);
    fake_engine_send_midi(engine, 128, 0x80, 60, 3);
    fake_engine_send_midi(engine, 100, 0x80, 61, 4);
    fake_engine_send_midi(engine, 100, 0x90, 61, 5);
    rig_run(plugin, 64);
    rig_check_left(plugin, "the first block", "64:903d02 100:803d04 100:903d05 127:903c01");
    rig_run(plugin, 1);
    rig_check_left(plugin, "a block of one frame", "128:803c03");
    rig_close(plugin, "order");
}

static void should_send_late_ones_at_once(void) {
    rig *plugin = rig_open_playing();
    rig_run_to(plugin, 1000, 100);
    fake_engine *engine = &plugin->engine;
    static const int64_t frames[] = {999, 0, -1, INT64_MIN, INT64_MIN + 1000, 1000};
    for (size_t i = 0; i < sizeof frames / sizeof frames[0]; i++) {
        fake_engine_send_midi(engine, frames[i], 0x90, (uint8_t)(60 + i), 1);
    }
    rig_run(plugin, 100);
    rig_check_left(
            plugin, "the latest first", "1000:903f01 1000:904001 1000:903e01 1000:903d01 1000:903c01 1000:904101");
    check(plugin->core->late == 5, "late=%llu", (unsigned long long)plugin->core->late);
    fake_engine_send_midi(engine, INT64_MAX, 0x80, 60, 1);
    rig_run(plugin, 100);
    rig_check_left(plugin, "at the end of time", "");
    rig_close(plugin, "late messages");
}

static void should_not_pass_what_is_answered(void) {
    rig *plugin = rig_open_playing();
    rig_begin(plugin, 64);
    rig_play(plugin, 1, 0x90, 60, 100);
    rig_play(plugin, 2, 0xB0, 1, 100);
    rig_play(plugin, 3, 0xC0, 100, 0);
    rig_play(plugin, 4, 0x80, 60, 0);
    rig_end(plugin);
    rig_check_left(plugin, "all is up to the engine", "");
    rig_check_told(plugin, "which is told", false, "m65:903c64 m66:b00164 m67:c064 m68:803c00");
    rig_close(plugin, "answers");
}

static void should_end_each_note_once(void) {
    rig *plugin = rig_open_playing();
    fake_engine *engine = &plugin->engine;
    fake_engine_send_midi(engine, 64, 0x80, 60, 1);
    fake_engine_send_midi(engine, 65, 0x90, 60, 1);
    fake_engine_send_midi(engine, 66, 0x90, 60, 2);
    fake_engine_send_midi(engine, 67, 0x90, 60, 0);
    fake_engine_send_midi(engine, 68, 0x80, 60, 3);
    fake_engine_send_midi(engine, 69, 0x80, 60, 4);
    fake_engine_send_midi(engine, 70, 0x81, 60, 5);
    rig_run(plugin, 64);
    rig_check_left(plugin, "no off without an on", "65:903c01 66:903c02 67:903c00 68:803c03");
    rig_close(plugin, "offs");
}

/* More than can wait: the rest stays in the ring, in its order, and nothing is lost. */
static void should_take_what_has_no_room_later(void) {
    rig *plugin = rig_open_playing();
    fake_engine *engine = &plugin->engine;
    for (int i = 0; i < 10000; i++) {
        check(fake_engine_send_midi(engine, 200, 0xE0, (uint8_t)(i & 127), (uint8_t)(i >> 7)), "there is room: i=%d", i);
    }
    rig_run(plugin, 64);
    check(fake_engine_load(engine, IDIOM_AT_TO_PLUGIN_HEAD) == 8192 * 24, "8192 wait");
    rig_run(plugin, 100);
    check(plugin->count == 8192, "they leave: left=%zu", plugin->count);
    rig_run(plugin, 100);
    bool is_right = plugin->count == 10000;
    for (size_t i = 0; i < plugin->count; i++) {
        is_right &= plugin->messages[i].bytes[1] == (i & 127) && plugin->messages[i].bytes[2] == i >> 7;
    }
    check(is_right, "and the rest: left=%zu", plugin->count);
    rig_close(plugin, "many");
}

static void should_send_long_messages_in_their_order(void) {
    rig *plugin = rig_open_playing();
    fake_engine *engine = &plugin->engine;
    static uint8_t dump[3000] = {0xF0};
    dump[sizeof dump - 1] = 0xF7;
    for (uint8_t i = 0; i < 20; i++) {
        dump[1] = i;
        fake_engine_send(engine, IDIOM_MIDI, 100, dump, sizeof dump);
        fake_engine_send_midi(engine, 100, 0xE0, i, 0);
    }
    rig_run(plugin, 64);
    rig_run(plugin, 64);
    bool is_right = plugin->count == 40;
    for (size_t i = 0; i + 1 < plugin->count; i += 2) {
        const rig_message *left = &plugin->messages[i];
        is_right &= left[0].length == 3000 && left[0].bytes[1] == i / 2 && left[1].bytes[0] == 0xE0 && left[1].bytes[1] == i / 2;
    }
    check(is_right, "20 dumps and what comes between: left=%zu", plugin->count);
    rig_close(plugin, "long messages");
}

static void should_keep_order_where_there_is_no_room(void) {
    rig *plugin = rig_open_playing();
    plugin->room = 2;
    for (uint8_t i = 0; i < 7; i++) {
        fake_engine_send_midi(&plugin->engine, 70 + i, 0xE0, i, 0);
    }
    for (int i = 0; i < 4; i++) {
        rig_run(plugin, 64);
    }
    rig_check_left(
            plugin, "two a block", "70:e00000 71:e00100 128:e00200 128:e00300 192:e00400 192:e00500 256:e00600");
    rig_close(plugin, "two a block");
}

/* ---- program changes after a state came back ---- */

static void play_programs(rig *self) {
    rig_begin(self, 64);
    rig_play(self, 0, 0xC0, 5, 0);
    rig_play(self, 1, 0xC0, 6, 0);
    rig_play(self, 2, 0xB1, 32, 1);
    rig_play(self, 3, 0xC1, 5, 0);
    rig_play(self, 4, 0x90, 60, 100);
    rig_end(self);
}

static void should_not_obey_programs_just_after_a_state_came_back(void) {
    rig *plugin = rig_open_playing();
    fake_engine_mark(&plugin->engine, IDIOM_AT_OWN_PROGRAMS, 5);
    static const char state[] = "Idiom state 1\nmix=500000\nsong=0\n\n";
    check(idiom_state_load(plugin->core, (const uint8_t *)state, sizeof state - 1), "a state comes back");
    play_programs(plugin);
    rig_check_told(
            plugin, "5 is a preset's, 6 is not, another bank's is not", false,
            "p64:3=0.5 m65:c006 m66:b12001 m67:c105 m68:903c64");
    rig_run_to(plugin, 64 + 48000 - 1, 4800);
    rig_forget_told(plugin);
    rig_begin(plugin, 64);
    rig_play(plugin, 0, 0xC0, 5, 0);
    rig_play(plugin, 1, 0xC0, 5, 0);
    rig_end(plugin);
    rig_check_told(plugin, "a second later", false, "m48064:c005");
    rig_close(plugin, "programs");
}

void test_answers(void) {
    should_send_each_message_at_its_frame();
    should_send_in_order_of_frames();
    should_send_late_ones_at_once();
    should_not_pass_what_is_answered();
    should_end_each_note_once();
    should_take_what_has_no_room_later();
    should_send_long_messages_in_their_order();
    should_keep_order_where_there_is_no_room();
    should_not_obey_programs_just_after_a_state_came_back();
}
