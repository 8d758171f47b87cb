#include "ring.h"

#include <string.h>

static uint32_t record_bytes(uint32_t length) {
    return (IDIOM_RECORD_HEADER + length + IDIOM_RECORD_ALIGNMENT - 1) & ~(uint32_t)(IDIOM_RECORD_ALIGNMENT - 1);
}

static void put_head(uint8_t *at, uint32_t bytes, uint16_t kind, uint16_t length) {
    memcpy(at, &bytes, 4);
    memcpy(at + 4, &kind, 2);
    memcpy(at + 6, &length, 2);
}

bool idiom_ring_write(
        idiom_ring_writer *ring,
        uint32_t reserve,
        uint16_t kind,
        int64_t frame,
        const void *payload,
        uint16_t length) {
    uint32_t bytes = record_bytes(length);
    uint32_t at = (uint32_t)(ring->tail & (ring->size - 1));
    uint32_t left = ring->size - at;
    uint32_t filler = left < bytes ? left : 0;
    uint64_t head = atomic_load_explicit(ring->their_head, memory_order_acquire);
    uint64_t used = ring->tail - head;
    /* A head that is ahead of the tail is not the reader's, but somebody's who wants to do harm. */
    if (used > ring->size || used + filler + bytes + reserve > ring->size) {
        return false;
    }
    if (filler > 0) {
        put_head(ring->bytes + at, filler, IDIOM_FILLER, 0);
        at = 0;
    }
    put_head(ring->bytes + at, bytes, kind, length);
    memcpy(ring->bytes + at + 8, &frame, 8);
    if (length > 0) {
        memcpy(ring->bytes + at + IDIOM_RECORD_HEADER, payload, length);
    }
    ring->tail += filler + bytes;
    return true;
}

void idiom_ring_publish(idiom_ring_writer *ring) {
    atomic_store_explicit(ring->our_tail, ring->tail, memory_order_release);
}

idiom_ring_look idiom_ring_peek(idiom_ring_reader *ring, idiom_ring_record *record) {
    uint64_t tail = atomic_load_explicit(ring->their_tail, memory_order_acquire);
    if (tail - ring->head > ring->size || (tail & (IDIOM_RECORD_ALIGNMENT - 1)) != 0) {
        return IDIOM_RING_BROKEN;
    }
    while (ring->head != tail) {
        uint64_t available = tail - ring->head;
        uint32_t at = (uint32_t)(ring->head & (ring->size - 1));
        uint32_t bytes;
        memcpy(&bytes, ring->bytes + at, 4);
        memcpy(&record->kind, ring->bytes + at + 4, 2);
        memcpy(&record->length, ring->bytes + at + 6, 2);
        if (bytes < IDIOM_RECORD_ALIGNMENT || (bytes & (IDIOM_RECORD_ALIGNMENT - 1)) != 0 || bytes > available
            || bytes > ring->size - at) {
            return IDIOM_RING_BROKEN;
        }
        if (record->kind != IDIOM_FILLER) {
            if (bytes != record_bytes(record->length)) {
                return IDIOM_RING_BROKEN;
            }
            memcpy(&record->frame, ring->bytes + at + 8, 8);
            record->payload = ring->bytes + at + IDIOM_RECORD_HEADER;
            record->next = ring->head + bytes;
            return IDIOM_RING_RECORD;
        }
        ring->head += bytes;
        atomic_store_explicit(ring->our_head, ring->head, memory_order_release);
    }
    return IDIOM_RING_EMPTY;
}

void idiom_ring_take(idiom_ring_reader *ring, const idiom_ring_record *record) {
    ring->head = record->next;
    atomic_store_explicit(ring->our_head, ring->head, memory_order_release);
}

void idiom_ring_skip(idiom_ring_reader *ring) {
    /* A tail that is no place of a record is found out when the first one is looked for. */
    ring->head = atomic_load_explicit(ring->their_tail, memory_order_acquire);
    atomic_store_explicit(ring->our_head, ring->head, memory_order_release);
}
