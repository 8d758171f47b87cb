/* What is played passes through while nobody answers it. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core_check.h"
#include "core_rig.h"
#include "core_test.h"

static void should_pass_through_at_the_very_frame(void) {
    rig *plugin = rig_open();
    static const uint32_t blocks[] = {1, 7, 64, 3, 1000, 1};
    static const char *const expected[] = {
            "0:903c64", "1:903c64 7:903c64", "8:903c64 71:903c64", "72:903c64 74:903c64", "75:903c64 1074:903c64",
            "1075:903c64"};
    for (size_t i = 0; i < sizeof blocks / sizeof blocks[0]; i++) {
        rig_begin(plugin, blocks[i]);
        rig_play(plugin, 0, 0x90, 60, 100);
        if (blocks[i] > 1) {
            rig_play(plugin, blocks[i] - 1, 0x90, 60, 100);
        }
        rig_end(plugin);
        rig_check_left(plugin, "at its frame", expected[i]);
    }
    rig_close(plugin, "passing");
}

static void should_pass_everything_in_order(void) {
    rig *plugin = rig_open();
    rig_begin(plugin, 64);
    rig_play(plugin, 3, 0xC5, 1, 0);
    rig_play(plugin, 3, 0x95, 60, 100);
    rig_play(plugin, 3, 0x95, 60, 0);
    rig_play(plugin, 3, 0x95, 60, 101);
    rig_play(plugin, 3, 0xF2, 1, 2);
    idiom_process_midi(plugin->core, 3, (const uint8_t *)"\xf8", 1);
    idiom_process_midi(plugin->core, 3, (const uint8_t *)"\xf0\x7d\x01\xf7", 4);
    rig_play(plugin, 4, 0x85, 60, 17);
    rig_play(plugin, 5, 0x85, 60, 18);
    rig_play(plugin, 5, 0x86, 60, 19);
    rig_end(plugin);
    rig_check_left(
            plugin, "all but an off that has no on", "3:c501 3:953c64 3:953c00 3:953c65 3:f20102 3:f8 3:f07d01f7 4:853c11");
    rig_close(plugin, "everything");
}

static void should_leave_out_what_is_no_message(void) {
    rig *plugin = rig_open_playing();
    rig_begin(plugin, 64);
    idiom_process_midi(plugin->core, 1, (const uint8_t *)"\x90\x3c", 2);
    idiom_process_midi(plugin->core, 1, (const uint8_t *)"\x3c\x40\x00", 3);
    idiom_process_midi(plugin->core, 1, (const uint8_t *)"", 0);
    static uint8_t longer[70000] = {0xF0};
    longer[16384] = 0xF7;
    idiom_process_midi(plugin->core, 1, longer, 16385);
    longer[69999] = 0xF7;
    idiom_process_midi(plugin->core, 1, longer, 70000);
    idiom_process_midi(plugin->core, 1, longer, UINT32_MAX);
    rig_end(plugin);
    check(plugin->core->dropped == 6, "dropped=%llu", (unsigned long long)plugin->core->dropped);
    rig_check_told(plugin, "nobody is told", false, "");
    rig_close(plugin, "no messages");
}

/* As many as there are slots for one frame, and more: each has left before the next but 15 comes. */
static void should_pass_many_long_messages_of_one_frame(void) {
    rig *plugin = rig_open();
    rig_begin(plugin, 64);
    for (uint8_t i = 0; i < 40; i++) {
        const uint8_t dump[] = {0xF0, 0x7D, i, 0xF7};
        idiom_process_midi(plugin->core, 9, dump, sizeof dump);
    }
    rig_end(plugin);
    bool is_right = plugin->count == 40;
    for (uint8_t i = 0; i < plugin->count; i++) {
        is_right &= plugin->messages[i].frame == 9 && plugin->messages[i].bytes[2] == i;
    }
    check(is_right, "a dump of 40: left=%zu", plugin->count);
    check(plugin->core->dropped == 0, "dropped=%llu", (unsigned long long)plugin->core->dropped);
    rig_close(plugin, "long messages");
}

/* ---- a host without room ---- */

