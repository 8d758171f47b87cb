/*
 * With something that stands in for an engine: it writes into the file that the plugin shares what an engine would, so that
 * presets change, delays grow, and answers come, exactly when a test wants it.
 */
#include <dirent.h>
#include <fcntl.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "clap_host.h"

enum { FILE_BYTES = IDIOM_HEADER_BYTES + IDIOM_TO_ENGINE_BYTES + IDIOM_TO_PLUGIN_BYTES, RATE = 48000, BLOCK = 480 };

/* Where the song is, as the plugin tells it. */
typedef struct {
    uint32_t flags;
    uint32_t jumps;
    double step;
    double steps_per_second;
} told_transport;

/* A parameter that it is told of. */
typedef struct {
    int64_t frame;
    uint32_t parameter;
    double value;
} told_value;

enum { TOLD_VALUES = 64 };

/* The file as the engine sees it. */
typedef struct {
    uint8_t *base;
    uint64_t head;            /* of the ring from the plugin */
    uint64_t tail;            /* of the ring to the plugin */
    bool is_dead;             /* its heart beats no more */
    told_transport transport; /* the last that was told */
    int64_t transport_frame;  /* from which on it holds */
    uint32_t transports;      /* how many were told */
    uint32_t values;          /* of parameters: how many were told since a test looked */
    told_value value[TOLD_VALUES]; /* the first of them */
    double last[IDIOM_PARAMETERS]; /* what was told last of each */
} stand_in;

static void put64(stand_in *engine, size_t at, uint64_t value) {
    atomic_store((_Atomic uint64_t *)(void *)(engine->base + at), value);
}

static void put32(stand_in *engine, size_t at, uint32_t value) {
    atomic_store((_Atomic uint32_t *)(void *)(engine->base + at), value);
}

static uint64_t get64(const stand_in *engine, size_t at) {
    return atomic_load((_Atomic uint64_t *)(void *)(engine->base + at));
}

/* Maps the one file of a plugin that there is. */
static bool find_file(stand_in *engine, const rig_folders *folders) {
    DIR *folder = opendir(folders->runtime);
    char path[600] = "";
    for (struct dirent *entry = readdir(folder); entry != NULL; entry = readdir(folder)) {
        if (strncmp(entry->d_name, "plugin-", 7) == 0 && strstr(entry->d_name, ".shm") != NULL) {
            snprintf(path, sizeof path, "%s/%s", folders->runtime, entry->d_name);
        }
    }
    closedir(folder);
    int descriptor = open(path, O_RDWR | O_CLOEXEC);
    struct stat about;
    bool is_file = descriptor >= 0 && fstat(descriptor, &about) == 0 && about.st_size == FILE_BYTES;
    void *base = is_file ? mmap(NULL, FILE_BYTES, PROT_READ | PROT_WRITE, MAP_SHARED, descriptor, 0) : MAP_FAILED;
    close(descriptor);
    engine->base = base;
    return rig_check(base != MAP_FAILED, "the file that the plugin shares");
}

static uint64_t now_ns(void) {
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (uint64_t)now.tv_sec * 1000000000u + (uint64_t)now.tv_nsec;
}

/* Puts a record of a payload of up to eight bytes into the ring. */
static void send(stand_in *engine, uint16_t kind, uint64_t frame, const void *payload, uint16_t length) {
    uint8_t record[IDIOM_RECORD_HEADER + 8] = {0};
    uint32_t bytes = sizeof record;
    memcpy(record, &bytes, 4);
    memcpy(record + 4, &kind, 2);
    memcpy(record + 6, &length, 2);
    memcpy(record + 8, &frame, 8);
    memcpy(record + IDIOM_RECORD_HEADER, payload, length);
    memcpy(engine->base + IDIOM_HEADER_BYTES + IDIOM_TO_ENGINE_BYTES + engine->tail, record, sizeof record);
    engine->tail += sizeof record;
    put64(engine, IDIOM_AT_TO_PLUGIN_TAIL, engine->tail);
}

