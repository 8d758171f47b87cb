/* Without an engine everything passes through unchanged at its own frame: notes, controllers, SysEx, in both dialects. */
#include <stdlib.h>
#include <string.h>

#include "clap_host.h"

/* What has to come out. */
typedef struct {
    uint64_t frame;
    uint8_t bytes[3];
} expected_message;

enum { MOST_EXPECTED = 40000, LONGEST_BLOCK = 4096 };

typedef struct {
    expected_message messages[MOST_EXPECTED];
    uint32_t count;
    uint8_t held[16][128]; /* so that no off comes without an on: such ones end nothing and are left out */
    rig_random random;
} performance;

static void expect(performance *played, uint64_t frame, const uint8_t *bytes) {
    if (played->count == MOST_EXPECTED) {
        abort();
    }
    expected_message *message = &played->messages[played->count++];
    message->frame = frame;
    memcpy(message->bytes, bytes, sizeof message->bytes);
}

static void play_midi(rig *it, performance *played, uint32_t time, uint8_t first, uint8_t second, uint8_t third) {
    uint8_t bytes[3] = {first, second, third};
    rig_input_midi(it->input, time, first, second, third);
    expect(played, it->now + time, bytes);
}

static uint8_t draw(performance *played, uint32_t limit) {
    return (uint8_t)rig_random_below(&played->random, limit);
}

/* A note begins, or ends if it sounds. */
static void play_a_note(rig *it, performance *played, uint32_t time) {
    uint8_t channel = draw(played, 16);
    uint8_t key = draw(played, 128);
    if (played->held[channel][key] == 0) {
        played->held[channel][key] = 1;
        play_midi(it, played, time, (uint8_t)(0x90 | channel), key, (uint8_t)(1 + draw(played, 127)));
    } else {
        played->held[channel][key] = 0;
        bool is_short = draw(played, 2) == 0;
        play_midi(it, played, time, (uint8_t)((is_short ? 0x90 : 0x80) | channel), key, is_short ? 0 : draw(played, 128));
    }
}

static void play_anything(rig *it, performance *played, uint32_t time) {
    uint8_t channel = draw(played, 16);
    switch (draw(played, 10)) {
        case 0:
            play_midi(it, played, time, (uint8_t)(0xB0 | channel), draw(played, 120), draw(played, 128));
            break;
        case 1:
            play_midi(it, played, time, (uint8_t)(0xE0 | channel), draw(played, 128), draw(played, 128));
            break;
        case 2:
            play_midi(it, played, time, (uint8_t)(0xD0 | channel), draw(played, 128), 0);
            break;
        case 3:
            play_midi(it, played, time, (uint8_t)(0xA0 | channel), draw(played, 128), draw(played, 128));
            break;
        case 4:
            play_midi(it, played, time, (uint8_t)(0xC0 | channel), draw(played, 128), 0);
            break;
        default:
            play_a_note(it, played, time);
            break;
    }
}

static void check_all(const char *what, const rig *it, const performance *played) {
    rig_check_number(what, played->count, it->output->count);
    for (uint32_t i = 0; i < played->count; i++) {
        const expected_message *message = &played->messages[i];
        rig_check_midi(what, it, i, message->frame, message->bytes[0], message->bytes[1], message->bytes[2]);
    }
}

static performance *begin(uint64_t seed) {
    performance *played = calloc(1, sizeof *played);
    if (played == NULL) {
        abort();
    }
    played->random.state = seed;
    return played;
}

static void play_block(rig *it, performance *played, uint32_t frames, const clap_event_transport_t *transport) {
    uint32_t events = rig_random_below(&played->random, frames < 8 ? 3 : 12);
    uint32_t time = 0;
    for (uint32_t i = 0; i < events; i++) {
        time += rig_random_below(&played->random, frames - time);
        play_anything(it, played, time);
    }
    rig_check_number("process()", CLAP_PROCESS_CONTINUE, rig_block(it, frames, transport));
}

