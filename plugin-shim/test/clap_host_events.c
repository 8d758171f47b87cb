/* Lists of events, and looking at what came out. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "clap_host.h"

static uint32_t size_of(const clap_input_events_t *list) {
    return ((const rig_input *)list->ctx)->count;
}

static const clap_event_header_t *get(const clap_input_events_t *list, uint32_t index) {
    const rig_input *input = list->ctx;
    bool is_gap = index >= input->count || (input->has_gaps && index % 2 == 1);
    return is_gap ? NULL : &input->events[index].header;
}

void rig_input_clear(rig_input *input) {
    input->list = (clap_input_events_t){input, size_of, get};
    input->count = 0;
    input->has_gaps = false;
}

rig_event *rig_input_add(rig_input *input, uint32_t time, uint16_t type, size_t size) {
    if (input->count == RIG_EVENTS) {
        abort();
    }
    rig_event *event = &input->events[input->count++];
    memset(event, 0, sizeof *event);
    event->header = (clap_event_header_t){(uint32_t)size, time, CLAP_CORE_EVENT_SPACE_ID, type, 0};
    return event;
}

void rig_input_note(rig_input *input, uint32_t time, uint16_t type, int channel, int key, int32_t id, double velocity) {
    clap_event_note_t *note = &rig_input_add(input, time, type, sizeof *note)->note;
    note->note_id = id;
    note->channel = (int16_t)channel;
    note->key = (int16_t)key;
    note->velocity = velocity;
}

void rig_input_midi(rig_input *input, uint32_t time, uint8_t first, uint8_t second, uint8_t third) {
    clap_event_midi_t *midi = &rig_input_add(input, time, CLAP_EVENT_MIDI, sizeof *midi)->midi;
    midi->data[0] = first;
    midi->data[1] = second;
    midi->data[2] = third;
}

void rig_input_sysex(rig_input *input, uint32_t time, const uint8_t *bytes, uint32_t length) {
    clap_event_midi_sysex_t *sysex = &rig_input_add(input, time, CLAP_EVENT_MIDI_SYSEX, sizeof *sysex)->sysex;
    sysex->buffer = bytes;
    sysex->size = length;
}

void rig_input_value(rig_input *input, uint32_t time, clap_id parameter, double value) {
    clap_event_param_value_t *event = &rig_input_add(input, time, CLAP_EVENT_PARAM_VALUE, sizeof *event)->value;
    event->param_id = parameter;
    event->note_id = -1;
    event->port_index = -1;
    event->channel = -1;
    event->key = -1;
    event->value = value;
}

void rig_input_mod(rig_input *input, uint32_t time, clap_id parameter, double amount) {
    clap_event_param_mod_t *event = &rig_input_add(input, time, CLAP_EVENT_PARAM_MOD, sizeof *event)->mod;
    event->param_id = parameter;
    event->note_id = -1;
    event->port_index = -1;
    event->channel = -1;
    event->key = -1;
    event->amount = amount;
}

void rig_input_transport(rig_input *input, uint32_t time, const clap_event_transport_t *transport) {
    rig_event *event = rig_input_add(input, time, CLAP_EVENT_TRANSPORT, sizeof *transport);
    clap_event_header_t header = event->header;
    event->transport = *transport;
    event->header = header;
}

clap_event_transport_t rig_transport(double beats, double tempo, bool plays) {
    clap_event_transport_t transport = {
            .header = {sizeof transport, 0, CLAP_CORE_EVENT_SPACE_ID, CLAP_EVENT_TRANSPORT, 0},
            .flags = CLAP_TRANSPORT_HAS_TEMPO | CLAP_TRANSPORT_HAS_BEATS_TIMELINE | CLAP_TRANSPORT_HAS_TIME_SIGNATURE,
            .song_pos_beats = (int64_t)llround(beats * (double)CLAP_BEATTIME_FACTOR),
            .tempo = tempo,
            .tsig_num = 4,
            .tsig_denom = 4,
    };
    if (plays) {
        transport.flags |= CLAP_TRANSPORT_IS_PLAYING;
    }
    return transport;
}

/* Whether an event is what a plugin may push now. */
static bool is_right(const rig_output *output, const clap_event_header_t *event) {
    uint32_t size = event->type == CLAP_EVENT_MIDI         ? sizeof(clap_event_midi_t)
                    : event->type == CLAP_EVENT_MIDI_SYSEX ? sizeof(clap_event_midi_sysex_t)
                    : event->type <= CLAP_EVENT_NOTE_OFF   ? sizeof(clap_event_note_t)
                    : event->type == CLAP_EVENT_PARAM_VALUE ? sizeof(clap_event_param_value_t)
                                                            : 0;
    return event->space_id == CLAP_CORE_EVENT_SPACE_ID && event->size == size && event->time >= output->last_time
           && event->time < output->frames;
}

