/*
 * Tests the LV2 plugin as a host sees it: `lv2_host Idiom.so`. No engine runs but the one that a test plays itself.
 */
#include "lv2_host.h"

#include <dirent.h>
#include <lv2/atom/atom.h>
#include <lv2/midi/midi.h>
#include <lv2/time/time.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* ---- notes pass through ---- */

static void remember(message *all, size_t *count, int64_t frame, const uint8_t *bytes, uint32_t length) {
    all[*count] = (message){frame, length, allocate(NULL, length)};
    memcpy(all[(*count)++].bytes, bytes, length);
}

/* The n-th message of a performance: note on and off in turn, and in between all other kinds. */
static uint32_t make_message(uint32_t n, uint8_t *bytes) {
    if (n % 7 != 6) {
        uint32_t note = n - n / 7;
        bytes[0] = (uint8_t)((note % 2 == 0 ? 0x90 : 0x80) | note / 2 % 16);
        bytes[1] = (uint8_t)(note / 2 % 128);
        bytes[2] = (uint8_t)(1 + n % 127);
        return 3;
    }
    static const uint8_t others[][3] = {{0xB3, 7, 100}, {0xC5, 12, 0}, {0xD0, 55, 0}, {0xE1, 0, 64}, {0xA2, 60, 9},
                                        {0xF8, 0, 0},   {0xF2, 1, 2},  {0xF3, 4, 0},  {0xC0, 3, 0},  {0xFE, 0, 0}};
    static const uint32_t lengths[] = {3, 2, 2, 3, 3, 1, 3, 2, 2, 1};
    uint32_t kind = n / 7 % 12;
    if (kind < 10) {
        memcpy(bytes, others[kind], 3);
        return lengths[kind];
    }
    uint32_t length = kind == 10 ? 6 : 2 + random_number(3000);
    memset(bytes, (int)(n % 128), length);
    bytes[0] = 0xF0;
    bytes[length - 1] = 0xF7;
    return length;
}

static bool is_same(const message *left, const message *right) {
    return left->frame == right->frame && left->length == right->length && memcmp(left->bytes, right->bytes, left->length) == 0;
}

static void check_same(const instance *plugin, const message *expected, size_t count, const char *of) {
    check(plugin->count == count, "%s: left=%zu expected=%zu", of, plugin->count, count);
    for (size_t i = 0; i < count && i < plugin->count; i++) {
        const message *left = &plugin->messages[i];
        if (!is_same(left, &expected[i])) {
            check(false, "%s: message=%zu frame=%ld expected=%ld length=%u expected=%u status=%02x expected=%02x", of, i,
                  (long)left->frame, (long)expected[i].frame, left->length, expected[i].length, left->bytes[0],
                  expected[i].bytes[0]);
            return;
        }
    }
    check(plugin->is_orderly, "%s: frames rise and lie in their blocks", of);
}

/* Blocks of that many frames, or of any up to 4096 if it is 0; note n at a random distance from note n - 1. */
static void should_pass_through(uint32_t block, uint32_t most_apart) {
    enum { MESSAGES = 600 };
    static message sent[MESSAGES];
    static uint8_t bytes[LONGEST_MESSAGE];
    char of[64];
    snprintf(of, sizeof of, "passing through blocks of %u", block);
    instance *plugin = instance_open();
    size_t count = 0;
    int64_t frame = random_number(most_apart);
    while (count < MESSAGES || plugin->frame <= frame) {
        uint32_t frames = block > 0 ? block : random_number(4097);
        for (; count < MESSAGES && frame < plugin->frame + frames; frame += random_number(most_apart)) {
            uint32_t length = make_message((uint32_t)count, bytes);
            remember(sent, &count, frame, bytes, length);
            instance_add_midi(plugin, frame - plugin->frame, bytes, length);
        }
        instance_run(plugin, frames);
        if (random_number(8) == 0) {
            instance_run(plugin, 0);
        }
    }
    check_same(plugin, sent, count, of);
    check(plugin->controls[IDIOM_PORT_LATENCY] == 0, "%s: latency=%f", of, (double)plugin->controls[IDIOM_PORT_LATENCY]);
    check(plugin->controls[IDIOM_PORT_STATUS] == IDIOM_WAITING, "%s: status=%f", of,
          (double)plugin->controls[IDIOM_PORT_STATUS]);
    for (size_t i = 0; i < count; i++) {
        free(sent[i].bytes);
    }
    instance_close(plugin);
}

