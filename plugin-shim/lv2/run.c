/*
 * What happens in a block: no allocation, no lock, no system call.
 */
#include <math.h>
#include <stddef.h>

#include "atoms.h"
#include "instance.h"
#include "ports.h"

static void output_begin(idiom_lv2 *self, LV2_Atom_Forge_Frame *sequence) {
    self->sent = 0;
    self->has_output = false;
    if (self->out == NULL) {
        return;
    }
    lv2_atom_forge_set_buffer(&self->forge, (uint8_t *)self->out, self->out->atom.size);
    bool is_begun = lv2_atom_forge_sequence_head(&self->forge, sequence, 0) != 0;
    /* Hosts ask for blocks of no frames to learn the latency, and throw away what leaves in them. */
    self->has_output = is_begun && self->frames > 0;
    if (!is_begun) {
        self->out->atom.size = 0;
        self->out->atom.type = 0;
    }
}

/* An idiom_sink. */
static bool output_message(void *context, uint32_t offset, const uint8_t *bytes, uint32_t length) {
    idiom_lv2 *self = context;
    if (!self->has_output) {
        return false;
    }
    LV2_Atom_Forge *forge = &self->forge;
    size_t needed = sizeof(LV2_Atom_Event) + ((size_t)length + 7) / 8 * 8;
    if (needed > forge->size - forge->offset) {
        /* A SysEx that is longer than the whole buffer would hold up all that follows for ever: it is left out. */
        return length > 3 && needed > forge->size - sizeof(LV2_Atom_Sequence);
    }
    uint32_t last = self->frames - 1;
    uint32_t frame = offset < last ? offset : last;
    self->sent = frame > self->sent ? frame : self->sent;
    lv2_atom_forge_frame_time(forge, self->sent);
    lv2_atom_forge_atom(forge, length, self->uris.midi_event);
    lv2_atom_forge_write(forge, bytes, length);
    return true;
}

/* The ports have the last word, the first block tells them all; but a preset that a state named is not put aside. */
static void tell_parameters(idiom_lv2 *self) {
    for (uint32_t i = 0; i < IDIOM_PARAMETERS; i++) {
        float value = self->parameters[i] == NULL ? self->told[i] : *self->parameters[i];
        if (!isfinite(value) || value == self->told[i]) {
            continue;
        }
        self->told[i] = value;
        if (!(self->is_restored && i == IDIOM_PRESET)) {
            idiom_process_parameter(self->core, 0, i, i == IDIOM_BYPASS ? value <= 0 : (double)value);
        }
    }
    self->is_restored = false;
}

static idiom_transport transport_now(const idiom_lv2 *self) {
    return idiom_position_transport(&self->position, self->freewheeling != NULL && *self->freewheeling > 0);
}

/* What the host says of the first frame holds for the block from its beginning on. */
static void hear_first_positions(idiom_lv2 *self) {
    idiom_atoms events = idiom_atoms_events(self->in, &self->uris);
    const LV2_Atom_Event *event;
    while ((event = idiom_atoms_next_event(&events)) != NULL && event->time.frames <= 0) {
        idiom_position_hear(&self->position, &event->body, &self->uris);
    }
}

static void tell_event(idiom_lv2 *self, const LV2_Atom_Event *event) {
    int64_t last = self->frames > 0 ? self->frames - 1 : 0;
    int64_t frame = event->time.frames < last ? event->time.frames : last;
    if (frame > self->heard) {
        idiom_position_advance(&self->position, (uint32_t)frame - self->heard);
        self->heard = (uint32_t)frame;
    }
    if (event->body.type == self->uris.midi_event) {
        idiom_process_midi(self->core, self->heard, (const uint8_t *)(event + 1), event->body.size);
    } else if (event->time.frames > 0 && idiom_position_hear(&self->position, &event->body, &self->uris)) {
        idiom_transport transport = transport_now(self);
        idiom_process_transport(self->core, self->heard, &transport);
    }
}

static void output_figure(float *port, double figure) {
    if (port != NULL) {
        *port = (float)figure;
    }
}

static void output_count(float *port, uint64_t count) {
    output_figure(port, count < IDIOM_PORT_MOST ? (double)count : IDIOM_PORT_MOST);
}

#ifdef IDIOM_RT_GUARD
/* Of test/rt_guard.c, as in core/process.c; around what is not the core's, too. */
void idiom_rt_enter(void) __attribute__((weak));
void idiom_rt_leave(void) __attribute__((weak));
#endif

void idiom_lv2_run(LV2_Handle instance, uint32_t frames) {
    idiom_lv2 *self = instance;
#ifdef IDIOM_RT_GUARD
    bool is_watched = idiom_rt_enter != NULL && idiom_rt_leave != NULL
                      && !(self->freewheeling != NULL && *self->freewheeling > 0);
    if (is_watched) {
        idiom_rt_enter();
    }
#endif
    self->frames = frames;
    self->heard = 0;
    LV2_Atom_Forge_Frame sequence;
    output_begin(self, &sequence);
    hear_first_positions(self);
    idiom_transport transport = transport_now(self);
    idiom_process_begin(self->core, frames, &transport, output_message, self);
    tell_parameters(self);
    idiom_atoms events = idiom_atoms_events(self->in, &self->uris);
    const LV2_Atom_Event *event;
    while ((event = idiom_atoms_next_event(&events)) != NULL) {
        tell_event(self, event);
    }
    idiom_process_end(self->core);
    idiom_position_advance(&self->position, frames - self->heard);
    output_figure(self->latency, idiom_core_latency(self->core));
    output_figure(self->status, idiom_core_status(self->core));
    output_figure(self->playing, idiom_core_program(self->core));
    output_count(self->late, idiom_core_late(self->core));
    output_count(self->dropped, idiom_core_dropped(self->core));
#ifdef IDIOM_RT_GUARD
    if (is_watched) {
        idiom_rt_leave();
    }
#endif
}
