/* What a host saves and brings back. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "core_check.h"
#include "core_clock.h"
#include "core_rig.h"
#include "core_test.h"

static const char standard[] =
        "Idiom state 1\nname=\nhash=\npreset=0\nmode=0\nhop=0\nmix=1000000\nthreshold=0\nmelody_lock=0\nkey_lock=0\n"
        "density=1000000\nswing=0\nbypass=0\ncompensate=0\nsong=0\n\n";

static bool load(rig *plugin, const char *state) {
    return idiom_state_load(plugin->core, (const uint8_t *)state, strlen(state));
}

/* The state as text, which holds up to the next call. */
static const char *save(rig *plugin) {
    static char text[8192];
    size_t length = 0;
    uint8_t *state = idiom_state_save(plugin->core, &length);
    check(state != NULL && length < sizeof text, "a state: bytes=%zu", length);
    size_t kept = length < sizeof text ? length : 0;
    memcpy(text, state, kept);
    text[kept] = '\0';
    free(state);
    return text;
}

static uint64_t restored(const rig *plugin) {
    return fake_engine_load(&plugin->engine, IDIOM_AT_MEMORY_RESTORED);
}

/* What a file beside the shared one holds, or NULL; up to the next call. */
static const char *beside(const rig *plugin, const char *ending) {
    static char text[8192];
    char path[IDIOM_PATH_BYTES];
    if (!idiom_shared_file_beside(&plugin->core->shared, ending, path, sizeof path)) {
        return NULL;
    }
    FILE *file = fopen(path, "rb");
    if (file == NULL) {
        return NULL;
    }
    text[fread(text, 1, sizeof text - 1, file)] = '\0';
    fclose(file);
    return text;
}

static void put_beside(const rig *plugin, const char *ending, const char *text) {
    char path[IDIOM_PATH_BYTES];
    check(idiom_shared_file_beside(&plugin->core->shared, ending, path, sizeof path), "a path");
    put_file(runtime_folder(), strrchr(path, '/') + 1, text);
}

static void should_save_what_is_set(void) {
    rig *plugin = rig_open();
    check_text("as it is made", save(plugin), standard);
    idiom_core_set(plugin->core, IDIOM_PRESET, 127);
    idiom_core_set(plugin->core, IDIOM_MODE, 4);
    idiom_core_set(plugin->core, IDIOM_MIX, 1.0 / 3);
    idiom_core_set(plugin->core, IDIOM_THRESHOLD, -0.4999996);
    idiom_core_set(plugin->core, IDIOM_SWING, -0.25);
    idiom_core_set(plugin->core, IDIOM_BYPASS, 1);
    check_text(
            "in millionths", save(plugin),
            "Idiom state 1\nname=\nhash=\npreset=127000000\nmode=4000000\nhop=0\nmix=333333\nthreshold=-500000\n"
            "melody_lock=0\nkey_lock=0\ndensity=1000000\nswing=-250000\nbypass=1000000\ncompensate=0\nsong=0\n\n");
    rig_close(plugin, "a state");
}

static void should_bring_back_what_was_saved(void) {
    rig *first = rig_open();
    rig *second = rig_open();
    bool is_same = true;
    for (int round = 0; round < 200; round++) {
        for (uint32_t i = 0; i < IDIOM_PARAMETERS; i++) {
            const idiom_parameter_info *info = idiom_parameter_at(i);
            idiom_core_set(first->core, i, info->minimum + (info->maximum - info->minimum) * random_below(1 << 20) / (1 << 20));
        }
        char state[4096];
        snprintf(state, sizeof state, "%s", save(first));
        is_same &= load(second, state) && strcmp(save(second), state) == 0;
        for (uint32_t i = 0; i < IDIOM_PARAMETERS; i++) {
            is_same &= idiom_core_get(first->core, i) == idiom_core_get(second->core, i);
        }
    }
    check(is_same, "200 by chance");
    check(load(second, "Idiom state 1\nsong=0\n\n"), "what is not said");
    check_text("is as it is made", save(second), standard);
    rig_close(second, "a state");
    rig_close(first, "a state");
}

static void should_understand_states_of_others(void) {
    rig *plugin = rig_open();
    check(load(plugin, "Idiom state 1\ncolour=green\nmix=250000\ntail=a=b\n=\nmix=500000\nsong=0\n\n"), "keys of a later time");
    check(idiom_core_get(plugin->core, IDIOM_MIX) == 0.5, "mix=%f", idiom_core_get(plugin->core, IDIOM_MIX));
    check(load(plugin, "Idiom state 1\nmix=99999999999\nmode=2600000\nswing=-99999999999\nsong=0\n\n"), "out of range");
    check(idiom_core_get(plugin->core, IDIOM_MIX) == 1, "mix=%f", idiom_core_get(plugin->core, IDIOM_MIX));
    check(idiom_core_get(plugin->core, IDIOM_MODE) == 3, "mode=%f", idiom_core_get(plugin->core, IDIOM_MODE));
    check(idiom_core_get(plugin->core, IDIOM_SWING) == -0.25, "swing=%f", idiom_core_get(plugin->core, IDIOM_SWING));
    rig_close(plugin, "a state");
}

