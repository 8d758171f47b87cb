/* What the plugin passes by itself while the engine learns a song, or plays it from memory. */
#include "core_check.h"
#include "core_rig.h"
#include "core_test.h"
#include "midi.h"

static rig *open_routed(uint32_t route) {
    rig *plugin = rig_open_playing();
    fake_engine_mark(&plugin->engine, IDIOM_AT_OWN_PROGRAMS, 5);
    fake_engine_mark(&plugin->engine, IDIOM_AT_OWN_PROGRAMS, 127);
    fake_engine_mark(&plugin->engine, IDIOM_AT_OWN_CONTROLS, 16);
    fake_engine_mark(&plugin->engine, IDIOM_AT_OWN_CONTROLS, 80);
    fake_engine_route(&plugin->engine, 64, route);
    return plugin;
}

/* A note, a drum, notes no roll can show, a pedal, controls and programs of the engine's and of others. */
static void play_everything(rig *self) {
    rig_begin(self, 64);
    rig_play(self, 0, 0x90, 60, 100);
    rig_play(self, 1, 0x99, 60, 100);
    rig_play(self, 2, 0x90, 23, 100);
    rig_play(self, 3, 0x90, 24, 100);
    rig_play(self, 4, 0x90, 107, 100);
    rig_play(self, 5, 0x90, 108, 100);
    rig_play(self, 6, 0xB0, 64, 127);
    rig_play(self, 7, 0xB0, 16, 1);
    rig_play(self, 8, 0xB0, 17, 1);
    rig_play(self, 9, 0xB0, 80, 1);
    rig_play(self, 10, 0xC0, 5, 0);
    rig_play(self, 11, 0xC0, 6, 0);
    rig_play(self, 12, 0xC0, 127, 0);
    rig_play(self, 13, 0xE0, 0, 64);
    rig_play(self, 14, 0xA0, 60, 1);
    rig_play(self, 15, 0x80, 60, 0);
    rig_play(self, 16, 0x99, 60, 0);
    rig_end(self);
}

static const char *const told_everything =
        "m64:903c64 m65:993c64 m66:901764 m67:901864 m68:906b64 m69:906c64 m70:b0407f m71:b01001 m72:b01101 m73:b05001 "
        "m74:c005 m75:c006 m76:c07f m77:e00040 m78:a03c01 m79:803c00 m80:993c00";

static void should_pass_what_is_being_learnt(void) {
    rig *plugin = open_routed(IDIOM_ROUTE_PASSED);
    /* A route is heard of in the block that its record is read in, and what is played then follows it. */
    play_everything(plugin);
    rig_check_left(
            plugin, "all but what is meant for the engine",
            "64:903c64 65:993c64 66:901764 67:901864 68:906b64 69:906c64 70:b0407f 72:b01101 75:c006 77:e00040 78:a03c01 "
            "79:803c00 80:993c00");
    rig_check_told(plugin, "the engine is told everything", false, told_everything);
    rig_close(plugin, "passed");
}

static void should_pass_all_but_notes_while_it_is_remembered(void) {
    rig *plugin = open_routed(IDIOM_ROUTE_REMEMBERED);
    play_everything(plugin);
    rig_check_left(
            plugin, "and notes that no network sees",
            "65:993c64 66:901764 69:906c64 70:b0407f 72:b01101 75:c006 77:e00040 78:a03c01 80:993c00");
    rig_check_told(plugin, "the engine is told everything", false, told_everything);
    rig_close(plugin, "remembered");
}

static void should_pass_nothing_that_is_answered(void) {
    rig *plugin = open_routed(IDIOM_ROUTE_ANSWERED);
    play_everything(plugin);
    rig_check_left(plugin, "nothing", "");
    rig_check_told(plugin, "the engine is told everything", false, told_everything);
    rig_close(plugin, "answered");
}