static void should_pass_through_when_bypassed(void) {
    instance *plugin = instance_open();
    plugin->controls[IDIOM_PORT_PARAMETERS + IDIOM_BYPASS] = 0;
    uint8_t on[] = {0x90, 60, 100};
    instance_add_midi(plugin, 17, on, 3);
    instance_run(plugin, 64);
    const message expected = {17, 3, on};
    check_same(plugin, &expected, 1, "bypassed");
    instance_close(plugin);
}

static void should_keep_instances_apart(void) {
    instance *plugins[] = {instance_open(), instance_open()};
    for (uint32_t round = 0; round < 200; round++) {
        for (uint8_t i = 0; i < 2; i++) {
            const uint8_t note[] = {(uint8_t)((round % 2 == 0 ? 0x90 : 0x80) | i), 40, 90};
            instance_add_midi(plugins[i], i + 3, note, 3);
            instance_run(plugins[i], i == 0 ? 64 : 100);
        }
    }
    for (uint8_t i = 0; i < 2; i++) {
        bool is_own = plugins[i]->count == 200;
        for (size_t j = 0; is_own && j < 200; j++) {
            const message *left = &plugins[i]->messages[j];
            is_own = (left->bytes[0] & 15) == i && left->frame == (int64_t)j * (i == 0 ? 64 : 100) + i + 3;
        }
        check(is_own && plugins[i]->is_orderly, "instances are apart: instance=%u left=%zu", i, plugins[i]->count);
        instance_close(plugins[i]);
    }
}

/* What a host does that stops its engine: the note that sounds has its end with the next block. */
static void should_end_notes_when_activated_again(void) {
    instance *plugin = instance_open();
    const uint8_t on[] = {0x92, 60, 100};
    instance_add_midi(plugin, 0, on, 3);
    instance_run(plugin, 64);
    instance_forget(plugin);
    host_descriptor()->deactivate(plugin->handle);
    instance_run(plugin, 64);
    check(plugin->count > 0 && plugin->messages[0].bytes[0] == 0x82 && plugin->messages[0].bytes[1] == 60,
          "a note ends when the plugin is stopped: left=%zu", plugin->count);
    instance_close(plugin);
}

void test_passing_through(void) {
    should_pass_through(1, 8);
    should_pass_through(32, 100);
    should_pass_through(256, 5);
    should_pass_through(4096, 700);
    should_pass_through(0, 400);
    should_pass_through(0, 2);
    should_pass_through_when_bypassed();
    should_keep_instances_apart();
    should_end_notes_when_activated_again();
}

/* ---- output without room ---- */

static void check_count(const instance *plugin, int port, uint32_t expected, const char *of) {
    check(plugin->controls[port] == (float)expected, "%s: count=%f expected=%u", of, (double)plugin->controls[port], expected);
}

/* Room for 16 + 24n bytes: n messages a block, the others one after the other, at once. */
static void should_send_what_had_no_room_later(uint32_t at_once) {
    instance *plugin = instance_open();
    instance_resize_output(plugin, (uint32_t)sizeof(LV2_Atom_Sequence) + 24 * at_once + 8);
    for (uint8_t i = 0; i < 100; i++) {
        const uint8_t note[] = {(uint8_t)(i % 2 == 0 ? 0x90 : 0x80), (uint8_t)(i / 2), 77};
        instance_add_midi(plugin, i, note, 3);
    }
    instance_run(plugin, 128);
    check(plugin->count == at_once, "a full buffer: left=%zu expected=%u", plugin->count, at_once);
    check_count(plugin, IDIOM_PORT_LATE, 0, "before anything is late");
    for (uint32_t i = 0; i < 200; i++) {
        instance_run(plugin, 128);
    }
    bool is_whole = plugin->count == 100;
    for (size_t i = 0; is_whole && i < 100; i++) {
        is_whole = plugin->messages[i].bytes[0] == (i % 2 == 0 ? 0x90 : 0x80) && plugin->messages[i].bytes[1] == i / 2;
    }
    check(is_whole && plugin->is_orderly, "nothing is lost: left=%zu room=%u", plugin->count, at_once);
    check_count(plugin, IDIOM_PORT_LATE, 100 - at_once, "what left in a block after its own");
    check_count(plugin, IDIOM_PORT_DROPPED, 0, "nothing is dropped");
    instance_close(plugin);
}

