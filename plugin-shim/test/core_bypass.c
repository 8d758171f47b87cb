/* Bypass, the latency that a host makes up for, and reset. */
#include "core_check.h"
#include "core_rig.h"
#include "core_test.h"

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

void test_bypass(void) {
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
}
