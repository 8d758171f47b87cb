/*
 * The parts of the audio thread, between them; idiom.h has what adapters call. All of it is [audio]: no allocation, no lock, no
 * call to the system but the clock's, which costs none where it is mapped into the process (vDSO). Only while a host renders, and
 * waits for the plugin instead of the clock, does it sleep.
 */
#ifndef IDIOM_PROCESS_H
#define IDIOM_PROCESS_H

#include "core.h"

static inline uint64_t idiom_load64(const idiom_core *core, size_t at) {
    return atomic_load_explicit(idiom_shared_word_at(&core->shared, at), memory_order_acquire);
}

static inline void idiom_store64(const idiom_core *core, size_t at, uint64_t value) {
    atomic_store_explicit(idiom_shared_word_at(&core->shared, at), value, memory_order_release);
}

static inline uint32_t idiom_load32(const idiom_core *core, size_t at) {
    return atomic_load_explicit(idiom_shared_half_at(&core->shared, at), memory_order_acquire);
}

static inline void idiom_count(_Atomic uint64_t *counter) {
    /* One writer: no need for an instruction that locks the bus. */
    atomic_store_explicit(counter, atomic_load_explicit(counter, memory_order_relaxed) + 1, memory_order_relaxed);
}

static inline bool idiom_has_engine(const idiom_core *core) {
    return core->epoch != 0;
}

/* leaving.c: what leaves. */

/* Sends what is due before a frame of the block, or up to its end; false if the sink has no more room. */
bool idiom_flush(idiom_core *core, uint32_t offset);

/* Ends all that sounds and forgets the notes that wait, at a frame of the block up to which all has been flushed. */
void idiom_release(idiom_core *core, uint32_t offset);

/* Takes the route that holds at a frame. */
void idiom_follow_route(idiom_core *core, int64_t frame);

/* Lets the engine answer, or passes through what is played, as things stand now. */
void idiom_choose_answer(idiom_core *core, uint32_t offset);

/* link.c: the engine. */

/* Looks whether there is an engine, another engine, or none any more. */
void idiom_look_for_engine(idiom_core *core);

/*
 * Tells the engine, if there is one; false if it has to be told again because there was no room. What `ends` notes, or tells of a
 * jump, gets the room that is kept for that.
 */
bool idiom_tell(idiom_core *core, uint16_t kind, uint32_t offset, const void *payload, uint16_t length, bool ends);

/* The same of a parameter's value, which is remembered as told if it was. */
void idiom_tell_parameter(idiom_core *core, uint32_t offset, uint32_t parameter, double value);

/* Takes what the engine has sent, as long as there is room. */
void idiom_take_answers(idiom_core *core);

/* Waits until the engine has sent all that leaves in this block, as far as it knows of it, and takes it. */
void idiom_wait_for_answer(idiom_core *core);

/* A rendering host hears what a playing one would: the engine is waited for. */
void idiom_wait_for_engine(idiom_core *core);

/* rendering.c: hosts that wait. */

/* Whether the host renders a block that begins, as far as one can tell. */
bool idiom_is_rendering(idiom_core *core, const idiom_transport *transport);

/* How long a host that renders is waited for: `most`, or less as long as it may be playing. */
int64_t idiom_patience_ns(const idiom_core *core, int64_t most);

/* song.c: where the song is. */

/* The song is at a place from a frame of the block on; a jump ends what sounds, and the engine is told. */
void idiom_song_go_to(idiom_core *core, uint32_t offset, const idiom_transport *wanted);

/* passing.c: what leaves by itself. */

/* Keeps account of which bank a Program Change would choose from. */
void idiom_keep_bank(idiom_core *core, const uint8_t *bytes);

/* Whether a message chooses a preset. */
bool idiom_is_choice(const idiom_core *core, const uint8_t *bytes);

/* Whether a message that was played leaves by itself, and not with what the engine answers. */
bool idiom_passes(idiom_core *core, const uint8_t *bytes, uint32_t length);

/* Has a message that passes leave, by its time. */
void idiom_pass(idiom_core *core, uint32_t offset, const uint8_t *bytes, uint32_t length);

#endif