static void read_value(stand_in *engine, const uint8_t *record) {
    told_value told;
    memcpy(&told.frame, record + 8, 8);
    memcpy(&told.parameter, record + IDIOM_RECORD_HEADER, 4);
    memcpy(&told.value, record + IDIOM_RECORD_HEADER + 8, 8);
    if (rig_check(told.parameter < IDIOM_PARAMETERS, "a parameter that is told")) {
        engine->last[told.parameter] = told.value;
    }
    if (engine->values < TOLD_VALUES) {
        engine->value[engine->values] = told;
    }
    engine->values++;
}

static void read_record(stand_in *engine, const uint8_t *record) {
    uint16_t kind;
    memcpy(&kind, record + 4, 2);
    if (kind == IDIOM_PARAMETER) {
        read_value(engine, record);
    }
    if (kind == IDIOM_TRANSPORT) {
        uint32_t jumps = engine->transport.jumps;
        memcpy(&engine->transport_frame, record + 8, 8);
        memcpy(&engine->transport, record + IDIOM_RECORD_HEADER, sizeof engine->transport);
        engine->transports++;
        if (engine->transport.jumps != jumps) {
            uint32_t known[2] = {engine->transport.jumps, 0};
            send(engine, IDIOM_RESTART, 0, known, sizeof known);
        }
    }
}

/* The engine reads all that it was sent, and its heart beats. */
static void beat(stand_in *engine) {
    const uint8_t *ring = engine->base + IDIOM_HEADER_BYTES;
    uint64_t end = get64(engine, IDIOM_AT_TO_ENGINE_TAIL);
    while (engine->head < end) {
        const uint8_t *record = ring + engine->head % IDIOM_TO_ENGINE_BYTES;
        uint32_t bytes;
        memcpy(&bytes, record, 4);
        read_record(engine, record);
        engine->head += bytes;
    }
    put64(engine, IDIOM_AT_TO_ENGINE_HEAD, engine->head);
    /* A little ahead of its time, so that a busy machine does not take it for dead. */
    put64(engine, IDIOM_AT_HEARTBEAT_NS, engine->is_dead ? 1 : now_ns() + 150000000u);
    put64(engine, IDIOM_AT_SETTLED_UNTIL, INT64_MAX);
}

static void come_up(stand_in *engine, uint32_t program) {
    put32(engine, IDIOM_AT_STATE, IDIOM_ENGINE_READY);
    put32(engine, IDIOM_AT_PROGRAM, program);
    beat(engine);
    put64(engine, IDIOM_AT_EPOCH, 4711);
}

/* Sends three bytes for a frame. */
static void answer(stand_in *engine, uint64_t frame, uint8_t first, uint8_t second, uint8_t third) {
    uint8_t message[3] = {first, second, third};
    send(engine, IDIOM_MIDI, frame, message, sizeof message);
}

static void play_blocks(rig *it, stand_in *engine, uint32_t count, const clap_event_transport_t *transport) {
    for (uint32_t i = 0; i < count; i++) {
        beat(engine);
        rig_block(it, BLOCK, transport);
    }
    beat(engine);
}

/* ---- Tests ---- */

/* The host is told of the status, by one event that is not to be recorded. */
static void check_status(const rig *it, const char *what, idiom_status status, uint64_t frame) {
    rig_check_number(what, 1, it->output->count);
    const rig_message *message = &it->output->messages[0];
    rig_check_number(what, CLAP_EVENT_PARAM_VALUE, message->type);
    rig_check_number(what, RIG_STATUS, message->value.param_id);
    rig_check_number(what, status, message->value.value);
    rig_check_number(what, (double)frame, (double)message->frame);
    rig_check_number(what, CLAP_EVENT_DONT_RECORD, message->flags);
}

