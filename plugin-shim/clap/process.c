/* The audio thread: no allocation, no lock, no call to the system. */
#include <math.h>
#include <string.h>

#include "plugin.h"

/* So long must a latency stay as it is before the host is asked to restart the plugin. */
static const double SETTLED_SECONDS = 0.5;

/* Where messages of a block go. */
typedef struct {
    const idiom_clap *self;
    const clap_output_events_t *out;
    uint32_t frames; /* of the block */
} block_output;

bool idiom_clap_start_processing(const clap_plugin_t *plugin) {
    idiom_clap *self = idiom_clap_of(plugin);
    if (!idiom_clap_is_audio(self)) {
        return false;
    }
    if (self->has_stopped) {
        self->has_stopped = false;
        idiom_clap_reset(plugin);
    }
    return true;
}

void idiom_clap_stop_processing(const clap_plugin_t *plugin) {
    idiom_clap *self = idiom_clap_of(plugin);
    if (idiom_clap_is_audio(self)) {
        self->has_stopped = true;
    }
}

void idiom_clap_reset(const clap_plugin_t *plugin) {
    idiom_clap *self = idiom_clap_of(plugin);
    if (idiom_clap_is_audio(self)) {
        memset(&self->held, 0, sizeof self->held);
        idiom_core_reset(self->core);
    }
}

static bool send(void *context, uint32_t offset, const uint8_t *bytes, uint32_t length) {
    const block_output *output = context;
    /* A block without frames has no time at which anything could leave. */
    return offset < output->frames && idiom_clap_push_message(output->self, output->out, offset, bytes, length);
}

/* Ends the notes of a core that was closed because the rate changed; false if there was no room for all. */
static bool send_farewell(idiom_clap *self, block_output *output) {
    while (self->farewell_sent < self->farewell_count) {
        if (!send(output, 0, self->farewell[self->farewell_sent], sizeof self->farewell[0])) {
            return false;
        }
        self->farewell_sent++;
    }
    return true;
}

/* As `send`, but after the farewell. */
static bool send_after_farewell(void *context, uint32_t offset, const uint8_t *bytes, uint32_t length) {
    const block_output *output = context;
    return output->self->farewell_sent == output->self->farewell_count && send(context, offset, bytes, length);
}

/* CLAP's beats are quarter notes, the core's steps 16ths. */
static idiom_transport read_transport(const idiom_clap *self, const clap_event_transport_t *event) {
    static const uint32_t needed = CLAP_TRANSPORT_HAS_TEMPO | CLAP_TRANSPORT_HAS_BEATS_TIMELINE;
    idiom_transport transport = {.freewheeling = atomic_load_explicit(&self->is_offline, memory_order_relaxed)};
    if (event != NULL && (event->flags & needed) == needed && isfinite(event->tempo) && event->tempo > 0) {
        transport.known = true;
        transport.rolling = (event->flags & CLAP_TRANSPORT_IS_PLAYING) != 0;
        transport.step = (double)event->song_pos_beats / (double)CLAP_BEATTIME_FACTOR * 4;
        transport.steps_per_second = event->tempo / 60 * 4;
    }
    return transport;
}

/* Whether an event is one of those that are played, and as long as its type says. */
static bool is_whole(const clap_event_header_t *header) {
    static const uint32_t sizes[] = {
            [CLAP_EVENT_NOTE_ON] = sizeof(clap_event_note_t),
            [CLAP_EVENT_NOTE_OFF] = sizeof(clap_event_note_t),
            [CLAP_EVENT_NOTE_CHOKE] = sizeof(clap_event_note_t),
            [CLAP_EVENT_NOTE_END] = sizeof(clap_event_note_t),
            [CLAP_EVENT_PARAM_VALUE] = sizeof(clap_event_param_value_t),
            [CLAP_EVENT_PARAM_MOD] = sizeof(clap_event_param_mod_t),
            [CLAP_EVENT_TRANSPORT] = sizeof(clap_event_transport_t),
            [CLAP_EVENT_MIDI] = sizeof(clap_event_midi_t),
            [CLAP_EVENT_MIDI_SYSEX] = sizeof(clap_event_midi_sysex_t),
    };
    return header->space_id == CLAP_CORE_EVENT_SPACE_ID && header->type < sizeof sizes / sizeof sizes[0]
            && sizes[header->type] != 0 && header->size >= sizes[header->type];
}

static void play_sysex(idiom_clap *self, uint32_t offset, const clap_event_midi_sysex_t *event) {
    if (event->port_index == 0 && event->buffer != NULL) {
        idiom_process_midi(self->core, offset, event->buffer, event->size);
    }
}

