/*
 * What a host saves: lines of text, an empty one, and the song as the engine wrote it down.
 *
 *     Idiom state 1
 *     name=pop-to-jazz
 *     hash=6aaf66...
 *     mix=1000000
 *     song=5120
 *
 * Parameters are in millionths, since a decimal point is a comma in some hosts. Keys that are not known are left out.
 */
#include <errno.h>
#include <fcntl.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "core.h"

enum { MOST_PRESETS = 128, HEAD_BYTES = 4096, MOST_SONG_BYTES = 16 << 20, PATIENCE_MS = 400 };

static const char title[] = "Idiom state 1\n";
static const double MILLIONTHS = 1e6;

/* A state that was read, before it holds. */
typedef struct {
    char preset[64];
    char hash[65];
    double parameters[IDIOM_PARAMETERS];
    const uint8_t *song;
    size_t song_bytes;
} idiom_read_state;

static const idiom_preset *preset_of(const idiom_preset *presets, size_t count, uint32_t program) {
    for (size_t i = 0; i < count; i++) {
        if (presets[i].program == program) {
            return &presets[i];
        }
    }
    return NULL;
}

static bool read_file(const char *path, uint8_t **bytes, size_t *length) {
    int descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
    struct stat found;
    bool is_fit = descriptor >= 0 && fstat(descriptor, &found) == 0 && S_ISREG(found.st_mode) && found.st_size > 0
                  && found.st_size <= MOST_SONG_BYTES;
    uint8_t *read_bytes = is_fit ? malloc((size_t)found.st_size) : NULL;
    size_t have = 0;
    while (read_bytes != NULL && have < (size_t)found.st_size) {
        ssize_t got = read(descriptor, read_bytes + have, (size_t)found.st_size - have);
        if (got <= 0) {
            break;
        }
        have += (size_t)got;
    }
    if (descriptor >= 0) {
        close(descriptor);
    }
    if (read_bytes == NULL || have == 0) {
        free(read_bytes);
        return false;
    }
    *bytes = read_bytes;
    *length = have;
    return true;
}

static bool write_file(const char *path, const uint8_t *bytes, size_t length) {
    char made[IDIOM_PATH_BYTES + 8];
    snprintf(made, sizeof made, "%s.new", path);
    int descriptor = open(made, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW, 0600);
    if (descriptor < 0) {
        return false;
    }
    size_t written = 0;
    while (written < length) {
        ssize_t put = write(descriptor, bytes + written, length - written);
        if (put <= 0) {
            break;
        }
        written += (size_t)put;
    }
    bool is_whole = close(descriptor) == 0 && written == length && rename(made, path) == 0;
    if (!is_whole) {
        unlink(made);
    }
    return is_whole;
}

static bool is_engine_there(const idiom_core *core) {
    int64_t heartbeat = (int64_t)atomic_load(idiom_shared_word_at(&core->shared, IDIOM_AT_HEARTBEAT_NS));
    return heartbeat > idiom_monotonic_ns() - INT64_C(1000000000);
}

/* Has the engine write down what it knows of the song, and waits for it a little. */
static void ask_for_song(const idiom_core *core) {
    if (!is_engine_there(core)) {
        return;
    }
    uint64_t wanted = atomic_fetch_add(idiom_shared_word_at(&core->shared, IDIOM_AT_MEMORY_WANTED), 1) + 1;
    for (int i = 0; i < PATIENCE_MS; i++) {
        if (atomic_load(idiom_shared_word_at(&core->shared, IDIOM_AT_MEMORY_WRITTEN)) >= wanted) {
            return;
        }
        struct timespec time = {0, 1000000};
        nanosleep(&time, NULL);
    }
}

/* The song as it was written down last; one that came back and was not taken up yet goes before. */
static bool read_song(const idiom_core *core, uint8_t **song, size_t *length) {
    char path[IDIOM_PATH_BYTES];
    ask_for_song(core);
    return (idiom_shared_file_beside(&core->shared, ".restore", path, sizeof path) && read_file(path, song, length))
           || (idiom_shared_file_beside(&core->shared, ".song", path, sizeof path) && read_file(path, song, length));
}

static size_t write_head(const idiom_core *core, char *head, size_t song_bytes) {
    idiom_preset presets[MOST_PRESETS];
    size_t count = idiom_presets_read(presets, MOST_PRESETS);
    const idiom_preset *playing = preset_of(presets, count, idiom_core_program(core));
    int at = snprintf(
            head, HEAD_BYTES, "%sname=%s\nhash=%s\n", title, playing == NULL ? core->preset_name : playing->name,
            playing == NULL ? core->preset_hash : playing->hash);
    for (uint32_t i = 0; i < IDIOM_PARAMETERS; i++) {
        at += snprintf(
                head + at, HEAD_BYTES - (size_t)at, "%s=%ld\n", idiom_parameter_at(i)->symbol,
                lround(idiom_parameter_load(core, i) * MILLIONTHS));
    }
    at += snprintf(head + at, HEAD_BYTES - (size_t)at, "song=%lu\n\n", (unsigned long)song_bytes);
    return (size_t)at;
}

uint8_t *idiom_state_save(idiom_core *core, size_t *length) {
    uint8_t *song = NULL;
    size_t song_bytes = 0;
    if (core->shared.base == NULL || !read_song(core, &song, &song_bytes)) {
        song_bytes = 0;
    }
    char head[HEAD_BYTES];
    size_t head_bytes = write_head(core, head, song_bytes);
    uint8_t *state = malloc(head_bytes + song_bytes);
    if (state != NULL) {
        memcpy(state, head, head_bytes);
        if (song_bytes > 0) {
            memcpy(state + head_bytes, song, song_bytes);
        }
        *length = head_bytes + song_bytes;
    }
    free(song);
    return state;
}

