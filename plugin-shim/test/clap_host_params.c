/* Parameters: what they are, how they are written, and thousands of changes at once. */
#include <locale.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "clap_host.h"

static void check_info(const rig *it, uint32_t index) {
    const clap_plugin_params_t *params = it->params;
    clap_param_info_t info;
    if (!rig_check(params->get_info(it->plugin, index, &info), "get_info")) {
        return;
    }
    rig_check_number("ids are numbers of parameters", index, info.id);
    rig_check(info.name[0] != '\0', "a parameter has a name");
    rig_check(info.min_value < info.max_value, "range of a parameter");
    rig_check(info.default_value >= info.min_value && info.default_value <= info.max_value, "default of a parameter");
    double value = -1000;
    rig_check(params->get_value(it->plugin, info.id, &value), "get_value");
    rig_check_number("a parameter begins with its default", info.default_value, value);
    bool is_enum = (info.flags & CLAP_PARAM_IS_ENUM) != 0;
    bool is_stepped = (info.flags & CLAP_PARAM_IS_STEPPED) != 0;
    rig_check(!is_enum || is_stepped, "a choice is stepped");
    rig_check_number("bypass", index == IDIOM_BYPASS, (info.flags & CLAP_PARAM_IS_BYPASS) != 0);
    rig_check_number("automation", index != IDIOM_COMPENSATE, (info.flags & CLAP_PARAM_IS_AUTOMATABLE) != 0);
    bool is_continuous =
            index == IDIOM_MIX || index == IDIOM_THRESHOLD || index == IDIOM_DENSITY || index == IDIOM_SWING;
    rig_check_number("stepped", !is_continuous, is_stepped);
    rig_check_number("choices", !is_continuous, is_enum);
    static const clap_param_info_flags some_notes = CLAP_PARAM_IS_MODULATABLE_PER_NOTE_ID | CLAP_PARAM_IS_MODULATABLE_PER_KEY
                                                    | CLAP_PARAM_IS_MODULATABLE_PER_CHANNEL
                                                    | CLAP_PARAM_IS_MODULATABLE_PER_PORT;
    rig_check_number("modulation", is_continuous, (info.flags & CLAP_PARAM_IS_MODULATABLE) != 0);
    rig_check_number("of all notes alike", 0, info.flags & some_notes);
}

/* Every value's text leads back to a value of that text. */
static void check_texts(const rig *it, uint32_t index) {
    clap_param_info_t info;
    it->params->get_info(it->plugin, index, &info);
    bool is_stepped = (info.flags & CLAP_PARAM_IS_STEPPED) != 0;
    int steps = is_stepped ? (int)(info.max_value - info.min_value) : 200;
    for (int i = 0; i <= steps; i++) {
        double value = info.min_value + (info.max_value - info.min_value) * i / steps;
        char text[128];
        char again[128];
        double read = -1000;
        rig_check(it->params->value_to_text(it->plugin, info.id, value, text, sizeof text), "value_to_text");
        rig_check(text[0] != '\0', "a text of a value");
        rig_check(it->params->text_to_value(it->plugin, info.id, text, &read), "text_to_value");
        rig_check(fabs(read - value) <= 0.0005 + 1e-9, "the value of its text");
        it->params->value_to_text(it->plugin, info.id, read, again, sizeof again);
        rig_check_text("the text of the value of a text", text, again);
    }
}

static void check_text(const rig *it, clap_id id, double value, const char *expected) {
    char text[128];
    rig_check(it->params->value_to_text(it->plugin, id, value, text, sizeof text), "value_to_text");
    rig_check_text("text of a value", expected, text);
}

static void check_reading(const rig *it, clap_id id, const char *text, double expected) {
    double value = -1000;
    rig_check(it->params->text_to_value(it->plugin, id, text, &value), text);
    rig_check_number(text, expected, value);
}