static void should_count_what_does_not_leave(void) {
    instance *plugin = instance_open();
    const uint8_t half[] = {0x90, 60};
    const uint8_t running[] = {60, 100};
    const uint8_t on[] = {0x90, 60, 100};
    instance_add_midi(plugin, 1, half, 2);
    instance_add_midi(plugin, 2, on, 3);
    instance_add_midi(plugin, 3, running, 2);
    instance_run(plugin, 64);
    check(plugin->count == 1, "what is no message does not leave: left=%zu", plugin->count);
    check_count(plugin, IDIOM_PORT_DROPPED, 2, "and is counted");
    instance_run(plugin, 0);
    check_count(plugin, IDIOM_PORT_DROPPED, 2, "once");
    instance_close(plugin);
}

static void should_wait_for_a_buffer(void) {
    instance *plugin = instance_open();
    const uint8_t on[] = {0x90, 60, 100};
    instance_add_midi(plugin, 3, on, 3);
    instance_run(plugin, 0);
    check(plugin->count == 0, "nothing leaves in a block of no frames");
    instance_run(plugin, 16);
    check(plugin->count == 1 && plugin->messages[0].frame == 0, "it leaves in the next");
    for (uint32_t bytes = 0; bytes < 48; bytes++) {
        instance_resize_output(plugin, bytes);
        instance_run(plugin, 16);
    }
    const uint8_t off[] = {0x80, 60, 0};
    instance_resize_output(plugin, 16);
    instance_add_midi(plugin, 3, off, 3);
    instance_run(plugin, 16);
    check(plugin->count == 1, "nothing leaves where nothing fits");
    instance_resize_output(plugin, 4096);
    instance_run(plugin, 16);
    check(plugin->count == 2 && plugin->messages[1].bytes[0] == 0x80 && plugin->is_orderly, "it leaves when there is room");
    instance_close(plugin);
}

static void should_not_be_held_up_by_a_long_message(void) {
    static uint8_t sysex[16384];
    memset(sysex, 1, sizeof sysex);
    sysex[0] = 0xF0;
    sysex[sizeof sysex - 1] = 0xF7;
    const uint8_t on[] = {0x90, 60, 100};
    instance *plugin = instance_open();
    instance_resize_output(plugin, 4096);
    instance_add_midi(plugin, 1, sysex, sizeof sysex);
    instance_add_midi(plugin, 2, on, 3);
    instance_run(plugin, 64);
    check(plugin->count == 1 && plugin->messages[0].length == 3, "a note passes what can never leave: left=%zu", plugin->count);
    instance_resize_output(plugin, IDIOM_PORT_BYTES);
    for (int i = 0; i < 8; i++) {
        instance_add_midi(plugin, i, sysex, sizeof sysex);
    }
    instance_run(plugin, 64);
    instance_run(plugin, 64);
    instance_run(plugin, 64);
    check(plugin->count == 9 && plugin->is_orderly, "the longest messages leave in turn: left=%zu", plugin->count);
    instance_close(plugin);
}

void test_output(void) {
    should_send_what_had_no_room_later(1);
    should_send_what_had_no_room_later(7);
    should_count_what_does_not_leave();
    should_wait_for_a_buffer();
    should_not_be_held_up_by_a_long_message();
}

/* ---- hostile input ---- */

static void should_bear_unconnected_ports(void) {
    instance *plugin = instance_open();
    for (uint32_t port = 0; port < IDIOM_PORTS + 4; port++) {
        host_descriptor()->connect_port(plugin->handle, port, NULL);
    }
    host_descriptor()->run(plugin->handle, 64);
    host_descriptor()->run(plugin->handle, 0);
    const uint8_t on[] = {0x90, 60, 100};
    instance_add_midi(plugin, 0, on, 3);
    instance_run(plugin, 64);
    check(plugin->count == 1, "a plugin goes on after blocks without ports");
    instance_close(plugin);
}

