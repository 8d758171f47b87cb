/* How an engine comes and goes. */
#include <math.h>
#include <string.h>

#include "core_check.h"
#include "core_clock.h"
#include "core_rig.h"
#include "core_test.h"

static const int64_t MS = 1000000;

static void check_status(const rig *self, const char *what, idiom_status expected) {
    idiom_status status = idiom_core_status(self->core);
    check(status == expected, "%s: status=%d expected=%d", what, (int)status, (int)expected);
}

static void should_wait_for_an_engine(void) {
    rig *plugin = rig_open();
    rig_run(plugin, 64);
    check_status(plugin, "nobody there", IDIOM_WAITING);
    check(fake_engine_load(&plugin->engine, IDIOM_AT_TO_ENGINE_TAIL) == 0, "nobody is told");
    check(fake_engine_load(&plugin->engine, IDIOM_AT_ACCEPTED_EPOCH) == 0, "nobody is accepted");
    fake_engine_store(&plugin->engine, IDIOM_AT_EPOCH, 9);
    rig_run(plugin, 64);
    check_status(plugin, "an engine that never lived", IDIOM_LOST);
    check(fake_engine_load(&plugin->engine, IDIOM_AT_ACCEPTED_EPOCH) == 0, "is not accepted");
    rig_close(plugin, "waiting");
}

static void should_tell_a_new_engine_everything(void) {
    rig *plugin = rig_open();
    rig_run(plugin, 100);
    idiom_core_set(plugin->core, IDIOM_MIX, 0.25);
    idiom_core_set(plugin->core, IDIOM_PRESET, 5);
    rig_stand(plugin, 12);
    rig_offer(plugin, 0xFEDCBA9876543210);
    fake_engine_state(&plugin->engine, IDIOM_ENGINE_LOADING);
    rig_run(plugin, 64);
    check_status(plugin, "an engine that loads", IDIOM_LOADING);
    check(fake_engine_is_accepted(&plugin->engine), "its epoch is accepted");
    rig_check_told(
            plugin, "all of it", true,
            "t100:1/0=12@8 p100:0=5 p100:1=0 p100:2=0 p100:3=0.25 p100:4=0 p100:5=0 p100:6=0 p100:7=1 p100:8=0 p100:9=0 "
            "p100:10=0 e164");
    rig_begin(plugin, 64);
    idiom_process_parameter(plugin->core, 10, IDIOM_MIX, 0.25);
    idiom_process_parameter(plugin->core, 20, IDIOM_MIX, 7);
    idiom_process_parameter(plugin->core, 30, IDIOM_MIX, NAN);
    idiom_process_parameter(plugin->core, 30, 99, 1);
    idiom_process_parameter(plugin->core, 40, IDIOM_MODE, 2.6);
    rig_play(plugin, 50, 0x90, 60, 100);
    rig_end(plugin);
    rig_check_told(plugin, "what changes", true, "t164:1/0=12@8 p184:3=1 p204:1=3 m214:903c64 e228");
    idiom_core_set(plugin->core, IDIOM_SWING, -9);
    rig_run(plugin, 64);
    rig_check_told(plugin, "what changed outside", true, "t228:1/0=12@8 p228:8=-0.25 e292");
    rig_close(plugin, "a new engine");
}

static void should_show_the_longest_block_and_when(void) {
    rig *plugin = rig_open();
    const fake_engine *engine = &plugin->engine;
    check(fake_engine_load_half(engine, IDIOM_AT_BLOCK_FRAMES) == 256, "what the host says");
    rig_run(plugin, 255);
    check(fake_engine_load_half(engine, IDIOM_AT_BLOCK_FRAMES) == 256, "a shorter block");
    rig_run(plugin, 257);
    check(fake_engine_load_half(engine, IDIOM_AT_BLOCK_FRAMES) == 257, "a longer block");
    check((int64_t)fake_engine_load(engine, IDIOM_AT_LAST_BLOCK_NS) == idiom_monotonic_ns(), "when it was");
    rig_close(plugin, "blocks");
}

