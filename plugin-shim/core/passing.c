/* What leaves by itself, and not with the engine's answer: everything without an engine, and what the route says with one. */
#include "midi.h"
#include "process.h"

/* So long what passes is held back, rather than left out, when the latency falls. */
static const double HELD_BACK_SECONDS = 0.1;

static bool has_bit(const idiom_core *core, size_t at, uint8_t number) {
    return (idiom_load64(core, at + 8 * (size_t)(number / 64)) >> (number % 64) & 1) != 0;
}

void idiom_keep_bank(idiom_core *core, const uint8_t *bytes) {
    uint16_t *bank = &core->banks[bytes[0] & 0x0F];
    if ((bytes[0] & 0xF0) == IDIOM_CONTROL && bytes[1] == IDIOM_BANK) {
        *bank = (uint16_t)((*bank & 0x7F) | bytes[2] << 7);
    } else if ((bytes[0] & 0xF0) == IDIOM_CONTROL && bytes[1] == IDIOM_BANK_LOW) {
        *bank = (uint16_t)((*bank & ~0x7F) | bytes[2]);
    }
}

bool idiom_is_choice(const idiom_core *core, const uint8_t *bytes) {
    return (bytes[0] & 0xF0) == IDIOM_PROGRAM_CHANGE && core->banks[bytes[0] & 0x0F] == 0 && idiom_has_engine(core)
           && has_bit(core, IDIOM_AT_OWN_PROGRAMS, bytes[1]);
}

/* Whether a message is meant for the engine, and not for who listens behind the plugin. */
static bool is_for_engine(const idiom_core *core, const uint8_t *bytes) {
    return idiom_is_choice(core, bytes)
           || ((bytes[0] & 0xF0) == IDIOM_CONTROL && has_bit(core, IDIOM_AT_OWN_CONTROLS, bytes[1]));
}

bool idiom_passes(idiom_core *core, const uint8_t *bytes, uint32_t length) {
    if (!core->is_answering) {
        return true;
    }
    if (!idiom_midi_is_note(bytes, length)) {
        return core->route != IDIOM_ROUTE_ANSWERED && !is_for_engine(core, bytes);
    }
    uint8_t *open = &core->passed[bytes[0] & 0x0F][bytes[1]];
    if (idiom_midi_ends_notes(bytes, length)) {
        /* An off belongs to its on, whatever plays by now. */
        bool was_passed = *open > 0;
        *open = (uint8_t)(was_passed ? *open - 1 : 0);
        return was_passed;
    }
    bool is_routed = core->route == IDIOM_ROUTE_PASSED
                     || (core->route == IDIOM_ROUTE_REMEMBERED && !idiom_midi_is_shown(bytes));
    bool is_passed = is_routed && *open < UINT8_MAX;
    *open = (uint8_t)(is_passed ? *open + 1 : *open);
    return is_passed;
}

/* When a message that passes leaves: not before the one that passed before it, or an off would come before its on. */
static int64_t passing_frame(idiom_core *core, uint32_t offset) {
    int64_t frame = core->frame + offset + idiom_core_latency(core);
    if (core->passed_until > frame + (int64_t)(core->rate * HELD_BACK_SECONDS)) {
        /* So much less latency is another song position for the host; what waits for the old one is not worth a gap. */
        idiom_release(core, offset);
    }
    core->passed_until = frame > core->passed_until ? frame : core->passed_until;
    return core->passed_until;
}

void idiom_pass(idiom_core *core, uint32_t offset, const uint8_t *bytes, uint32_t length) {
    int64_t frame = passing_frame(core, offset);
    if (idiom_due_add(&core->due, frame, bytes, length)) {
        return;
    }
    /* What came before at this very frame makes room. */
    idiom_flush(core, offset + 1);
    if (!idiom_due_add(&core->due, frame, bytes, length)) {
        idiom_count(&core->dropped);
        if (idiom_midi_ends_notes(bytes, length)) {
            idiom_release(core, offset);
        }
    }
}