static void should_refuse_what_is_no_state(void) {
    static const char *const broken[] = {
            "", "\n", "Idiom state 1", "Idiom state 1\n", "Idiom state 2\nsong=0\n\n", "idiom state 1\nsong=0\n\n",
            "Idiom state 1\nsong=0\n", "Idiom state 1\nsong=1\n\n", "Idiom state 1\nsong=0\n\nx", "Idiom state 1\nsong=-1\n\n",
            "Idiom state 1\nsong=\n\n", "Idiom state 1\nsong=1x\n\nx", "Idiom state 1\nsong=16777217\n\n",
            "Idiom state 1\nsong=99999999999999999999\n\n", "Idiom state 1\nmix\nsong=0\n\n", "Idiom state 1\nmix=\nsong=0\n\n",
            "Idiom state 1\nmix=1.5\nsong=0\n\n", "Idiom state 1\nmix=1e3\nsong=0\n\n", "Idiom state 1\r\nsong=0\r\n\r\n",
            "Idiom state 1\nmix=99999999999999999999\nsong=0\n\n",
            "Idiom state 1\nname=0123456789012345678901234567890123456789012345678901234567890123\nsong=0\n\n",
            "Idiom state 1\nhash=01234567890123456789012345678901234567890123456789012345678901234\nsong=0\n\n"};
    rig *plugin = rig_open();
    idiom_core_set(plugin->core, IDIOM_MIX, 0.5);
    for (size_t i = 0; i < sizeof broken / sizeof broken[0]; i++) {
        check(!load(plugin, broken[i]), "no state: %s", broken[i]);
    }
    char longer[400] = "Idiom state 1\nx=";
    memset(longer + 16, 'y', 300);
    snprintf(longer + 316, sizeof longer - 316, "\nsong=0\n\n");
    check(!load(plugin, longer), "a line that is too long");
    static const char zero[] = "Idiom state 1\nmix=1\0\nsong=0\n\n";
    check(!idiom_state_load(plugin->core, (const uint8_t *)zero, sizeof zero - 1), "a zero in it");
    check(idiom_core_get(plugin->core, IDIOM_MIX) == 0.5 && restored(plugin) == 0, "nothing is changed");
    rig_close(plugin, "no state");
}

/* All of this is one state; nothing shorter is. */
static void should_refuse_half_a_state(void) {
    static const char whole[] =
            "Idiom state 1\nname=pop-to-jazz\nhash=0123\npreset=3000000\nmix=500000\nsong=5\n\nab\n\n\n";
    rig *plugin = rig_open();
    for (size_t length = 0; length < sizeof whole - 1; length++) {
        /* A copy, for the sanitizers to see what is read behind its end. */
        uint8_t *half = malloc(length + 1);
        memcpy(half, whole, length);
        half = realloc(half, length == 0 ? 1 : length);
        check(!idiom_state_load(plugin->core, half, length), "length=%zu", length);
        free(half);
    }
    check(idiom_core_get(plugin->core, IDIOM_MIX) == 1 && restored(plugin) == 0, "nothing is changed");
    check(load(plugin, whole), "the whole");
    check(idiom_core_get(plugin->core, IDIOM_MIX) == 0.5 && restored(plugin) == 1, "is taken");
    rig_close(plugin, "half a state");
}

static void should_survive_changed_states(void) {
    static const char whole[] =
            "Idiom state 1\nname=pop-to-jazz\nhash=0123\npreset=3000000\nmode=1000000\nmix=500000\nthreshold=-100000\nsong=5\n\n"
            "abcde";
    rig *plugin = rig_open();
    for (int round = 0; round < 20000; round++) {
        uint8_t changed[sizeof whole + 8];
        memcpy(changed, whole, sizeof whole);
        size_t length = sizeof whole - 1;
        for (uint32_t changes = 1 + random_below(4); changes > 0; changes--) {
            size_t at = random_below((uint32_t)length);
            if (random_below(3) == 0) {
                memmove(changed + at, changed + at + 1, length - at - 1);
                length--;
            } else {
                changed[at] = (uint8_t)random_bits();
            }
        }
        idiom_state_load(plugin->core, changed, length);
    }
    for (uint32_t i = 0; i < IDIOM_PARAMETERS; i++) {
        double value = idiom_core_get(plugin->core, i);
        const idiom_parameter_info *info = idiom_parameter_at(i);
        check(value >= info->minimum && value <= info->maximum, "in range: parameter=%u value=%f", i, value);
    }
    rig_close(plugin, "changed states");
}

