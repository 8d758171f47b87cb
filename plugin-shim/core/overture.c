#include "overture.h"

#include <math.h>
#include <string.h>

#include "midi.h"

/* A host rounds to frames, or to parts of a beat; and so near to it, the same notes belong to the passage. */
static const double SAME_STEP = 1.0 / 128;
/* A window of the song: no overture is longer. */
static const double LONGEST_STEPS = 64;

enum { HEADER = 16, MESSAGE = 16 };

static bool take_message(idiom_overture *overture, const uint8_t *payload) {
    idiom_overture_message *message = &overture->messages[overture->count];
    memcpy(&message->step, payload, 8);
    memcpy(message->bytes, payload + 8, 3);
    double later = message->step - overture->step;
    overture->count++;
    return later >= -1 && later <= LONGEST_STEPS && idiom_midi_is_whole(message->bytes, 3)
           && idiom_midi_is_note(message->bytes, 3);
}

bool idiom_overture_take(idiom_overture overtures[IDIOM_OVERTURES], const uint8_t *payload, uint32_t length) {
    uint32_t count = (length - HEADER) / MESSAGE;
    if (length < HEADER || (length - HEADER) % MESSAGE != 0 || count > IDIOM_OVERTURE_MESSAGES) {
        return false;
    }
    uint32_t place;
    uint32_t serial;
    memcpy(&place, payload, 4);
    memcpy(&serial, payload + 4, 4);
    if (place >= IDIOM_OVERTURES) {
        return false;
    }
    idiom_overture *overture = &overtures[place];
    overture->serial = 0;
    overture->count = 0;
    memcpy(&overture->step, payload + 8, 8);
    bool is_one = isfinite(overture->step) && fabs(overture->step) < 1e9 && serial <= 0xFFFF;
    for (uint32_t i = 0; is_one && i < count; i++) {
        is_one = take_message(overture, payload + HEADER + i * MESSAGE);
    }
    overture->serial = is_one ? serial : 0;
    return is_one;
}

const idiom_overture *idiom_overture_at(const idiom_overture overtures[IDIOM_OVERTURES], double step) {
    for (uint32_t i = 0; i < IDIOM_OVERTURES; i++) {
        if (overtures[i].serial != 0 && fabs(overtures[i].step - step) <= SAME_STEP) {
            return &overtures[i];
        }
    }
    return NULL;
}