/* Blocks of 1, 32 and 4096 frames and of any length, without a song and with one that moves and jumps. */
static void test_pass_through(const rig_library *library) {
    static const uint32_t lengths[] = {1, 32, LONGEST_BLOCK, 0};
    rig *it = rig_open(library);
    for (size_t i = 0; i < sizeof lengths / sizeof lengths[0]; i++) {
        rig_start(it, 44100, LONGEST_BLOCK);
        for (int with_song = 0; with_song < 2; with_song++) {
            performance *played = begin(i + 1);
            rig_block(it, 1, NULL); /* ends what sounded before */
            rig_output_clear(it->output);
            for (uint32_t block = 0; block < 300; block++) {
                uint32_t any = 1 + rig_random_below(&played->random, LONGEST_BLOCK);
                double beats = (double)(it->now % 100000) / 44100 * 2;
                clap_event_transport_t transport = rig_transport(beats, 120, block % 50 != 0);
                play_block(it, played, lengths[i] == 0 ? any : lengths[i], with_song ? &transport : NULL);
            }
            check_all("passing through", it, played);
            free(played);
            rig_reset(it);
        }
        rig_stop(it);
    }
    rig_close(it);
}

/* A queue that takes little: nothing is lost, nothing changes its place, what is late comes at the beginning of a block. */
static void test_full_queue(const rig_library *library) {
    rig *it = rig_open(library);
    performance *played = begin(77);
    rig_start(it, 48000, 256);
    for (uint32_t block = 0; block < 200; block++) {
        it->output->room = block % 4 == 3 ? 30 : block % 2;
        play_block(it, played, 256, NULL);
    }
    for (uint32_t block = 0; block < 400 && it->output->count < played->count; block++) {
        it->output->room = 3;
        rig_block(it, 256, NULL);
    }
    rig_check(it->output->refused > 100, "the queue refused");
    rig_check_number("messages after a full queue", played->count, it->output->count);
    for (uint32_t i = 0; i < played->count && i < it->output->count; i++) {
        const rig_message *message = &it->output->messages[i];
        rig_check(memcmp(message->bytes, played->messages[i].bytes, 3) == 0, "the order after a full queue");
        uint64_t due = played->messages[i].frame;
        rig_check(message->frame == due || (message->time == 0 && message->frame > due), "time after a full queue");
    }
    free(played);
    rig_stop(it);
    rig_close(it);
}

/* ---- CLAP's own notes ---- */

static void test_velocities(rig *it) {
    static const struct {
        double given;
        uint8_t expected;
    } cases[] = {{0, 1}, {1, 127}, {0.5, 64}, {100 / 127.0, 100}, {0.001, 1}, {2, 127}, {-1, 1}};
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        rig_output_clear(it->output);
        uint64_t start = it->now;
        rig_input_note(it->input, 3, CLAP_EVENT_NOTE_ON, 2, 64, 5, cases[i].given);
        rig_input_note(it->input, 9, CLAP_EVENT_NOTE_OFF, 2, 64, 5, cases[i].given);
        rig_block(it, 16, NULL);
        rig_check_midi("velocity of an on", it, 0, start + 3, 0x92, 64, cases[i].expected);
        rig_check_number("and its off", 9, (double)(it->output->messages[1].frame - start));
        rig_check_number("is an off", 0x82, it->output->messages[1].bytes[0]);
    }
}

static void hold_four(rig *it) {
    rig_output_clear(it->output);
    rig_input_note(it->input, 0, CLAP_EVENT_NOTE_ON, 0, 60, 1, 0.5);
    rig_input_note(it->input, 0, CLAP_EVENT_NOTE_ON, 0, 64, 2, 0.5);
    rig_input_note(it->input, 0, CLAP_EVENT_NOTE_ON, 1, 60, 3, 0.5);
    rig_input_midi(it->input, 0, 0x92, 67, 100);
    rig_block(it, 1, NULL);
    rig_check_number("four notes", 4, it->output->count);
    rig_output_clear(it->output);
}