static void should_refuse_a_poor_host(void) {
    const LV2_Feature *const none[] = {NULL};
    const LV2_Descriptor *descriptor = host_descriptor();
    check(descriptor->instantiate(descriptor, HOST_RATE, "/", none) == NULL, "urid:map is required");
    check(descriptor->extension_data("urn:idiom:nothing") == NULL, "unknown extensions are unknown");
}

static void should_bring_frames_into_the_block(void) {
    instance *plugin = instance_open();
    uint8_t notes[][3] = {{0x90, 60, 1}, {0x90, 61, 1}, {0x90, 62, 1}, {0x90, 63, 1}};
    instance_add_midi(plugin, -5, notes[0], 3);
    instance_add_midi(plugin, 40, notes[1], 3);
    instance_add_midi(plugin, 20, notes[2], 3);
    instance_add_midi(plugin, INT64_MAX, notes[3], 3);
    instance_run(plugin, 64);
    const message expected[] = {
            {0, 3, notes[0]},
            {40, 3, notes[1]},
            {40, 3, notes[2]},
            {63, 3, notes[3]},
    };
    check_same(plugin, expected, 4, "frames out of order");
    instance_close(plugin);
}

static void should_drop_what_is_no_message(void) {
    instance *plugin = instance_open();
    const struct {
        uint32_t length;
        uint8_t bytes[4];
    } broken[] = {{0, {0}},          {1, {0x90}},          {2, {0x90, 60}},       {4, {0x90, 60, 1, 2}}, {3, {60, 1, 0}},
                  {3, {0x90, 200, 1}}, {3, {0xF0, 1, 2}},    {1, {0xF0}},           {1, {0xF7}},           {3, {0xC0, 1, 1}},
                  {1, {0xB0}},         {4, {0xF0, 0x90, 1, 0xF7}}};
    for (size_t i = 0; i < sizeof broken / sizeof *broken; i++) {
        instance_add_midi(plugin, 0, broken[i].bytes, broken[i].length);
    }
    instance_run(plugin, 64);
    check(plugin->count == 0 && plugin->is_orderly, "what is no message is dropped: left=%zu", plugin->count);
    instance_close(plugin);
}

/* Sequences whose sizes lie, filled with rubbish; the sanitizers look on. */
static void should_stay_within_the_sequence(void) {
    instance *plugin = instance_open();
    const LV2_URID midi = host_map(LV2_MIDI__MidiEvent);
    const LV2_URID objects = host_map(LV2_ATOM__Object);
    for (uint32_t round = 0; round < 3000; round++) {
        for (uint32_t i = 0; i < random_number(6); i++) {
            uint8_t body[64];
            for (size_t j = 0; j < sizeof body; j++) {
                body[j] = (uint8_t)random_number(256);
            }
            uint32_t bytes = random_number(sizeof body);
            uint32_t size = random_number(4) == 0 ? (random_number(2) == 0 ? UINT32_MAX - random_number(20) : random_number(200))
                                                  : bytes;
            LV2_URID type = random_number(3) == 0 ? random_number(60) : random_number(2) == 0 ? midi : objects;
            instance_add(plugin, (int64_t)random_number(300) - 20, type, body, bytes, size);
        }
        if (random_number(10) == 0) {
            plugin->in->atom.size = random_number(plugin->in->atom.size + 1);
        }
        if (random_number(20) == 0) {
            plugin->in->atom.type = random_number(60);
        }
        instance_run(plugin, random_number(300));
    }
    check(plugin->is_orderly, "rubbish in, order out");
    instance_close(plugin);
}

