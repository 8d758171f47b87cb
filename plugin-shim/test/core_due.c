/* Messages that wait for their frame. */
#include "due.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core_check.h"
#include "core_test.h"

static idiom_due due;

static void clear(void) {
    memset(&due, 0, sizeof due);
}

static bool add(int64_t frame, uint8_t status, uint8_t first, uint8_t second) {
    const uint8_t bytes[] = {status, first, second};
    return idiom_due_add(&due, frame, bytes, 3);
}

/* Takes all out, as text. */
static void check_all(const char *what, const char *expected) {
    static char text[4096];
    size_t at = 0;
    text[0] = '\0';
    for (const idiom_due_message *first = idiom_due_first(&due); first != NULL && at < sizeof text - 64;
         first = idiom_due_first(&due)) {
        char hex[16];
        write_hex(hex, idiom_due_bytes(&due, first), first->length < 4 ? first->length : 4);
        at += (size_t)snprintf(text + at, sizeof text - at, "%s%lld:%s", at == 0 ? "" : " ", (long long)first->frame, hex);
        idiom_due_remove(&due);
    }
    check_text(what, text, expected);
}

static void should_order_by_frame_and_then_as_they_came(void) {
    clear();
    add(30, 0x90, 60, 1);
    add(10, 0x90, 61, 2);
    add(20, 0x90, 62, 3);
    add(10, 0x80, 61, 4);
    add(-5, 0xB0, 1, 5);
    add(20, 0x90, 62, 0);
    check_all("six", "-5:b00105 10:903d02 10:803d04 20:903e03 20:903e00 30:903c01");
    check(idiom_due_first(&due) == NULL, "nothing is left");
}

static void should_order_many(void) {
    clear();
    uint32_t came = 0;
    for (int round = 0; round < 50; round++) {
        uint32_t more = random_below(300);
        for (uint32_t i = 0; i < more; i++, came++) {
            add((int64_t)random_below(1000), 0x90, (uint8_t)(came >> 7 & 127), (uint8_t)(came & 127));
        }
        int64_t frame = INT64_MIN;
        uint64_t order = 0;
        bool is_right = true;
        for (uint32_t fewer = random_below(300); fewer > 0 && idiom_due_first(&due) != NULL; fewer--) {
            const idiom_due_message *first = idiom_due_first(&due);
            is_right &= first->frame > frame || (first->frame == frame && first->order > order);
            frame = first->frame;
            order = first->order;
            idiom_due_remove(&due);
        }
        check(is_right, "by chance: round=%d", round);
    }
}

static void should_refuse_what_has_no_room(void) {
    clear();
    uint32_t count = 0;
    while (add(count, 0x90, 60, 100)) {
        count++;
    }
    check(count == 8192, "count=%u", count);
    idiom_due_remove(&due);
    check(add(0, 0x80, 60, 0), "one went, one comes");
    check(!add(0, 0x80, 60, 0), "but not two");
    clear();
    check(!idiom_due_add(&due, 0, (const uint8_t *)"", 0), "a message without bytes");
    static uint8_t longest[16385];
    check(idiom_due_add(&due, 0, longest, 16384), "the longest message");
    check(!idiom_due_add(&due, 0, longest, 16385), "a message that is too long");
}

static void fill(uint8_t *bytes, uint32_t length, uint8_t with) {
    memset(bytes, with, length);
    bytes[0] = 0xF0;
    bytes[length - 1] = 0xF7;
}

static bool is_filled(const idiom_due_message *message, uint32_t length, uint8_t with) {
    uint8_t expected[16384];
    fill(expected, length, with);
    return message->length == length && memcmp(idiom_due_bytes(&due, message), expected, length) == 0;
}

static void should_keep_long_messages_beside(void) {
    clear();
    uint8_t bytes[16384];
    for (uint8_t i = 0; i < 16; i++) {
        fill(bytes, 1000u + i, i);
        check(idiom_due_add(&due, 100 - i, bytes, 1000u + i), "there are 16 slots: i=%u", i);
    }
    check(!idiom_due_add(&due, 0, bytes, 4), "and no more");
    check(add(1000, 0x90, 60, 100), "short ones need none");
    check(is_filled(idiom_due_first(&due), 1015, 15), "the first");
    idiom_due_remove(&due);
    fill(bytes, 16384, 77);
    check(idiom_due_add(&due, 200, bytes, 16384), "a slot came back");
    for (uint8_t i = 15; i-- > 0;) {
        check(is_filled(idiom_due_first(&due), 1000u + i, i), "in order: i=%u", i);
        idiom_due_remove(&due);
    }
    check(is_filled(idiom_due_first(&due), 16384, 77), "the longest");
    idiom_due_remove(&due);
    check_all("the rest", "1000:903c64");
}

static void should_give_slots_back_for_ever(void) {
    clear();
    uint8_t bytes[100];
    bool has_room = true;
    for (uint8_t i = 0; i < 100; i++) {
        fill(bytes, sizeof bytes, i);
        has_room &= idiom_due_add(&due, i, bytes, sizeof bytes);
        if (i >= 8) {
            has_room &= is_filled(idiom_due_first(&due), sizeof bytes, (uint8_t)(i - 8));
            idiom_due_remove(&due);
        }
    }
    check(has_room, "one comes, one goes");
}

static void should_forget_notes_and_pedals(void) {
    clear();
    add(50, 0x90, 60, 100);
    add(60, 0xB0, 7, 1);
    add(70, 0x80, 60, 0);
    add(30, 0xB1, 7, 2);
    add(80, 0x90, 60, 0);
    add(90, 0xB0, 7, 3);
    add(45, 0xB0, 64, 127);
    idiom_due_add(&due, 200, (const uint8_t *)"\xF0\x01\x02\xF7", 4);
    add(20, 0xE0, 0, 64);
    /* Earlier ones stay where they are, a pedal that nobody would lift any more goes with the notes. */
    idiom_due_forget_notes(&due, 40);
    check_all("what is left", "20:e00040 30:b10702 40:b00701 40:b00703 40:f00102f7");
    for (int i = 0; i < 16; i++) {
        check(idiom_due_add(&due, 0, (const uint8_t *)"\xF0\x01\x02\xF7", 4), "all slots are free: i=%d", i);
    }
}

static void should_stay_in_order_after_forgetting(void) {
    clear();
    for (uint32_t i = 0; i < 3000; i++) {
        bool is_note = random_below(2) == 0;
        add((int64_t)random_below(500), is_note ? 0x90 : 0xE0, (uint8_t)(i >> 7 & 127), (uint8_t)(i & 127));
    }
    idiom_due_forget_notes(&due, 250);
    int64_t frame = INT64_MIN;
    uint64_t order = 0;
    bool is_right = true;
    for (const idiom_due_message *first = idiom_due_first(&due); first != NULL; first = idiom_due_first(&due)) {
        is_right &= first->frame <= 250 && (first->frame > frame || (first->frame == frame && first->order > order))
                    && first->bytes[0] == 0xE0;
        frame = first->frame;
        order = first->order;
        idiom_due_remove(&due);
    }
    check(is_right, "3000 by chance");
}

void test_due(void) {
    should_order_by_frame_and_then_as_they_came();
    should_order_many();
    should_refuse_what_has_no_room();
    should_keep_long_messages_beside();
    should_give_slots_back_for_ever();
    should_forget_notes_and_pedals();
    should_stay_in_order_after_forgetting();
}
