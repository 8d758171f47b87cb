/*
 * Walks along atoms without trusting the sizes they tell: what comes over a cable may be any plugin's invention, and the
 * loops of lv2/atom/util.h would follow a wrong size out of the buffer.
 */
#ifndef IDIOM_LV2_ATOMS_H
#define IDIOM_LV2_ATOMS_H

#include <lv2/atom/atom.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "uris.h"

/* What is left to be read. */
typedef struct {
    const uint8_t *at;
    size_t left; /* bytes */
} idiom_atoms;

/* The events of a sequence; none if it is NULL or no sequence. [audio] */
idiom_atoms idiom_atoms_events(const LV2_Atom_Sequence *sequence, const idiom_uris *uris);

/* The next event, or NULL if no whole one is left. [audio] */
const LV2_Atom_Event *idiom_atoms_next_event(idiom_atoms *atoms);

/* The properties of an object; none if it isn't one of that type. [audio] */
idiom_atoms idiom_atoms_properties(const LV2_Atom *atom, LV2_URID type, const idiom_uris *uris);

/* The next property, or NULL if no whole one is left. [audio] */
const LV2_Atom_Property_Body *idiom_atoms_next_property(idiom_atoms *atoms);

/* The number in an int, a long, a float or a double; NaN of all else. [audio] */
double idiom_atoms_number(const LV2_Atom *atom, const idiom_uris *uris);

#endif
