/*
 * States and lists of presets that somebody has been at: `fuzz_state [ROUNDS [SEED]]`. Whatever the bytes are, they are refused
 * and nothing is changed, or they are taken and can be saved and brought back again.
 */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "core.h"
#include "core_check.h"

enum { ROOM = 8192, SECONDS_TO_LIVE = 300 };

/* A text that grows. */
typedef struct {
    uint8_t bytes[ROOM];
    size_t length;
} text;

static void add(text *self, const char *more) {
    for (; *more != '\0' && self->length < ROOM; more++) {
        self->bytes[self->length++] = (uint8_t)*more;
    }
}

static const char *any_key(void) {
    static const char *const odd[] = {"name", "hash", "song", "", "x", "Mix", "mix ", "preset"};
    return random_below(3) > 0 ? idiom_parameter_at(random_below(IDIOM_PARAMETERS))->symbol
                               : odd[random_below(sizeof odd / sizeof odd[0])];
}

static const char *any_value(void) {
    static char value[600];
    static const char *const odd[] = {
            "", "0", "-0", "+5", " 7", "1e6", "9223372036854775807", "-9223372036854775808", "9223372036854775808",
            "16777216", "16777217", "nan", "inf", "0x10", "pop-to-jazz", "a=b", "\t", "\r"};
    switch (random_below(4)) {
        case 0:
            return odd[random_below(sizeof odd / sizeof odd[0])];
        case 1:
            memset(value, 'v', sizeof value);
            value[random_below(random_below(2) == 0 ? 80 : 600)] = '\0';
            return value;
        default:
            snprintf(value, sizeof value, "%d", (int)random_below(4000000) - 2000000);
            return value;
    }
}

static void add_line(text *self, const char *key, const char *value) {
    add(self, key);
    add(self, random_below(50) > 0 ? "=" : "");
    add(self, value);
    add(self, random_below(50) > 0 ? "\n" : "");
}

/* A state that is nearly right, or altogether. */
static void make_state(text *self) {
    self->length = 0;
    add(self, random_below(30) > 0 ? "Idiom state 1\n" : "Idiom state 2\n");
    for (uint32_t lines = random_below(20); lines > 0; lines--) {
        add_line(self, any_key(), any_value());
    }
    uint32_t song_bytes = random_below(3) == 0 ? 0 : random_below(200);
    char number[16];
    snprintf(number, sizeof number, "%u", song_bytes);
    add_line(self, "song", number);
    add(self, "\n");
    for (uint32_t i = 0; i < song_bytes && self->length < ROOM; i++) {
        self->bytes[self->length++] = (uint8_t)random_bits();
    }
}

static void change(text *self) {
    for (uint32_t changes = random_below(4) == 0 ? random_below(10) : 0; changes > 0 && self->length > 1; changes--) {
        size_t at = random_below((uint32_t)self->length);
        switch (random_below(3)) {
            case 0:
                self->length = at + 1;
                break;
            case 1:
                memmove(self->bytes + at, self->bytes + at + 1, self->length - at - 1);
                self->length--;
                break;
            default:
                self->bytes[at] = (uint8_t)random_bits();
                break;
        }
    }
}

/* From memory that ends with the state, for the sanitizers. */
static bool load(idiom_core *core, const uint8_t *bytes, size_t length) {
    uint8_t *copy = malloc(length == 0 ? 1 : length);
    memcpy(copy, bytes, length);
    bool is_loaded = idiom_state_load(core, copy, length);
    free(copy);
    return is_loaded;
}

static void check_parameters(const idiom_core *core, uint64_t seed) {
    for (uint32_t i = 0; i < IDIOM_PARAMETERS; i++) {
        const idiom_parameter_info *info = idiom_parameter_at(i);
        double value = idiom_core_get(core, i);
        bool is_right = value >= info->minimum && value <= info->maximum && (!info->is_stepped || value == floor(value));
        check(is_right, "seed=%llu: parameter=%u value=%f", (unsigned long long)seed, i, value);
    }
}

static void check_state(idiom_core *first, idiom_core *second, uint64_t seed) {
    static text state;
    make_state(&state);
    change(&state);
    size_t before_bytes = 0;
    size_t length = 0;
    uint8_t *before = idiom_state_save(first, &before_bytes);
    bool is_loaded = load(first, state.bytes, state.length);
    uint8_t *after = idiom_state_save(first, &length);
    check(before != NULL && after != NULL, "there is memory");
    if (is_loaded) {
        check_parameters(first, seed);
        check(load(second, after, length), "seed=%llu: what was saved comes back", (unsigned long long)seed);
        size_t again_bytes = 0;
        uint8_t *again = idiom_state_save(second, &again_bytes);
        check(again_bytes == length && memcmp(again, after, length) == 0, "seed=%llu: as it was", (unsigned long long)seed);
        free(again);
    } else {
        check(length == before_bytes && memcmp(before, after, length) == 0, "seed=%llu: nothing is changed",
              (unsigned long long)seed);
    }
    free(before);
    free(after);
}

/* ---- presets ---- */

static void install_any_list(void) {
    static text list;
    list.length = 0;
    for (uint32_t lines = random_below(6); lines > 0; lines--) {
        char line[128];
        /* No two have one name, which is what a state knows them by. */
        snprintf(line, sizeof line, "%u\t%.*s\t%u\tT\n", random_below(130), (int)lines, "vvvvvv", random_below(3));
        add(&list, line);
        if (random_below(5) == 0) {
            add(&list, any_value());
            add(&list, random_below(2) == 0 ? "\t" : "\n");
        }
    }
    change(&list);
    char path[600];
    snprintf(path, sizeof path, "%s/presets.tsv", configuration_folder());
    FILE *file = fopen(path, "wb");
    if (file != NULL) {
        fwrite(list.bytes, 1, list.length, file);
        fclose(file);
    }
}

static void check_presets(uint64_t seed) {
    idiom_preset presets[128];
    size_t count = idiom_presets_read(presets, 128);
    for (size_t i = 0; i < count; i++) {
        bool is_right = presets[i].program < 128 && memchr(presets[i].name, '\0', sizeof presets[i].name) != NULL
                        && memchr(presets[i].hash, '\0', sizeof presets[i].hash) != NULL
                        && memchr(presets[i].title, '\0', sizeof presets[i].title) != NULL && presets[i].name[0] != '\0';
        check(is_right, "seed=%llu: preset=%zu", (unsigned long long)seed, i);
    }
}

int main(int count, char **arguments) {
    uint64_t rounds = count > 1 ? strtoull(arguments[1], NULL, 10) : 20000;
    uint64_t seed = count > 2 ? strtoull(arguments[2], NULL, 10) : 1;
    alarm(SECONDS_TO_LIVE);
    folders_begin();
    idiom_core *first = idiom_core_open(48000, 64, "fuzz_state");
    idiom_core *second = idiom_core_open(48000, 64, "fuzz_state");
    for (uint64_t round = 0; round < rounds && checks_failed() < 10; round++) {
        random_begin(seed + round);
        if (random_below(4) == 0) {
            install_any_list();
            check_presets(seed + round);
        }
        check_state(first, second, seed + round);
    }
    idiom_core_close(second);
    idiom_core_close(first);
    folders_end();
    return checks_end("fuzz_state");
}
