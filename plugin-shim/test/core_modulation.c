/* Values that a host holds away from where they are: heard, and neither shown nor saved. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "core_check.h"
#include "core_rig.h"
#include "core_test.h"

static bool is_continuous(uint32_t parameter) {
    return parameter == IDIOM_MIX || parameter == IDIOM_THRESHOLD || parameter == IDIOM_DENSITY || parameter == IDIOM_SWING;
}

static void should_add_to_the_value_at_each_frame(void) {
    rig *plugin = rig_open_playing();
    idiom_core *core = plugin->core;
    rig_begin(plugin, 64);
    idiom_process_modulation(core, 1, IDIOM_MIX, -0.25);
    idiom_process_parameter(core, 10, IDIOM_MIX, 0.5);
    rig_play(plugin, 11, 0x90, 60, 100);
    idiom_process_modulation(core, 12, IDIOM_MIX, 0.125);
    idiom_process_modulation(core, 13, IDIOM_MIX, 0.125);
    idiom_process_parameter(core, 20, IDIOM_MIX, 0.25);
    idiom_process_modulation(core, 20, IDIOM_SWING, 0.1);
    idiom_process_modulation(core, 63, IDIOM_MIX, 0);
    rig_end(plugin);
    rig_check_told(
            plugin, "sums, each once", false,
            "p65:3=0.75 p74:3=0.25 m75:903c64 p76:3=0.625 p84:3=0.375 p84:8=0.1 p127:3=0.25");
    rig_run(plugin, 64);
    rig_check_told(plugin, "they stay as they are", false, "");
    rig_close(plugin, "modulation");
}

static void should_stay_within_the_range(void) {
    rig *plugin = rig_open_playing();
    idiom_core *core = plugin->core;
    rig_begin(plugin, 64);
    idiom_process_parameter(core, 0, IDIOM_THRESHOLD, 0.25);
    idiom_process_modulation(core, 1, IDIOM_THRESHOLD, 0.5);
    idiom_process_modulation(core, 2, IDIOM_THRESHOLD, -1e308);
    idiom_process_modulation(core, 3, IDIOM_THRESHOLD, 1e308);
    /* What lies beyond the range is no debt: where it ends is where it was. */
    idiom_process_parameter(core, 4, IDIOM_THRESHOLD, -0.5);
    idiom_process_modulation(core, 5, IDIOM_THRESHOLD, 0.125);
    idiom_process_modulation(core, 6, IDIOM_DENSITY, 3);
    idiom_process_modulation(core, 7, IDIOM_DENSITY, -3);
    /* Less than a millionth is nothing. */
    idiom_process_modulation(core, 8, IDIOM_SWING, 0.0000004);
    rig_end(plugin);
    rig_check_told(
            plugin, "the ends of ranges", false,
            "p64:4=0.25 p65:4=0.5 p66:4=-0.5 p67:4=0.5 p69:4=-0.375 p70:7=2 p71:7=0");
    rig_close(plugin, "ranges");
}

static void should_leave_out_what_cannot_be(void) {
    rig *plugin = rig_open_playing();
    idiom_core *core = plugin->core;
    static const double numbers[] = {NAN, INFINITY, -INFINITY};
    check(idiom_core_modulate(core, IDIOM_MIX, -0.5), "mix is modulated");
    rig_run(plugin, 64);
    rig_forget_told(plugin);
    rig_begin(plugin, 64);
    for (size_t i = 0; i < sizeof numbers / sizeof numbers[0]; i++) {
        idiom_process_modulation(core, 1, IDIOM_MIX, numbers[i]);
        check(!idiom_core_modulate(core, IDIOM_MIX, numbers[i]), "no number: %g", numbers[i]);
    }
    for (uint32_t i = 0; i < IDIOM_PARAMETERS; i++) {
        if (!is_continuous(i)) {
            idiom_process_modulation(core, 2, i, 1);
            check(!idiom_core_modulate(core, i, 1), "a stepped parameter: parameter=%u", i);
            check(idiom_core_modulation(core, i) == 0, "is left alone: parameter=%u", i);
        }
    }
    idiom_process_modulation(core, 3, IDIOM_PARAMETERS, 1);
    idiom_process_modulation(core, 3, UINT32_MAX, 1);
    check(!idiom_core_modulate(core, IDIOM_PARAMETERS, 1), "no parameter");
    check(idiom_core_modulation(core, UINT32_MAX) == 0, "is not modulated");
    rig_end(plugin);
    rig_check_told(plugin, "nothing", false, "");
    check(idiom_core_modulation(core, IDIOM_MIX) == -0.5, "what was there stays: %g", idiom_core_modulation(core, IDIOM_MIX));
    rig_close(plugin, "what is no modulation");
}

