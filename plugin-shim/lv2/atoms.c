#include "atoms.h"

#include <math.h>
#include <string.h>

static const idiom_atoms nothing = {NULL, 0};

/* What follows a head in an atom's body. */
static idiom_atoms atoms_after(const LV2_Atom *atom, size_t head) {
    if (atom->size < head) {
        return nothing;
    }
    const uint8_t *body = (const uint8_t *)(atom + 1);
    return (idiom_atoms){body + head, atom->size - head};
}

/* Takes a head that ends with an atom, and the atom's body; NULL if not all of it is there. */
static const void *atoms_take(idiom_atoms *atoms, size_t head) {
    if (atoms->left < head) {
        return NULL;
    }
    LV2_Atom atom;
    memcpy(&atom, atoms->at + head - sizeof atom, sizeof atom);
    if (atom.size > atoms->left - head) {
        atoms->left = 0;
        return NULL;
    }
    const void *taken = atoms->at;
    size_t padded = (head + atom.size + 7) & ~(size_t)7;
    size_t bytes = padded < atoms->left ? padded : atoms->left;
    atoms->at += bytes;
    atoms->left -= bytes;
    return taken;
}

idiom_atoms idiom_atoms_events(const LV2_Atom_Sequence *sequence, const idiom_uris *uris) {
    if (sequence == NULL || sequence->atom.type != uris->atom_sequence) {
        return nothing;
    }
    return atoms_after(&sequence->atom, sizeof sequence->body);
}

const LV2_Atom_Event *idiom_atoms_next_event(idiom_atoms *atoms) {
    return atoms_take(atoms, sizeof(LV2_Atom_Event));
}

idiom_atoms idiom_atoms_properties(const LV2_Atom *atom, LV2_URID type, const idiom_uris *uris) {
    if (atom->type != uris->atom_object && atom->type != uris->atom_blank && atom->type != uris->atom_resource) {
        return nothing;
    }
    LV2_Atom_Object_Body body;
    if (atom->size < sizeof body) {
        return nothing;
    }
    memcpy(&body, atom + 1, sizeof body);
    return body.otype == type ? atoms_after(atom, sizeof body) : nothing;
}

const LV2_Atom_Property_Body *idiom_atoms_next_property(idiom_atoms *atoms) {
    return atoms_take(atoms, sizeof(LV2_Atom_Property_Body));
}

/* Copies the body of an atom; false if it is of another type or size. */
static bool atom_is(const LV2_Atom *atom, LV2_URID type, void *number, size_t bytes) {
    if (atom->type != type || atom->size != bytes) {
        return false;
    }
    memcpy(number, atom + 1, bytes);
    return true;
}

double idiom_atoms_number(const LV2_Atom *atom, const idiom_uris *uris) {
    int32_t as_int;
    int64_t as_long;
    float as_float;
    double as_double;
    if (atom_is(atom, uris->atom_int, &as_int, sizeof as_int)) {
        return as_int;
    }
    if (atom_is(atom, uris->atom_long, &as_long, sizeof as_long)) {
        return (double)as_long;
    }
    if (atom_is(atom, uris->atom_float, &as_float, sizeof as_float)) {
        return (double)as_float;
    }
    return atom_is(atom, uris->atom_double, &as_double, sizeof as_double) ? as_double : NAN;
}