/* Ends notes by an address with "any" in it; `expected` has a bit for each note of hold_four that is to end. */
static void check_wildcard(rig *it, const char *what, uint16_t type, int channel, int key, int32_t id, unsigned expected) {
    static const uint8_t notes[4][2] = {{0, 60}, {0, 64}, {1, 60}, {2, 67}};
    hold_four(it);
    uint64_t start = it->now;
    rig_input_note(it->input, 5, type, channel, key, id, 0.5);
    rig_block(it, 8, NULL);
    uint32_t index = 0;
    for (unsigned i = 0; i < 4; i++) {
        if ((expected & (1u << i)) != 0) {
            rig_check_midi(what, it, index++, start + 5, (uint8_t)(0x80 | notes[i][0]), notes[i][1], 64);
        }
    }
    rig_check_number(what, index, it->output->count);
    rig_input_note(it->input, 0, CLAP_EVENT_NOTE_CHOKE, -1, -1, -1, 0);
    rig_block(it, 1, NULL);
    rig_check_number("a choke of all ends the rest", 4, rig_count_midi(it, 0, -1, -1));
}

static void test_addresses(rig *it) {
    check_wildcard(it, "off of all", CLAP_EVENT_NOTE_OFF, -1, -1, -1, 15);
    check_wildcard(it, "off of a channel", CLAP_EVENT_NOTE_OFF, 0, -1, -1, 3);
    check_wildcard(it, "off of a key", CLAP_EVENT_NOTE_OFF, -1, 60, -1, 5);
    check_wildcard(it, "off of a note by its name", CLAP_EVENT_NOTE_OFF, -1, -1, 2, 2);
    check_wildcard(it, "off of a name that there isn't", CLAP_EVENT_NOTE_OFF, -1, -1, 99, 0);
    check_wildcard(it, "off of one", CLAP_EVENT_NOTE_OFF, 1, 60, -1, 4);
    check_wildcard(it, "choke of one", CLAP_EVENT_NOTE_CHOKE, 0, 64, -1, 2);
    check_wildcard(it, "end of one", CLAP_EVENT_NOTE_END, 0, 64, 2, 2);
    check_wildcard(it, "end of one that does not sound", CLAP_EVENT_NOTE_END, 5, 5, -1, 0);
}

static void test_stacked_notes(rig *it) {
    rig_output_clear(it->output);
    rig_input_note(it->input, 0, CLAP_EVENT_NOTE_ON, 3, 50, 1, 0.5);
    rig_input_note(it->input, 1, CLAP_EVENT_NOTE_ON, 3, 50, 2, 0.5);
    rig_input_note(it->input, 2, CLAP_EVENT_NOTE_OFF, 3, 50, 1, 0.5);
    rig_block(it, 4, NULL);
    rig_check_number("two ons and one off of one key", 3, it->output->count);
    rig_input_note(it->input, 0, CLAP_EVENT_NOTE_CHOKE, -1, -1, -1, 0);
    rig_block(it, 4, NULL);
    rig_check_number("and the other off", 4, it->output->count);
}

/* A host that knows note events only gets them. */
static void test_dialects(const rig_library *library) {
    rig *it = rig_open(library);
    it->dialects = CLAP_NOTE_DIALECT_CLAP;
    rig_start(it, 48000, 64);
    rig_input_note(it->input, 4, CLAP_EVENT_NOTE_ON, 7, 61, 12, 100 / 127.0);
    rig_input_midi(it->input, 6, 0xB7, 64, 127);
    rig_input_midi(it->input, 8, 0x97, 61, 0);
    rig_block(it, 64, NULL);
    if (rig_check_number("events in CLAP's dialect", 3, it->output->count)) {
        const rig_message *on = &it->output->messages[0];
        rig_check_number("an on", CLAP_EVENT_NOTE_ON, on->type);
        rig_check_number("its frame", 4, (double)on->frame);
        rig_check_number("its channel", 7, on->note.channel);
        rig_check_number("its key", 61, on->note.key);
        rig_check_number("its name", -1, on->note.note_id);
        rig_check_number("its port", 0, on->note.port_index);
        rig_check_number("its velocity", 100 / 127.0, on->note.velocity);
        rig_check_midi("a controller", it, 1, 6, 0xB7, 64, 127);
        rig_check_number("an off", CLAP_EVENT_NOTE_OFF, it->output->messages[2].type);
        rig_check_number("its key", 61, it->output->messages[2].note.key);
    }
    rig_stop(it);
    it->dialects = CLAP_NOTE_DIALECT_MIDI;
    rig_start(it, 48000, 64);
    rig_block(it, 1, NULL);
    rig_output_clear(it->output);
    rig_input_note(it->input, 0, CLAP_EVENT_NOTE_ON, 7, 61, 12, 100 / 127.0);
    rig_block(it, 64, NULL);
    rig_check_midi("MIDI again after activation", it, 0, it->now - 64, 0x97, 61, 100);
    rig_stop(it);
    rig_close(it);
}