static void should_pass_through_until_the_engine_is_ready(void) {
    rig *plugin = rig_open();
    rig_offer(plugin, 3);
    static const struct {
        uint32_t state;
        idiom_status status;
    } states[] = {
            {IDIOM_ENGINE_LOADING, IDIOM_LOADING}, {IDIOM_ENGINE_PRESET_MISSING, IDIOM_NO_PRESET}, {77, IDIOM_LOADING}};
    for (size_t i = 0; i < sizeof states / sizeof states[0]; i++) {
        fake_engine_state(&plugin->engine, states[i].state);
        rig_begin(plugin, 100);
        rig_play(plugin, 99, 0x90, (uint8_t)(60 + i), 100);
        rig_end(plugin);
        check_status(plugin, "not ready", states[i].status);
    }
    rig_check_left(plugin, "what was played", "99:903c64 199:903d64 299:903e64");
    fake_engine_state(&plugin->engine, IDIOM_ENGINE_READY);
    rig_begin(plugin, 100);
    rig_play(plugin, 50, 0x80, 60, 0);
    rig_play(plugin, 60, 0x90, 70, 1);
    rig_end(plugin);
    check_status(plugin, "ready", IDIOM_PLAYING);
    rig_check_left(
            plugin, "all is ended where the engine begins to answer",
            "300:803c40 300:803d40 300:803e40 300:b04000 300:b07b00 300:b07800");
    rig_close(plugin, "an engine that loads");
}

/* A heartbeat that is 200 ms old is too old; so much in the future it is no heartbeat either. */
static void should_know_when_the_heart_stops(void) {
    static const struct {
        int64_t ns;
        bool beats;
    } cases[] = {
            {0, true}, {-199 * 1000000 - 999999, true}, {-200 * 1000000, false}, {-201 * 1000000, false},
            {199 * 1000000 + 999999, true}, {200 * 1000000, false}, {INT64_C(3600000000000), false},
    };
    rig *plugin = rig_open_playing();
    plugin->is_alive = false;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        fake_engine_beat_at(&plugin->engine, idiom_monotonic_ns() + cases[i].ns);
        rig_run(plugin, 64);
        check_status(plugin, "a heartbeat", cases[i].beats ? IDIOM_PLAYING : IDIOM_LOST);
    }
    static const int64_t odd[] = {INT64_MIN, INT64_MIN + 1, -1, 0, 1, INT64_MAX - 1, INT64_MAX};
    for (size_t i = 0; i < sizeof odd / sizeof odd[0]; i++) {
        fake_engine_beat_at(&plugin->engine, odd[i]);
        rig_run(plugin, 64);
        check_status(plugin, "a heartbeat from nowhere", IDIOM_LOST);
    }
    rig_close(plugin, "heartbeats");
}

static void should_end_everything_when_the_heart_stops(void) {
    rig *plugin = rig_open_playing();
    fake_engine_send_midi(&plugin->engine, 70, 0x90, 72, 100);
    fake_engine_send_midi(&plugin->engine, 80, 0xB0, 64, 127);
    fake_engine_send_midi(&plugin->engine, 300, 0x90, 76, 100);
    fake_engine_send_midi(&plugin->engine, 400, 0xE0, 0, 64);
    rig_run(plugin, 64);
    rig_check_left(plugin, "it plays", "70:904864 80:b0407f");
    plugin->is_alive = false;
    fake_clock_advance(199 * MS);
    rig_run(plugin, 64);
    rig_check_left(plugin, "not yet", "");
    fake_clock_advance(MS);
    rig_begin(plugin, 64);
    rig_play(plugin, 5, 0x90, 60, 100);
    rig_end(plugin);
    rig_check_left(
            plugin, "within a block", "192:804840 192:b04000 192:b07b00 192:b07800 192:e00040 197:903c64");
    check_status(plugin, "gone", IDIOM_LOST);
    rig_run(plugin, 1000);
    rig_check_left(plugin, "its notes are gone with it", "");
    rig_close(plugin, "a heart that stops");
}

/* The same engine, which was only held up, is listened to again, and knows what it was told before. */
static void should_go_on_with_an_engine_that_was_held_up(void) {
    rig *plugin = rig_open_playing();
    rig_kill_engine(plugin);
    rig_begin(plugin, 64);
    rig_play(plugin, 0, 0x90, 60, 100);
    rig_end(plugin);
    rig_check_left(plugin, "it passes", "64:903c64");
    rig_check_told(plugin, "it is told meanwhile", false, "m64:903c64");
    plugin->is_alive = true;
    fake_engine_send_midi(&plugin->engine, 140, 0x90, 72, 100);
    rig_run(plugin, 64);
    check_status(plugin, "back", IDIOM_PLAYING);
    rig_check_left(plugin, "it answers", "128:803c40 128:b04000 128:b07b00 128:b07800 140:904864");
    rig_check_told(plugin, "nothing is told again", false, "");
    rig_close(plugin, "an engine that was held up");
}

