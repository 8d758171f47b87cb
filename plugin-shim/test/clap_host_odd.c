/* What no host should send, and some do: nothing of it may crash, be heard, or keep a note. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "clap_host.h"

/* Events that are not to be understood, with a note before and after them that is. */
static void test_unknown_events(rig *it) {
    rig_output_clear(it->output);
    uint64_t start = it->now;
    rig_input_midi(it->input, 1, 0x90, 60, 100);
    rig_input_add(it->input, 2, CLAP_EVENT_MIDI, sizeof(clap_event_midi_t))->header.space_id = 77;
    rig_input_add(it->input, 2, 999, 32);
    rig_input_add(it->input, 2, UINT16_MAX, sizeof(clap_event_header_t));
    rig_input_add(it->input, 2, CLAP_EVENT_MIDI2, 36);
    rig_input_add(it->input, 2, CLAP_EVENT_NOTE_EXPRESSION, 48);
    rig_input_add(it->input, 2, CLAP_EVENT_PARAM_GESTURE_BEGIN, 20);
    rig_input_midi(it->input, 3, 0x80, 60, 64);
    rig_block(it, 16, NULL);
    rig_check_number("events that are understood", 2, it->output->count);
    rig_check_midi("the on", it, 0, start + 1, 0x90, 60, 100);
    rig_check_midi("the off", it, 1, start + 3, 0x80, 60, 64);
}

/* Every event that is understood, a byte too short. Where the rest would be lies what must not be read. */
static void test_short_events(rig *it) {
    static const struct {
        uint16_t type;
        uint32_t size;
    } cases[] = {
            {CLAP_EVENT_NOTE_ON, sizeof(clap_event_note_t)},
            {CLAP_EVENT_NOTE_OFF, sizeof(clap_event_note_t)},
            {CLAP_EVENT_NOTE_CHOKE, sizeof(clap_event_note_t)},
            {CLAP_EVENT_NOTE_END, sizeof(clap_event_note_t)},
            {CLAP_EVENT_PARAM_VALUE, sizeof(clap_event_param_value_t)},
            {CLAP_EVENT_PARAM_MOD, sizeof(clap_event_param_mod_t)},
            {CLAP_EVENT_TRANSPORT, sizeof(clap_event_transport_t)},
            {CLAP_EVENT_MIDI, sizeof(clap_event_midi_t)},
            {CLAP_EVENT_MIDI_SYSEX, sizeof(clap_event_midi_sysex_t)},
    };
    double before = rig_value(it, IDIOM_PRESET);
    rig_output_clear(it->output);
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        rig_event *event = rig_input_add(it->input, 0, cases[i].type, cases[i].size - 1);
        memset((uint8_t *)event + sizeof event->header, 0x41, sizeof *event - sizeof event->header);
        rig_input_add(it->input, 0, cases[i].type, 0);
    }
    rig_block(it, 16, NULL);
    rig_check_number("events that are too short", 0, it->output->count);
    rig_check_number("a value that is too short", before, rig_value(it, IDIOM_PRESET));
}

/* Times that go back or lie outside of the block are moved to where they can be. */
static void test_wrong_times(rig *it) {
    rig_output_clear(it->output);
    uint64_t start = it->now;
    rig_input_midi(it->input, 10, 0x90, 60, 100);
    rig_input_midi(it->input, 4, 0x90, 61, 100);
    rig_input_midi(it->input, 12, 0x80, 60, 64);
    rig_input_midi(it->input, 16, 0x90, 62, 100);
    rig_input_midi(it->input, UINT32_MAX, 0x80, 62, 64);
    rig_input_midi(it->input, 0, 0x80, 61, 64);
    rig_block(it, 16, NULL);
    rig_check_number("events at wrong times", 6, it->output->count);
    rig_check_midi("in order", it, 0, start + 10, 0x90, 60, 100);
    rig_check_midi("too early", it, 1, start + 10, 0x90, 61, 100);
    rig_check_midi("in order again", it, 2, start + 12, 0x80, 60, 64);
    rig_check_midi("at the end", it, 3, start + 15, 0x90, 62, 100);
    rig_check_midi("far too late", it, 4, start + 15, 0x80, 62, 64);
    rig_check_midi("far too early", it, 5, start + 15, 0x80, 61, 64);
}

