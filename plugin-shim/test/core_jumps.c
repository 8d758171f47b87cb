/* The song starts, stops and goes elsewhere. */
#include <math.h>

#include "core_check.h"
#include "core_rig.h"
#include "core_test.h"

static void should_tell_where_the_song_is(void) {
    rig *plugin = rig_open_playing();
    rig_run(plugin, 64);
    rig_check_told(plugin, "unknown", true, "t64:0/0=0@0 e128");
    rig_stand(plugin, 32);
    rig_run(plugin, 600);
    rig_check_told(plugin, "standing", true, "t128:1/0=32@8 e728");
    rig_stand(plugin, 99);
    rig_run(plugin, 600);
    rig_check_told(plugin, "standing elsewhere is no jump", true, "t728:1/0=99@8 e1328");
    rig_roll(plugin, 64);
    rig_run(plugin, 600);
    rig_check_told(plugin, "it starts", true, "t1328:11/1=64@8 e1928");
    rig_run(plugin, 1200);
    rig_run(plugin, 600);
    rig_check_told(plugin, "it goes on", true, "t1928:3/1=64.1@8 e3128 t3128:3/1=64.3@8 e3728");
    rig_stand(plugin, 64.4);
    rig_run(plugin, 600);
    rig_check_told(plugin, "it stops", true, "t3728:9/2=64.4@8 e4328");
    rig_close(plugin, "where the song is");
}

static void should_know_a_jump_from_going_on(void) {
    static const struct {
        double off; /* steps from where it would be */
        double speed;
        bool is_jump;
    } cases[] = {
            {0, 8, false}, {0.49, 8, false}, {-0.49, 8, false}, {0.51, 8, true}, {-0.51, 8, true}, {0, 16, false},
            {-64, 8, true}, {1e8, 8, true},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        rig *plugin = rig_open_playing();
        rig_roll(plugin, 100);
        rig_run(plugin, 6000);
        plugin->transport.step += cases[i].off;
        plugin->transport.steps_per_second = cases[i].speed;
        rig_forget_told(plugin);
        rig_run(plugin, 64);
        check(fake_engine_next(&plugin->engine, &plugin->record), "it is told");
        uint32_t flags = fake_record_whole(&plugin->record, 0);
        check(flags == (cases[i].is_jump ? 11u : 3u), "off=%g speed=%g flags=%u", cases[i].off, cases[i].speed, flags);
        rig_close(plugin, "a jump or none");
    }
}

static void should_not_know_where_a_mad_song_is(void) {
    static const idiom_transport mad[] = {
            {true, true, false, NAN, 8}, {true, true, false, INFINITY, 8}, {true, true, false, 1e9, 8},
            {true, true, false, -1e9, 8}, {true, true, false, 0, 0}, {true, true, false, 0, -8}, {true, true, false, 0, NAN},
            {true, true, false, 0, INFINITY}, {true, true, false, 0, 400.1}, {false, true, false, 5, 8}};
    for (size_t i = 0; i < sizeof mad / sizeof mad[0]; i++) {
        rig *plugin = rig_open_playing();
        plugin->transport = mad[i];
        rig_run(plugin, 64);
        rig_check_told(plugin, "it is not known", true, "t64:0/0=0@0 e128");
        rig_close(plugin, "a mad song");
    }
}

static void should_end_everything_at_a_jump(void) {
    rig *plugin = rig_open_playing();
    fake_engine *engine = &plugin->engine;
    rig_roll(plugin, 0);
    rig_run(plugin, 64);
    fake_engine_restart(engine, 1);
    fake_engine_send_midi(engine, 140, 0x90, 72, 100);
    fake_engine_send_midi(engine, 177, 0x90, 73, 100);
    fake_engine_send_midi(engine, 178, 0x90, 74, 100);
    fake_engine_send_midi(engine, 300, 0x90, 75, 100);
    rig_forget_left(plugin);
    rig_forget_told(plugin);
    rig_begin(plugin, 64);
    rig_play(plugin, 10, 0x90, 60, 1);
    rig_go(plugin, 50, 64);
    rig_play(plugin, 50, 0x90, 61, 1);
    rig_end(plugin);
    rig_check_left(
            plugin, "at its frame", "140:904864 177:904964 178:804840 178:804940 178:b04000 178:b07b00 178:b07800");
    rig_check_told(plugin, "it is told", false, "m138:903c01 t178:11/2=64@8 m178:903d01");
    fake_engine_send_midi(engine, 200, 0x90, 76, 100);
    fake_engine_restart(engine, 1);
    fake_engine_send_midi(engine, 201, 0x90, 77, 100);
    rig_run(plugin, 64);
    rig_check_left(plugin, "what was sent before it was known is void", "");
    fake_engine_send_midi(engine, 260, 0x90, 78, 100);
    fake_engine_restart(engine, 2);
    fake_engine_send_midi(engine, 261, 0x90, 79, 100);
    rig_run(plugin, 64);
    rig_check_left(plugin, "the engine knows", "261:904f64");
    rig_close(plugin, "a jump");
}

