/* What the core has to know of MIDI messages. [any] */
#ifndef IDIOM_MIDI_H
#define IDIOM_MIDI_H

#include <stdbool.h>
#include <stdint.h>

enum {
    IDIOM_NOTE_OFF = 0x80,
    IDIOM_NOTE_ON = 0x90,
    IDIOM_CONTROL = 0xB0,
    IDIOM_PROGRAM_CHANGE = 0xC0,
    IDIOM_SYSEX = 0xF0,
    IDIOM_BANK = 0,
    IDIOM_BANK_LOW = 32,
    IDIOM_SUSTAIN = 64,
    IDIOM_ALL_SOUND_OFF = 120,
    IDIOM_ALL_NOTES_OFF = 123
};

/* Whether bytes are one message: a status byte and as many data bytes as belong to it, SysEx from F0 to F7. */
bool idiom_midi_is_whole(const uint8_t *bytes, uint32_t length);

/* Whether a whole message is a note-on or a note-off. */
bool idiom_midi_is_note(const uint8_t *bytes, uint32_t length);

/* Whether a roll can show a note: no drum, and pitch 24 to 107. Others pass through unchanged in every mode. */
bool idiom_midi_is_shown(const uint8_t *note);

/* Whether a whole message ends notes: a note-off in either form, the pedal, a channel mode. */
bool idiom_midi_ends_notes(const uint8_t *bytes, uint32_t length);

#endif
