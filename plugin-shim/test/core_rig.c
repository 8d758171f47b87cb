#include "core_rig.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core_check.h"
#include "midi.h"

enum { TEXT = 1 << 16 };

static const double SPEED = 8;

static void disorder(rig *self, const char *what, uint32_t offset, const uint8_t *bytes) {
    if (self->disorder[0] == '\0') {
        snprintf(
                self->disorder, sizeof self->disorder, "%s: frame=%lld offset=%u last=%u frames=%u bytes=%02x %02x", what,
                (long long)self->frame, offset, self->offset, self->frames, bytes[0], bytes[1]);
    }
}

static void watch_note(rig *self, uint32_t offset, const uint8_t *bytes, uint32_t length) {
    uint8_t *open = &self->open[bytes[0] & 0x0F][bytes[1]];
    bool ends = idiom_midi_ends_notes(bytes, length);
    if (ends ? *open == 0 : *open == UINT8_MAX) {
        disorder(self, ends ? "an off without an on" : "too many of one note", offset, bytes);
    } else {
        *open = (uint8_t)(ends ? *open - 1 : *open + 1);
    }
}

static void watch(rig *self, uint32_t offset, const uint8_t *bytes, uint32_t length) {
    if (offset < self->offset || offset >= self->frames) {
        disorder(self, "a wrong offset", offset, bytes);
    }
    self->offset = offset;
    if (!idiom_midi_is_whole(bytes, length)) {
        disorder(self, "no whole message", offset, bytes);
    } else if (idiom_midi_is_note(bytes, length)) {
        watch_note(self, offset, bytes, length);
    } else if ((bytes[0] & 0xF0) == IDIOM_CONTROL) {
        uint8_t channel = bytes[0] & 0x0F;
        self->pedals[channel] = bytes[1] == IDIOM_SUSTAIN ? bytes[2] : self->pedals[channel];
        if (bytes[1] == IDIOM_ALL_SOUND_OFF || bytes[1] >= IDIOM_ALL_NOTES_OFF) {
            memset(self->open[channel], 0, sizeof self->open[channel]);
        }
    }
}

/* An idiom_sink. */
static bool take(void *context, uint32_t offset, const uint8_t *bytes, uint32_t length) {
    rig *self = context;
    if (self->taken >= self->room || length > self->most_bytes || self->frames == 0) {
        return false;
    }
    self->taken++;
    watch(self, offset, bytes, length);
    if (self->count < RIG_MESSAGES) {
        rig_message *message = &self->messages[self->count++];
        message->frame = self->frame + offset;
        message->length = length;
        memcpy(message->bytes, bytes, length < RIG_BYTES ? length : RIG_BYTES);
    }
    return true;
}

rig *rig_open(void) {
    rig *self = calloc(1, sizeof *self);
    idiom_core *core = idiom_core_open(RIG_RATE, 256, "test");
    if (self == NULL || core == NULL) {
        fputs("no memory\n", stderr);
        exit(2);
    }
    self->core = core;
    self->transport.steps_per_second = SPEED;
    self->room = UINT32_MAX;
    self->most_bytes = UINT32_MAX;
    bool is_open = fake_engine_open(&self->engine, core->shared.path);
    check(is_open, "an instance shares a file: %s", idiom_core_problem(core));
    return self;
}

rig *rig_open_playing(void) {
    rig *self = rig_open();
    rig_offer(self, 7);
    rig_run(self, 64);
    check(fake_engine_is_accepted(&self->engine), "an engine is accepted");
    check(idiom_core_status(self->core) == IDIOM_PLAYING, "status=%d", (int)idiom_core_status(self->core));
    rig_forget_left(self);
    rig_forget_told(self);
    return self;
}

void rig_close(rig *self, const char *of) {
    check(self->disorder[0] == '\0', "%s: %s", of, self->disorder);
    fake_engine_close(&self->engine);
    idiom_core_close(self->core);
    free(self);
}

void rig_offer(rig *self, uint64_t epoch) {
    self->is_alive = true;
    fake_engine_offer(&self->engine, epoch);
    fake_engine_state(&self->engine, IDIOM_ENGINE_READY);
}

void rig_kill_engine(rig *self) {
    self->is_alive = false;
    fake_engine_beat_at(&self->engine, idiom_monotonic_ns() - INT64_C(3000000000));
}

void rig_begin(rig *self, uint32_t frames) {
    self->frames = frames;
    self->offset = 0;
    self->taken = 0;
    if (self->is_alive) {
        fake_engine_beat(&self->engine);
    }
    idiom_process_begin(self->core, frames, &self->transport, take, self);
}

