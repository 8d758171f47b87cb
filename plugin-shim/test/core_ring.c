/* The rings of records, on small ones. */
#include <pthread.h>
#include <sched.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core_check.h"
#include "core_test.h"
#include "ring.h"

enum { MOST = 4096 };

/* Both sides of one ring. */
typedef struct {
    _Alignas(8) uint8_t bytes[MOST];
    idiom_shared_word head;
    idiom_shared_word tail;
    idiom_ring_writer writer;
    idiom_ring_reader reader;
} both;

/* Begins `from` bytes after the beginning. */
static void begin(both *ring, uint32_t size, uint64_t from) {
    memset(ring, 0, sizeof *ring);
    ring->head = from;
    ring->tail = from;
    ring->writer = (idiom_ring_writer){ring->bytes, size, &ring->head, &ring->tail, from};
    ring->reader = (idiom_ring_reader){ring->bytes, size, &ring->tail, &ring->head, from};
}

static void check_bytes(const char *what, const uint8_t *bytes, size_t length, const char *expected) {
    char hex[513];
    write_hex(hex, bytes, length);
    check_text(what, hex, expected);
}

static bool write(both *ring, uint16_t kind, int64_t frame, const void *payload, uint16_t length) {
    bool is_written = idiom_ring_write(&ring->writer, 0, kind, frame, payload, length);
    idiom_ring_publish(&ring->writer);
    return is_written;
}

/* Takes a record and checks what it is. */
static void check_taken(both *ring, const char *what, uint16_t kind, int64_t frame, const char *payload) {
    idiom_ring_record record;
    idiom_ring_look look = idiom_ring_peek(&ring->reader, &record);
    check(look == IDIOM_RING_RECORD, "%s: look=%d", what, (int)look);
    if (look == IDIOM_RING_RECORD) {
        check(record.kind == kind && record.frame == frame, "%s: kind=%u frame=%lld", what, record.kind, (long long)record.frame);
        check_bytes(what, record.payload, record.length, payload);
        idiom_ring_take(&ring->reader, &record);
    }
}

static void check_look(both *ring, const char *what, idiom_ring_look expected) {
    idiom_ring_record record;
    idiom_ring_look look = idiom_ring_peek(&ring->reader, &record);
    check(look == expected, "%s: look=%d expected=%d", what, (int)look, (int)expected);
}

static void should_write_these_bytes(void) {
    both ring;
    begin(&ring, 256, 0);
    check(write(&ring, IDIOM_MIDI, 0x0102030405060708, "\x90\x3c\x64", 3), "there is room");
    check_bytes("a message", ring.bytes, 24, "18000000" "0100" "0300" "0807060504030201" "903c64" "0000000000");
    check(write(&ring, IDIOM_END, -2, NULL, 0), "there is room");
    check_bytes("an end", ring.bytes + 24, 16, "10000000" "0400" "0000" "feffffffffffffff");
    check(ring.tail == 40, "tail=%llu", (unsigned long long)ring.tail);
    check_taken(&ring, "a message", IDIOM_MIDI, 0x0102030405060708, "903c64");
    check_taken(&ring, "an end", IDIOM_END, -2, "");
    check_look(&ring, "all taken", IDIOM_RING_EMPTY);
    check(ring.head == 40, "head=%llu", (unsigned long long)ring.head);
}

static void should_show_only_what_was_published(void) {
    both ring;
    begin(&ring, 256, 0);
    check(idiom_ring_write(&ring.writer, 0, IDIOM_MIDI, 5, "\xf8", 1), "there is room");
    check_look(&ring, "before", IDIOM_RING_EMPTY);
    idiom_ring_publish(&ring.writer);
    check_taken(&ring, "after", IDIOM_MIDI, 5, "f8");
}

/* 40 and 32 bytes in a ring of 64: the second does not fit behind the first. */
static void should_go_round_the_end(void) {
    both ring;
    begin(&ring, 64, 0);
    check(write(&ring, IDIOM_MIDI, 1, "abcdefghijklmnopqrstuvwx", 24), "there is room");
    check(!write(&ring, IDIOM_MIDI, 2, "0123456789abcdef", 16), "no room as long as the first is there");
    check(ring.writer.tail == 40, "nothing was written: tail=%llu", (unsigned long long)ring.writer.tail);
    check_taken(&ring, "the first", IDIOM_MIDI, 1, "6162636465666768696a6b6c6d6e6f707172737475767778");
    check(write(&ring, IDIOM_MIDI, 2, "0123456789abcdef", 16), "there is room");
    check_bytes("a filler", ring.bytes + 40, 8, "18000000" "0000" "0000");
    check_bytes("the second", ring.bytes, 16, "20000000" "0100" "1000" "0200000000000000");
    check(ring.tail == 96, "tail=%llu", (unsigned long long)ring.tail);
    check_taken(&ring, "the second", IDIOM_MIDI, 2, "30313233343536373839616263646566");
    check(ring.head == 96, "head=%llu", (unsigned long long)ring.head);
}

