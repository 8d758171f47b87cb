/* What sounds behind, and how it is ended. */
#include "sounding.h"

#include <stdio.h>
#include <string.h>

#include "core_check.h"
#include "core_test.h"

/* What a sink took. */
typedef struct {
    uint32_t room; /* for how many more there is room */
    char text[8192];
    size_t at;
} taken;

static bool take(void *context, uint32_t offset, const uint8_t *bytes, uint32_t length) {
    taken *self = context;
    if (self->room == 0) {
        return false;
    }
    self->room--;
    char hex[8];
    write_hex(hex, bytes, length < 3 ? length : 3);
    self->at += (size_t)snprintf(
            self->text + self->at, sizeof self->text - self->at, "%s%u:%s", self->at == 0 ? "" : " ", offset, hex);
    return true;
}

static idiom_sounding sounding;

static bool send(uint8_t status, uint8_t first, uint8_t second) {
    const uint8_t bytes[] = {status, first, second};
    bool is_admitted = idiom_sounding_admits(&sounding, bytes, 3);
    if (is_admitted) {
        idiom_sounding_sent(&sounding, bytes, 3);
    }
    return is_admitted;
}

static void check_release(const char *what, const char *expected) {
    static taken all;
    all = (taken){.room = UINT32_MAX};
    idiom_sounding_release(&sounding);
    check(idiom_sounding_go_on(&sounding, 9, take, &all), "%s: it has room", what);
    check_text(what, all.text, expected);
    check(idiom_sounding_go_on(&sounding, 9, take, NULL), "%s: once", what);
}

static void should_admit_no_off_without_an_on(void) {
    memset(&sounding, 0, sizeof sounding);
    check(!send(0x80, 60, 0), "an off");
    check(!send(0x90, 60, 0), "an on that is an off");
    check(send(0x90, 60, 1), "an on");
    check(!send(0x81, 60, 0), "an off of another channel");
    check(!send(0x80, 61, 0), "an off of another pitch");
    check(send(0x90, 60, 0), "its off");
    check(!send(0x80, 60, 0), "once");
    check(send(0xB0, 64, 0) && send(0xE0, 60, 0) && send(0xA0, 60, 0), "anything else");
}

static void should_count_to_255(void) {
    memset(&sounding, 0, sizeof sounding);
    uint32_t count = 0;
    while (send(0x9F, 127, 1)) {
        count++;
    }
    check(count == 255, "ons=%u", count);
    while (send(0x8F, 127, 0)) {
        count--;
    }
    check(count == 0, "offs are missing: %u", count);
}

static void should_release_all(void) {
    memset(&sounding, 0, sizeof sounding);
    check_release("nothing was sent", "");
    send(0x90, 64, 1);
    send(0x90, 60, 1);
    send(0x90, 60, 1);
    send(0x9F, 127, 1);
    send(0x93, 0, 1);
    send(0x93, 0, 0);
    send(0xE5, 0, 64);
    check_release(
            "all of it", "9:803c40 9:803c40 9:804040 9:8f7f40 "
                         "9:b04000 9:b07b00 9:b07800 9:b34000 9:b37b00 9:b37800 9:b54000 9:b57b00 9:b57800 "
                         "9:bf4000 9:bf7b00 9:bf7800");
    check_release("not again", "");
    check(!send(0x80, 60, 0), "an off that comes later");
    send(0xC1, 5, 0);
    check_release("a channel that was used", "9:b14000 9:b17b00 9:b17800");
}

static void should_know_what_channel_modes_end(void) {
    static const struct {
        uint8_t control;
        bool ends;
    } cases[] = {{119, false}, {120, true}, {121, false}, {122, false}, {123, true}, {124, true}, {125, true}, {127, true}};
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        memset(&sounding, 0, sizeof sounding);
        send(0x92, 60, 1);
        send(0x93, 60, 1);
        send(0xB2, cases[i].control, 0);
        check(send(0x82, 60, 0) == !cases[i].ends, "control=%u", cases[i].control);
        check(send(0x83, 60, 0), "another channel: control=%u", cases[i].control);
    }
}

static void should_keep_system_messages_apart(void) {
    memset(&sounding, 0, sizeof sounding);
    send(0xF2, 1, 2);
    check_release("a song position is of no channel", "");
}

/* A sink that takes a few at a time gets the same in the end, whatever it takes. */
static void should_go_on_where_there_was_no_room(void) {
    for (uint32_t room = 1; room <= 12; room++) {
        memset(&sounding, 0, sizeof sounding);
        send(0x90, 60, 1);
        send(0x90, 60, 1);
        send(0x90, 62, 1);
        send(0x91, 1, 1);
        idiom_sounding_release(&sounding);
        static taken all;
        all = (taken){.room = 0};
        uint32_t tries = 1;
        while (!idiom_sounding_go_on(&sounding, 0, take, &all)) {
            check(sounding.is_releasing, "it goes on");
            all.room = room;
            tries++;
        }
        check_text(
                "in pieces", all.text,
                "0:803c40 0:803c40 0:803e40 0:810140 0:b04000 0:b07b00 0:b07800 0:b14000 0:b17b00 0:b17800");
        check(tries == 1 + (10 + room - 1) / room, "room=%u tries=%u", room, tries);
    }
}

void test_sounding(void) {
    should_admit_no_off_without_an_on();
    should_count_to_255();
    should_release_all();
    should_know_what_channel_modes_end();
    should_keep_system_messages_apart();
    should_go_on_where_there_was_no_room();
}