static void should_know_banks_of_before(void) {
    rig *plugin = rig_open();
    rig_begin(plugin, 64);
    rig_play(plugin, 0, 0xB0, 0, 1);
    rig_play(plugin, 0, 0xB1, 32, 1);
    rig_end(plugin);
    rig_offer(plugin, 7);
    rig_run(plugin, 64);
    fake_engine_is_accepted(&plugin->engine);
    fake_engine_mark(&plugin->engine, IDIOM_AT_OWN_PROGRAMS, 5);
    fake_engine_route(&plugin->engine, 0, IDIOM_ROUTE_PASSED);
    rig_forget_left(plugin);
    rig_begin(plugin, 64);
    rig_play(plugin, 0, 0xC0, 5, 0);
    rig_play(plugin, 1, 0xC1, 5, 0);
    rig_play(plugin, 2, 0xC2, 5, 0);
    rig_play(plugin, 3, 0xB0, 0, 0);
    rig_play(plugin, 4, 0xC0, 5, 0);
    rig_play(plugin, 5, 0xB1, 32, 0);
    rig_play(plugin, 6, 0xC1, 5, 0);
    rig_end(plugin);
    rig_check_left(plugin, "a bank that is not 0 has no preset", "128:c005 129:c105 131:b00000 133:b12000");
    rig_close(plugin, "banks");
}

static void should_follow_a_route_from_its_frame_on(void) {
    rig *plugin = open_routed(IDIOM_ROUTE_PASSED);
    fake_engine_route(&plugin->engine, 84, IDIOM_ROUTE_REMEMBERED);
    fake_engine_route(&plugin->engine, 94, IDIOM_ROUTE_PASSED);
    fake_engine_route(&plugin->engine, 140, IDIOM_ROUTE_REMEMBERED);
    rig_begin(plugin, 64);
    rig_play(plugin, 19, 0x90, 60, 1);
    rig_play(plugin, 20, 0x90, 61, 1);
    rig_play(plugin, 29, 0x90, 62, 1);
    rig_play(plugin, 30, 0x90, 63, 1);
    rig_end(plugin);
    rig_begin(plugin, 64);
    rig_play(plugin, 11, 0x90, 64, 1);
    rig_play(plugin, 12, 0x90, 65, 1);
    rig_end(plugin);
    rig_check_left(plugin, "at each side", "83:903c01 94:903f01 139:904001");
    rig_close(plugin, "frames of routes");
}

/* Whatever plays by the time a key is let go, its off goes where its on went. */
static void should_let_an_off_belong_to_its_on(void) {
    static const uint32_t later[] = {IDIOM_ROUTE_PASSED, IDIOM_ROUTE_REMEMBERED, IDIOM_ROUTE_ANSWERED};
    for (size_t i = 0; i < sizeof later / sizeof later[0]; i++) {
        rig *plugin = open_routed(IDIOM_ROUTE_REMEMBERED);
        rig_begin(plugin, 64);
        rig_play(plugin, 0, 0x90, 60, 1);
        rig_end(plugin);
        fake_engine_route(&plugin->engine, 128, IDIOM_ROUTE_PASSED);
        /* The engine plays the same pitch from memory. */
        fake_engine_send_midi(&plugin->engine, 130, 0x90, 60, 77);
        rig_begin(plugin, 64);
        rig_play(plugin, 5, 0x90, 62, 1);
        rig_play(plugin, 6, 0x80, 60, 1);
        rig_end(plugin);
        fake_engine_route(&plugin->engine, 192, later[i]);
        rig_begin(plugin, 64);
        rig_play(plugin, 1, 0x80, 62, 2);
        rig_play(plugin, 2, 0x80, 62, 3);
        rig_end(plugin);
        rig_check_left(plugin, "an off of its own", "130:903c4d 133:903e01 193:803e02");
        rig_close(plugin, "offs");
    }
}

static void should_end_what_passed_when_the_engine_dies(void) {
    rig *plugin = open_routed(IDIOM_ROUTE_PASSED);
    rig_begin(plugin, 64);
    rig_play(plugin, 0, 0x90, 60, 1);
    rig_end(plugin);
    rig_kill_engine(plugin);
    rig_begin(plugin, 64);
    rig_play(plugin, 9, 0x80, 60, 1);
    rig_end(plugin);
    rig_check_left(plugin, "once", "64:903c01 128:803c40 128:b04000 128:b07b00 128:b07800");
    rig_close(plugin, "an engine that dies");
}