static void should_neither_show_nor_save(void) {
    rig *plugin = rig_open_playing();
    idiom_core *core = plugin->core;
    size_t length = 0;
    size_t again_length = 0;
    idiom_core_set(core, IDIOM_DENSITY, 1.25);
    uint8_t *state = idiom_state_save(core, &length);
    for (uint32_t i = 0; i < IDIOM_PARAMETERS; i++) {
        (void)idiom_core_modulate(core, i, 0.2);
    }
    rig_run(plugin, 64);
    check(idiom_core_get(core, IDIOM_DENSITY) == 1.25, "the value is the host's: %g", idiom_core_get(core, IDIOM_DENSITY));
    uint8_t *again = idiom_state_save(core, &again_length);
    check(state != NULL && again != NULL && length == again_length && memcmp(state, again, length) == 0, "a state without it");
    rig_forget_told(plugin);
    check(idiom_state_load(core, (const uint8_t *)"Idiom state 1\ndensity=500000\nmix=900000\nsong=0\n\n", 48), "a state");
    rig_run(plugin, 64);
    rig_check_told(plugin, "a state comes back beneath it", false, "p128:7=0.7");
    free(state);
    free(again);
    rig_close(plugin, "what is shown");
}

static void should_last_until_the_host_ends_it(void) {
    rig *plugin = rig_open_playing();
    idiom_core *core = plugin->core;
    (void)idiom_core_modulate(core, IDIOM_MIX, -0.75);
    rig_run(plugin, 64);
    rig_check_told(plugin, "from outside, with the next block", false, "p64:3=0.25");
    idiom_core_reset(core);
    rig_run(plugin, 64);
    rig_check_told(plugin, "a reset leaves it", false, "");
    rig_offer(plugin, 8);
    rig_run(plugin, 64);
    check(fake_engine_is_accepted(&plugin->engine), "another engine is accepted");
    rig_check_told(
            plugin, "and is told what is in effect", false,
            "p192:0=0 p192:1=0 p192:2=0 p192:3=0.25 p192:4=0 p192:5=0 p192:6=0 p192:7=1 p192:8=0 p192:9=0 p192:10=0");
    (void)idiom_core_modulate(core, IDIOM_MIX, 0);
    rig_run(plugin, 64);
    rig_check_told(plugin, "the host ends it", false, "p256:3=1");
    rig_close(plugin, "how long it lasts");
}

/* More in a block than there is room for: what ends notes is told all the same, and the last amount with the next block. */
static void should_survive_a_flood(void) {
    rig *plugin = rig_open_playing();
    idiom_core *core = plugin->core;
    rig_begin(plugin, 64);
    rig_play(plugin, 0, 0x90, 60, 100);
    for (int i = 0; i < 20000; i++) {
        idiom_process_modulation(core, 1 + (uint32_t)i / 400, i % 2 == 0 ? IDIOM_MIX : IDIOM_DENSITY, -(i % 1000) / 1000.0);
    }
    idiom_process_modulation(core, 62, IDIOM_MIX, -0.875);
    rig_play(plugin, 63, 0x80, 60, 0);
    rig_end(plugin);
    check(fake_engine_load(&plugin->engine, IDIOM_AT_LOST_TO_ENGINE) > 0, "there was no room for all");
    unsigned offs = 0;
    while (fake_engine_next(&plugin->engine, &plugin->record)) {
        offs += plugin->record.kind == IDIOM_MIDI && plugin->record.payload[0] == 0x80;
    }
    check(offs == 1, "the off is told: offs=%u", offs);
    rig_run(plugin, 64);
    rig_check_told(plugin, "the last of each", false, "p128:3=0.125 p128:7=0.001");
    rig_close(plugin, "a flood");
}

void test_modulation(void) {
    should_add_to_the_value_at_each_frame();
    should_stay_within_the_range();
    should_leave_out_what_cannot_be();
    should_neither_show_nor_save();
    should_last_until_the_host_ends_it();
    should_survive_a_flood();
}