/* The end of the ring may be the end of a record, and a filler may be 8 bytes. */
static void should_use_all_of_the_ring(void) {
    both ring;
    begin(&ring, 64, 32);
    check(write(&ring, IDIOM_MIDI, 1, "0123456789abcdef", 16), "up to the end");
    check(write(&ring, IDIOM_MIDI, 2, "0123456789abcdef", 16), "up to where the reader is");
    check(!write(&ring, IDIOM_END, 3, NULL, 0), "a full ring");
    check_taken(&ring, "the first", IDIOM_MIDI, 1, "30313233343536373839616263646566");
    check(write(&ring, IDIOM_END, 3, NULL, 0), "half empty again");
    check_taken(&ring, "the second", IDIOM_MIDI, 2, "30313233343536373839616263646566");
    check_taken(&ring, "the third", IDIOM_END, 3, "");
    begin(&ring, 64, 56);
    check(write(&ring, IDIOM_END, 4, NULL, 0), "there is room");
    check_bytes("a small filler", ring.bytes + 56, 8, "08000000" "0000" "0000");
    check_taken(&ring, "behind it", IDIOM_END, 4, "");
    check(ring.head == 80, "head=%llu", (unsigned long long)ring.head);
}

static void should_count_past_what_fits_a_number(void) {
    both ring;
    begin(&ring, 64, UINT64_MAX - 15);
    for (int i = 0; i < 20; i++) {
        check(write(&ring, IDIOM_MIDI, i, "\xc0\x05", 2), "there is room: i=%d", i);
        check_taken(&ring, "over the end of all numbers", IDIOM_MIDI, i, "c005");
    }
}

static void should_keep_a_reserve(void) {
    both ring;
    begin(&ring, 256, 0);
    int count = 0;
    while (idiom_ring_write(&ring.writer, 64, IDIOM_MIDI, count, "\x90\x3c\x64", 3)) {
        count++;
    }
    /* (256 - 64) / 24 */
    check(count == 8, "with a reserve: count=%d", count);
    while (idiom_ring_write(&ring.writer, 0, IDIOM_MIDI, count, "\x80\x3c\x64", 3)) {
        count++;
    }
    check(count == 10, "without: count=%d", count);
}

static void should_refuse_a_strange_reader(void) {
    both ring;
    begin(&ring, 64, 128);
    ring.head = 136;
    check(!write(&ring, IDIOM_END, 0, NULL, 0), "ahead of the writer");
    ring.head = 56;
    check(!write(&ring, IDIOM_END, 0, NULL, 0), "further behind than the ring is long");
    ring.head = 64;
    check(!write(&ring, IDIOM_END, 0, NULL, 0), "as far behind as the ring is long");
    ring.head = 80;
    check(write(&ring, IDIOM_END, 0, NULL, 0), "not quite");
}

static void put(uint8_t *at, uint32_t bytes, uint16_t kind, uint16_t length) {
    memcpy(at, &bytes, 4);
    memcpy(at + 4, &kind, 2);
    memcpy(at + 6, &length, 2);
}