static void should_take_up_with_a_new_engine(void) {
    rig *plugin = rig_open_playing();
    fake_engine_send_midi(&plugin->engine, 70, 0x90, 72, 100);
    rig_run(plugin, 64);
    fake_engine_send_midi(&plugin->engine, 300, 0x90, 73, 100);
    fake_engine_send_midi(&plugin->engine, 130, 0x90, 74, 100);
    rig_forget_left(plugin);
    rig_offer(plugin, 8);
    rig_run(plugin, 64);
    check(fake_engine_is_accepted(&plugin->engine), "the new epoch is accepted");
    rig_check_left(
            plugin, "what the old one played is ended, what it wrote is not read",
            "128:804840 128:b04000 128:b07b00 128:b07800");
    rig_check_told(
            plugin, "the new one is told everything", true,
            "t128:0/0=0@0 p128:0=0 p128:1=0 p128:2=0 p128:3=1 p128:4=0 p128:5=0 p128:6=0 p128:7=1 p128:8=0 p128:9=0 "
            "p128:10=0 e192");
    fake_engine_send_midi(&plugin->engine, 200, 0x90, 75, 100);
    rig_run(plugin, 1000);
    rig_check_left(plugin, "the new one answers", "200:904b64");
    check_status(plugin, "a new engine", IDIOM_PLAYING);
    rig_close(plugin, "a new engine");
}

static void should_let_an_engine_go_that_says_so(void) {
    rig *plugin = rig_open_playing();
    fake_engine_send_midi(&plugin->engine, 70, 0x90, 72, 100);
    rig_run(plugin, 64);
    fake_engine_store(&plugin->engine, IDIOM_AT_EPOCH, 0);
    rig_begin(plugin, 64);
    rig_play(plugin, 1, 0x90, 60, 100);
    rig_end(plugin);
    rig_check_left(plugin, "it left", "70:904864 128:804840 128:b04000 128:b07b00 128:b07800 129:903c64");
    check_status(plugin, "nobody is there", IDIOM_WAITING);
    rig_forget_told(plugin);
    rig_run(plugin, 64);
    rig_check_told(plugin, "nobody is told", true, "");
    rig_close(plugin, "an engine that leaves");
}

/* 24 bytes of no record. */
static void write_garbage(rig *plugin) {
    static const uint8_t garbage[24] = {7, 7, 7, 7, 7, 7, 7};
    fake_engine_send_raw(&plugin->engine, garbage, sizeof garbage);
}

static void should_not_listen_to_who_writes_garbage(void) {
    rig *plugin = rig_open_playing();
    fake_engine_send_midi(&plugin->engine, 70, 0x90, 72, 100);
    rig_run(plugin, 64);
    write_garbage(plugin);
    rig_begin(plugin, 64);
    rig_play(plugin, 3, 0x90, 60, 100);
    rig_end(plugin);
    rig_check_left(
            plugin, "all is ended, and passed through", "70:904864 128:804840 128:b04000 128:b07b00 128:b07800 131:903c64");
    fake_engine_send_midi(&plugin->engine, 200, 0x90, 76, 100);
    rig_run(plugin, 64);
    check_status(plugin, "a broken engine", IDIOM_LOST);
    fake_engine_store(&plugin->engine, IDIOM_AT_TO_PLUGIN_TAIL, fake_engine_load(&plugin->engine, IDIOM_AT_TO_PLUGIN_HEAD));
    rig_run_to(plugin, 20000, 256);
    rig_check_left(plugin, "it stays so, though the ring is in order again", "");
    check_status(plugin, "a broken engine", IDIOM_LOST);
    rig_offer(plugin, 8);
    rig_begin(plugin, 64);
    uint64_t told = fake_engine_load(&plugin->engine, IDIOM_AT_TO_ENGINE_TAIL);
    check(fake_engine_load(&plugin->engine, IDIOM_AT_ACCEPTED_TAIL) <= told, "it finds nothing that is not there yet");
    rig_end(plugin);
    check(fake_engine_is_accepted(&plugin->engine), "another engine is accepted");
    rig_check_told(
            plugin, "and told everything", true,
            "t20000:0/0=0@0 p20000:0=0 p20000:1=0 p20000:2=0 p20000:3=1 p20000:4=0 p20000:5=0 p20000:6=0 p20000:7=1 "
            "p20000:8=0 p20000:9=0 p20000:10=0 e20064");
    fake_engine_send_midi(&plugin->engine, 20100, 0x90, 76, 100);
    rig_run(plugin, 64);
    rig_check_left(plugin, "and answers", "20000:803c40 20000:b04000 20000:b07b00 20000:b07800 20100:904c64");
    rig_close(plugin, "garbage");
}

