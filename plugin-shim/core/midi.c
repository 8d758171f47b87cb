#include "midi.h"

enum { DRUMS = 9, LOWEST_PITCH = 24, HIGHEST_PITCH = 107 };

static uint32_t short_length(uint8_t status) {
    switch (status & 0xF0) {
        case 0xC0:
        case 0xD0:
            return 2;
        case 0xF0:
            return status == 0xF2 ? 3 : status == 0xF1 || status == 0xF3 ? 2 : 1;
        default:
            return 3;
    }
}

bool idiom_midi_is_whole(const uint8_t *bytes, uint32_t length) {
    if (length == 0 || bytes[0] < 0x80 || bytes[0] == 0xF7) {
        return false;
    }
    bool is_sysex = bytes[0] == IDIOM_SYSEX;
    if (is_sysex ? length < 2 || bytes[length - 1] != 0xF7 : length != short_length(bytes[0])) {
        return false;
    }
    for (uint32_t i = 1; i < (is_sysex ? length - 1 : length); i++) {
        if (bytes[i] >= 0x80) {
            return false;
        }
    }
    return true;
}

bool idiom_midi_is_note(const uint8_t *bytes, uint32_t length) {
    return length == 3 && (bytes[0] & 0xE0) == IDIOM_NOTE_OFF;
}

bool idiom_midi_is_shown(const uint8_t *note) {
    return (note[0] & 0x0F) != DRUMS && note[1] >= LOWEST_PITCH && note[1] <= HIGHEST_PITCH;
}

bool idiom_midi_ends_notes(const uint8_t *bytes, uint32_t length) {
    if (length != 3) {
        return false;
    }
    uint8_t kind = bytes[0] & 0xF0;
    return kind == IDIOM_NOTE_OFF || (kind == IDIOM_NOTE_ON && bytes[2] == 0)
           || (kind == IDIOM_CONTROL && (bytes[1] == IDIOM_SUSTAIN || bytes[1] >= IDIOM_ALL_SOUND_OFF));
}