/* ---- the song ---- */

static void should_leave_the_song_for_the_engine(void) {
    rig *plugin = rig_open();
    put_beside(plugin, ".song", "an old song");
    check(load(plugin, "Idiom state 1\nsong=8\n\nthe song"), "a state with a song");
    check(restored(plugin) == 1, "restored=%llu", (unsigned long long)restored(plugin));
    const char *song = beside(plugin, ".restore");
    check_text("it lies there", song == NULL ? "none" : song, "the song");
    check(beside(plugin, ".song") == NULL, "the old one is gone");
    char path[IDIOM_PATH_BYTES];
    struct stat found;
    idiom_shared_file_beside(&plugin->core->shared, ".restore", path, sizeof path);
    check(stat(path, &found) == 0 && (found.st_mode & 07777) == 0600, "mode=%o", (unsigned)found.st_mode & 07777);
    check(strstr(save(plugin), "song=8\n\nthe song") != NULL, "it is saved again before an engine has come: %s", save(plugin));
    check(load(plugin, "Idiom state 1\nsong=0\n\n"), "a state without");
    check(restored(plugin) == 2 && beside(plugin, ".restore") == NULL, "has the engine forget it");
    rig_close(plugin, "songs");
    check(count_files(runtime_folder(), ".restore") + count_files(runtime_folder(), ".song") == 0, "nothing stays behind");
}

/* While the plugin sleeps, the engine writes the song down. */
static void write_song(void *context) {
    const rig *plugin = context;
    put_beside(plugin, ".song", "as it is now");
    fake_engine_store(
            &plugin->engine, IDIOM_AT_MEMORY_WRITTEN, fake_engine_load(&plugin->engine, IDIOM_AT_MEMORY_WANTED));
}

static void should_ask_the_engine_for_the_song(void) {
    rig *plugin = rig_open_playing();
    put_beside(plugin, ".song", "as it was");
    uint64_t sleeps = fake_clock_sleeps();
    fake_clock_on_sleep(write_song, plugin);
    check(strstr(save(plugin), "song=12\n\nas it is now") != NULL, "as it is now: %s", save(plugin));
    fake_clock_on_sleep(NULL, NULL);
    check(fake_clock_sleeps() - sleeps <= 2, "it does not wait longer");
    fake_engine_beat(&plugin->engine);
    sleeps = fake_clock_sleeps();
    check(strstr(save(plugin), "as it is now") != NULL, "an engine that does not write");
    check(fake_clock_sleeps() - sleeps == 400, "is waited for: %llu", (unsigned long long)(fake_clock_sleeps() - sleeps));
    rig_kill_engine(plugin);
    fake_clock_advance(1000000);
    sleeps = fake_clock_sleeps();
    check(strstr(save(plugin), "as it is now") != NULL, "an engine that is dead");
    check(fake_clock_sleeps() == sleeps, "is not waited for");
    static const int64_t odd[] = {INT64_MIN, INT64_MIN + 5, INT64_MAX, -1};
    for (size_t i = 0; i < sizeof odd / sizeof odd[0]; i++) {
        fake_engine_beat_at(&plugin->engine, odd[i]);
        save(plugin);
    }
    rig_close(plugin, "songs");
}

static void should_read_no_song_that_is_none(void) {
    rig *plugin = rig_open();
    char path[IDIOM_PATH_BYTES];
    idiom_shared_file_beside(&plugin->core->shared, ".song", path, sizeof path);
    check(symlink("/etc/passwd", path) == 0, "a link");
    check_text("a link", save(plugin), standard);
    unlink(path);
    check(mkdir(path, 0700) == 0, "a folder");
    check_text("a folder", save(plugin), standard);
    rmdir(path);
    put_beside(plugin, ".song", "");
    check_text("an empty file", save(plugin), standard);
    check(truncate(path, (16 << 20) + 1) == 0, "a large file");
    check_text("a file that is too large", save(plugin), standard);
    rig_close(plugin, "no songs");
}

void test_state(void) {
    put_file(configuration_folder(), "presets.tsv", NULL);
    should_save_what_is_set();
    should_bring_back_what_was_saved();
    should_understand_states_of_others();
    should_refuse_what_is_no_state();
    should_refuse_half_a_state();
    should_survive_changed_states();
    should_leave_the_song_for_the_engine();
    should_ask_the_engine_for_the_song();
    should_read_no_song_that_is_none();
}
