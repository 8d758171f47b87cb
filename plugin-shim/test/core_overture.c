/* The beginnings of passages that are kept for the block in which the song jumps to them. */
#include <string.h>

#include "core_check.h"
#include "core_rig.h"
#include "core_test.h"

/* As many as a record has room for, and one more. */
enum { MOST = IDIOM_OVERTURE_MESSAGES };

typedef struct {
    uint32_t place;
    uint32_t serial;
    double step;
    struct {
        double step;
        uint8_t bytes[8];
    } messages[MOST + 1];
} passage;

static void send(rig *self, const passage *sent, uint32_t count) {
    fake_engine_send(&self->engine, IDIOM_OVERTURE, 0, sent, (uint16_t)(16 + 16 * count));
}

/* From step 128 on: a note of a step, one that goes on, and one before the jump by as little as a host may be off. */
static passage of_two_notes(void) {
    return (passage){
            1, 0x1234, 128,
            {{128, {0x90, 60, 80}}, {129, {0x80, 60, 64}}, {128.5, {0x90, 64, 70}}, {127.99, {0x90, 67, 60}}}};
}

/* Rolling, played from memory up to step 192. */
static rig *open_remembering(void) {
    rig *plugin = rig_open_playing();
    fake_engine_mark(&plugin->engine, IDIOM_AT_KNOWN_WINDOWS, 1);
    fake_engine_mark(&plugin->engine, IDIOM_AT_KNOWN_WINDOWS, 2);
    fake_engine_route(&plugin->engine, 64, IDIOM_ROUTE_REMEMBERED);
    rig_roll(plugin, 64);
    rig_run(plugin, 64);
    fake_engine_restart(&plugin->engine, 1);
    fake_engine_route(&plugin->engine, 64, IDIOM_ROUTE_REMEMBERED);
    rig_run(plugin, 64);
    rig_forget_left(plugin);
    rig_forget_told(plugin);
    return plugin;
}

/* 6000 frames are a step. */
static void should_be_there_in_the_block_of_the_jump(void) {
    rig *plugin = open_remembering();
    passage two = of_two_notes();
    send(plugin, &two, 4);
    fake_engine_send_midi(&plugin->engine, 300, 0x90, 48, 1);
    rig_begin(plugin, 64);
    rig_go(plugin, 40, 128.001);
    rig_end(plugin);
    rig_check_left(plugin, "what begins there, at the frame of the jump", "232:903c50 232:90433c");
    rig_check_told(plugin, "and which overture it is", false, "t232:305397771/2=128.001@8");
    fake_engine_send_midi(&plugin->engine, 270, 0x90, 50, 1);
    fake_engine_restart(&plugin->engine, 2);
    fake_engine_route(&plugin->engine, 232, IDIOM_ROUTE_REMEMBERED);
    fake_engine_send_midi(&plugin->engine, 280, 0x90, 52, 2);
    rig_run(plugin, 64);
    rig_check_left(plugin, "the answer goes on with it", "280:903402");
    rig_run_to(plugin, 12000, 64);
    rig_check_left(plugin, "what waits of it comes at its frame", "3226:904046 6226:803c40");
    fake_engine_restart(&plugin->engine, 2);
    rig_run(plugin, 64);
    check(rig_sounding(plugin) == 0, "taken back, it ends with all else: sounding=%u", rig_sounding(plugin));
    rig_close(plugin, "an overture");
}

/* Ardour starts a loop a little before its beginning, and comes back a little after it. */
static void should_leave_out_what_is_over(void) {
    rig *plugin = open_remembering();
    passage late = of_two_notes();
    late.step = 127.9;
    send(plugin, &late, 4);
    rig_begin(plugin, 64);
    rig_go(plugin, 0, 128.01);
    rig_end(plugin);
    rig_check_left(plugin, "128 belongs to it, 127.99 does not", "192:903c50");
    rig_close(plugin, "in the middle of an overture");
}

static void should_be_left_at_the_next_jump(void) {
    rig *plugin = open_remembering();
    passage two = of_two_notes();
    send(plugin, &two, 4);
    rig_begin(plugin, 64);
    rig_go(plugin, 10, 128);
    rig_go(plugin, 30, 100);
    rig_end(plugin);
    rig_check_left(
            plugin, "both begin and end",
            "202:903c50 202:90433c 222:803c40 222:804340 222:b04000 222:b07b00 222:b07800");
    fake_engine_restart(&plugin->engine, 2);
    fake_engine_restart(&plugin->engine, 3);
    fake_engine_send_midi(&plugin->engine, 300, 0x90, 52, 2);
    rig_run(plugin, 64);
    rig_run_to(plugin, 12000, 64);
    rig_check_left(plugin, "nothing of it comes later", "300:903402");
    rig_close(plugin, "two jumps");
}

static void check_silent(rig *plugin, double step, const char *what) {
    rig_begin(plugin, 64);
    rig_go(plugin, 0, step);
    rig_end(plugin);
    rig_check_left(plugin, what, "");
}

static void should_be_of_that_place_only(void) {
    rig *plugin = open_remembering();
    passage two = of_two_notes();
    send(plugin, &two, 4);
    check_silent(plugin, 127.9, "earlier");
    check_silent(plugin, 129.5, "in another cell");
    check_silent(plugin, 192, "where nothing is remembered");
    passage none = {.place = 1, .serial = 0, .step = 128};
    send(plugin, &none, 0);
    check_silent(plugin, 128, "it was taken away");
    send(plugin, &two, 4);
    rig_run(plugin, 64);
    rig_offer(plugin, 9);
    rig_run(plugin, 64);
    fake_engine_route(&plugin->engine, 0, IDIOM_ROUTE_REMEMBERED);
    rig_run(plugin, 64);
    check_silent(plugin, 128, "another engine has not said so");
    rig_close(plugin, "no overture");
}

static void should_not_play_what_is_none(void) {
    rig *plugin = open_remembering();
    passage good = of_two_notes();
    for (int i = 0; i < 8; i++) {
        passage bad = good;
        uint32_t count = 4;
        switch (i) {
            case 0: bad.place = IDIOM_OVERTURES; break;
            case 1: bad.serial = 0x10000; break;
            case 2: bad.step = 0.0 / 0.0; break;
            case 3: bad.messages[2].step = 193; break;
            case 4: bad.messages[3].step = 126; break;
            case 5: bad.messages[1].bytes[1] = 0x80; break;
            case 6: bad.messages[1].bytes[0] = 0xB0; break;
            default: count = MOST + 1; break;
        }
        uint64_t dropped = plugin->core->dropped;
        send(plugin, &bad, count);
        rig_begin(plugin, 64);
        rig_go(plugin, 0, i % 2 == 0 ? 128 : 100);
        rig_end(plugin);
        rig_check_left(plugin, "it is none", "");
        check(plugin->core->dropped == dropped + 1, "counted: case %d", i);
    }
    for (uint16_t length = 0; length < 48; length++) {
        fake_engine_send(&plugin->engine, IDIOM_OVERTURE, 0, &good, length);
    }
    rig_run(plugin, 64);
    check(plugin->core->overtures[1].count == 1, "only the lengths of none and one are right");
    rig_close(plugin, "no overtures");
}

void test_overture(void) {
    should_be_there_in_the_block_of_the_jump();
    should_leave_out_what_is_over();
    should_be_left_at_the_next_jump();
    should_be_of_that_place_only();
    should_not_play_what_is_none();
}
