/* The list of installed presets, and states that name one of them. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core_check.h"
#include "core_rig.h"
#include "core_test.h"

static void install(const char *list) {
    put_file(configuration_folder(), "presets.tsv", list);
}

/* What is read of a list, as "PROGRAM NAME HASH TITLE" each. */
static void check_list(const char *what, const char *list, const char *expected) {
    install(list);
    idiom_preset presets[128];
    size_t count = idiom_presets_read(presets, 128);
    char text[4096] = "";
    size_t at = 0;
    for (size_t i = 0; i < count && at < sizeof text - 256; i++) {
        at += (size_t)snprintf(
                text + at, sizeof text - at, "%s%u %s %s %s", i == 0 ? "" : "|", presets[i].program, presets[i].name,
                presets[i].hash, presets[i].title);
    }
    check_text(what, text, expected);
}

#define HEX64 "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"
#define LONG63 "123456789012345678901234567890123456789012345678901234567890123"

static void should_read_the_list(void) {
    check_list("no file", NULL, "");
    check_list("an empty file", "", "");
    check_list("one", "0\tpop-to-jazz\t" HEX64 "\tPop to Jazz\n", "0 pop-to-jazz " HEX64 " Pop to Jazz");
    check_list("two, the last without an end of line", "5\ta\tb\tA\n127\tc\td\tC c", "5 a b A|127 c d C c");
    check_list("of a file of Windows", "5\ta\tb\tA\r\n6\tc\td\tC\r\n", "5 a b A|6 c d C");
    check_list("columns of a later time", "5\ta\tb\tA\tmore\tand more\n", "5 a b A");
    check_list("the longest", "1\t" LONG63 "\t" HEX64 "\t" LONG63 "\n", "1 " LONG63 " " HEX64 " " LONG63);
}

static void should_leave_out_broken_lines(void) {
    static const char *const broken[] = {
            "", "\t", "\t\t\t", "5", "5\t", "5\ta", "5\ta\tb", "5\ta\tb\t", "\ta\tb\tA", "5\t\tb\tA", "5\ta\t\tA",
            "128\ta\tb\tA", "-1\ta\tb\tA", "1.5\ta\tb\tA", "five\ta\tb\tA", "5x\ta\tb\tA", "99999999999\ta\tb\tA",
            "5 a b A", "1\t" LONG63 "4\tb\tA", "1\ta\t" HEX64 "0\tA", "1\ta\tb\t" LONG63 "4"};
    for (size_t i = 0; i < sizeof broken / sizeof broken[0]; i++) {
        char list[512];
        snprintf(list, sizeof list, "1\ta\tb\tA\n%s\n2\tc\td\tC\n", broken[i]);
        check_list(broken[i], list, "1 a b A|2 c d C");
    }
    /* What is longer than a line can be is no line, nor is its end. */
    char list[2048];
    memset(list, 'x', sizeof list);
    memcpy(list, "1\ta\tb\tA\n", 8);
    memcpy(list + 7, "\n5\t", 3);
    memcpy(list + 519, "3\te\tf\tE\n2\tc\td\tC\n", 17);
    check_list("a line that is too long", list, "1 a b A|2 c d C");
}

static void should_read_no_more_than_there_is_room_for(void) {
    char list[8192];
    size_t at = 0;
    for (int i = 0; i < 200; i++) {
        at += (size_t)snprintf(list + at, sizeof list - at, "%d\tname-%d\tb\tA\n", i % 128, i);
    }
    install(list);
    idiom_preset presets[201];
    check(idiom_presets_read(presets, 128) == 128, "room for 128");
    check(strcmp(presets[127].name, "name-127") == 0, "the last: %s", presets[127].name);
    check(idiom_presets_read(presets, 0) == 0, "room for none");
    check(idiom_presets_read(presets, 201) == 200, "room for more");
}

/* ---- states ---- */

static bool load(rig *plugin, const char *state) {
    return idiom_state_load(plugin->core, (const uint8_t *)state, strlen(state));
}