static void should_begin_answered_with_a_new_engine(void) {
    rig *plugin = open_routed(IDIOM_ROUTE_PASSED);
    fake_engine_route(&plugin->engine, 200, IDIOM_ROUTE_PASSED);
    fake_engine_state(&plugin->engine, IDIOM_ENGINE_LOADING);
    rig_run(plugin, 64);
    rig_offer(plugin, 8);
    rig_run(plugin, 100);
    fake_engine_is_accepted(&plugin->engine);
    rig_begin(plugin, 64);
    rig_play(plugin, 10, 0x90, 60, 1);
    rig_end(plugin);
    rig_check_left(plugin, "routes of the old one are void", "");
    rig_close(plugin, "a new engine");
}

/* ---- jumps ---- */

static void should_decide_at_a_jump_by_itself(void) {
    rig *plugin = open_routed(IDIOM_ROUTE_PASSED);
    fake_engine_mark(&plugin->engine, IDIOM_AT_KNOWN_WINDOWS, 1);
    fake_engine_mark(&plugin->engine, IDIOM_AT_KNOWN_WINDOWS, 511);
    rig_begin(plugin, 64);
    rig_play(plugin, 0, 0x90, 60, 1);
    rig_go(plugin, 10, 100);
    rig_play(plugin, 10, 0x90, 61, 1);
    rig_play(plugin, 11, 0x80, 60, 1);
    rig_go(plugin, 20, 63.9);
    rig_play(plugin, 20, 0x90, 62, 1);
    rig_go(plugin, 30, 511 * 64 + 63.9);
    rig_play(plugin, 30, 0x90, 63, 1);
    rig_go(plugin, 40, 512 * 64 + 1);
    rig_play(plugin, 40, 0x90, 64, 1);
    rig_go(plugin, 50, -1);
    rig_play(plugin, 50, 0x90, 65, 1);
    rig_stop(plugin, 60, 65);
    rig_play(plugin, 60, 0x90, 66, 1);
    rig_end(plugin);
    rig_check_told(
            plugin, "the engine is told how", false,
            "m64:903c01 t74:11/1=100@8 m74:903d01 m75:803c01 t84:27/2=63.9@8 m84:903e01 t94:11/3=32767.9@8 m94:903f01 "
            "t104:27/4=32769@8 m104:904001 t114:27/5=-1@8 m114:904101 t124:25/6=65@8 m124:904201");
    rig_check_left(
            plugin, "known windows are played from memory",
            "64:903c01 74:803c40 74:b04000 74:b07b00 74:b07800 84:903e01 94:803e40 94:b04000 94:b07b00 94:b07800 104:904001 "
            "114:804040 114:b04000 114:b07b00 114:b07800 114:904101 124:804140 124:b04000 124:b07b00 124:b07800 124:904201");
    rig_close(plugin, "jumps");
}

static void should_not_pass_at_a_jump_what_is_answered(void) {
    rig *plugin = open_routed(IDIOM_ROUTE_ANSWERED);
    rig_begin(plugin, 64);
    rig_go(plugin, 10, 64);
    rig_play(plugin, 10, 0x90, 61, 1);
    rig_end(plugin);
    rig_check_left(plugin, "nothing passes", "");
    rig_check_told(plugin, "nor is it told so", false, "t74:11/1=64@8 m74:903d01");
    rig_close(plugin, "a jump");
}

/* A route that has begun, though nothing was played since, is what a jump is judged by. */
static void should_know_the_route_of_now_at_a_jump(void) {
    rig *plugin = open_routed(IDIOM_ROUTE_PASSED);
    fake_engine_route(&plugin->engine, 200, IDIOM_ROUTE_ANSWERED);
    rig_run_to(plugin, 300, 100);
    rig_forget_told(plugin);
    rig_begin(plugin, 64);
    rig_go(plugin, 10, 64);
    rig_play(plugin, 10, 0x90, 61, 1);
    rig_end(plugin);
    rig_check_told(plugin, "it is answered", false, "t310:11/1=64@8 m310:903d01");
    rig_check_left(plugin, "nothing passes", "");
    rig_close(plugin, "the route of now");
}

