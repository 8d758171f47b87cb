/* What sounds behind the plugin, and how all of it is ended. [audio] */
#ifndef IDIOM_SOUNDING_H
#define IDIOM_SOUNDING_H

#include <stdbool.h>
#include <stdint.h>

#include "idiom.h"

/* Notes by channel and pitch, and how far a release has come. */
typedef struct {
    uint8_t notes[16][128]; /* how many note-ons without a note-off */
    bool used[16];          /* channels on which something was sent since the last release */
    bool is_releasing;
    uint32_t key;  /* where the release is among the notes, 0..2048 */
    uint32_t mode; /* and among the messages to the channels, 0..48 */
} idiom_sounding;

/* Whether a message may leave: an off without an on may not, nor an on that could not be counted. */
bool idiom_sounding_admits(const idiom_sounding *sounding, const uint8_t *bytes, uint32_t length);

/* A message has left. */
void idiom_sounding_sent(idiom_sounding *sounding, const uint8_t *bytes, uint32_t length);

/* From now on everything is to be ended: an off for each note, then CC 64 = 0, 123 and 120 on each channel used. */
void idiom_sounding_release(idiom_sounding *sounding);

/* Goes on with a release; false if the sink had no room and it has to go on later. */
bool idiom_sounding_go_on(idiom_sounding *sounding, uint32_t offset, idiom_sink sink, void *context);

#endif
