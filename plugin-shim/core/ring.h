/* One side each of the two rings of records: docs/plugin-protocol.md, "Records". */
#ifndef IDIOM_RING_H
#define IDIOM_RING_H

#include <stdatomic.h>
#include <stdbool.h>
#include <stdint.h>

#include "protocol.h"

/* A field of the shared file that one side writes and the other reads. */
typedef _Atomic uint64_t idiom_shared_word;

/* The side that writes. */
typedef struct {
    uint8_t *bytes;                /* the ring */
    uint32_t size;                 /* of the ring, a power of two */
    idiom_shared_word *their_head; /* where the reader is */
    idiom_shared_word *our_tail;   /* what the reader may read */
    uint64_t tail;                 /* where the next record goes; ahead of our_tail until idiom_ring_publish */
} idiom_ring_writer;

/* The side that reads. It believes nothing that it finds. */
typedef struct {
    const uint8_t *bytes;
    uint32_t size;
    idiom_shared_word *their_tail;
    idiom_shared_word *our_head;
    uint64_t head; /* where the next record is */
} idiom_ring_reader;

/* What stands at the head of a ring, copied out of it. */
typedef struct {
    uint16_t kind;          /* enum idiom_record, never IDIOM_FILLER */
    uint16_t length;        /* of the payload in bytes */
    int64_t frame;
    const uint8_t *payload; /* in the ring: copy it before it is looked at twice */
    uint64_t next;          /* where the record after it begins */
} idiom_ring_record;

/* What a look at a ring showed. */
typedef enum { IDIOM_RING_EMPTY, IDIOM_RING_RECORD, IDIOM_RING_BROKEN } idiom_ring_look;

/* Puts a record in, which is read after idiom_ring_publish; false if less than `reserve` bytes would stay free. [audio] */
bool idiom_ring_write(
        idiom_ring_writer *ring,
        uint32_t reserve,
        uint16_t kind,
        int64_t frame,
        const void *payload,
        uint16_t length);

/* Lets the reader read all that was put in. [audio] */
void idiom_ring_publish(idiom_ring_writer *ring);

/* Looks at the next record, which stays where it is. [audio] */
idiom_ring_look idiom_ring_peek(idiom_ring_reader *ring, idiom_ring_record *record);

/* Takes the record out that was looked at. [audio] */
void idiom_ring_take(idiom_ring_reader *ring, const idiom_ring_record *record);

/* Forgets all that was written so far. [audio] */
void idiom_ring_skip(idiom_ring_reader *ring);

#endif