static void should_void_routes_at_a_jump(void) {
    rig *plugin = open_routed(IDIOM_ROUTE_PASSED);
    fake_engine_route(&plugin->engine, 140, IDIOM_ROUTE_REMEMBERED);
    rig_begin(plugin, 64);
    rig_go(plugin, 10, 64);
    rig_end(plugin);
    fake_engine_route(&plugin->engine, 140, IDIOM_ROUTE_REMEMBERED);
    rig_begin(plugin, 64);
    rig_play(plugin, 20, 0x90, 60, 1);
    rig_end(plugin);
    rig_check_left(plugin, "sent before it was known", "148:903c01");
    fake_engine_restart(&plugin->engine, 1);
    fake_engine_route(&plugin->engine, 200, IDIOM_ROUTE_REMEMBERED);
    rig_begin(plugin, 64);
    rig_play(plugin, 20, 0x90, 62, 1);
    rig_end(plugin);
    rig_check_left(plugin, "sent after it", "192:803c40 192:b04000 192:b07b00 192:b07800");
    rig_close(plugin, "routes at a jump");
}

/* While it is bypassed, too. */
static void should_void_routes_at_a_restart(void) {
    rig *plugin = open_routed(IDIOM_ROUTE_PASSED);
    idiom_core_set(plugin->core, IDIOM_BYPASS, 1);
    fake_engine_route(&plugin->engine, 5000, IDIOM_ROUTE_PASSED);
    fake_engine_restart(&plugin->engine, 0);
    fake_engine_route(&plugin->engine, 150, IDIOM_ROUTE_REMEMBERED);
    rig_run(plugin, 64);
    idiom_core_set(plugin->core, IDIOM_BYPASS, 0);
    rig_begin(plugin, 64);
    rig_play(plugin, 21, 0x90, 60, 1);
    rig_play(plugin, 22, 0x90, 61, 1);
    rig_end(plugin);
    rig_check_left(plugin, "the new route holds", "149:903c01");
    rig_close(plugin, "routes at a restart");
}

/* Bypass is the plugin's own affair: the engine has announced what will be, and does not say it again. */
static void should_keep_routes_ahead_through_bypass(void) {
    rig *plugin = open_routed(IDIOM_ROUTE_PASSED);
    fake_engine_route(&plugin->engine, 200, IDIOM_ROUTE_REMEMBERED);
    rig_begin(plugin, 64);
    idiom_process_parameter(plugin->core, 10, IDIOM_BYPASS, 1);
    idiom_process_parameter(plugin->core, 20, IDIOM_BYPASS, 0);
    rig_play(plugin, 30, 0x90, 60, 1);
    rig_end(plugin);
    rig_begin(plugin, 128);
    rig_play(plugin, 71, 0x90, 61, 1);
    rig_play(plugin, 72, 0x90, 62, 1);
    rig_end(plugin);
    rig_check_left(plugin, "the route comes", "94:903c01 199:903d01");
    rig_close(plugin, "routes and bypass");
}

static void should_wait_with_more_routes_than_fit(void) {
    rig *plugin = open_routed(IDIOM_ROUTE_PASSED);
    rig_run(plugin, 36);
    for (int i = 0; i < 40; i++) {
        fake_engine_route(&plugin->engine, 110 + 10 * i, i % 2 == 0 ? IDIOM_ROUTE_REMEMBERED : IDIOM_ROUTE_PASSED);
    }
    fake_engine_route(&plugin->engine, 1000, 99);
    rig_run_to(plugin, 475, 20);
    uint32_t expected = 0;
    for (uint32_t offset = 0; offset < 25; offset++) {
        rig_begin(plugin, 1);
        rig_play(plugin, 0, 0x90, 60, 1);
        rig_play(plugin, 0, 0x80, 60, 1);
        rig_end(plugin);
        /* 470: remembered; 480: passed; 490: remembered */
        expected += offset >= 5 && offset < 15 ? 2 : 0;
        check(plugin->count == expected, "frame=%u left=%zu expected=%u", 475 + offset, plugin->count, expected);
    }
    rig_close(plugin, "many routes");
}

void test_routes(void) {
    should_pass_what_is_being_learnt();
    should_pass_all_but_notes_while_it_is_remembered();
    should_pass_nothing_that_is_answered();
    should_know_banks_of_before();
    should_follow_a_route_from_its_frame_on();
    should_let_an_off_belong_to_its_on();
    should_end_what_passed_when_the_engine_dies();
    should_begin_answered_with_a_new_engine();
    should_decide_at_a_jump_by_itself();
    should_not_pass_at_a_jump_what_is_answered();
    should_know_the_route_of_now_at_a_jump();
    should_void_routes_at_a_jump();
    should_void_routes_at_a_restart();
    should_keep_routes_ahead_through_bypass();
    should_wait_with_more_routes_than_fit();
}