static void should_leave_out_what_is_no_message(void) {
    rig *plugin = rig_open_playing();
    fake_engine *engine = &plugin->engine;
    fake_engine_send(engine, IDIOM_MIDI, 70, "\x90\x3c\x80", 3);
    fake_engine_send(engine, IDIOM_MIDI, 70, "\x90\x3c", 2);
    fake_engine_send(engine, IDIOM_MIDI, 70, NULL, 0);
    static uint8_t longer[16385] = {0xF0};
    longer[16384] = 0xF7;
    fake_engine_send(engine, IDIOM_MIDI, 70, longer, 16385);
    fake_engine_send(engine, 999, 70, "\x90\x3c\x40", 3);
    fake_engine_send(engine, IDIOM_END, 70, NULL, 0);
    fake_engine_send(engine, IDIOM_RESTART, 70, "\x90\x3c\x40", 3);
    fake_engine_send(engine, IDIOM_ROUTE, 70, "\x01", 1);
    fake_engine_send(engine, IDIOM_MIDI, 70, "\x90\x3c\x40", 3);
    longer[16383] = 0xF7;
    fake_engine_send(engine, IDIOM_MIDI, 75, longer, 16384);
    rig_run(plugin, 64);
    rig_check_left(plugin, "one note and the longest message", "70:903c40 75:f000000000000000..16384");
    check(plugin->core->dropped == 8, "dropped=%llu", (unsigned long long)plugin->core->dropped);
    check_status(plugin, "that is no reason to leave it", IDIOM_PLAYING);
    rig_close(plugin, "no messages");
}

/* An engine that lives and does not read. */
static void should_keep_room_for_what_ends_notes(void) {
    rig *plugin = rig_open_playing();
    for (int i = 0; i < 200; i++) {
        rig_begin(plugin, 256);
        for (uint32_t offset = 0; offset < 256; offset += 4) {
            rig_play(plugin, offset, 0x90, (uint8_t)(i & 127), 100);
        }
        rig_end(plugin);
    }
    uint64_t lost = fake_engine_load(&plugin->engine, IDIOM_AT_LOST_TO_ENGINE);
    check(lost > 0, "the ring is full: lost=%llu", (unsigned long long)lost);
    /* Long after that, with automation and all that is told in each block. */
    for (int i = 0; i < 4000; i++) {
        rig_begin(plugin, 64);
        idiom_process_parameter(plugin->core, 1, IDIOM_MIX, (i & 63) / 64.0);
        rig_end(plugin);
    }
    lost = fake_engine_load(&plugin->engine, IDIOM_AT_LOST_TO_ENGINE);
    rig_begin(plugin, 256);
    for (uint8_t pitch = 0; pitch < 128; pitch++) {
        rig_play(plugin, 10, 0x80, pitch, 0);
    }
    rig_play(plugin, 10, 0xB0, 64, 0);
    rig_play(plugin, 10, 0xB0, 123, 0);
    rig_end(plugin);
    uint64_t more = fake_engine_load(&plugin->engine, IDIOM_AT_LOST_TO_ENGINE) - lost;
    /* Not a transport, an end and a parameter. */
    check(more == 3, "130 messages that end notes find room: lost=%llu", (unsigned long long)more);
    int offs = 0;
    while (fake_engine_next(&plugin->engine, &plugin->record)) {
        offs += plugin->record.kind == IDIOM_MIDI && plugin->record.payload[0] == 0x80 ? 1 : 0;
    }
    check(offs == 128, "they are told: offs=%d", offs);
    rig_run(plugin, 64);
    fake_engine_skip(&plugin->engine);
    idiom_core_set(plugin->core, IDIOM_MIX, 0.5);
    rig_run(plugin, 64);
    rig_check_told(plugin, "what found no room is told later", false, "p307584:3=0.5");
    rig_close(plugin, "an engine that does not read");
}