static void should_lose_nothing_where_there_is_no_room(void) {
    rig *plugin = rig_open();
    plugin->room = 3;
    rig_begin(plugin, 64);
    for (uint8_t i = 0; i < 5; i++) {
        rig_play(plugin, 10u * i, 0x90, (uint8_t)(60 + i), 100);
    }
    rig_play(plugin, 50, 0x80, 60, 0);
    rig_end(plugin);
    rig_check_left(plugin, "three of six", "0:903c64 10:903d64 20:903e64");
    rig_begin(plugin, 64);
    rig_play(plugin, 7, 0x80, 61, 0);
    rig_end(plugin);
    rig_check_left(plugin, "three of four, late", "64:903f64 64:904064 64:803c00");
    rig_run(plugin, 64);
    rig_check_left(plugin, "the last", "128:803d00");
    check(plugin->core->late == 4, "late=%llu", (unsigned long long)plugin->core->late);
    rig_close(plugin, "no room");
}

static void should_wait_for_a_block_with_frames(void) {
    rig *plugin = rig_open();
    rig_begin(plugin, 64);
    rig_play(plugin, 0, 0x90, 60, 100);
    rig_end(plugin);
    rig_forget_left(plugin);
    rig_begin(plugin, 0);
    rig_play(plugin, 0, 0x80, 60, 0);
    rig_end(plugin);
    rig_check_left(plugin, "a block of no frames", "");
    rig_run(plugin, 64);
    rig_check_left(plugin, "the next", "64:803c00");
    rig_close(plugin, "a block without frames");
}

/* An engine dies while the host takes a message a block. */
static void should_end_notes_in_pieces(void) {
    rig *plugin = rig_open_playing();
    for (uint8_t pitch = 60; pitch < 63; pitch++) {
        fake_engine_send_midi(&plugin->engine, 64, 0x90, pitch, 1);
    }
    rig_run(plugin, 64);
    rig_forget_left(plugin);
    rig_kill_engine(plugin);
    plugin->room = 1;
    rig_begin(plugin, 64);
    rig_play(plugin, 8, 0x90, 72, 1);
    rig_end(plugin);
    for (int i = 0; i < 7; i++) {
        rig_run(plugin, 64);
    }
    rig_check_left(
            plugin, "a message a block, then what was played",
            "128:803c40 192:803d40 256:803e40 320:b04000 384:b07b00 448:b07800 512:904801");
    rig_close(plugin, "a release in pieces");
}

/* The host takes nothing for a long time, while more is played than can wait: what ends notes is not what is lost. */
static void should_not_lose_an_off_among_too_many(void) {
    rig *plugin = rig_open();
    rig_begin(plugin, 64);
    for (uint8_t pitch = 0; pitch < 100; pitch++) {
        rig_play(plugin, 0, 0x90, pitch, 100);
    }
    rig_end(plugin);
    plugin->room = 0;
    rig_begin(plugin, 64);
    for (int i = 0; i < 10000; i++) {
        rig_play(plugin, 1, 0xE0, (uint8_t)(i & 127), 64);
    }
    for (uint8_t pitch = 0; pitch < 100; pitch++) {
        rig_play(plugin, 2, 0x80, pitch, 0);
    }
    rig_end(plugin);
    plugin->room = UINT32_MAX;
    rig_run(plugin, 64);
    rig_run(plugin, 64);
    check(rig_sounding(plugin) == 0, "all is ended: sounding=%u", rig_sounding(plugin));
    rig_close(plugin, "too many messages");
}

/* ---- bypass ---- */

