#include "overture.h"

#include <math.h>
#include <string.h>

#include "midi.h"

/* A host rounds to frames, or to parts of a beat. */
static const double SAME_STEP = 1.0 / 128;
/* A note so much before a step belongs to it. */
static const double EARLY = 1.0 / 64;
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

bool idiom_overture_is_over(double message, double step) {
    return message + EARLY < step;
}

static bool holds(const idiom_overture *overture, double step) {
    double later = step - overture->step;
    bool is_in_its_cell = later >= 0 && ceil(overture->step - EARLY) == ceil(step - EARLY);
    return overture->serial != 0 && (fabs(later) <= SAME_STEP || is_in_its_cell);
}

const idiom_overture *idiom_overture_at(const idiom_overture overtures[IDIOM_OVERTURES], double step) {
    const idiom_overture *nearest = NULL;
    for (uint32_t i = 0; i < IDIOM_OVERTURES; i++) {
        const idiom_overture *one = &overtures[i];
        bool is_nearer = nearest == NULL || fabs(one->step - step) < fabs(nearest->step - step);
        if (is_nearer && holds(one, step)) {
            nearest = one;
        }
    }
    return nearest;
}