static void test_status(rig *it, stand_in *engine) {
    play_blocks(it, engine, 2, NULL);
    rig_check(!rig_serve(it), "nothing to do without an engine");
    come_up(engine, 0);
    rig_check_number("and nothing to tell", 0, it->output->count);
    put32(engine, IDIOM_AT_STATE, IDIOM_ENGINE_LOADING);
    play_blocks(it, engine, 1, NULL);
    check_status(it, "an engine that loads", IDIOM_LOADING, it->now - 1);
    rig_check(rig_serve(it), "the main thread is called when an engine comes");
    rig_output_clear(it->output);
    put32(engine, IDIOM_AT_STATE, IDIOM_ENGINE_READY);
    it->output->room = 0;
    play_blocks(it, engine, 3, NULL);
    rig_check_number("the status, for the host to read", IDIOM_PLAYING, rig_value(it, RIG_STATUS));
    it->output->room = UINT32_MAX;
    play_blocks(it, engine, 20, NULL);
    check_status(it, "an engine that plays, told when there is room, and once", IDIOM_PLAYING, it->now - 19 * BLOCK - 1);
    rig_output_clear(it->output);
    put32(engine, IDIOM_AT_STATE, IDIOM_ENGINE_PRESET_MISSING);
    it->output->room = 0;
    play_blocks(it, engine, 1, NULL);
    it->output->room = UINT32_MAX;
    rig_flush(it, true);
    check_status(it, "without a block", IDIOM_NO_PRESET, it->now);
    rig_output_clear(it->output);
    put32(engine, IDIOM_AT_STATE, IDIOM_ENGINE_READY);
    play_blocks(it, engine, 1, NULL);
    rig_serve(it);
    rig_output_clear(it->output);
}

static void test_answers(rig *it, stand_in *engine) {
    uint64_t start = it->now;
    rig_input_midi(it->input, 0, 0x90, 60, 100);
    answer(engine, start + 100, 0x90, 64, 90);
    answer(engine, start + BLOCK + 7, 0x80, 64, 64);
    answer(engine, start + BLOCK + 7, 0x90, 65, 80);
    play_blocks(it, engine, 2, NULL);
    rig_check_midi("an answer", it, 0, start + 100, 0x90, 64, 90);
    rig_check_midi("its off in the next block", it, 1, start + BLOCK + 7, 0x80, 64, 64);
    rig_check_midi("another answer", it, 2, start + BLOCK + 7, 0x90, 65, 80);
    rig_check_number("and nothing of what was played", 3, it->output->count);
}

static void check_told(rig *it, stand_in *engine, const char *what, const clap_event_transport_t *given, uint32_t flags) {
    play_blocks(it, engine, 1, given);
    uint32_t told = engine->transport.flags & ~(uint32_t)IDIOM_TRANSPORT_JUMPED;
    rig_check_number(what, flags, told);
    bool is_known = (flags & IDIOM_TRANSPORT_KNOWN) != 0;
    /* Beat 10.5 at 90 beats a minute: step 42, 6 steps a second. */
    rig_check_number(what, is_known ? 42 : 0, engine->transport.step);
    rig_check_number(what, is_known ? 6 : 0, engine->transport.steps_per_second);
    rig_check_number(what, (double)it->now - BLOCK, (double)engine->transport_frame);
}

