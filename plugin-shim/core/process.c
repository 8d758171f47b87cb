/* A block, from its beginning to its end: what adapters call in the audio thread. */
#include "process.h"

#include <math.h>

#include "midi.h"

#ifdef IDIOM_RT_GUARD
/*
 * Of test/rt_guard.c, if that is there: between the two, this thread may call nothing that can wait. In a block of no frames it
 * may: clap/setup.c has one where memory may be asked for.
 */
void idiom_rt_enter(void) __attribute__((weak));
void idiom_rt_leave(void) __attribute__((weak));
#endif

/* A parameter has a value from a frame on. */
static void obey(idiom_core *core, uint32_t offset, uint32_t parameter) {
    double value = idiom_parameter_in_effect(core, parameter);
    if (parameter == IDIOM_BYPASS) {
        core->is_bypassed = value >= 0.5;
        idiom_choose_answer(core, offset);
    }
    if (core->told[parameter] != value) {
        idiom_tell_parameter(core, offset, parameter, value);
    }
}

static void follow_parameters(idiom_core *core) {
    uint32_t program = idiom_has_engine(core) ? idiom_load32(core, IDIOM_AT_PROGRAM) : core->seen_program;
    if (core->awaits_program) {
        core->awaits_program = idiom_has_engine(core) && program != (uint32_t)core->told[IDIOM_PRESET]
                               && idiom_load32(core, IDIOM_AT_STATE) != IDIOM_ENGINE_PRESET_MISSING;
        core->seen_program = program;
    } else if (program != core->seen_program && program < 128) {
        /* A Program Change has chosen another preset. */
        core->seen_program = program;
        core->told[IDIOM_PRESET] = program;
        idiom_parameter_store(core, IDIOM_PRESET, program);
    }
    uint32_t restores = atomic_load_explicit(&core->restores, memory_order_acquire);
    if (restores != core->seen_restores) {
        core->seen_restores = restores;
        core->programs_from = core->frame + (int64_t)core->rate;
    }
    for (uint32_t i = 0; i < IDIOM_PARAMETERS; i++) {
        obey(core, 0, i);
    }
}

static void go_to(idiom_core *core, uint32_t offset, const idiom_transport *transport) {
    idiom_transport there = *transport;
    /* A host renders a block or it does not. */
    there.freewheeling = core->transport.freewheeling;
    idiom_song_go_to(core, offset, &there);
}

static void show_status(idiom_core *core) {
    idiom_status status = IDIOM_UNSHARED;
    if (core->shared.base != NULL) {
        static const idiom_status of_engine[] = {IDIOM_LOADING, IDIOM_PLAYING, IDIOM_NO_PRESET};
        uint32_t state = idiom_load32(core, IDIOM_AT_STATE);
        status = !core->is_fresh ? idiom_load64(core, IDIOM_AT_EPOCH) != 0 || core->broken_epoch != 0 ? IDIOM_LOST : IDIOM_WAITING
                 : state <= IDIOM_ENGINE_PRESET_MISSING ? of_engine[state]
                                                        : IDIOM_LOADING;
    }
    atomic_store_explicit(&core->status, (uint32_t)status, memory_order_relaxed);
}

void idiom_process_begin(
        idiom_core *core, uint32_t frames, const idiom_transport *transport, idiom_sink sink, void *context) {
    core->frame += core->frames;
    core->transport.freewheeling = idiom_is_rendering(core, transport);
#ifdef IDIOM_RT_GUARD
    if (idiom_rt_enter != NULL && frames > 0 && !core->transport.freewheeling) {
        idiom_rt_enter();
    }
#endif
    core->frames = frames;
    core->sink = sink;
    core->context = context;
    core->sent = 0;
    if (atomic_exchange_explicit(&core->wants_reset, false, memory_order_acquire)) {
        idiom_release(core, 0);
    }
    if (core->shared.base != NULL && frames > core->longest_block) {
        core->longest_block = frames;
        atomic_store_explicit(idiom_shared_half_at(&core->shared, IDIOM_AT_BLOCK_FRAMES), frames, memory_order_release);
    }
    idiom_look_for_engine(core);
    if (core->transport.freewheeling) {
        idiom_wait_for_engine(core);
    } else {
        core->was_waited_for = false;
        core->is_tired = false;
    }
    idiom_choose_answer(core, 0);
    go_to(core, 0, transport);
    follow_parameters(core);
    idiom_take_answers(core);
    show_status(core);
}

void idiom_process_transport(idiom_core *core, uint32_t offset, const idiom_transport *transport) {
    idiom_flush(core, offset);
    go_to(core, offset, transport);
}

void idiom_process_midi(idiom_core *core, uint32_t offset, const uint8_t *bytes, uint32_t length) {
    if (length > IDIOM_LONGEST_MESSAGE || !idiom_midi_is_whole(bytes, length)) {
        idiom_count(&core->dropped);
        return;
    }
    idiom_keep_bank(core, bytes);
    if (idiom_is_choice(core, bytes) && core->frame + offset < core->programs_from) {
        /* Hosts set the programs of their tracks when they have loaded a session; the session's preset stays. */
        return;
    }
    idiom_flush(core, offset);
    idiom_tell(core, IDIOM_MIDI, offset, bytes, (uint16_t)length, idiom_midi_ends_notes(bytes, length));
    idiom_follow_route(core, core->frame + offset);
    if (idiom_passes(core, bytes, length)) {
        idiom_pass(core, offset, bytes, length);
    }
}

void idiom_process_parameter(idiom_core *core, uint32_t offset, uint32_t parameter, double value) {
    if (parameter >= IDIOM_PARAMETERS || isnan(value)) {
        return;
    }
    idiom_flush(core, offset);
    idiom_parameter_store(core, parameter, value);
    obey(core, offset, parameter);
}

void idiom_process_modulation(idiom_core *core, uint32_t offset, uint32_t parameter, double amount) {
    if (idiom_core_modulate(core, parameter, amount)) {
        idiom_flush(core, offset);
        obey(core, offset, parameter);
    }
}

void idiom_process_end(idiom_core *core) {
    idiom_flush(core, core->frames);
    if (idiom_has_engine(core)) {
        idiom_tell(core, IDIOM_END, core->frames, NULL, 0, false);
        idiom_ring_publish(&core->to_engine);
        core->has_told = true;
    }
#ifdef IDIOM_RT_GUARD
    if (idiom_rt_leave != NULL && core->frames > 0 && !core->transport.freewheeling) {
        idiom_rt_leave();
    }
#endif
}

void idiom_core_reset(idiom_core *core) {
    atomic_store_explicit(&core->wants_reset, true, memory_order_release);
}

uint32_t idiom_core_latency(const idiom_core *core) {
    if (core->shared.base == NULL || idiom_parameter_load(core, IDIOM_COMPENSATE) < 0.5) {
        return 0;
    }
    int64_t delay = (int64_t)idiom_load64(core, IDIOM_AT_DELAY_FRAMES);
    int64_t most = (int64_t)(core->rate * 120);
    return delay < 0 ? 0 : (uint32_t)(delay < most ? delay : most);
}
