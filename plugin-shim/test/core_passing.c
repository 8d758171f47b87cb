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
    should_pass_through_where_nothing_can_be_shared();
}