static void should_count_jumps_that_nobody_has_answered(void) {
    rig *plugin = rig_open_playing();
    fake_engine *engine = &plugin->engine;
    rig_begin(plugin, 100);
    rig_go(plugin, 10, 64);
    rig_go(plugin, 20, 128);
    rig_stop(plugin, 30, 5);
    rig_end(plugin);
    rig_check_told(plugin, "three in a block", false, "t74:11/1=64@8 t84:11/2=128@8 t94:9/3=5@8");
    static const uint32_t known[] = {0, 1, 2, 4, UINT32_MAX, 3};
    for (size_t i = 0; i < sizeof known / sizeof known[0]; i++) {
        fake_engine_restart(engine, known[i]);
        fake_engine_send_midi(engine, 170 + (int64_t)i, 0xE0, (uint8_t)(known[i] & 127), 0);
    }
    rig_run(plugin, 100);
    rig_check_left(plugin, "only what was sent when it knew of all", "175:e00300");
    rig_close(plugin, "jumps");
}

static void should_void_what_is_not_due_yet_at_a_restart(void) {
    rig *plugin = rig_open_playing();
    fake_engine *engine = &plugin->engine;
    fake_engine_send_midi(engine, 70, 0x90, 72, 100);
    fake_engine_send_midi(engine, 150, 0x90, 73, 100);
    rig_run(plugin, 64);
    fake_engine_restart(engine, 0);
    fake_engine_send_midi(engine, 160, 0x90, 74, 100);
    rig_run(plugin, 64);
    rig_check_left(plugin, "an engine that starts anew", "70:904864 128:804840 128:b04000 128:b07b00 128:b07800 160:904a64");
    rig_close(plugin, "a restart");
}

/* What passes is not ended by a jump: it is not the engine's. */
static void should_jump_while_it_passes(void) {
    rig *plugin = rig_open_playing();
    idiom_core_set(plugin->core, IDIOM_BYPASS, 1);
    rig_begin(plugin, 64);
    rig_play(plugin, 1, 0x90, 60, 100);
    rig_go(plugin, 10, 64);
    rig_play(plugin, 11, 0x80, 60, 0);
    rig_end(plugin);
    rig_check_left(plugin, "bypassed", "65:903c64 75:803c00");
    rig_check_told(plugin, "it is told", false, "p64:9=1 m65:903c64 t74:11/1=64@8 m75:803c00");
    idiom_core_set(plugin->core, IDIOM_BYPASS, 0);
    fake_engine_send_midi(&plugin->engine, 130, 0xE0, 1, 0);
    fake_engine_restart(&plugin->engine, 1);
    fake_engine_send_midi(&plugin->engine, 131, 0xE0, 2, 0);
    rig_run(plugin, 64);
    rig_check_left(plugin, "no longer", "128:b04000 128:b07b00 128:b07800 131:e00200");
    rig_close(plugin, "a jump in bypass");
}

/* A ring that is full when the song jumps: nothing gets through before the engine knows, so it has to hear of it later. */
static void should_tell_a_jump_that_found_no_room(void) {
    rig *plugin = rig_open_playing();
    for (int i = 0; fake_engine_load(&plugin->engine, IDIOM_AT_LOST_TO_ENGINE) < 40; i++) {
        rig_begin(plugin, 64);
        for (int k = 0; k < 2000; k++) {
            rig_play(plugin, 0, 0x80, (uint8_t)(i & 127), 0);
        }
        rig_end(plugin);
    }
    rig_begin(plugin, 64);
    rig_go(plugin, 10, 64);
    rig_end(plugin);
    fake_engine_skip(&plugin->engine);
    rig_run(plugin, 64);
    check(fake_engine_next(&plugin->engine, &plugin->record) && plugin->record.kind == IDIOM_TRANSPORT
                  && (fake_record_whole(&plugin->record, 0) & IDIOM_TRANSPORT_JUMPED) != 0
                  && fake_record_whole(&plugin->record, 4) == 1,
          "flags=%u jumps=%u", fake_record_whole(&plugin->record, 0), fake_record_whole(&plugin->record, 4));
    rig_run(plugin, 64);
    while (fake_engine_next(&plugin->engine, &plugin->record)) {
        check(plugin->record.kind != IDIOM_TRANSPORT
                      || (fake_record_whole(&plugin->record, 0) & IDIOM_TRANSPORT_JUMPED) == 0,
              "it is told once");
    }
    rig_close(plugin, "a jump without room");
}

void test_jumps(void) {
    should_tell_where_the_song_is();
    should_know_a_jump_from_going_on();
    should_not_know_where_a_mad_song_is();
    should_end_everything_at_a_jump();
    should_count_jumps_that_nobody_has_answered();
    should_void_what_is_not_due_yet_at_a_restart();
    should_jump_while_it_passes();
    should_tell_a_jump_that_found_no_room();
}