static void should_bear_many_events(void) {
    instance *plugin = instance_open();
    enum { NOTES = 6000 };
    for (uint32_t i = 0; i < NOTES; i++) {
        const uint8_t note[] = {(uint8_t)(i % 2 == 0 ? 0x90 : 0x80), (uint8_t)(i / 2 % 128), 77};
        instance_add_midi(plugin, i / 30, note, 3);
    }
    object position = object_begin(LV2_TIME__Position);
    object_add(&position, LV2_TIME__bar, AS_LONG, 2);
    object_add(&position, LV2_TIME__beatsPerMinute, AS_FLOAT, 120);
    for (uint32_t i = 0; i < 3000; i++) {
        instance_add_position(plugin, 200, &position);
    }
    for (uint32_t i = 0; i < 8; i++) {
        instance_run(plugin, 256);
    }
    check(plugin->count == NOTES && plugin->is_orderly, "a flood of notes: left=%zu", plugin->count);
    instance_close(plugin);
}

static void should_bear_any_parameter(void) {
    instance *plugin = instance_open();
    const float values[] = {NAN, INFINITY, -INFINITY, -1, 0, 0.5f, 1, 2, 127, 128, 1e30f, -1e30f, 1e-30f};
    for (uint32_t round = 0; round < 3000; round++) {
        for (uint32_t i = IDIOM_PORT_PARAMETERS; i <= IDIOM_PORT_FREEWHEELING; i++) {
            plugin->controls[i] = values[random_number(sizeof values / sizeof *values)];
        }
        plugin->controls[IDIOM_PORT_FREEWHEELING] = round % 10 == 0 ? NAN : 0;
        instance_run(plugin, random_number(64));
        float playing = plugin->controls[IDIOM_PORT_PLAYING];
        if (!(playing >= 0 && playing <= 127) || plugin->controls[IDIOM_PORT_LATENCY] != 0) {
            check(false, "figures after any parameter: playing=%f latency=%f", (double)playing,
                  (double)plugin->controls[IDIOM_PORT_LATENCY]);
            break;
        }
    }
    check(plugin->is_orderly, "any parameter");
    instance_close(plugin);
}

void test_hostile_input(void) {
    should_bear_unconnected_ports();
    should_refuse_a_poor_host();
    should_bring_frames_into_the_block();
    should_drop_what_is_no_message();
    should_stay_within_the_sequence();
    should_bear_many_events();
    should_bear_any_parameter();
}

/* ---- main ---- */

static void empty_folder(const char *folder) {
    DIR *entries = opendir(folder);
    for (const struct dirent *entry; entries != NULL && (entry = readdir(entries)) != NULL;) {
        char path[512];
        if (entry->d_name[0] != '.' && snprintf(path, sizeof path, "%s/%s", folder, entry->d_name) < (int)sizeof path) {
            unlink(path);
        }
    }
    if (entries != NULL) {
        closedir(entries);
    }
    rmdir(folder);
}

static bool write_presets(const char *folder) {
    char path[512];
    snprintf(path, sizeof path, "%s/presets.tsv", folder);
    FILE *file = fopen(path, "w");
    if (file == NULL) {
        return false;
    }
    for (int i = 0; i < 6; i++) {
        fprintf(file, "%d\tpreset-%d\t%064x\tPreset %d\n", i, i, (unsigned)i + 1, i);
    }
    return fclose(file) == 0;
}

int main(int count, char **arguments) {
    if (count != 2) {
        fputs("usage: lv2_host Idiom.so\n", stderr);
        return 2;
    }
    char runtime[] = "/tmp/idiom-lv2-host-run-XXXXXX";
    char configuration[] = "/tmp/idiom-lv2-host-etc-XXXXXX";
    if (mkdtemp(runtime) == NULL || mkdtemp(configuration) == NULL || !write_presets(configuration)
        || setenv("IDIOM_RUNTIME_DIR", runtime, 1) != 0 || setenv("IDIOM_CONFIG_DIR", configuration, 1) != 0) {
        perror("lv2_host: cannot make folders");
        return 1;
    }
    if (host_open(arguments[1])) {
        test_position();
        test_passing_through();
        test_output();
        test_hostile_input();
        test_state();
        test_engine(runtime);
        host_close();
    } else {
        check(false, "the plugin is loaded");
    }
    empty_folder(runtime);
    empty_folder(configuration);
    if (checks_failed() == 0) {
        printf("lv2_host: %u checks passed\n", checks_made());
        return 0;
    }
    printf("lv2_host: %u of %u checks failed\n", checks_failed(), checks_made());
    return 1;
}
