/*
 * How passages of the song begin that are played from memory: kept here beforehand, so that they are there in the block in which the
 * song jumps to them, and not in the next, when the engine can have answered. [audio]
 */
#ifndef IDIOM_OVERTURE_H
#define IDIOM_OVERTURE_H

#include <stdbool.h>
#include <stdint.h>

#include "protocol.h"

/* A message at a position of the song. */
typedef struct {
    double step;
    uint8_t bytes[3];
} idiom_overture_message;

typedef struct {
    uint32_t serial; /* 1 to 65535; 0 for none */
    double step;     /* of the song where the passage begins */
    uint32_t count;
    idiom_overture_message messages[IDIOM_OVERTURE_MESSAGES];
} idiom_overture;

/* Takes the payload of a record; what is none leaves the place as it was, or empty, and is false. */
bool idiom_overture_take(idiom_overture overtures[IDIOM_OVERTURES], const uint8_t *payload, uint32_t length);

/*
 * The one that holds at a position: of a passage that begins there or a little before, in the same cell of the roll; of its messages those
 * are over that idiom_overture_is_over says. NULL if there is none.
 */
const idiom_overture *idiom_overture_at(const idiom_overture overtures[IDIOM_OVERTURES], double step);

/* Whether a message at a position belongs to what lies before another one. */
bool idiom_overture_is_over(double message, double step);

#endif