static void test_gaps(rig *it) {
    rig_output_clear(it->output);
    it->input->has_gaps = true;
    rig_input_midi(it->input, 1, 0x90, 60, 100);
    rig_input_midi(it->input, 1, 0x90, 61, 100);
    rig_input_midi(it->input, 1, 0x80, 60, 64);
    rig_block(it, 16, NULL);
    rig_check_number("events beside gaps", 2, it->output->count);
}

/* Bytes that are no message, ports that are not there, notes that are none. */
static void test_wrong_messages(rig *it) {
    rig_output_clear(it->output);
    rig_input_midi(it->input, 0, 0x40, 60, 100);
    rig_input_midi(it->input, 0, 0x90, 0x80, 100);
    rig_input_midi(it->input, 0, 0x90, 60, 0xFF);
    rig_input_midi(it->input, 0, 0xF0, 1, 2);
    rig_input_midi(it->input, 0, 0xF7, 0, 0);
    rig_input_midi(it->input, 0, 0xF4, 0, 0);
    rig_input_midi(it->input, 0, 0x80, 60, 64); /* nothing sounds */
    rig_input_midi(it->input, 0, 0x90, 60, 100);
    it->input->events[it->input->count - 1].midi.port_index = 1;
    rig_input_note(it->input, 0, CLAP_EVENT_NOTE_ON, 0, 60, -1, 1);
    it->input->events[it->input->count - 1].note.port_index = 1;
    rig_input_note(it->input, 0, CLAP_EVENT_NOTE_ON, -1, 60, -1, 1);
    rig_input_note(it->input, 0, CLAP_EVENT_NOTE_ON, 0, -1, -1, 1);
    rig_input_note(it->input, 0, CLAP_EVENT_NOTE_ON, 16, 60, -1, 1);
    rig_input_note(it->input, 0, CLAP_EVENT_NOTE_ON, 0, 128, -1, 1);
    rig_input_note(it->input, 0, CLAP_EVENT_NOTE_OFF, 99, 999, -1, 1);
    rig_block(it, 16, NULL);
    rig_check_number("messages that are none", 0, it->output->count);
    rig_input_note(it->input, 0, CLAP_EVENT_NOTE_ON, 0, 60, -1, NAN);
    rig_input_note(it->input, 0, CLAP_EVENT_NOTE_OFF, 0, 60, -1, NAN);
    rig_block(it, 16, NULL);
    rig_check_midi("a velocity that is no number", it, 0, it->now - 16, 0x90, 60, 1);
    rig_check_midi("and its off", it, 1, it->now - 16, 0x80, 60, 0);
}

/* Blocks without frames or lists. A note of a block without frames comes with the next one. */
static void test_empty_blocks(rig *it) {
    rig_output_clear(it->output);
    rig_check_number("an empty block", CLAP_PROCESS_CONTINUE, rig_block(it, 1, NULL));
    rig_input_midi(it->input, 0, 0x90, 60, 100);
    rig_check_number("a block without frames", CLAP_PROCESS_CONTINUE, rig_block(it, 0, NULL));
    rig_check_number("says nothing", 0, it->output->count);
    rig_input_midi(it->input, 5, 0x80, 60, 64);
    uint64_t start = it->now;
    rig_block(it, 16, NULL);
    rig_check_midi("a note without frames", it, 0, start, 0x90, 60, 100);
    rig_check_midi("and its off", it, 1, start + 5, 0x80, 60, 64);
}

typedef struct {
    const clap_plugin_t *plugin;
    clap_process_status status;
} bare_call;

static void process_without_lists(void *context) {
    bare_call *call = context;
    clap_process_t process = {.steady_time = -1, .frames_count = 64};
    call->status = call->plugin->process(call->plugin, &process);
}

static void test_no_lists(rig *it) {
    bare_call call = {.plugin = it->plugin};
    rig_worker_run(it->worker, process_without_lists, &call);
    rig_check_number("a block without lists", CLAP_PROCESS_CONTINUE, call.status);
}