/* What the engine is told of the song. */
static void test_transport(rig *it, stand_in *engine) {
    clap_event_transport_t rolling = rig_transport(10.5, 90, true);
    clap_event_transport_t standing = rig_transport(10.5, 90, false);
    clap_event_transport_t vague = rolling;
    uint32_t moves = IDIOM_TRANSPORT_KNOWN | IDIOM_TRANSPORT_ROLLING;
    check_told(it, engine, "a song that moves", &rolling, moves);
    check_told(it, engine, "a song that stands", &standing, IDIOM_TRANSPORT_KNOWN);
    check_told(it, engine, "no song", NULL, 0);
    vague.flags &= ~(uint32_t)CLAP_TRANSPORT_HAS_TEMPO;
    check_told(it, engine, "a song without a tempo", &vague, 0);
    vague.flags = rolling.flags & ~(uint32_t)CLAP_TRANSPORT_HAS_BEATS_TIMELINE;
    check_told(it, engine, "a song without beats", &vague, 0);
    it->render->set(it->plugin, CLAP_RENDER_OFFLINE);
    check_told(it, engine, "a song that is rendered", &rolling, moves | IDIOM_TRANSPORT_FREEWHEELING);
    it->render->set(it->plugin, CLAP_RENDER_REALTIME);
    check_told(it, engine, "a song that is played again", &rolling, moves);
    uint32_t transports = engine->transports;
    clap_event_transport_t other = rig_transport(-2, 60, true);
    rig_input_transport(it->input, 100, &other);
    play_blocks(it, engine, 1, &rolling);
    rig_check_number("a jump within a block", 2, engine->transports - transports);
    rig_check_number("is told for its frame", (double)it->now - BLOCK + 100, (double)engine->transport_frame);
    rig_check_number("with its place", -8, engine->transport.step);
    rig_check_number("and its speed", 4, engine->transport.steps_per_second);
    play_blocks(it, engine, 2, NULL);
}

static void check_preset_event(const rig *it, uint32_t index, double program) {
    if (rig_check(index < it->output->count, "the host is told of a preset")) {
        const rig_message *message = &it->output->messages[index];
        rig_check_number("by a value", CLAP_EVENT_PARAM_VALUE, message->type);
        rig_check_number("of the preset", IDIOM_PRESET, message->value.param_id);
        rig_check_number("which is", program, message->value.value);
        rig_check_number("for all notes", -1, message->value.note_id + message->value.key + message->value.channel + 2);
        rig_check_number("and not to be recorded", CLAP_EVENT_DONT_RECORD, message->flags);
    }
}

/* The engine has obeyed a Program Change. */
static void test_program_change(rig *it, stand_in *engine) {
    rig_output_clear(it->output);
    put32(engine, IDIOM_AT_PROGRAM, 3);
    play_blocks(it, engine, 2, NULL);
    check_preset_event(it, 0, 3);
    rig_check_number("once", 1, it->output->count);
    rig_check_number("a preset by Program Change", 3, rig_value(it, IDIOM_PRESET));
    rig_output_clear(it->output);
    it->output->room = 0;
    put32(engine, IDIOM_AT_PROGRAM, 4);
    play_blocks(it, engine, 3, NULL);
    it->output->room = UINT32_MAX;
    play_blocks(it, engine, 1, NULL);
    check_preset_event(it, 0, 4);
    put32(engine, IDIOM_AT_PROGRAM, 2);
    rig_output_clear(it->output);
    it->output->room = 0;
    play_blocks(it, engine, 1, NULL);
    it->output->room = UINT32_MAX;
    rig_flush(it, true);
    check_preset_event(it, 0, 2);
    rig_output_clear(it->output);
    rig_input_value(it->input, 0, IDIOM_PRESET, 5);
    play_blocks(it, engine, 1, NULL);
    put32(engine, IDIOM_AT_PROGRAM, 5);
    play_blocks(it, engine, 2, NULL);
    rig_check_number("a preset that the host chose is not told to it", 0, it->output->count);
}

/* Runs for so many seconds, does what is asked for, and counts restarts that were asked for. */
static uint32_t restarts_in(rig *it, stand_in *engine, double seconds, const clap_event_transport_t *transport) {
    it->restarts = 0;
    for (uint32_t i = 0; i < (uint32_t)(seconds * RATE / BLOCK); i++) {
        play_blocks(it, engine, 1, transport);
        rig_serve(it);
    }
    return it->restarts;
}

static void restart(rig *it) {
    rig_stop(it);
    it->latency_changes = 0;
    rig_start(it, RATE, BLOCK);
}