static void check_saved(rig *plugin, const char *what, const char *begin) {
    size_t length = 0;
    uint8_t *state = idiom_state_save(plugin->core, &length);
    char text[512] = "";
    size_t kept = strlen(begin) < length ? strlen(begin) : length;
    memcpy(text, state, kept);
    free(state);
    check_text(what, text, begin);
}

static void should_find_a_preset_by_its_name(void) {
    install("0\tpop-to-jazz\taa\tPop to Jazz\n7\tjazz-to-pop\tbb\tJazz to Pop\n");
    rig *plugin = rig_open();
    idiom_core_set(plugin->core, IDIOM_PRESET, 7);
    check_saved(plugin, "it is saved by its name", "Idiom state 1\nname=jazz-to-pop\nhash=bb\npreset=7000000\n");
    check(load(plugin, "Idiom state 1\nname=jazz-to-pop\nhash=bb\npreset=3000000\nsong=0\n\n"), "a state");
    check(idiom_core_program(plugin->core) == 7, "whatever its number was: program=%u", idiom_core_program(plugin->core));
    check_text("no problem", idiom_core_problem(plugin->core), "");
    check(load(plugin, "Idiom state 1\nname=pop-to-jazz\nhash=cc\npreset=3000000\nsong=0\n\n"), "a state");
    check(idiom_core_program(plugin->core) == 0, "another model: program=%u", idiom_core_program(plugin->core));
    check_text(
            "is told", idiom_core_problem(plugin->core),
            "the preset pop-to-jazz is another one than when this was saved: it may sound different");
    check(load(plugin, "Idiom state 1\npreset=5000000\nsong=0\n\n"), "a state without a name");
    check(idiom_core_program(plugin->core) == 5, "has its number: program=%u", idiom_core_program(plugin->core));
    check_text("no problem any more", idiom_core_problem(plugin->core), "");
    rig_close(plugin, "names");
}

static void should_play_nothing_in_place_of_a_preset_that_is_missing(void) {
    install("0\tpop-to-jazz\taa\tPop to Jazz\n1\tjazz-to-pop\tbb\tJazz to Pop\n3\tx\tcc\tX\n");
    rig *plugin = rig_open();
    check(load(plugin, "Idiom state 1\nname=waltz\nhash=dd\npreset=1000000\nmix=500000\nsong=0\n\n"), "a state");
    check(idiom_core_program(plugin->core) == 2, "a number that no preset has: program=%u", idiom_core_program(plugin->core));
    check(idiom_core_get(plugin->core, IDIOM_MIX) == 0.5, "the rest is taken");
    check_text(
            "is told", idiom_core_problem(plugin->core),
            "the preset waltz is not installed: notes pass through until another one is chosen");
    check_saved(plugin, "it is saved as it was", "Idiom state 1\nname=waltz\nhash=dd\npreset=2000000\n");
    idiom_core_set(plugin->core, IDIOM_PRESET, 3);
    check_saved(plugin, "until another one is chosen", "Idiom state 1\nname=x\nhash=cc\npreset=3000000\n");
    install("9\twaltz\tdd\tWaltz\n");
    check(load(plugin, "Idiom state 1\nname=waltz\nhash=dd\npreset=1000000\nsong=0\n\n"), "it was installed");
    check(idiom_core_program(plugin->core) == 9, "program=%u", idiom_core_program(plugin->core));
    install(NULL);
    check(load(plugin, "Idiom state 1\nname=waltz\nhash=dd\npreset=1000000\nsong=0\n\n"), "where there is no list");
    check(idiom_core_program(plugin->core) == 1, "the number is all there is: program=%u", idiom_core_program(plugin->core));
    check_text("and no problem is known", idiom_core_problem(plugin->core), "");
    check_saved(plugin, "the name is kept", "Idiom state 1\nname=waltz\nhash=dd\npreset=1000000\n");
    rig_close(plugin, "missing presets");
}

void test_presets(void) {
    should_read_the_list();
    should_leave_out_broken_lines();
    should_read_no_more_than_there_is_room_for();
    should_find_a_preset_by_its_name();
    should_play_nothing_in_place_of_a_preset_that_is_missing();
    install(NULL);
}