static bool parse_number(const char *value, long long *number) {
    char *end;
    errno = 0;
    *number = strtoll(value, &end, 10);
    return end != value && *end == '\0' && errno == 0;
}

static bool parse_line(const char *line, const char *value, idiom_read_state *state) {
    size_t key = (size_t)(value - line) - 1;
    if (key == 4 && memcmp(line, "name", key) == 0) {
        return snprintf(state->preset, sizeof state->preset, "%s", value) < (int)sizeof state->preset;
    }
    if (key == 4 && memcmp(line, "hash", key) == 0) {
        return snprintf(state->hash, sizeof state->hash, "%s", value) < (int)sizeof state->hash;
    }
    long long number;
    if (key == 4 && memcmp(line, "song", key) == 0) {
        bool is_size = parse_number(value, &number) && number >= 0 && number <= MOST_SONG_BYTES;
        state->song_bytes = is_size ? (size_t)number : 0;
        return is_size;
    }
    for (uint32_t i = 0; i < IDIOM_PARAMETERS; i++) {
        const char *symbol = idiom_parameter_at(i)->symbol;
        if (strlen(symbol) == key && memcmp(line, symbol, key) == 0) {
            if (!parse_number(value, &number)) {
                return false;
            }
            state->parameters[i] = (double)number / MILLIONTHS;
        }
    }
    return true;
}

static bool parse(const uint8_t *bytes, size_t length, idiom_read_state *state) {
    size_t at = sizeof title - 1;
    if (length < at || memcmp(bytes, title, at) != 0) {
        return false;
    }
    for (;;) {
        const uint8_t *end = memchr(bytes + at, '\n', length - at);
        if (end == NULL) {
            return false;
        }
        size_t line_bytes = (size_t)(end - (bytes + at));
        char line[256];
        if (line_bytes == 0) {
            at++;
            break;
        }
        if (line_bytes >= sizeof line || memchr(bytes + at, '\0', line_bytes) != NULL) {
            return false;
        }
        memcpy(line, bytes + at, line_bytes);
        line[line_bytes] = '\0';
        const char *equals = strchr(line, '=');
        if (equals == NULL || !parse_line(line, equals + 1, state)) {
            return false;
        }
        at += line_bytes + 1;
    }
    state->song = bytes + at;
    return state->song_bytes == length - at;
}

static uint32_t free_program(const idiom_preset *presets, size_t count) {
    for (uint32_t program = 0; program < 128; program++) {
        if (preset_of(presets, count, program) == NULL) {
            return program;
        }
    }
    return 127;
}

/* Finds the preset that a state names among those that are installed now, whatever its number is. */
static void choose_preset(idiom_core *core, idiom_read_state *state) {
    snprintf(core->preset_name, sizeof core->preset_name, "%s", state->preset);
    snprintf(core->preset_hash, sizeof core->preset_hash, "%s", state->hash);
    core->problem[0] = '\0';
    idiom_preset presets[MOST_PRESETS];
    size_t count = idiom_presets_read(presets, MOST_PRESETS);
    if (state->preset[0] == '\0' || count == 0) {
        return;
    }
    for (size_t i = 0; i < count; i++) {
        if (strcmp(presets[i].name, state->preset) == 0) {
            state->parameters[IDIOM_PRESET] = presets[i].program;
            if (strcmp(presets[i].hash, state->hash) != 0) {
                snprintf(
                        core->problem, sizeof core->problem,
                        "the preset %s is another one than when this was saved: it may sound different", state->preset);
            }
            return;
        }
    }
    /* Not whatever preset has that number now. */
    state->parameters[IDIOM_PRESET] = free_program(presets, count);
    snprintf(
            core->problem, sizeof core->problem,
            "the preset %s is not installed: notes pass through until another one is chosen", state->preset);
}

/* Leaves the song for the engine; a state without one has the engine forget what it has learnt. */
static void bring_back_song(const idiom_core *core, const idiom_read_state *state) {
    char restore[IDIOM_PATH_BYTES];
    char song[IDIOM_PATH_BYTES];
    if (!idiom_shared_file_beside(&core->shared, ".restore", restore, sizeof restore)
        || !idiom_shared_file_beside(&core->shared, ".song", song, sizeof song)) {
        return;
    }
    unlink(song);
    if (state->song_bytes == 0 || !write_file(restore, state->song, state->song_bytes)) {
        unlink(restore);
    }
    atomic_fetch_add(idiom_shared_word_at(&core->shared, IDIOM_AT_MEMORY_RESTORED), 1);
}

bool idiom_state_load(idiom_core *core, const uint8_t *bytes, size_t length) {
    idiom_read_state state = {.song_bytes = 0};
    for (uint32_t i = 0; i < IDIOM_PARAMETERS; i++) {
        state.parameters[i] = idiom_parameter_at(i)->standard;
    }
    if (!parse(bytes, length, &state)) {
        return false;
    }
    choose_preset(core, &state);
    for (uint32_t i = 0; i < IDIOM_PARAMETERS; i++) {
        idiom_core_set(core, i, state.parameters[i]);
    }
    bring_back_song(core, &state);
    atomic_fetch_add(&core->restores, 1);
    return true;
}
