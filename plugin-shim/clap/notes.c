/* Notes in CLAP's two dialects, and the MIDI messages that the core knows. All of it is [audio]. */
#include <math.h>
#include <string.h>

#include "plugin.h"

enum { NOTE_OFF = 0x80, NOTE_ON = 0x90, CONTROL = 0xB0, PROGRAM = 0xC0, BEND = 0xE0, SYSEX = 0xF0 };
enum { ALL_SOUND_OFF = 120, ALL_NOTES_OFF = 123, RELEASE_VELOCITY = 64, MOST_HELD = 255 };

static void hold(idiom_clap_held *held, uint8_t channel, uint8_t key, int32_t note_id) {
    if (held->count[channel][key] < MOST_HELD) {
        held->count[channel][key]++;
    }
    held->note_id[channel][key] = note_id;
}

static void let_go(idiom_clap_held *held, uint8_t channel, uint8_t key) {
    if (held->count[channel][key] > 0) {
        held->count[channel][key]--;
    }
}

static uint8_t velocity_of(double velocity, uint8_t least) {
    long value = lround(fmin(fmax(velocity, 0), 1) * 127); /* fmax takes 0 for what is no number */
    return (uint8_t)(value < least ? least : value);
}

static void play_on(idiom_clap *self, uint32_t offset, const clap_event_note_t *event) {
    if (event->channel < 0 || event->channel >= IDIOM_CLAP_CHANNELS || event->key < 0 || event->key >= IDIOM_CLAP_KEYS) {
        return;
    }
    uint8_t channel = (uint8_t)event->channel;
    uint8_t key = (uint8_t)event->key;
    uint8_t message[3] = {(uint8_t)(NOTE_ON | channel), key, velocity_of(event->velocity, 1)};
    hold(&self->held, channel, key, event->note_id);
    idiom_process_midi(self->core, offset, message, sizeof message);
}

static void play_off(idiom_clap *self, uint32_t offset, uint8_t channel, uint8_t key, uint8_t velocity, uint32_t times) {
    uint8_t message[3] = {(uint8_t)(NOTE_OFF | channel), key, velocity};
    for (uint32_t i = 0; i < times; i++) {
        let_go(&self->held, channel, key);
        idiom_process_midi(self->core, offset, message, sizeof message);
    }
}

/*
 * How many offs a key gets. An address of channel and key is taken at its word; "any" means what is held, and with a note's
 * name only that note. An end comes from plugins and should not be here: it is obeyed where something is held.
 */
static uint32_t offs_for(const idiom_clap_held *held, const clap_event_note_t *event, uint8_t channel, uint8_t key) {
    uint32_t count = held->count[channel][key];
    bool is_exact = event->channel >= 0 && event->key >= 0;
    if (is_exact) {
        uint32_t wanted = event->header.type == CLAP_EVENT_NOTE_CHOKE && count > 1 ? count : 1;
        return event->header.type == CLAP_EVENT_NOTE_END && count == 0 ? 0 : wanted;
    }
    bool is_named = event->note_id >= 0;
    if (is_named && held->note_id[channel][key] != event->note_id) {
        return 0;
    }
    return is_named && count > 1 ? 1 : count;
}

static void play_offs(idiom_clap *self, uint32_t offset, const clap_event_note_t *event) {
    uint8_t velocity =
            event->header.type == CLAP_EVENT_NOTE_OFF ? velocity_of(event->velocity, 0) : (uint8_t)RELEASE_VELOCITY;
    for (uint8_t channel = 0; channel < IDIOM_CLAP_CHANNELS; channel++) {
        bool is_channel = event->channel < 0 || event->channel == channel;
        for (uint8_t key = 0; is_channel && key < IDIOM_CLAP_KEYS; key++) {
            if (event->key < 0 || event->key == key) {
                play_off(self, offset, channel, key, velocity, offs_for(&self->held, event, channel, key));
            }
        }
    }
}