/* ---- SysEx, system messages, ends ---- */

static void test_sysex(rig *it) {
    static uint8_t longest[16384];
    memset(longest, 0x55, sizeof longest);
    longest[0] = 0xF0;
    longest[sizeof longest - 1] = 0xF7;
    static const uint8_t shortest[] = {0xF0, 0xF7};
    static const uint8_t endless[] = {0xF0, 1, 2};
    rig_output_clear(it->output);
    uint64_t start = it->now;
    rig_input_sysex(it->input, 1, shortest, sizeof shortest);
    rig_input_sysex(it->input, 2, longest, sizeof longest);
    rig_input_sysex(it->input, 3, endless, sizeof endless);
    rig_input_sysex(it->input, 4, NULL, 8);
    rig_input_sysex(it->input, 5, longest, 0);
    rig_input_midi(it->input, 6, 0xF8, 0, 0);
    rig_block(it, 16, NULL);
    if (rig_check_number("SysEx and clock", 3, it->output->count)) {
        const rig_message *messages = it->output->messages;
        rig_check_number("the shortest SysEx", sizeof shortest, messages[0].length);
        rig_check_number("its frame", (double)start + 1, (double)messages[0].frame);
        rig_check_number("the longest SysEx", sizeof longest, messages[1].length);
        rig_check(memcmp(messages[1].bytes, longest, sizeof longest) == 0, "its bytes");
        rig_check_midi("clock", it, 2, start + 6, 0xF8, 0, 0);
    }
}

/* What sounds is ended, in the first block after it can't have been ended by the player. */
static void check_ends(rig *it, const char *what) {
    rig_output_clear(it->output);
    rig_block(it, 8, NULL);
    rig_check_number(what, 1, rig_count_midi(it, 0, 0x83, 70));
    rig_check_number(what, 1, rig_count_midi(it, 0, 0xB3, 64));
    rig_check_number(what, 1, rig_count_midi(it, 0, 0xB3, 123));
    rig_check_number(what, 1, rig_count_midi(it, 0, 0xB3, 120));
    rig_check_number(what, 4, it->output->count);
    rig_block(it, 8, NULL);
    rig_check_number(what, 4, it->output->count);
}

static void sound(rig *it) {
    rig_input_midi(it->input, 0, 0x93, 70, 100);
    rig_block(it, 8, NULL);
}

static void test_ends(const rig_library *library) {
    rig *it = rig_open(library);
    rig_start(it, 48000, 64);
    sound(it);
    rig_reset(it);
    check_ends(it, "a reset ends notes");
    sound(it);
    rig_stop_processing(it);
    rig_start_processing(it);
    check_ends(it, "a stop ends notes");
    sound(it);
    rig_stop(it);
    rig_start(it, 48000, 64);
    check_ends(it, "deactivation ends notes");
    sound(it);
    rig_stop(it);
    rig_start(it, 96000, 64);
    rig_output_clear(it->output);
    it->output->room = 2;
    rig_block(it, 8, NULL);
    rig_check_number("what ends notes waits for room", 2, it->output->taken);
    it->output->room = UINT32_MAX;
    rig_input_midi(it->input, 0, 0x93, 71, 100);
    rig_input_midi(it->input, 0, 0x83, 71, 64);
    rig_block(it, 8, NULL);
    rig_check_number("another rate ends notes", 1, rig_count_midi(it, 0, 0x83, 70));
    rig_check_midi("before others begin", it, it->output->count - 2, it->now - 8, 0x93, 71, 100);
    rig_stop(it);
    rig_close(it);
}

void test_play(const rig_library *library) {
    test_pass_through(library);
    test_full_queue(library);
    test_dialects(library);
    test_ends(library);
    rig *it = rig_open(library);
    rig_start(it, 48000, 64);
    test_velocities(it);
    test_addresses(it);
    test_stacked_notes(it);
    test_sysex(it);
    rig_stop(it);
    rig_close(it);
}