static void test_latency(rig *it, stand_in *engine) {
    clap_event_transport_t rolling = rig_transport(0, 120, true);
    put64(engine, IDIOM_AT_DELAY_FRAMES, 24000);
    rig_check_number("a delay alone is no latency", 0, restarts_in(it, engine, 2, NULL));
    rig_input_value(it->input, 0, IDIOM_COMPENSATE, 1);
    rig_check_number("compensation needs a restart, even of a song that moves", 1, restarts_in(it, engine, 3, &rolling));
    rig_check_number("before which the latency stays", 0, it->latency->get(it->plugin));
    restart(it);
    rig_check_number("at which the host is told", 1, it->latency_changes);
    rig_check_number("the latency", 24000, it->latency->get(it->plugin));
    restart(it);
    rig_check_number("and not again", 0, it->latency_changes);
    put64(engine, IDIOM_AT_DELAY_FRAMES, 20000);
    rig_check_number("another tempo does not stop the song", 0, restarts_in(it, engine, 3, &rolling));
    rig_check_number("but waits for its end", 1, restarts_in(it, engine, 2, NULL));
    restart(it);
    rig_check_number("the latency at another tempo", 20000, it->latency->get(it->plugin));
    it->render->set(it->plugin, CLAP_RENDER_OFFLINE);
    put64(engine, IDIOM_AT_DELAY_FRAMES, 10000);
    rig_check_number("nothing is restarted while rendering", 0, restarts_in(it, engine, 1, NULL));
    it->render->set(it->plugin, CLAP_RENDER_REALTIME);
    put64(engine, IDIOM_AT_DELAY_FRAMES, 20000);
    rig_check_number("nor if all is as it was", 0, restarts_in(it, engine, 1, NULL));
    for (uint64_t i = 0; i < 20; i++) {
        put64(engine, IDIOM_AT_DELAY_FRAMES, 20000 + i);
        rig_check_number("nor while the tempo changes", 0, restarts_in(it, engine, 0.2, NULL));
    }
    rig_input_value(it->input, 0, IDIOM_COMPENSATE, 0);
    restarts_in(it, engine, 1, NULL);
    restart(it);
    rig_check_number("no latency without compensation", 0, it->latency->get(it->plugin));
}

/* Checks what was told next of a parameter, and takes it off the list. */
static void check_value(stand_in *engine, const char *what, uint64_t frame, uint32_t parameter, double value) {
    if (rig_check(engine->values > 0, what)) {
        rig_check_number(what, (double)frame, (double)engine->value[0].frame);
        rig_check_number(what, parameter, engine->value[0].parameter);
        rig_check_number(what, value, engine->value[0].value);
        memmove(engine->value, engine->value + 1, (TOLD_VALUES - 1) * sizeof engine->value[0]);
        engine->values--;
    }
}

/* What the host adds to a value is heard at its very frame, and never shown. */
static void test_modulation(rig *it, stand_in *engine) {
    rig_output_clear(it->output);
    engine->values = 0;
    uint64_t start = it->now;
    rig_input_value(it->input, 10, IDIOM_MIX, 0.5);
    rig_input_mod(it->input, 20, IDIOM_MIX, 0.25);
    rig_input_midi(it->input, 25, 0x90, 60, 100);
    rig_input_value(it->input, 30, IDIOM_MIX, 0.125);
    rig_input_mod(it->input, 30, IDIOM_SWING, -7);
    rig_input_mod(it->input, 40, IDIOM_MIX, 7);
    rig_input_midi(it->input, 45, 0x80, 60, 64);
    play_blocks(it, engine, 1, NULL);
    check_value(engine, "a value", start + 10, IDIOM_MIX, 0.5);
    check_value(engine, "with modulation", start + 20, IDIOM_MIX, 0.75);
    check_value(engine, "another value, modulated as before", start + 30, IDIOM_MIX, 0.375);
    check_value(engine, "not below the range", start + 30, IDIOM_SWING, -0.25);
    check_value(engine, "not above it", start + 40, IDIOM_MIX, 1);
    rig_check_number("and no more", 0, engine->values);
    rig_check_number("what the host sees", 0.125, rig_value(it, IDIOM_MIX));
    rig_check_number("of each", 0, rig_value(it, IDIOM_SWING));
    rig_input_mod(it->input, 0, IDIOM_MIX, 0.5);
    rig_flush(it, true);
    start = it->now;
    play_blocks(it, engine, 1, NULL);
    check_value(engine, "without a block, with the next one", start, IDIOM_MIX, 0.625);
    rig_check_number("it says nothing of it to the host", 0, rig_count_events(it, CLAP_EVENT_PARAM_VALUE));
}