static void set_parameter(idiom_clap *self, uint32_t offset, const clap_event_header_t *header) {
    uint32_t parameter;
    double value;
    if (idiom_clap_read_value(header, &parameter, &value)) {
        idiom_process_parameter(self->core, offset, parameter, value);
        idiom_clap_host_has_set(self, parameter, value);
    }
}

static void modulate(idiom_clap *self, uint32_t offset, const clap_event_header_t *header) {
    uint32_t parameter;
    double amount;
    if (idiom_clap_read_modulation(header, &parameter, &amount)) {
        idiom_process_modulation(self->core, offset, parameter, amount);
    }
}

static void move_song(idiom_clap *self, uint32_t offset, const clap_event_header_t *header) {
    idiom_transport transport = read_transport(self, (const clap_event_transport_t *)header);
    self->is_rolling = transport.rolling;
    idiom_process_transport(self->core, offset, &transport);
}

static void play(idiom_clap *self, uint32_t offset, const clap_event_header_t *header) {
    switch (header->type) {
        case CLAP_EVENT_PARAM_VALUE:
            set_parameter(self, offset, header);
            break;
        case CLAP_EVENT_PARAM_MOD:
            modulate(self, offset, header);
            break;
        case CLAP_EVENT_TRANSPORT:
            move_song(self, offset, header);
            break;
        case CLAP_EVENT_MIDI:
            idiom_clap_play_midi(self, offset, (const clap_event_midi_t *)header);
            break;
        case CLAP_EVENT_MIDI_SYSEX:
            play_sysex(self, offset, (const clap_event_midi_sysex_t *)header);
            break;
        default:
            idiom_clap_play_note(self, offset, (const clap_event_note_t *)header);
            break;
    }
}

/* Plays what comes in. Events that lie outside of the block or before their predecessor are moved to the nearest place. */
static void play_all(idiom_clap *self, const clap_input_events_t *in, uint32_t frames) {
    uint32_t count = in == NULL ? 0 : in->size(in);
    uint32_t last = frames == 0 ? 0 : frames - 1;
    uint32_t offset = 0;
    for (uint32_t i = 0; i < count; i++) {
        const clap_event_header_t *header = in->get(in, i);
        if (header != NULL && is_whole(header)) {
            uint32_t time = header->time < last ? header->time : last;
            offset = time > offset ? time : offset;
            play(self, offset, header);
        }
    }
}

/* Has the main thread look when the engine comes or goes. */
static void watch_status(idiom_clap *self) {
    idiom_status status = idiom_core_status(self->core);
    if (status != self->seen_status) {
        self->seen_status = status;
        self->host->request_callback(self->host);
    }
}

/*
 * Asks once for a restart when the latency has become another: it must not change without one. A new tempo has to wait until
 * the song stands, since a restart is heard; compensation that was switched on or off has not.
 */
static void watch_latency(idiom_clap *self, uint32_t frames) {
    uint32_t latency = idiom_core_latency(self->core);
    if (latency != self->seen_latency) {
        self->seen_latency = latency;
        self->settled_seconds = 0;
        self->has_asked = false;
        return;
    }
    self->settled_seconds += frames / self->rate;
    bool is_due = latency != self->latency && !self->has_asked && self->settled_seconds >= SETTLED_SECONDS;
    bool may_cut = !self->is_rolling || latency == 0 || self->latency == 0;
    if (is_due && may_cut && !atomic_load_explicit(&self->is_offline, memory_order_relaxed)) {
        self->has_asked = true;
        atomic_store(&self->wants_restart, true);
        self->host->request_callback(self->host);
    }
}

clap_process_status idiom_clap_process(const clap_plugin_t *plugin, const clap_process_t *process) {
    idiom_clap *self = idiom_clap_of(plugin);
    if (!idiom_clap_is_audio(self)) {
        return CLAP_PROCESS_ERROR;
    }
    uint32_t frames = process->frames_count;
    idiom_transport transport = read_transport(self, process->transport);
    self->is_rolling = transport.rolling;
    block_output output = {self, process->out_events, frames};
    send_farewell(self, &output);
    idiom_process_begin(self->core, frames, &transport, send_after_farewell, &output);
    play_all(self, process->in_events, frames);
    idiom_process_end(self->core);
    if (frames > 0) {
        idiom_clap_push_values(self, process->out_events, frames - 1);
    }
    watch_status(self);
    watch_latency(self, frames);
    /* Answers come long after what was played, and the engine may come at any time: sleep would miss both. */
    return CLAP_PROCESS_CONTINUE;
}