static void should_bypass_at_the_very_frame(void) {
    rig *plugin = rig_open_playing();
    fake_engine *engine = &plugin->engine;
    fake_engine_send_midi(engine, 70, 0x90, 72, 100);
    fake_engine_send_midi(engine, 71, 0x91, 73, 100);
    fake_engine_send_midi(engine, 72, 0xB1, 64, 127);
    fake_engine_send_midi(engine, 100, 0x80, 72, 1);
    fake_engine_send_midi(engine, 101, 0x90, 74, 100);
    rig_begin(plugin, 64);
    rig_play(plugin, 20, 0x90, 60, 100);
    idiom_process_parameter(plugin->core, 37, IDIOM_BYPASS, 1);
    rig_play(plugin, 37, 0x90, 61, 100);
    rig_play(plugin, 40, 0x80, 60, 0);
    rig_play(plugin, 41, 0x80, 61, 0);
    rig_end(plugin);
    rig_check_left(
            plugin, "bypassed",
            "70:904864 71:914964 72:b1407f 100:804801 101:814940 101:b04000 101:b07b00 101:b07800 101:b14000 101:b17b00 "
            "101:b17800 101:903d64 105:803d00");
    rig_check_told(
            plugin, "the engine is told all the same", false, "m84:903c64 p101:9=1 m101:903d64 m104:803c00 m105:803d00");
    fake_engine_send_midi(engine, 140, 0x90, 75, 100);
    rig_begin(plugin, 64);
    rig_play(plugin, 10, 0x90, 62, 100);
    idiom_process_parameter(plugin->core, 20, IDIOM_BYPASS, 0);
    rig_play(plugin, 30, 0x90, 63, 100);
    rig_end(plugin);
    rig_check_left(plugin, "no longer", "138:903e64 148:803e40 148:b04000 148:b07b00 148:b07800");
    fake_engine_send_midi(engine, 200, 0x90, 76, 100);
    rig_run(plugin, 64);
    rig_check_left(plugin, "the engine answers", "200:904c64");
    rig_close(plugin, "bypass");
}

static void should_bypass_from_outside_with_the_next_block(void) {
    rig *plugin = rig_open_playing();
    fake_engine_send_midi(&plugin->engine, 70, 0x90, 72, 100);
    rig_run(plugin, 64);
    idiom_core_set(plugin->core, IDIOM_BYPASS, 1);
    rig_begin(plugin, 64);
    rig_play(plugin, 0, 0x90, 60, 100);
    rig_end(plugin);
    rig_check_left(plugin, "bypassed", "70:904864 128:804840 128:b04000 128:b07b00 128:b07800 128:903c64");
    check(idiom_core_status(plugin->core) == IDIOM_PLAYING, "the engine plays, though nobody hears it");
    rig_close(plugin, "bypass from outside");
}

/* A pedal that was answered and waits: nobody would lift it any more. */
static void should_leave_no_pedal_down(void) {
    rig *plugin = rig_open_playing();
    fake_engine_send_midi(&plugin->engine, 70, 0x90, 72, 100);
    fake_engine_send_midi(&plugin->engine, 100, 0xB0, 64, 127);
    fake_engine_send_midi(&plugin->engine, 110, 0xB0, 1, 5);
    rig_begin(plugin, 64);
    idiom_process_parameter(plugin->core, 20, IDIOM_BYPASS, 1);
    rig_end(plugin);
    rig_check_left(plugin, "the pedal does not come any more", "70:904864 84:804840 84:b04000 84:b07b00 84:b07800 84:b00105");
    check(rig_sounding(plugin) == 0, "sounding=%u", rig_sounding(plugin));
    rig_close(plugin, "a pedal");
}

/* ---- compensated latency ---- */

static rig *open_compensated(uint64_t delay) {
    rig *plugin = rig_open_playing();
    fake_engine_store(&plugin->engine, IDIOM_AT_DELAY_FRAMES, delay);
    idiom_core_set(plugin->core, IDIOM_BYPASS, 1);
    rig_run(plugin, 64);
    idiom_core_set(plugin->core, IDIOM_COMPENSATE, 1);
    rig_run(plugin, 64);
    rig_forget_left(plugin);
    return plugin;
}

static void should_tell_a_latency_that_is_to_be_made_up_for(void) {
    rig *plugin = rig_open_playing();
    fake_engine_store(&plugin->engine, IDIOM_AT_DELAY_FRAMES, 4800);
    check(idiom_core_latency(plugin->core) == 0, "not asked for: latency=%u", idiom_core_latency(plugin->core));
    idiom_core_set(plugin->core, IDIOM_COMPENSATE, 1);
    static const struct {
        int64_t delay;
        uint32_t latency;
    } cases[] = {{4800, 4800}, {0, 0}, {-1, 0}, {INT64_MIN, 0}, {INT64_MAX, 120 * 48000}, {120 * 48000 + 1, 120 * 48000}};
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        fake_engine_store(&plugin->engine, IDIOM_AT_DELAY_FRAMES, (uint64_t)cases[i].delay);
        uint32_t latency = idiom_core_latency(plugin->core);
        check(latency == cases[i].latency, "delay=%lld latency=%u", (long long)cases[i].delay, latency);
    }
    rig_close(plugin, "latency");
}