static void check_wording(const rig *it) {
    check_text(it, IDIOM_MIX, 1, "100 %");
    check_text(it, IDIOM_MIX, 0.125, "12.5 %");
    check_text(it, IDIOM_MIX, 7, "100 %");
    check_text(it, IDIOM_DENSITY, 2, "200 %");
    check_text(it, IDIOM_DENSITY, 1.5, "150 %");
    check_text(it, IDIOM_THRESHOLD, -0.5, "-0.5");
    check_text(it, IDIOM_THRESHOLD, 0, "0");
    check_text(it, IDIOM_THRESHOLD, -0.00001, "0");
    check_text(it, IDIOM_SWING, 0.125, "+0.125");
    check_text(it, IDIOM_BYPASS, 1, "On");
    check_text(it, IDIOM_MODE, 3, "Instant");
    check_text(it, IDIOM_MODE, 3.9, "Instant");
    check_text(it, IDIOM_HOP, 0, "As the preset");
    check_text(it, IDIOM_PRESET, 5, "Pop to Jazz");
    check_text(it, IDIOM_PRESET, 40, "Bossa \xC3\xA0 la Bj\xC3\xB6rk");
    check_text(it, IDIOM_PRESET, 99, "Program 99 (not installed)");
    check_reading(it, IDIOM_MIX, "50", 0.5);
    check_reading(it, IDIOM_MIX, " 50% ", 0.5);
    check_reading(it, IDIOM_MIX, "12,5 %", 0.125);
    check_reading(it, IDIOM_MIX, "1000", 1);
    check_reading(it, IDIOM_SWING, "-.25", -0.25);
    check_reading(it, IDIOM_THRESHOLD, "+0.5", 0.5);
    check_reading(it, IDIOM_MODE, "timeline", 4);
    check_reading(it, IDIOM_MODE, "2", 2);
    check_reading(it, IDIOM_PRESET, "pop-to-jazz", 5);
    check_reading(it, IDIOM_PRESET, "POP TO JAZZ ", 5);
    check_reading(it, IDIOM_PRESET, "Program 99 (not installed)", 99);
    check_reading(it, IDIOM_PRESET, "12", 12);
    static const char *const nonsense[] = {"", " ", "-", ".", "abc", "5x", "1e3", "nan", "inf", "0x10", "--1", "%"};
    for (size_t i = 0; i < sizeof nonsense / sizeof nonsense[0]; i++) {
        double value;
        rig_check(!it->params->text_to_value(it->plugin, IDIOM_MIX, nonsense[i], &value), "nonsense is no value");
        rig_check(!it->params->text_to_value(it->plugin, IDIOM_MODE, nonsense[i], &value), "nonsense is no choice");
        rig_check(!it->params->text_to_value(it->plugin, IDIOM_PRESET, nonsense[i], &value), "nonsense is no preset");
    }
}

/* Texts stay the same where a decimal point is a comma, and in buffers that are too small. */
static void check_surroundings(const rig *it) {
    static const char *const locales[] = {"de_DE.UTF-8", "fr_FR.UTF-8", "de_DE", "C.UTF-8"};
    for (size_t i = 0; i < sizeof locales / sizeof locales[0]; i++) {
        setlocale(LC_ALL, locales[i]);
        check_text(it, IDIOM_MIX, 0.125, "12.5 %");
        check_reading(it, IDIOM_MIX, "12.5 %", 0.125);
    }
    setlocale(LC_ALL, "C");
    char text[8] = "xxxxxxx";
    rig_check(it->params->value_to_text(it->plugin, IDIOM_PRESET, 5, text, 4), "a small buffer");
    rig_check_text("holds what fits", "Pop", text);
    rig_check(text[4] == 'x', "and no more");
    rig_check(!it->params->value_to_text(it->plugin, IDIOM_PRESET, 5, text, 0), "no buffer");
    rig_check(!it->params->value_to_text(it->plugin, IDIOM_MIX, NAN, text, sizeof text), "text of what is no number");
}