static void test_wrong_modulation(rig *it, stand_in *engine) {
    engine->values = 0;
    for (int in_block = 0; in_block < 2; in_block++) {
        for (int i = 0; i < 11; i++) {
            rig_input_mod(it->input, 1, i == 0 ? 4711 : IDIOM_MIX, -0.125);
            clap_event_param_mod_t *event = &it->input->events[it->input->count - 1].mod;
            switch (i) {
                case 1: event->amount = NAN; break;
                case 2: event->amount = INFINITY; break;
                case 3: event->amount = -INFINITY; break;
                case 4: event->cookie = event; break;
                case 5: event->note_id = 0; break;
                case 6: event->key = 60; break;
                case 7: event->channel = 0; break;
                case 8: event->port_index = 1; break;
                case 9: event->param_id = IDIOM_MODE; event->amount = 1; break;
                case 10: event->header.space_id = 77; break;
                default: break;
            }
        }
        if (!in_block) {
            rig_flush(it, true);
        }
        play_blocks(it, engine, 1, NULL);
    }
    rig_check_number("modulation that is none", 0, engine->values);
    uint64_t start = it->now;
    rig_input_mod(it->input, 7, IDIOM_MIX, 0.25);
    it->input->events[0].mod.port_index = 0;
    play_blocks(it, engine, 1, NULL);
    check_value(engine, "of the one port there is", start + 7, IDIOM_MIX, 0.375);
}

/* What the host has not ended stays, whatever else ends. */
static void test_lasting_modulation(rig *it, stand_in *engine) {
    play_blocks(it, engine, 1, NULL);
    engine->values = 0;
    rig_reset(it);
    play_blocks(it, engine, 2, NULL);
    rig_check_number("a reset does not end it", 0, engine->values);
    rig_stop(it);
    rig_start(it, RATE, BLOCK);
    play_blocks(it, engine, 2, NULL);
    rig_check_number("nor does another activation", 0, engine->values);
    uint64_t start = it->now;
    rig_input_mod(it->input, 3, IDIOM_MIX, 0);
    rig_input_mod(it->input, 3, IDIOM_SWING, 0);
    play_blocks(it, engine, 1, NULL);
    check_value(engine, "the host does", start + 3, IDIOM_MIX, 0.125);
    check_value(engine, "one by one", start + 3, IDIOM_SWING, 0);
}

/* More at once than there is room for: the last of it holds. */
static void test_modulation_flood(rig *it, stand_in *engine) {
    uint64_t lost = get64(engine, IDIOM_AT_LOST_TO_ENGINE);
    for (uint32_t i = 0; i < RIG_EVENTS - 1; i++) {
        rig_input_mod(it->input, i * BLOCK / RIG_EVENTS, i % 2 == 0 ? IDIOM_THRESHOLD : IDIOM_DENSITY, i % 64 / 64.0);
    }
    rig_input_mod(it->input, BLOCK - 1, IDIOM_THRESHOLD, 0.4375);
    play_blocks(it, engine, 2, NULL);
    rig_check(get64(engine, IDIOM_AT_LOST_TO_ENGINE) > lost, "a flood is more than there is room for");
    rig_check_number("the last of a flood", 0.4375, engine->last[IDIOM_THRESHOLD]);
    rig_check_number("of each", 1 + (RIG_EVENTS - 3) % 64 / 64.0, engine->last[IDIOM_DENSITY]);
    rig_input_mod(it->input, 0, IDIOM_THRESHOLD, 0);
    rig_input_mod(it->input, 0, IDIOM_DENSITY, 0);
    play_blocks(it, engine, 1, NULL);
    rig_check_number("and its end", 0, engine->last[IDIOM_THRESHOLD]);
    rig_check_number("of each", 1, engine->last[IDIOM_DENSITY]);
}