/* What was told last, and found no room, is told when there is some. */
static void should_tell_a_parameter_that_found_no_room(void) {
    rig *plugin = rig_open_playing();
    while (fake_engine_load(&plugin->engine, IDIOM_AT_LOST_TO_ENGINE) < 100) {
        rig_begin(plugin, 64);
        for (int i = 0; i < 1000; i++) {
            idiom_process_parameter(plugin->core, 1, IDIOM_MIX, i / 2000.0);
        }
        rig_end(plugin);
    }
    idiom_core_set(plugin->core, IDIOM_MIX, 0.75);
    rig_run(plugin, 64);
    fake_engine_skip(&plugin->engine);
    int64_t frame = plugin->frame;
    rig_run(plugin, 64);
    check(fake_engine_next(&plugin->engine, &plugin->record) && plugin->record.kind == IDIOM_TRANSPORT, "a transport");
    check(fake_engine_next(&plugin->engine, &plugin->record) && plugin->record.kind == IDIOM_PARAMETER
                  && plugin->record.frame == frame && fake_record_whole(&plugin->record, 0) == IDIOM_MIX
                  && fake_record_number(&plugin->record, 8) == 0.75,
          "the last value: kind=%u value=%g", plugin->record.kind, fake_record_number(&plugin->record, 8));
    rig_close(plugin, "parameters without room");
}

static void should_take_an_engine_s_program_over(void) {
    rig *plugin = rig_open();
    rig_offer(plugin, 7);
    fake_engine_store_half(&plugin->engine, IDIOM_AT_PROGRAM, 3);
    rig_run(plugin, 64);
    fake_engine_is_accepted(&plugin->engine);
    check(idiom_core_program(plugin->core) == 0, "what is wanted counts first: program=%u", idiom_core_program(plugin->core));
    fake_engine_store_half(&plugin->engine, IDIOM_AT_PROGRAM, 0);
    rig_run(plugin, 64);
    rig_forget_told(plugin);
    fake_engine_store_half(&plugin->engine, IDIOM_AT_PROGRAM, 4);
    rig_run(plugin, 64);
    check(idiom_core_program(plugin->core) == 4, "a program change: program=%u", idiom_core_program(plugin->core));
    rig_check_told(plugin, "it knows that", false, "");
    fake_engine_store_half(&plugin->engine, IDIOM_AT_PROGRAM, 200);
    rig_run(plugin, 64);
    check(idiom_core_program(plugin->core) == 4, "no program: program=%u", idiom_core_program(plugin->core));
    rig_close(plugin, "programs");
}

static void should_keep_two_instances_apart(void) {
    rig *first = rig_open();
    rig *second = rig_open();
    check(count_files(runtime_folder(), ".shm") == 2, "two files");
    check(strcmp(first->core->shared.path, second->core->shared.path) != 0, "of two names");
    check(fake_engine_load(&first->engine, IDIOM_AT_INSTANCE) != fake_engine_load(&second->engine, IDIOM_AT_INSTANCE),
          "and numbers");
    rig_offer(first, 7);
    rig_run(first, 64);
    rig_run(second, 100);
    check_status(first, "the first", IDIOM_PLAYING);
    check_status(second, "the second", IDIOM_WAITING);
    rig_offer(second, 7);
    rig_run(second, 100);
    fake_engine_is_accepted(&first->engine);
    fake_engine_is_accepted(&second->engine);
    fake_engine_send_midi(&first->engine, 70, 0x90, 60, 1);
    fake_engine_send_midi(&second->engine, 210, 0x90, 61, 2);
    rig_run(first, 64);
    rig_run(second, 100);
    rig_check_left(first, "the first", "70:903c01");
    rig_check_left(second, "the second", "210:903d02");
    rig_close(second, "two instances");
    rig_run(first, 64);
    check_status(first, "the first", IDIOM_PLAYING);
    rig_close(first, "two instances");
}

void test_engine(void) {
    should_wait_for_an_engine();
    should_tell_a_new_engine_everything();
    should_show_the_longest_block_and_when();
    should_pass_through_until_the_engine_is_ready();
    should_know_when_the_heart_stops();
    should_end_everything_when_the_heart_stops();
    should_go_on_with_an_engine_that_was_held_up();
    should_take_up_with_a_new_engine();
    should_let_an_engine_go_that_says_so();
    should_not_listen_to_who_writes_garbage();
    should_leave_out_what_is_no_message();
    should_keep_room_for_what_ends_notes();
    should_tell_a_parameter_that_found_no_room();
    should_take_an_engine_s_program_over();
    should_keep_two_instances_apart();
}