static void check_wrong_ids(const rig *it) {
    static const clap_id ids[] = {IDIOM_PARAMETERS, 1000, RIG_STATUS + 1, CLAP_INVALID_ID};
    clap_param_info_t info;
    char text[16];
    rig_check(!it->params->get_info(it->plugin, IDIOM_PARAMETERS + 1, &info), "info of no parameter");
    rig_check(!it->params->get_info(it->plugin, RIG_STATUS, &info), "an id is no index");
    rig_check(!it->params->get_info(it->plugin, UINT32_MAX, &info), "nor is no id");
    for (size_t i = 0; i < sizeof ids / sizeof ids[0]; i++) {
        double value = 5;
        rig_check(!it->params->get_value(it->plugin, ids[i], &value), "value of no parameter");
        rig_check(!it->params->value_to_text(it->plugin, ids[i], 0, text, sizeof text), "text of no parameter");
        rig_check(!it->params->text_to_value(it->plugin, ids[i], "0", &value), "value of a text of no parameter");
    }
}

/* The status is the host's to read and nobody's to set. */
static void check_status(rig *it) {
    clap_param_info_t info;
    rig_check(it->params->get_info(it->plugin, IDIOM_PARAMETERS, &info), "get_info");
    rig_check_number("the id of the status", RIG_STATUS, info.id);
    rig_check_number("its flags", CLAP_PARAM_IS_READONLY | CLAP_PARAM_IS_STEPPED | CLAP_PARAM_IS_ENUM, info.flags);
    rig_check_text("its name", "Status", info.name);
    rig_check_number("its range", 0, info.min_value);
    rig_check_number("its range", 5, info.max_value);
    rig_check_number("its default", IDIOM_WAITING, info.default_value);
    check_text(it, RIG_STATUS, IDIOM_WAITING, "No engine yet");
    check_text(it, RIG_STATUS, IDIOM_PLAYING, "Playing");
    check_text(it, RIG_STATUS, 99, "Cannot connect");
    check_reading(it, RIG_STATUS, "engine is gone", IDIOM_LOST);
    check_texts(it, IDIOM_PARAMETERS);
    for (int on_audio = 0; on_audio < 2; on_audio++) {
        rig_input_value(it->input, 0, RIG_STATUS, IDIOM_PLAYING);
        rig_input_mod(it->input, 0, RIG_STATUS, 1);
        if (on_audio) {
            rig_start(it, 48000, 64);
            rig_block(it, 64, NULL);
            rig_stop(it);
        } else {
            rig_flush(it, false);
        }
        rig_check_number("what a host sets of it", IDIOM_WAITING, rig_value(it, RIG_STATUS));
    }
    rig_check_number("it is not told what it knows", 0, it->output->count);
}

static void check_pages(const rig *it) {
    const clap_plugin_remote_controls_t *controls = it->remote_controls;
    uint32_t count = controls->count(it->plugin);
    unsigned seen[IDIOM_PARAMETERS] = {0};
    clap_remote_controls_page_t page;
    rig_check_number("pages", 2, count);
    for (uint32_t i = 0; i < count; i++) {
        rig_check(controls->get(it->plugin, i, &page), "a page");
        rig_check_number("its id", i, page.page_id);
        rig_check_text("its name", i == 0 ? "Transfer" : "Locks", page.page_name);
        for (int knob = 0; knob < CLAP_REMOTE_CONTROLS_COUNT; knob++) {
            clap_id id = page.param_ids[knob];
            if (rig_check(id < IDIOM_PARAMETERS || id == CLAP_INVALID_ID, "a parameter of a page")) {
                seen[id < IDIOM_PARAMETERS ? id : 0] += id < IDIOM_PARAMETERS;
            }
        }
    }
    for (uint32_t i = 0; i < IDIOM_PARAMETERS; i++) {
        rig_check_number("every parameter is on one page", 1, seen[i]);
    }
    rig_check(!controls->get(it->plugin, count, &page), "there are no more pages");
}