/* An engine that dies leaves no note behind, and what is played passes through. */
static void test_death(rig *it, stand_in *engine) {
    play_blocks(it, engine, 4, NULL);
    rig_output_clear(it->output);
    answer(engine, it->now + 10, 0x91, 71, 90);
    play_blocks(it, engine, 1, NULL);
    rig_check_number("an answer sounds", 1, rig_count_midi(it, 0, 0x91, 71));
    engine->is_dead = true;
    play_blocks(it, engine, 2, NULL);
    rig_check_number("and ends with its engine", 1, rig_count_midi(it, 0, 0x81, 71));
    rig_check_number("which the host is told of", 1, rig_count_events(it, CLAP_EVENT_PARAM_VALUE));
    rig_check_number("once", IDIOM_LOST, rig_value(it, RIG_STATUS));
    rig_check(rig_serve(it), "the main thread is called when an engine goes");
    rig_output_clear(it->output);
    rig_input_midi(it->input, 5, 0x90, 60, 100);
    rig_input_midi(it->input, 6, 0x80, 60, 64);
    play_blocks(it, engine, 1, NULL);
    rig_check_midi("notes pass through without it", it, 0, it->now - BLOCK + 5, 0x90, 60, 100);
    rig_check_midi("and end", it, 1, it->now - BLOCK + 6, 0x80, 60, 64);
}

/* At another rate there is another core behind the plugin: it knows of modulation what the one before it knew. */
static void test_modulation_at_other_rates(const rig_library *library, const rig_folders *folders) {
    static const double rates[] = {44100, 96000};
    rig *it = rig_open(library);
    rig_input_value(it->input, 0, IDIOM_DENSITY, 1.5);
    rig_input_mod(it->input, 0, IDIOM_DENSITY, -0.25);
    rig_flush(it, false);
    for (size_t i = 0; i < sizeof rates / sizeof rates[0]; i++) {
        stand_in engine = {0};
        rig_start(it, rates[i], BLOCK);
        if (find_file(&engine, folders)) {
            come_up(&engine, 0);
            play_blocks(it, &engine, 2, NULL);
            rig_check_number("modulation at another rate", 1.25, engine.last[IDIOM_DENSITY]);
            rig_check_number("which nobody sees", 1.5, rig_value(it, IDIOM_DENSITY));
            munmap(engine.base, FILE_BYTES);
        }
        rig_stop(it);
    }
    rig_close(it);
}

void test_stand_in(const rig_library *library, const rig_folders *folders) {
    rig *it = rig_open(library);
    stand_in engine = {0};
    rig_start(it, RATE, BLOCK);
    it->now = 0;
    rig_output_clear(it->output);
    if (find_file(&engine, folders)) {
        test_status(it, &engine);
        test_answers(it, &engine);
        test_transport(it, &engine);
        test_program_change(it, &engine);
        test_latency(it, &engine);
        test_modulation(it, &engine);
        test_wrong_modulation(it, &engine);
        test_lasting_modulation(it, &engine);
        test_modulation_flood(it, &engine);
        test_death(it, &engine);
        munmap(engine.base, FILE_BYTES);
    }
    rig_stop(it);
    rig_close(it);
    test_modulation_at_other_rates(library, folders);
}
