#include "sounding.h"

#include <string.h>

#include "midi.h"

enum { KEYS = 16 * 128, MODES = 3, RELEASE_VELOCITY = 64, MOST = 255 };

bool idiom_sounding_admits(const idiom_sounding *sounding, const uint8_t *bytes, uint32_t length) {
    if (!idiom_midi_is_note(bytes, length)) {
        return true;
    }
    uint8_t open = sounding->notes[bytes[0] & 0x0F][bytes[1]];
    return idiom_midi_ends_notes(bytes, length) ? open > 0 : open < MOST;
}

void idiom_sounding_sent(idiom_sounding *sounding, const uint8_t *bytes, uint32_t length) {
    if (bytes[0] >= IDIOM_SYSEX) {
        return;
    }
    uint8_t channel = bytes[0] & 0x0F;
    sounding->used[channel] = true;
    if (idiom_midi_is_note(bytes, length)) {
        uint8_t *open = &sounding->notes[channel][bytes[1]];
        *open = (uint8_t)(idiom_midi_ends_notes(bytes, length) ? *open - 1 : *open + 1);
    } else if (
            (bytes[0] & 0xF0) == IDIOM_CONTROL && (bytes[1] == IDIOM_ALL_SOUND_OFF || bytes[1] >= IDIOM_ALL_NOTES_OFF)) {
        memset(sounding->notes[channel], 0, sizeof sounding->notes[channel]);
    }
}

void idiom_sounding_release(idiom_sounding *sounding) {
    sounding->is_releasing = true;
    sounding->key = 0;
    sounding->mode = 0;
}

static bool end_notes(idiom_sounding *sounding, uint32_t offset, idiom_sink sink, void *context) {
    for (; sounding->key < KEYS; sounding->key++) {
        uint8_t channel = (uint8_t)(sounding->key / 128);
        uint8_t pitch = (uint8_t)(sounding->key % 128);
        while (sounding->notes[channel][pitch] > 0) {
            uint8_t off[3] = {(uint8_t)(IDIOM_NOTE_OFF | channel), pitch, RELEASE_VELOCITY};
            if (!sink(context, offset, off, sizeof off)) {
                return false;
            }
            sounding->notes[channel][pitch]--;
        }
    }
    return true;
}

static bool end_channels(idiom_sounding *sounding, uint32_t offset, idiom_sink sink, void *context) {
    static const uint8_t modes[MODES] = {IDIOM_SUSTAIN, IDIOM_ALL_NOTES_OFF, IDIOM_ALL_SOUND_OFF};
    for (; sounding->mode < 16 * MODES; sounding->mode++) {
        uint8_t channel = (uint8_t)(sounding->mode / MODES);
        if (sounding->used[channel]) {
            uint8_t message[3] = {(uint8_t)(IDIOM_CONTROL | channel), modes[sounding->mode % MODES], 0};
            if (!sink(context, offset, message, sizeof message)) {
                return false;
            }
        }
    }
    return true;
}

bool idiom_sounding_go_on(idiom_sounding *sounding, uint32_t offset, idiom_sink sink, void *context) {
    if (!sounding->is_releasing) {
        return true;
    }
    if (!end_notes(sounding, offset, sink, context) || !end_channels(sounding, offset, sink, context)) {
        return false;
    }
    memset(sounding->used, 0, sizeof sounding->used);
    sounding->is_releasing = false;
    return true;
}