/* ---- Changes ---- */

/* Thousands of changes of all parameters; the last of each holds. */
static void add_flood(rig *it, uint32_t frames, double *last) {
    rig_random random = {99};
    for (uint32_t i = 0; i < 8000; i++) {
        clap_param_info_t info;
        uint32_t id = i % IDIOM_PARAMETERS;
        it->params->get_info(it->plugin, id, &info);
        double share = rig_random_below(&random, 1001) / 1000.0;
        double value = info.min_value + share * (info.max_value - info.min_value);
        last[id] = (info.flags & CLAP_PARAM_IS_STEPPED) != 0 ? floor(value) : value;
        rig_input_value(it->input, i * frames / 8000, id, last[id]);
        /* As far away as can be, and nobody sees it. */
        rig_input_mod(it->input, i * frames / 8000, id, info.min_value - info.max_value);
    }
}

static void check_values(rig *it, const char *what, const double *expected) {
    for (uint32_t i = 0; i < IDIOM_PARAMETERS; i++) {
        rig_check(fabs(rig_value(it, i) - expected[i]) < 1e-6, what);
    }
}

static void test_floods(rig *it) {
    double last[IDIOM_PARAMETERS];
    add_flood(it, 1, last);
    rig_flush(it, false);
    check_values(it, "a flood without blocks", last);
    rig_start(it, 48000, 4096);
    for (int i = 0; i < 5; i++) {
        add_flood(it, 4096, last);
        rig_input_value(it->input, 4095, IDIOM_BYPASS, i % 2);
        last[IDIOM_BYPASS] = i % 2;
        rig_block(it, i == 4 ? 1 : 4096, NULL);
        check_values(it, "a flood in a block", last);
    }
    add_flood(it, 1, last);
    rig_flush(it, true);
    check_values(it, "a flood between blocks", last);
    rig_block(it, 64, NULL);
    check_values(it, "and after the next block", last);
    rig_check_number("the host's own changes are not told to it", 0, it->output->count);
    rig_stop(it);
}

static void test_values(rig *it) {
    static const struct {
        clap_id id;
        double given;
        double expected;
    } cases[] = {
            {IDIOM_PRESET, 500, 127},       {IDIOM_PRESET, -3, 0},
            {IDIOM_MIX, 2, 1},              {IDIOM_MIX, -1, 0},
            {IDIOM_MODE, 2.9, 2},           {IDIOM_MODE, 2.99999, 3},
            {IDIOM_SWING, INFINITY, 0.25},  {IDIOM_SWING, -INFINITY, -0.25},
            {IDIOM_DENSITY, 1.75, 1.75},    {IDIOM_BYPASS, 1, 1},
    };
    for (int in_block = 0; in_block < 2; in_block++) {
        if (in_block) {
            rig_start(it, 48000, 64);
        }
        for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
            rig_input_value(it->input, 0, cases[i].id, cases[i].given);
            rig_input_value(it->input, 0, cases[i].id, NAN);
            rig_input_value(it->input, 0, 4711, 1);
            if (in_block) {
                rig_block(it, 8, NULL);
            } else {
                rig_flush(it, false);
            }
            rig_check_number("a value within its range", cases[i].expected, rig_value(it, cases[i].id));
        }
    }
    rig_stop(it);
}

void test_params(const rig_library *library) {
    rig *it = rig_open(library);
    rig_check_number("parameters", IDIOM_PARAMETERS + 1, it->params->count(it->plugin));
    for (uint32_t i = 0; i < IDIOM_PARAMETERS; i++) {
        check_info(it, i);
        check_texts(it, i);
    }
    check_wording(it);
    check_surroundings(it);
    check_status(it);
    check_wrong_ids(it);
    check_pages(it);
    test_floods(it);
    test_values(it);
    rig_close(it);
}