void idiom_clap_play_note(idiom_clap *self, uint32_t offset, const clap_event_note_t *event) {
    if (event->port_index > 0) {
        return;
    }
    if (event->header.type == CLAP_EVENT_NOTE_ON) {
        play_on(self, offset, event);
    } else {
        play_offs(self, offset, event);
    }
}

/* Bytes of a message by its first; 0 if it is none that an event of three bytes can hold. */
static uint32_t length_of(uint8_t status) {
    static const uint8_t of_system[16] = {0, 2, 3, 2, 0, 0, 1, 0, 1, 0, 1, 1, 1, 0, 1, 1};
    if (status < NOTE_OFF) {
        return 0;
    }
    if (status >= SYSEX) {
        return of_system[status & 0x0F];
    }
    return status >= PROGRAM && status < BEND ? 2 : 3;
}

/* Keeps `held` up to date with MIDI notes, which an "off" of CLAP for all notes means as well. */
static void follow(idiom_clap_held *held, const uint8_t *bytes) {
    uint8_t channel = bytes[0] & 0x0F;
    uint8_t first = bytes[1] & 0x7F;
    switch (bytes[0] & 0xF0) {
        case NOTE_ON:
            if (bytes[2] > 0) {
                hold(held, channel, first, -1);
            } else {
                let_go(held, channel, first);
            }
            break;
        case NOTE_OFF:
            let_go(held, channel, first);
            break;
        case CONTROL:
            if (first == ALL_SOUND_OFF || first >= ALL_NOTES_OFF) {
                memset(held->count[channel], 0, sizeof held->count[channel]);
            }
            break;
        default:
            break;
    }
}

void idiom_clap_play_midi(idiom_clap *self, uint32_t offset, const clap_event_midi_t *event) {
    uint32_t length = length_of(event->data[0]);
    if (event->port_index == 0 && length > 0) {
        follow(&self->held, event->data);
        idiom_process_midi(self->core, offset, event->data, length);
    }
}

static clap_event_header_t header_of(uint32_t size, uint16_t type, uint32_t offset) {
    return (clap_event_header_t){size, offset, CLAP_CORE_EVENT_SPACE_ID, type, 0};
}

static bool push_sysex(const clap_output_events_t *out, uint32_t offset, const uint8_t *bytes, uint32_t length) {
    clap_event_midi_sysex_t event = {
            .header = header_of(sizeof event, CLAP_EVENT_MIDI_SYSEX, offset), .buffer = bytes, .size = length};
    return out->try_push(out, &event.header);
}

static bool push_midi(const clap_output_events_t *out, uint32_t offset, const uint8_t *bytes, uint32_t length) {
    clap_event_midi_t event = {.header = header_of(sizeof event, CLAP_EVENT_MIDI, offset)};
    memcpy(event.data, bytes, length < sizeof event.data ? length : sizeof event.data);
    return out->try_push(out, &event.header);
}

static bool push_note(const clap_output_events_t *out, uint32_t offset, const uint8_t *bytes) {
    bool is_on = (bytes[0] & 0xF0) == NOTE_ON && bytes[2] > 0;
    clap_event_note_t event = {
            .header = header_of(sizeof event, is_on ? CLAP_EVENT_NOTE_ON : CLAP_EVENT_NOTE_OFF, offset),
            .note_id = -1,
            .channel = bytes[0] & 0x0F,
            .key = bytes[1],
            .velocity = bytes[2] / 127.0,
    };
    return out->try_push(out, &event.header);
}

bool idiom_clap_push_message(
        const idiom_clap *self, const clap_output_events_t *out, uint32_t offset, const uint8_t *bytes, uint32_t length) {
    if (out == NULL || length == 0) {
        return true;
    }
    if (bytes[0] == SYSEX) {
        return push_sysex(out, offset, bytes, length);
    }
    bool is_note = length == 3 && (bytes[0] & 0xE0) == NOTE_OFF;
    return is_note && !self->speaks_midi ? push_note(out, offset, bytes) : push_midi(out, offset, bytes, length);
}