/* What is wrong with the first record of a ring of 128 bytes, of which `available` can be read from `head` on. */
static void should_find_broken_records(void) {
    static const struct {
        const char *what;
        uint64_t head;
        uint64_t available;
        uint32_t bytes;
        uint16_t kind;
        uint16_t length;
        idiom_ring_look look;
    } cases[] = {
            {"as it should be", 0, 24, 24, IDIOM_MIDI, 3, IDIOM_RING_RECORD},
            {"an unknown kind", 0, 24, 24, 999, 3, IDIOM_RING_RECORD},
            {"no bytes", 0, 24, 0, IDIOM_MIDI, 3, IDIOM_RING_BROKEN},
            {"4 bytes", 0, 24, 4, IDIOM_MIDI, 3, IDIOM_RING_BROKEN},
            {"8 bytes", 0, 24, 8, IDIOM_MIDI, 0, IDIOM_RING_BROKEN},
            {"not aligned", 0, 24, 20, IDIOM_MIDI, 3, IDIOM_RING_BROKEN},
            {"more than there is", 0, 24, 32, IDIOM_MIDI, 16, IDIOM_RING_BROKEN},
            {"over the end of the ring", 120, 24, 24, IDIOM_MIDI, 3, IDIOM_RING_BROKEN},
            {"longer than its payload", 0, 32, 32, IDIOM_MIDI, 3, IDIOM_RING_BROKEN},
            {"shorter than its payload", 0, 24, 24, IDIOM_MIDI, 9, IDIOM_RING_BROKEN},
            {"a payload that is longer than any ring", 0, 24, 24, IDIOM_MIDI, 65535, IDIOM_RING_BROKEN},
            {"more bytes than there are numbers", 0, 24, 0xFFFFFFF8, IDIOM_MIDI, 3, IDIOM_RING_BROKEN},
            {"a filler without bytes", 0, 24, 0, IDIOM_FILLER, 0, IDIOM_RING_BROKEN},
            {"a filler over the end of the ring", 120, 24, 16, IDIOM_FILLER, 0, IDIOM_RING_BROKEN},
            {"a filler of more than there is", 0, 24, 32, IDIOM_FILLER, 0, IDIOM_RING_BROKEN},
            {"a filler that is not aligned", 0, 24, 12, IDIOM_FILLER, 0, IDIOM_RING_BROKEN},
            {"a filler of a full ring", 0, 128, 128, IDIOM_FILLER, 0, IDIOM_RING_EMPTY},
            {"a tail that is not aligned", 0, 25, 24, IDIOM_MIDI, 3, IDIOM_RING_BROKEN},
            {"a tail too far ahead", 0, 136, 24, IDIOM_MIDI, 3, IDIOM_RING_BROKEN},
            {"a tail behind the head", 128, UINT64_MAX - 7, 24, IDIOM_MIDI, 3, IDIOM_RING_BROKEN},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        both ring;
        begin(&ring, 128, cases[i].head);
        put(ring.bytes + cases[i].head % 128, cases[i].bytes, cases[i].kind, cases[i].length);
        ring.tail = cases[i].head + cases[i].available;
        check_look(&ring, cases[i].what, cases[i].look);
    }
}

static void should_go_on_behind_what_was_skipped(void) {
    both ring;
    begin(&ring, 128, 0);
    write(&ring, IDIOM_MIDI, 1, "\x90\x3c\x64", 3);
    write(&ring, IDIOM_MIDI, 2, "\x80\x3c\x64", 3);
    idiom_ring_skip(&ring.reader);
    check(ring.head == 48, "head=%llu", (unsigned long long)ring.head);
    write(&ring, IDIOM_END, 3, NULL, 0);
    check_taken(&ring, "after a skip", IDIOM_END, 3, "");
}

/* ---- two threads ---- */

enum { RECORDS = 100000, LONGEST = 700 };

static both shared;

/* Lengths that both threads know of. */
static uint16_t length_of(uint32_t i) {
    return (uint16_t)(i * 2654435761u % LONGEST);
}

static void *write_all(void *unused) {
    (void)unused;
    uint8_t payload[LONGEST];
    for (uint32_t i = 0; i < RECORDS; i++) {
        memset(payload, (int)(i & 0xFF), sizeof payload);
        while (!write(&shared, (uint16_t)(1 + i % 6), i, payload, length_of(i))) {
            sched_yield();
        }
    }
    return NULL;
}

static bool is_filled_with(const idiom_ring_record *record, uint8_t byte) {
    bool is_same = true;
    for (uint32_t i = 0; i < record->length; i++) {
        is_same &= record->payload[i] == byte;
    }
    return is_same;
}

static void should_keep_the_order_between_threads(void) {
    begin(&shared, MOST, 0);
    pthread_t writer;
    pthread_create(&writer, NULL, write_all, NULL);
    uint32_t right = 0;
    idiom_ring_look look = IDIOM_RING_EMPTY;
    for (uint32_t i = 0; i < RECORDS && look != IDIOM_RING_BROKEN;) {
        idiom_ring_record record;
        look = idiom_ring_peek(&shared.reader, &record);
        if (look != IDIOM_RING_RECORD) {
            sched_yield();
            continue;
        }
        right += record.frame == i && record.kind == 1 + i % 6 && record.length == length_of(i)
                 && is_filled_with(&record, (uint8_t)(i & 0xFF));
        idiom_ring_take(&shared.reader, &record);
        i++;
    }
    check(look != IDIOM_RING_BROKEN, "between threads: broken after %u", right);
    if (look == IDIOM_RING_BROKEN) {
        exit(1);
    }
    pthread_join(writer, NULL);
    check(right == RECORDS, "between threads: right=%u of=%u", right, RECORDS);
}

void test_ring(void) {
    should_write_these_bytes();
    should_show_only_what_was_published();
    should_go_round_the_end();
    should_use_all_of_the_ring();
    should_count_past_what_fits_a_number();
    should_keep_a_reserve();
    should_refuse_a_strange_reader();
    should_find_broken_records();
    should_go_on_behind_what_was_skipped();
    should_keep_the_order_between_threads();
}
