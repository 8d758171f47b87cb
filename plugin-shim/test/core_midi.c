/* What a message is. */
#include "midi.h"

#include "core_check.h"
#include "core_test.h"

static void should_know_whole_messages(void) {
    static const char *const whole[] = {
            "803c40", "903c00", "a03c01", "b07f7f", "c07f", "d000", "e07f7f", "8f0000", "f07d01f7", "f0f7", "f17f", "f27f7f",
            "f37f", "f4", "f5", "f6", "f8", "fa", "fb", "fc", "fe", "ff"};
    static const char *const broken[] = {
            "-", "80", "803c", "803c4000", "80803c", "903c80", "903cff", "c0", "c08f", "c00000", "d0", "d00000", "3c40", "7f",
            "f0", "f001", "f00180f7", "f0f7f7", "f0f0f7", "f0f801f7", "f7", "f7f0", "f1", "f1f1", "f100f7", "f200", "f20080",
            "f3", "f300f7", "f600", "f800", "f8f8", "ff00", "00"};
    uint8_t bytes[8];
    for (size_t i = 0; i < sizeof whole / sizeof whole[0]; i++) {
        long length = read_hex(whole[i], bytes, sizeof bytes);
        check(length > 0 && idiom_midi_is_whole(bytes, (uint32_t)length), "a message: %s", whole[i]);
    }
    for (size_t i = 0; i < sizeof broken / sizeof broken[0]; i++) {
        long length = read_hex(broken[i], bytes, sizeof bytes);
        check(length >= 0 && !idiom_midi_is_whole(bytes, (uint32_t)length), "no message: %s", broken[i]);
    }
}

/* Of every status and every first data byte, with a second one of 0 and another. */
static void should_know_notes_and_what_ends_them(void) {
    unsigned notes = 0;
    unsigned ends = 0;
    for (unsigned status = 0x80; status < 0x100; status++) {
        for (unsigned first = 0; first < 128; first++) {
            for (unsigned second = 0; second < 2; second++) {
                const uint8_t bytes[] = {(uint8_t)status, (uint8_t)first, (uint8_t)second};
                notes += idiom_midi_is_note(bytes, 3) ? 1 : 0;
                ends += idiom_midi_ends_notes(bytes, 3) ? 1 : 0;
            }
        }
    }
    check(notes == 2 * 16 * 128 * 2, "notes=%u", notes);
    /* Offs, ons without a velocity, CC 64 and 120 to 127. */
    check(ends == 16 * (256 + 128 + 2 * 9), "ends=%u", ends);
    check(!idiom_midi_is_note((const uint8_t *)"\xc0\x05", 2) && !idiom_midi_ends_notes((const uint8_t *)"\xc0\x05", 2), "short");
}

void test_midi(void) {
    should_know_whole_messages();
    should_know_notes_and_what_ends_them();
}