static void should_delay_what_passes_by_the_latency(void) {
    rig *plugin = open_compensated(1000);
    rig_begin(plugin, 64);
    rig_play(plugin, 10, 0x90, 60, 100);
    rig_play(plugin, 20, 0x80, 60, 0);
    rig_play(plugin, 30, 0x90, 61, 100);
    rig_end(plugin);
    rig_check_left(plugin, "not yet", "");
    rig_run_to(plugin, 1300, 100);
    rig_check_left(plugin, "1000 frames later", "1202:903c64 1212:803c00 1222:903d64");
    rig_close(plugin, "latency");
}

/* What was played before the latency fell must not come after what was played then: its off would come before its on. */
static void should_hang_no_note_when_the_latency_falls(void) {
    static const uint64_t delays[] = {0, 30, 990, 40000};
    for (size_t i = 0; i < sizeof delays / sizeof delays[0]; i++) {
        for (int asks = 0; asks < 2; asks++) {
            rig *plugin = open_compensated(1000);
            rig_begin(plugin, 64);
            rig_play(plugin, 10, 0x90, 60, 100);
            rig_end(plugin);
            if (asks == 1) {
                idiom_core_set(plugin->core, IDIOM_COMPENSATE, 0);
            }
            fake_engine_store(&plugin->engine, IDIOM_AT_DELAY_FRAMES, delays[i]);
            rig_begin(plugin, 64);
            rig_play(plugin, 10, 0x80, 60, 0);
            rig_play(plugin, 10, 0x90, 62, 1);
            rig_play(plugin, 11, 0x80, 62, 0);
            rig_end(plugin);
            rig_run_to(plugin, 50000, 1000);
            check(rig_sounding(plugin) == 0, "delay=%llu asks=%d sounding=%u", (unsigned long long)delays[i], asks,
                  rig_sounding(plugin));
            rig_close(plugin, "a latency that falls");
        }
    }
}

/* A tempo that rises a little makes no gap. */
static void should_hold_back_a_little_when_the_latency_falls_a_little(void) {
    rig *plugin = open_compensated(1000);
    rig_begin(plugin, 64);
    rig_play(plugin, 10, 0x90, 60, 100);
    rig_play(plugin, 60, 0x90, 61, 100);
    fake_engine_store(&plugin->engine, IDIOM_AT_DELAY_FRAMES, 980);
    rig_play(plugin, 62, 0x80, 60, 0);
    rig_end(plugin);
    rig_begin(plugin, 64);
    rig_play(plugin, 40, 0x80, 61, 0);
    rig_end(plugin);
    rig_run_to(plugin, 2000, 100);
    rig_check_left(plugin, "in order", "1202:903c64 1252:903d64 1252:803c00 1276:803d00");
    rig_close(plugin, "a latency that falls a little");
}

/* A whole bar less: the host has put everything elsewhere, and nobody wants to wait for what was to come then. */
static void should_begin_anew_when_the_latency_falls_far(void) {
    rig *plugin = open_compensated(10000);
    rig_begin(plugin, 64);
    rig_play(plugin, 10, 0x90, 60, 100);
    rig_end(plugin);
    rig_run_to(plugin, 10300, 1000);
    rig_check_left(plugin, "10000 frames later", "10202:903c64");
    rig_begin(plugin, 64);
    rig_play(plugin, 0, 0x90, 61, 100);
    idiom_process_parameter(plugin->core, 10, IDIOM_COMPENSATE, 0);
    rig_play(plugin, 20, 0x80, 60, 0);
    rig_play(plugin, 30, 0x90, 62, 100);
    rig_end(plugin);
    rig_run_to(plugin, 30000, 1000);
    rig_check_left(plugin, "at once", "10320:803c40 10320:b04000 10320:b07b00 10320:b07800 10330:903e64");
    rig_close(plugin, "a latency that falls far");
}

/* ---- reset ---- */

