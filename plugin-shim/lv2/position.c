#include "position.h"

#include <math.h>
#include <stddef.h>

#include "atoms.h"

/*
 * Hosts tell the beat in ticks, 1920 or so to a beat, and Ardour 7 tells it with every block. What differs by less than
 * about two ticks from what was foreseen is no news.
 */
static const double tick_steps = 1.0 / 256;

/*
 * LV2 counts beats, of the unit that time:beatUnit names. Ardour 7 counts them, too, but says its tempo, and how far a beat
 * has gone, in quarters: in 6/8 the song would go at half its speed, and each eighth stop half way. Which of the two a host
 * does is found out from two places and the time between them; until then LV2 is believed.
 */
enum { BY_BEATS, BY_QUARTERS };

/* What one time:Position says; NaN where it says nothing. */
typedef struct {
    double bar;              /* whole bars since the song began */
    double bar_beat;         /* beats since the bar began */
    double beat;             /* beats since the song began */
    double frame;            /* frames since the song began: of no use but as a sign */
    double beat_unit;
    double beats_per_bar;
    double beats_per_minute;
    double speed;
} told_position;

void idiom_position_init(idiom_position *position, double rate) {
    *position = (idiom_position){.rate = rate >= 1 ? rate : 48000, .beats_per_bar = 4, .beat_unit = 4};
}

/* Steps a second of song. */
static double position_tempo(const idiom_position *position, bool counts_quarters) {
    return position->beats_per_minute / 60 * (counts_quarters ? 4 : 16 / position->beat_unit);
}

void idiom_position_advance(idiom_position *position, uint32_t frames) {
    position->anchor_frames += frames;
    if (position->speed > 0) {
        double a_second = position_tempo(position, position->counts_quarters) * position->speed;
        position->step += a_second * frames / position->rate;
    }
}

idiom_transport idiom_position_transport(const idiom_position *position, bool is_freewheeling) {
    if (!position->is_placed || position->beats_per_minute <= 0) {
        return (idiom_transport){.freewheeling = is_freewheeling, .steps_per_second = 8};
    }
    /* Backwards, the song has no notes to be answered: it stands, and is elsewhere with each position. */
    bool is_rolling = position->speed > 0;
    double song = position_tempo(position, position->counts_quarters);
    return (idiom_transport){
            .known = true,
            .rolling = is_rolling,
            .freewheeling = is_freewheeling,
            .step = position->step,
            .steps_per_second = is_rolling ? song * position->speed : song,
    };
}

static told_position position_read(idiom_atoms properties, const idiom_uris *uris) {
    told_position told = {NAN, NAN, NAN, NAN, NAN, NAN, NAN, NAN};
    const struct {
        LV2_URID key;
        double *into;
        double minimum;
        double maximum;
    } fields[] = {
            {uris->time_bar, &told.bar, -1e6, 1e6},
            {uris->time_bar_beat, &told.bar_beat, -1e4, 1e4},
            {uris->time_beat, &told.beat, -1e8, 1e8},
            {uris->time_frame, &told.frame, -INFINITY, INFINITY},
            {uris->time_beat_unit, &told.beat_unit, 1, 128},
            {uris->time_beats_per_bar, &told.beats_per_bar, 0.25, 256},
            {uris->time_beats_per_minute, &told.beats_per_minute, 1, 10000},
            {uris->time_speed, &told.speed, -1000, 1000},
    };
    const LV2_Atom_Property_Body *property;
    while ((property = idiom_atoms_next_property(&properties)) != NULL) {
        double number = idiom_atoms_number(&property->value, uris);
        for (size_t i = 0; i < sizeof fields / sizeof *fields; i++) {
            if (property->key == fields[i].key && number >= fields[i].minimum && number <= fields[i].maximum) {
                *fields[i].into = number;
            }
        }
    }
    return told;
}

static bool position_is_other(double told, double held) {
    return !isnan(told) && told != held;
}

static void position_take(double *held, double told) {
    if (!isnan(told)) {
        *held = told;
    }
}