void rig_end(rig *self) {
    idiom_process_end(self->core);
    self->frame += self->frames;
    if (self->transport.rolling) {
        self->transport.step += self->frames * self->transport.steps_per_second / RIG_RATE;
    }
}

void rig_run(rig *self, uint32_t frames) {
    rig_begin(self, frames);
    rig_end(self);
}

void rig_run_to(rig *self, int64_t frame, uint32_t frames) {
    while (self->frame < frame) {
        rig_run(self, frame - self->frame < frames ? (uint32_t)(frame - self->frame) : frames);
    }
}

void rig_play(rig *self, uint32_t offset, uint8_t status, uint8_t first, uint8_t second) {
    const uint8_t bytes[] = {status, first, second};
    idiom_process_midi(self->core, offset, bytes, (status & 0xE0) == 0xC0 ? 2 : 3);
}

static void move(rig *self, uint32_t offset, double step, bool rolls) {
    idiom_transport there = {true, rolls, self->transport.freewheeling, step, SPEED};
    idiom_process_transport(self->core, offset, &there);
    self->transport = there;
    /* rig_end goes on for a whole block. */
    self->transport.step -= rolls ? offset * SPEED / RIG_RATE : 0;
}

void rig_go(rig *self, uint32_t offset, double step) {
    move(self, offset, step, true);
}

void rig_stop(rig *self, uint32_t offset, double step) {
    move(self, offset, step, false);
}

void rig_roll(rig *self, double step) {
    self->transport = (idiom_transport){true, true, self->transport.freewheeling, step, SPEED};
}

void rig_stand(rig *self, double step) {
    self->transport = (idiom_transport){true, false, self->transport.freewheeling, step, SPEED};
}

uint32_t rig_sounding(const rig *self) {
    uint32_t count = 0;
    for (int channel = 0; channel < 16; channel++) {
        count += self->pedals[channel] > 0 ? 1 : 0;
        for (int pitch = 0; pitch < 128; pitch++) {
            count += self->open[channel][pitch];
        }
    }
    return count;
}

void rig_check_left(rig *self, const char *what, const char *expected) {
    static char text[TEXT];
    size_t at = 0;
    text[0] = '\0';
    for (size_t i = 0; i < self->count && at < sizeof text - 64; i++) {
        const rig_message *message = &self->messages[i];
        at += (size_t)snprintf(text + at, sizeof text - at, "%s%lld:", i == 0 ? "" : " ", (long long)message->frame);
        uint32_t kept = message->length < RIG_BYTES ? message->length : RIG_BYTES;
        write_hex(text + at, message->bytes, kept);
        at += 2 * kept;
        if (message->length > kept) {
            at += (size_t)snprintf(text + at, sizeof text - at, "..%u", message->length);
        }
    }
    check_text(what, text, expected);
    rig_forget_left(self);
}

void rig_forget_left(rig *self) {
    self->count = 0;
}

static size_t write_record(const fake_record *record, char *text, size_t room) {
    char hex[2 * RIG_BYTES + 1];
    long long frame = (long long)record->frame;
    switch (record->kind) {
        case IDIOM_MIDI:
            write_hex(hex, record->payload, record->length < RIG_BYTES ? record->length : RIG_BYTES);
            return (size_t)snprintf(text, room, "m%lld:%s", frame, hex);
        case IDIOM_TRANSPORT:
            return (size_t)snprintf(
                    text, room, "t%lld:%u/%u=%g@%g", frame, fake_record_whole(record, 0), fake_record_whole(record, 4),
                    fake_record_number(record, 8), fake_record_number(record, 16));
        case IDIOM_PARAMETER:
            return (size_t)snprintf(
                    text, room, "p%lld:%u=%g", frame, fake_record_whole(record, 0), fake_record_number(record, 8));
        case IDIOM_END:
            return (size_t)snprintf(text, room, "e%lld", frame);
        default:
            return (size_t)snprintf(text, room, "?%u", record->kind);
    }
}

static bool is_routine(const fake_record *record) {
    return record->kind == IDIOM_END
           || (record->kind == IDIOM_TRANSPORT && (fake_record_whole(record, 0) & IDIOM_TRANSPORT_JUMPED) == 0);
}

void rig_check_told(rig *self, const char *what, bool all, const char *expected) {
    static char text[TEXT];
    size_t at = 0;
    text[0] = '\0';
    while (fake_engine_next(&self->engine, &self->record)) {
        if ((all || !is_routine(&self->record)) && at < sizeof text - 128) {
            at += (size_t)snprintf(text + at, sizeof text - at, "%s", at == 0 ? "" : " ");
            at += write_record(&self->record, text + at, sizeof text - at);
        }
    }
    check_text(what, text, expected);
}

void rig_forget_told(rig *self) {
    fake_engine_skip(&self->engine);
}