static void should_end_everything_at_a_reset(void) {
    rig *plugin = rig_open_playing();
    fake_engine_send_midi(&plugin->engine, 70, 0x90, 72, 100);
    fake_engine_send_midi(&plugin->engine, 180, 0x90, 73, 100);
    rig_run(plugin, 64);
    idiom_core_reset(plugin->core);
    rig_run(plugin, 64);
    rig_check_left(plugin, "what waits is forgotten", "70:904864 128:804840 128:b04000 128:b07b00 128:b07800");
    fake_engine_send_midi(&plugin->engine, 200, 0x90, 74, 100);
    rig_run(plugin, 64);
    rig_check_left(plugin, "the engine goes on", "200:904a64");
    rig_close(plugin, "a reset");
}

static void should_reset_what_passes(void) {
    rig *plugin = rig_open();
    rig_begin(plugin, 64);
    rig_play(plugin, 1, 0x90, 60, 100);
    rig_end(plugin);
    idiom_core_reset(plugin->core);
    rig_begin(plugin, 64);
    rig_play(plugin, 5, 0x80, 60, 0);
    rig_play(plugin, 6, 0x90, 60, 100);
    rig_end(plugin);
    rig_run(plugin, 64);
    rig_check_left(plugin, "passing", "1:903c64 64:803c40 64:b04000 64:b07b00 64:b07800 70:903c64");
    rig_close(plugin, "a reset");
}

/* ---- where no file can be shared ---- */

static void should_pass_through_where_nothing_can_be_shared(void) {
    setenv("IDIOM_RUNTIME_DIR", "/proc/none", 1);
    rig *plugin = calloc(1, sizeof *plugin);
    plugin->core = idiom_core_open(NAN, 0, NULL);
    setenv("IDIOM_RUNTIME_DIR", runtime_folder(), 1);
    check(plugin->core->rate == 48000, "rate=%f", plugin->core->rate);
    check_text(
            "a problem", idiom_core_problem(plugin->core),
            "/proc/none can't be made: No such file or directory; set IDIOM_RUNTIME_DIR");
    check(idiom_core_status(plugin->core) == IDIOM_UNSHARED, "status=%d", (int)idiom_core_status(plugin->core));
    plugin->room = UINT32_MAX;
    plugin->most_bytes = UINT32_MAX;
    idiom_core_set(plugin->core, IDIOM_COMPENSATE, 1);
    rig_roll(plugin, 0);
    rig_begin(plugin, 64);
    rig_play(plugin, 5, 0x90, 60, 100);
    rig_go(plugin, 6, 500);
    rig_play(plugin, 7, 0xC0, 5, 0);
    rig_end(plugin);
    rig_check_left(plugin, "passing", "5:903c64 7:c005");
    idiom_core_reset(plugin->core);
    rig_run(plugin, 64);
    rig_check_left(plugin, "a reset", "64:803c40 64:b04000 64:b07b00 64:b07800");
    check(idiom_core_status(plugin->core) == IDIOM_UNSHARED, "status=%d", (int)idiom_core_status(plugin->core));
    check(idiom_core_latency(plugin->core) == 0, "latency=%u", idiom_core_latency(plugin->core));
    size_t length = 0;
    uint8_t *state = idiom_state_save(plugin->core, &length);
    check(state != NULL && idiom_state_load(plugin->core, state, length), "a state goes out and in");
    free(state);
    check(plugin->disorder[0] == '\0', "%s", plugin->disorder);
    idiom_core_close(plugin->core);
    free(plugin);
    idiom_core_close(NULL);
}

void test_passing(void) {
    should_pass_through_at_the_very_frame();
    should_pass_everything_in_order();
    should_leave_out_what_is_no_message();
    should_pass_many_long_messages_of_one_frame();
    should_lose_nothing_where_there_is_no_room();
    should_wait_for_a_block_with_frames();
    should_end_notes_in_pieces();
    should_not_lose_an_off_among_too_many();
    should_bypass_at_the_very_frame();
    should_bypass_from_outside_with_the_next_block();
    should_leave_no_pedal_down();
    should_tell_a_latency_that_is_to_be_made_up_for();
    should_delay_what_passes_by_the_latency();
    should_hang_no_note_when_the_latency_falls();
    should_hold_back_a_little_when_the_latency_falls_a_little();
    should_begin_anew_when_the_latency_falls_far();
    should_end_everything_at_a_reset();
    should_reset_what_passes();
    should_pass_through_where_nothing_can_be_shared();
}