/* Takes over tempo, metre and speed; what was measured before does not hold for others. */
static void position_take_tempo(idiom_position *position, const told_position *told) {
    if (position_is_other(told->beats_per_minute, position->beats_per_minute)
            || position_is_other(told->beats_per_bar, position->beats_per_bar)
            || position_is_other(told->beat_unit, position->beat_unit)
            || position_is_other(told->speed, position->speed)) {
        position->is_anchored = false;
    }
    position_take(&position->beats_per_minute, told->beats_per_minute);
    position_take(&position->beats_per_bar, told->beats_per_bar);
    position_take(&position->beat_unit, told->beat_unit);
    position_take(&position->speed, told->speed);
}

static double position_beats_in_steps(const idiom_position *position, double beats, bool counts_quarters) {
    double whole = floor(beats);
    double part = beats - whole;
    return 16 / position->beat_unit * whole + (counts_quarters ? 4 : 16 / position->beat_unit) * part;
}

/* The place that was told, in steps; NaN if none was. */
static double position_place(const idiom_position *position, const told_position *told, bool counts_quarters) {
    double bar_steps = position->beats_per_bar * 16 / position->beat_unit;
    double into_bar = isnan(told->bar_beat) ? 0 : position_beats_in_steps(position, told->bar_beat, counts_quarters);
    if (!isnan(told->bar)) {
        return told->bar * bar_steps + into_bar;
    }
    if (!isnan(told->beat)) {
        return position_beats_in_steps(position, told->beat, counts_quarters);
    }
    if (!isnan(told->bar_beat)) { /* of the bar that is nearest */
        double bar = position->is_placed ? round((position->step - into_bar) / bar_steps) : 0;
        return bar * bar_steps + into_bar;
    }
    return NAN;
}

/* Whether the song has come so far, since the host last said where it is, as its tempo makes it go. */
static bool position_fits(const idiom_position *position, double place, bool counts_quarters) {
    double seconds = position->anchor_frames / position->rate * position->speed;
    double gone = place - position->anchor_steps[counts_quarters ? BY_QUARTERS : BY_BEATS];
    return fabs(gone - position_tempo(position, counts_quarters) * seconds) < tick_steps;
}

/* Finds out whether the host counts beats or quarters. Within a beat, and where a beat is a quarter, both fit. */
static void position_measure(idiom_position *position, const double *places) {
    if (position->is_anchored && position->speed > 0) {
        bool fits_beats = position_fits(position, places[BY_BEATS], false);
        bool fits_quarters = position_fits(position, places[BY_QUARTERS], true);
        if (fits_beats && fits_quarters) {
            return;
        }
        if (fits_beats || fits_quarters) {
            position->counts_quarters = fits_quarters;
        }
    }
    position->is_anchored = true;
    position->anchor_steps[BY_BEATS] = places[BY_BEATS];
    position->anchor_steps[BY_QUARTERS] = places[BY_QUARTERS];
    position->anchor_frames = 0;
}

static bool position_is_foreseen(const idiom_transport *now, const idiom_transport *foreseen) {
    if (!now->known || !foreseen->known) {
        return now->known == foreseen->known;
    }
    return now->rolling == foreseen->rolling && now->steps_per_second == foreseen->steps_per_second
            && fabs(now->step - foreseen->step) < (now->rolling ? tick_steps : 1e-9);
}

bool idiom_position_hear(idiom_position *position, const LV2_Atom *atom, const idiom_uris *uris) {
    idiom_atoms properties = idiom_atoms_properties(atom, uris->time_position, uris);
    if (properties.left == 0) {
        return false;
    }
    idiom_transport foreseen = idiom_position_transport(position, false);
    told_position told = position_read(properties, uris);
    position_take_tempo(position, &told);
    const double places[] = {position_place(position, &told, false), position_place(position, &told, true)};
    if (!isnan(places[BY_BEATS])) {
        position_measure(position, places);
        position->is_placed = true;
        position->step = places[position->counts_quarters ? BY_QUARTERS : BY_BEATS];
    } else if (!isnan(told.frame)) {
        position->is_placed = false; /* it knows the frame, but no longer the bar */
    }
    idiom_transport now = idiom_position_transport(position, false);
    if (!position_is_foreseen(&now, &foreseen)) {
        return true;
    }
    if (now.known) {
        position->step = foreseen.step;
    }
    return false;
}