/* Songs with holes in what is known of them, and with numbers that are none. */
static void test_transports(rig *it) {
    static const double tempos[] = {120, 0, -5, 1e300};
    static const double places[] = {0, -100, 1e9, 0.3};
    rig_output_clear(it->output);
    uint32_t sent = 0;
    for (uint32_t flags = 0; flags < 256; flags++) {
        clap_event_transport_t transport = rig_transport(places[flags % 4], tempos[flags / 4 % 4], true);
        transport.flags = flags;
        transport.tempo = flags % 16 == 15 ? NAN : transport.tempo;
        clap_event_transport_t other = rig_transport(flags, 60 + flags, flags % 2 == 0);
        rig_input_midi(it->input, 0, 0x90, (uint8_t)(flags % 128), 100);
        rig_input_transport(it->input, 5, &other);
        rig_input_midi(it->input, 7, 0x80, (uint8_t)(flags % 128), 64);
        rig_input_transport(it->input, 9, &transport);
        rig_block(it, 16, flags % 5 == 0 ? NULL : &transport);
        sent += 2;
        rig_check_midi("an on while the song jumps", it, sent - 2, it->now - 16, 0x90, (uint8_t)(flags % 128), 100);
        rig_check_midi("an off while the song jumps", it, sent - 1, it->now - 9, 0x80, (uint8_t)(flags % 128), 64);
    }
    rig_check_number("messages while the song jumps", sent, it->output->count);
}

/* Anything in any order: only that it lives, and that all notes end. */
static void test_noise(rig *it) {
    rig_random random = {4711};
    static const uint8_t sysex[] = {0xF0, 1, 2, 3, 0xF7};
    rig_output_clear(it->output);
    for (uint32_t block = 0; block < 600; block++) {
        for (uint32_t i = 0; i < 40; i++) {
            uint32_t sizes = sizeof(rig_event);
            rig_event *event =
                    rig_input_add(it->input, rig_random_below(&random, 80), (uint16_t)rig_random_below(&random, 15), sizes);
            for (size_t at = sizeof event->header; at < sizeof *event; at++) {
                ((uint8_t *)event)[at] = (uint8_t)rig_random_below(&random, 256);
            }
            event->header.space_id = (uint16_t)(rig_random_below(&random, 20) == 0);
            if (event->header.type == CLAP_EVENT_MIDI_SYSEX) {
                event->sysex.buffer = sysex;
                event->sysex.size = rig_random_below(&random, sizeof sysex + 1);
            }
            if (event->header.type == CLAP_EVENT_PARAM_VALUE) {
                event->value.param_id %= 16;
            }
            if (event->header.type == CLAP_EVENT_PARAM_MOD) {
                event->mod.param_id %= 16;
                event->mod.cookie = NULL;
                event->mod.note_id = -1;
                event->mod.port_index = event->mod.channel = event->mod.key = -1;
            }
        }
        it->output->room = rig_random_below(&random, 50);
        rig_block(it, 1 + rig_random_below(&random, 64), NULL);
        if (it->output->count > RIG_MESSAGES / 2) {
            rig_output_clear(it->output);
        }
    }
    rig_reset(it);
    it->output->room = UINT32_MAX;
    rig_block(it, 64, NULL);
    for (uint32_t i = 0; i < 4; i++) {
        /* Back to where a song is not delayed. */
        static const clap_id parameters[] = {IDIOM_COMPENSATE, IDIOM_BYPASS, IDIOM_PRESET, IDIOM_MODE};
        rig_input_value(it->input, 0, parameters[i], 0);
    }
    rig_block(it, 64, NULL);
    rig_output_clear(it->output);
    for (uint8_t key = 0; key < 128; key++) {
        rig_input_midi(it->input, 0, 0x80, key, 64);
    }
    rig_block(it, 64, NULL);
    rig_check_number("nothing sounds after noise and a reset", 0, it->output->count);
}

void test_odd(const rig_library *library) {
    rig *it = rig_open(library);
    rig_start(it, 48000, 64);
    test_unknown_events(it);
    test_short_events(it);
    test_wrong_times(it);
    test_gaps(it);
    test_wrong_messages(it);
    test_empty_blocks(it);
    test_no_lists(it);
    test_transports(it);
    test_noise(it);
    rig_stop(it);
    rig_close(it);
}
