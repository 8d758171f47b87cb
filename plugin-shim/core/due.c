#include "due.h"

#include <string.h>

#include "midi.h"

static bool is_before(const idiom_due_message *a, const idiom_due_message *b) {
    return a->frame < b->frame || (a->frame == b->frame && a->order < b->order);
}

static void swap(idiom_due_message *a, idiom_due_message *b) {
    idiom_due_message kept = *a;
    *a = *b;
    *b = kept;
}

static void rise(idiom_due *due, uint32_t place) {
    while (place > 0 && is_before(&due->heap[place], &due->heap[(place - 1) / 2])) {
        swap(&due->heap[place], &due->heap[(place - 1) / 2]);
        place = (place - 1) / 2;
    }
}

static void sink(idiom_due *due, uint32_t place) {
    for (;;) {
        uint32_t first = place;
        for (uint32_t child = 2 * place + 1; child <= 2 * place + 2 && child < due->size; child++) {
            if (is_before(&due->heap[child], &due->heap[first])) {
                first = child;
            }
        }
        if (first == place) {
            return;
        }
        swap(&due->heap[place], &due->heap[first]);
        place = first;
    }
}

static int free_slot(const idiom_due *due) {
    for (int slot = 0; slot < IDIOM_DUE_LONG_MESSAGES; slot++) {
        if (!due->taken[slot]) {
            return slot;
        }
    }
    return -1;
}

bool idiom_due_add(idiom_due *due, int64_t frame, const uint8_t *bytes, uint32_t length) {
    if (due->size == IDIOM_DUE_MESSAGES || length < 1 || length > IDIOM_LONGEST_MESSAGE) {
        return false;
    }
    idiom_due_message *message = &due->heap[due->size];
    if (length > sizeof message->bytes) {
        int slot = free_slot(due);
        if (slot < 0) {
            return false;
        }
        due->taken[slot] = true;
        memcpy(due->longer[slot], bytes, length);
        message->slot = (uint8_t)slot;
    } else {
        memcpy(message->bytes, bytes, length);
    }
    message->frame = frame;
    message->order = due->order++;
    message->length = length;
    rise(due, due->size++);
    return true;
}

const idiom_due_message *idiom_due_first(const idiom_due *due) {
    return due->size == 0 ? NULL : &due->heap[0];
}

const uint8_t *idiom_due_bytes(const idiom_due *due, const idiom_due_message *message) {
    return message->length > sizeof message->bytes ? due->longer[message->slot] : message->bytes;
}

static void give_back_slot(idiom_due *due, const idiom_due_message *message) {
    if (message->length > sizeof message->bytes) {
        due->taken[message->slot] = false;
    }
}

void idiom_due_remove(idiom_due *due) {
    give_back_slot(due, &due->heap[0]);
    due->heap[0] = due->heap[--due->size];
    sink(due, 0);
}

/* Whether somebody has to end what a message begins, or it ends that itself: a note, or the pedal. */
static bool holds(const uint8_t *bytes, uint32_t length) {
    return idiom_midi_is_note(bytes, length)
           || (length == 3 && (bytes[0] & 0xF0) == IDIOM_CONTROL && bytes[1] == IDIOM_SUSTAIN);
}

void idiom_due_forget_notes(idiom_due *due, int64_t frame) {
    uint32_t kept = 0;
    for (uint32_t i = 0; i < due->size; i++) {
        idiom_due_message *message = &due->heap[i];
        if (!holds(idiom_due_bytes(due, message), message->length)) {
            if (message->frame > frame) {
                message->frame = frame;
            }
            due->heap[kept] = *message;
            rise(due, kept++);
        }
    }
    due->size = kept;
}
