/* Messages that wait for their frame, in the order of their frames and, at one frame, in the order they came. [audio] */
#ifndef IDIOM_DUE_H
#define IDIOM_DUE_H

#include <stdbool.h>
#include <stdint.h>

#include "protocol.h"

enum { IDIOM_DUE_MESSAGES = 8192, IDIOM_DUE_LONG_MESSAGES = 16 };

/* A message that waits. */
typedef struct {
    int64_t frame;
    uint64_t order;
    uint32_t length;
    uint8_t bytes[3];
    uint8_t slot; /* of a message longer than three bytes */
} idiom_due_message;

/* A binary heap of messages; longer ones lie in slots beside it. */
typedef struct {
    idiom_due_message heap[IDIOM_DUE_MESSAGES];
    uint32_t size;
    uint64_t order;
    uint8_t longer[IDIOM_DUE_LONG_MESSAGES][IDIOM_LONGEST_MESSAGE];
    bool taken[IDIOM_DUE_LONG_MESSAGES];
} idiom_due;

/* Puts a message of 1 to IDIOM_LONGEST_MESSAGE bytes in; false if there is no room. */
bool idiom_due_add(idiom_due *due, int64_t frame, const uint8_t *bytes, uint32_t length);

/* The first message, or NULL; its bytes are at idiom_due_bytes. */
const idiom_due_message *idiom_due_first(const idiom_due *due);

/* The bytes of a message that waits. */
const uint8_t *idiom_due_bytes(const idiom_due *due, const idiom_due_message *message);

/* Takes the first message out. */
void idiom_due_remove(idiom_due *due);

/* Forgets all notes and pedals; everything else is due at `frame` at the latest, in the order in which it came. */
void idiom_due_forget_notes(idiom_due *due, int64_t frame);

#endif