static void keep_sysex(rig_output *output, rig_message *message, const clap_event_midi_sysex_t *event) {
    if (event->size > RIG_LONG_BYTES - output->long_bytes) {
        abort();
    }
    memcpy(output->longer + output->long_bytes, event->buffer, event->size);
    message->bytes = output->longer + output->long_bytes;
    message->length = event->size;
    output->long_bytes += event->size;
}

static void keep(rig_output *output, rig_message *message, const clap_event_header_t *event) {
    switch (event->type) {
        case CLAP_EVENT_MIDI:
            memcpy(message->shorter, ((const clap_event_midi_t *)event)->data, sizeof message->shorter);
            message->bytes = message->shorter;
            message->length = sizeof message->shorter;
            output->wrong += ((const clap_event_midi_t *)event)->port_index != 0;
            break;
        case CLAP_EVENT_MIDI_SYSEX:
            keep_sysex(output, message, (const clap_event_midi_sysex_t *)event);
            break;
        case CLAP_EVENT_PARAM_VALUE:
            message->value = *(const clap_event_param_value_t *)event;
            break;
        default:
            message->note = *(const clap_event_note_t *)event;
            break;
    }
}

static bool try_push(const clap_output_events_t *list, const clap_event_header_t *event) {
    rig_output *output = list->ctx;
    if (output->taken >= output->room) {
        output->refused++;
        return false;
    }
    if (output->count == RIG_MESSAGES) {
        abort();
    }
    if (!is_right(output, event)) {
        output->wrong++;
        return true;
    }
    output->taken++;
    output->last_time = event->time;
    rig_message *message = &output->messages[output->count++];
    memset(message, 0, sizeof *message);
    message->frame = output->start + event->time;
    message->time = event->time;
    message->type = event->type;
    message->flags = event->flags;
    keep(output, message, event);
    return true;
}

void rig_output_clear(rig_output *output) {
    output->list = (clap_output_events_t){output, try_push};
    output->room = UINT32_MAX;
    output->count = 0;
    output->refused = 0;
    output->long_bytes = 0;
}

uint32_t rig_count_events(const rig *it, uint16_t type) {
    uint32_t count = 0;
    for (uint32_t i = 0; i < it->output->count; i++) {
        count += it->output->messages[i].type == type;
    }
    return count;
}

uint32_t rig_count_midi(const rig *it, uint32_t first, int status, int data) {
    uint32_t count = 0;
    for (uint32_t i = first; i < it->output->count; i++) {
        const rig_message *message = &it->output->messages[i];
        if (message->type == CLAP_EVENT_MIDI) {
            bool is_status = status < 0 || message->bytes[0] == status;
            count += is_status && (data < 0 || message->bytes[1] == data);
        }
    }
    return count;
}

void rig_check_midi(
        const char *what, const rig *it, uint32_t index, uint64_t frame, uint8_t status, uint8_t second, uint8_t third) {
    char expected[96];
    char actual[96] = "nothing";
    snprintf(expected, sizeof expected, "%02x %02x %02x at %llu", status, second, third, (unsigned long long)frame);
    if (index < it->output->count) {
        const rig_message *message = &it->output->messages[index];
        if (message->type == CLAP_EVENT_MIDI) {
            snprintf(actual, sizeof actual, "%02x %02x %02x at %llu", message->bytes[0], message->bytes[1],
                    message->bytes[2], (unsigned long long)message->frame);
        } else {
            snprintf(actual, sizeof actual, "type %u at %llu", message->type, (unsigned long long)message->frame);
        }
    }
    rig_check_text(what, expected, actual);
}
