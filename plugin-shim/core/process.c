/*
 * The audio thread: no allocation, no lock, no call to the system but the clock's, which costs none where it is mapped into
 * the process (vDSO). Only while a host renders, and waits for the plugin instead of the clock, does it sleep.
 */
#include <math.h>
#include <string.h>
#include <time.h>

#include "core.h"
#include "midi.h"

/* An engine whose heart has not beaten for so long is gone. */
static const int64_t HEARTBEAT_LIMIT_NS = 200000000;
/* The same while rendering, when nobody hears how long it takes. */
static const int64_t RENDER_LIMIT_NS = 2000000000;
/* So long a rendering host waits for an engine that is just starting. */
static const int64_t START_LIMIT_NS = 15000000000;
static const double JUMP_STEPS = 0.5;
/* Steps a second, beyond which no host goes: 6000 quarters a minute. */
static const double FASTEST = 400;
/* So long what passes is held back, rather than left out, when the latency falls. */
static const double HELD_BACK_SECONDS = 0.1;
/* Room in the ring for what ends notes, and for jumps: what can be told again, or is told with every block, gets none. */
enum { RESERVE = IDIOM_TO_ENGINE_BYTES / 8 };

#ifdef IDIOM_RT_GUARD
/*
 * Of test/rt_guard.c, if that is there: between the two, this thread may call nothing that can wait. In a block of no frames it
 * may: clap/setup.c has one where memory may be asked for.
 */
void idiom_rt_enter(void) __attribute__((weak));
void idiom_rt_leave(void) __attribute__((weak));
#endif

int64_t idiom_monotonic_ns(void) {
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000000000 + now.tv_nsec;
}

static uint64_t load64(const idiom_core *core, size_t at) {
    return atomic_load_explicit(idiom_shared_word_at(&core->shared, at), memory_order_acquire);
}

static void store64(const idiom_core *core, size_t at, uint64_t value) {
    atomic_store_explicit(idiom_shared_word_at(&core->shared, at), value, memory_order_release);
}

static uint32_t load32(const idiom_core *core, size_t at) {
    return atomic_load_explicit(idiom_shared_half_at(&core->shared, at), memory_order_acquire);
}

static void count(_Atomic uint64_t *counter) {
    /* One writer: no need for an instruction that locks the bus. */
    atomic_store_explicit(counter, atomic_load_explicit(counter, memory_order_relaxed) + 1, memory_order_relaxed);
}

static bool has_engine(const idiom_core *core) {
    return core->epoch != 0;
}

/* The host's sink, for offsets that never fall: what comes too late for its own leaves with what left last. */
static bool send(void *context, uint32_t offset, const uint8_t *bytes, uint32_t length) {
    idiom_core *core = context;
    core->sent = offset > core->sent ? offset : core->sent;
    return core->sink(core->context, core->sent, bytes, length);
}

/* Sends what is due before a frame of the block, or up to its end; false if the sink has no more room. */
static bool flush(idiom_core *core, uint32_t offset) {
    /* A release that found no room goes on as early as it can: an offset at the end would lie outside of the block. */
    if (!idiom_sounding_go_on(&core->sounding, 0, send, core)) {
        return false;
    }
    int64_t end = core->frame + offset;
    for (const idiom_due_message *first = idiom_due_first(&core->due); first != NULL && first->frame < end;
         first = idiom_due_first(&core->due)) {
        const uint8_t *bytes = idiom_due_bytes(&core->due, first);
        if (idiom_sounding_admits(&core->sounding, bytes, first->length)) {
            bool is_late = first->frame < core->frame;
            if (!send(core, is_late ? 0 : (uint32_t)(first->frame - core->frame), bytes, first->length)) {
                return false;
            }
            if (is_late) {
                count(&core->late);
            }
            idiom_sounding_sent(&core->sounding, bytes, first->length);
        }
        idiom_due_remove(&core->due);
    }
    return true;
}

/* Takes the route that holds at a frame. */
static void follow_route(idiom_core *core, int64_t frame) {
    uint32_t past = 0;
    while (past < core->route_count && core->routes[past].frame <= frame) {
        core->route = core->routes[past++].route;
    }
    if (past > 0) {
        core->route_count -= past;
        memmove(core->routes, core->routes + past, core->route_count * sizeof core->routes[0]);
    }
}

/* Ends all that sounds and forgets the notes that wait, at a frame of the block up to which all has been flushed. */
static void release(idiom_core *core, uint32_t offset) {
    memset(core->passed, 0, sizeof core->passed);
    core->passed_until = INT64_MIN;
    idiom_due_forget_notes(&core->due, core->frame + offset);
    idiom_sounding_release(&core->sounding);
    idiom_sounding_go_on(&core->sounding, offset, send, core);
}

/* Lets the engine answer, or passes through what is played, as things stand now. */
static void choose_answer(idiom_core *core, uint32_t offset) {
    bool answers = has_engine(core) && core->is_fresh && !core->is_bypassed
                   && load32(core, IDIOM_AT_STATE) == IDIOM_ENGINE_READY;
    if (answers != core->is_answering) {
        flush(core, offset);
        core->is_answering = answers;
        release(core, offset);
    }
}

static void accept_engine(idiom_core *core, uint64_t epoch) {
    idiom_ring_skip(&core->to_plugin);
    core->known_jumps = core->jumps;
    core->epoch = epoch;
    core->has_told = false;
    core->route = IDIOM_ROUTE_ANSWERED;
    core->route_count = 0;
    core->seen_program = load32(core, IDIOM_AT_PROGRAM);
    for (uint32_t i = 0; i < IDIOM_PARAMETERS; i++) {
        core->told[i] = NAN;
    }
    /* What an engine before this one was told in the block at hand is told nobody. */
    idiom_ring_publish(&core->to_engine);
    core->owes_jump = false;
    core->awaits_program = false;
    store64(core, IDIOM_AT_ACCEPTED_TAIL, core->to_engine.tail);
    store64(core, IDIOM_AT_ACCEPTED_EPOCH, epoch);
}

/* Looks whether there is an engine, another engine, or none any more. */
static void look_for_engine(idiom_core *core) {
    if (core->shared.base == NULL) {
        return;
    }
    uint64_t epoch = load64(core, IDIOM_AT_EPOCH);
    int64_t limit = core->transport.freewheeling ? RENDER_LIMIT_NS : HEARTBEAT_LIMIT_NS;
    int64_t heartbeat = (int64_t)load64(core, IDIOM_AT_HEARTBEAT_NS);
    int64_t now = idiom_monotonic_ns();
    /* Unsigned: a heartbeat from nowhere may lie so far away that the difference does not fit. */
    bool beats = heartbeat <= now && (uint64_t)now - (uint64_t)heartbeat < (uint64_t)limit;
    core->is_fresh = epoch != 0 && epoch != core->broken_epoch && (beats || heartbeat > now) && heartbeat - limit < now;
    if (!core->is_fresh) {
        core->epoch = core->epoch == epoch && epoch != core->broken_epoch ? core->epoch : 0;
    } else if (epoch != core->epoch) {
        if (core->is_answering) {
            core->is_answering = false;
            release(core, 0);
        }
        accept_engine(core, epoch);
    }
    store64(core, IDIOM_AT_LAST_BLOCK_NS, (uint64_t)now);
}

/* Tells the engine, if there is one; false if it has to be told again because there was no room. */
static bool tell(idiom_core *core, uint16_t kind, uint32_t offset, const void *payload, uint16_t length, bool ends) {
    bool is_told = !has_engine(core)
                   || idiom_ring_write(
                           &core->to_engine, ends ? 0 : RESERVE, kind, core->frame + offset, payload, length);
    if (!is_told) {
        store64(core, IDIOM_AT_LOST_TO_ENGINE, load64(core, IDIOM_AT_LOST_TO_ENGINE) + 1);
    }
    return is_told;
}

static void tell_parameter(idiom_core *core, uint32_t offset, uint32_t parameter, double value) {
    struct {
        uint32_t parameter;
        uint32_t nothing;
        double value;
    } payload = {parameter, 0, value};
    if (has_engine(core) && tell(core, IDIOM_PARAMETER, offset, &payload, sizeof payload, false)) {
        core->told[parameter] = value;
        core->awaits_program |= parameter == IDIOM_PRESET;
    }
}

/* A parameter has a value from a frame on. */
static void obey(idiom_core *core, uint32_t offset, uint32_t parameter) {
    double value = idiom_parameter_load(core, parameter);
    if (parameter == IDIOM_BYPASS) {
        core->is_bypassed = value >= 0.5;
        choose_answer(core, offset);
    }
    if (core->told[parameter] != value) {
        tell_parameter(core, offset, parameter, value);
    }
}

static void follow_parameters(idiom_core *core) {
    uint32_t program = has_engine(core) ? load32(core, IDIOM_AT_PROGRAM) : core->seen_program;
    if (core->awaits_program) {
        core->awaits_program = has_engine(core) && program != (uint32_t)core->told[IDIOM_PRESET]
                               && load32(core, IDIOM_AT_STATE) != IDIOM_ENGINE_PRESET_MISSING;
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

static double step_at(const idiom_core *core, int64_t frame) {
    const idiom_transport *transport = &core->transport;
    return transport->step + (double)(frame - core->transport_frame) / core->rate * transport->steps_per_second;
}

/* Whether the engine plays the window of a step from memory. */
static bool is_known(const idiom_core *core, double step) {
    double window = floor(step / 64);
    if (!(window >= 0 && window < 512)) {
        return false;
    }
    uint32_t index = (uint32_t)window;
    return (load64(core, IDIOM_AT_KNOWN_WINDOWS + 8 * (index / 64)) >> (index % 64) & 1) != 0;
}

static bool is_sound(const idiom_transport *transport) {
    return isfinite(transport->step) && fabs(transport->step) < 1e9 && isfinite(transport->steps_per_second)
           && transport->steps_per_second > 0 && transport->steps_per_second <= FASTEST;
}

static bool take_route(idiom_core *core, const idiom_ring_record *record) {
    uint32_t route;
    memcpy(&route, record->payload, sizeof route);
    if (core->known_jumps != core->jumps || route > IDIOM_ROUTE_REMEMBERED) {
        return true;
    }
    follow_route(core, core->frame);
    if (core->route_count == IDIOM_ROUTES_AHEAD) {
        return false;
    }
    core->routes[core->route_count++] = (idiom_route_ahead){record->frame, route};
    follow_route(core, core->frame);
    return true;
}

/* Takes one record of the engine's; false if it has to stay where it is. */
static bool take(idiom_core *core, const idiom_ring_record *record) {
    if (record->kind == IDIOM_RESTART && record->length == 8) {
        memcpy(&core->known_jumps, record->payload, sizeof core->known_jumps);
        core->route_count = 0;
        if (core->is_answering) {
            release(core, 0);
        }
        return true;
    }
    if (record->kind == IDIOM_ROUTE && record->length == 8) {
        return take_route(core, record);
    }
    bool fits = record->kind == IDIOM_MIDI && record->length > 0 && record->length <= IDIOM_LONGEST_MESSAGE;
    if (fits) {
        /* Who shares the memory can change it between two looks: what was looked at has to be what is taken. */
        memcpy(core->message, record->payload, record->length);
    }
    if (!fits || !idiom_midi_is_whole(core->message, record->length)) {
        count(&core->dropped);
        return true;
    }
    if (!core->is_answering || core->known_jumps != core->jumps) {
        return true;
    }
    return idiom_due_add(&core->due, record->frame, core->message, record->length);
}

static void take_answers(idiom_core *core) {
    idiom_ring_record record;
    idiom_ring_look look = IDIOM_RING_EMPTY;
    while (has_engine(core) && (look = idiom_ring_peek(&core->to_plugin, &record)) == IDIOM_RING_RECORD) {
        if (!take(core, &record)) {
            return;
        }
        idiom_ring_take(&core->to_plugin, &record);
    }
    if (look == IDIOM_RING_BROKEN) {
        core->broken_epoch = core->epoch;
        core->epoch = 0;
        choose_answer(core, 0);
    }
}

static void sleep_briefly(void) {
    struct timespec time = {0, 50000};
    nanosleep(&time, NULL);
}

/* Whether the engine has seen the last jump, and promises that nothing more will be due in this block. */
static bool is_answered(const idiom_core *core) {
    return core->known_jumps == core->jumps
           && (int64_t)load64(core, IDIOM_AT_SETTLED_UNTIL) >= core->frame + core->frames;
}

/* Waits until the engine has sent all that leaves in this block, as far as it knows of it, and takes it. */
static void wait_for_answer(idiom_core *core) {
    int64_t start = idiom_monotonic_ns();
    while (!core->is_tired && core->is_fresh && load32(core, IDIOM_AT_STATE) == IDIOM_ENGINE_READY
           && !is_answered(core)) {
        sleep_briefly();
        look_for_engine(core);
        take_answers(core);
        /* One that lives and never answers is waited for once, and not in every block. */
        core->is_tired = idiom_monotonic_ns() - start >= START_LIMIT_NS;
    }
    take_answers(core);
}

static void go_to(idiom_core *core, uint32_t offset, const idiom_transport *wanted) {
    idiom_transport transport = *wanted;
    transport.known = transport.known && is_sound(&transport);
    transport.rolling = transport.known && transport.rolling;
    int64_t frame = core->frame + offset;
    bool jumped = transport.rolling != core->transport.rolling
                  || (transport.rolling && fabs(transport.step - step_at(core, frame)) > JUMP_STEPS);
    core->transport = transport;
    core->transport_frame = frame;
    if (jumped) {
        core->jumps++;
        follow_route(core, frame);
        core->route_count = 0;
        if (core->is_answering) {
            flush(core, offset);
            release(core, offset);
        }
        if (has_engine(core) && core->route != IDIOM_ROUTE_ANSWERED) {
            core->route = transport.rolling && is_known(core, transport.step) ? IDIOM_ROUTE_REMEMBERED
                                                                              : IDIOM_ROUTE_PASSED;
        }
    }
    bool passes = (jumped || core->owes_jump) && core->route == IDIOM_ROUTE_PASSED;
    struct {
        uint32_t flags;
        uint32_t jumps;
        double step;
        double steps_per_second;
    } payload = {
            (transport.known ? IDIOM_TRANSPORT_KNOWN : 0u) | (transport.rolling ? IDIOM_TRANSPORT_ROLLING : 0u)
                    | (transport.freewheeling ? IDIOM_TRANSPORT_FREEWHEELING : 0u) | (jumped || core->owes_jump ? IDIOM_TRANSPORT_JUMPED : 0u)
                    | (passes ? IDIOM_TRANSPORT_PASSED : 0u),
            core->jumps, transport.known ? transport.step : 0, transport.known ? transport.steps_per_second : 0};
    bool is_told = tell(core, IDIOM_TRANSPORT, offset, &payload, sizeof payload, jumped || core->owes_jump);
    /* Nothing of the engine's gets through until it knows of a jump: it is told of it with the next transport. */
    core->owes_jump = !is_told && (jumped || core->owes_jump);
    if (jumped && has_engine(core)) {
        /* What is promised for frames to come was promised for where the song was. */
        core->has_told = core->transport.freewheeling;
        if (core->transport.freewheeling) {
            idiom_ring_publish(&core->to_engine);
            wait_for_answer(core);
        }
    }
}

/* A rendering host hears what a playing one would: the engine is waited for. */
static void wait_for_engine(idiom_core *core) {
    int64_t start = idiom_monotonic_ns();
    if (!core->was_waited_for) {
        core->was_waited_for = true;
        while (!(core->is_fresh && load32(core, IDIOM_AT_STATE) != IDIOM_ENGINE_LOADING)
               && atomic_load_explicit(&core->expects_engine, memory_order_relaxed)
               && idiom_monotonic_ns() - start < START_LIMIT_NS) {
            sleep_briefly();
            look_for_engine(core);
        }
    }
    if (core->has_told) {
        wait_for_answer(core);
    }
}

static void show_status(idiom_core *core) {
    idiom_status status = IDIOM_UNSHARED;
    if (core->shared.base != NULL) {
        static const idiom_status of_engine[] = {IDIOM_LOADING, IDIOM_PLAYING, IDIOM_NO_PRESET};
        uint32_t state = load32(core, IDIOM_AT_STATE);
        status = !core->is_fresh ? load64(core, IDIOM_AT_EPOCH) != 0 || core->broken_epoch != 0 ? IDIOM_LOST : IDIOM_WAITING
                 : state <= IDIOM_ENGINE_PRESET_MISSING ? of_engine[state]
                                                        : IDIOM_LOADING;
    }
    atomic_store_explicit(&core->status, (uint32_t)status, memory_order_relaxed);
}

void idiom_process_begin(
        idiom_core *core, uint32_t frames, const idiom_transport *transport, idiom_sink sink, void *context) {
#ifdef IDIOM_RT_GUARD
    if (idiom_rt_enter != NULL && frames > 0 && !transport->freewheeling) {
        idiom_rt_enter();
    }
#endif
    core->frame += core->frames;
    core->frames = frames;
    core->sink = sink;
    core->context = context;
    core->sent = 0;
    core->transport.freewheeling = transport->freewheeling;
    if (atomic_exchange_explicit(&core->wants_reset, false, memory_order_acquire)) {
        release(core, 0);
    }
    if (core->shared.base != NULL && frames > core->longest_block) {
        core->longest_block = frames;
        atomic_store_explicit(idiom_shared_half_at(&core->shared, IDIOM_AT_BLOCK_FRAMES), frames, memory_order_release);
    }
    look_for_engine(core);
    if (transport->freewheeling) {
        wait_for_engine(core);
    } else {
        core->was_waited_for = false;
        core->is_tired = false;
    }
    choose_answer(core, 0);
    go_to(core, 0, transport);
    follow_parameters(core);
    take_answers(core);
    show_status(core);
}

void idiom_process_transport(idiom_core *core, uint32_t offset, const idiom_transport *transport) {
    idiom_transport there = *transport;
    /* A host renders a block or it does not. */
    there.freewheeling = core->transport.freewheeling;
    flush(core, offset);
    go_to(core, offset, &there);
}

static bool has_bit(const idiom_core *core, size_t at, uint8_t number) {
    return (load64(core, at + 8 * (size_t)(number / 64)) >> (number % 64) & 1) != 0;
}

static void keep_bank(idiom_core *core, const uint8_t *bytes) {
    uint16_t *bank = &core->banks[bytes[0] & 0x0F];
    if ((bytes[0] & 0xF0) == IDIOM_CONTROL && bytes[1] == IDIOM_BANK) {
        *bank = (uint16_t)((*bank & 0x7F) | bytes[2] << 7);
    } else if ((bytes[0] & 0xF0) == IDIOM_CONTROL && bytes[1] == IDIOM_BANK_LOW) {
        *bank = (uint16_t)((*bank & ~0x7F) | bytes[2]);
    }
}

/* Whether a message chooses a preset. */
static bool is_choice(const idiom_core *core, const uint8_t *bytes) {
    return (bytes[0] & 0xF0) == IDIOM_PROGRAM_CHANGE && core->banks[bytes[0] & 0x0F] == 0 && has_engine(core)
           && has_bit(core, IDIOM_AT_OWN_PROGRAMS, bytes[1]);
}

/* Whether a message is meant for the engine, and not for who listens behind the plugin. */
static bool is_for_engine(const idiom_core *core, const uint8_t *bytes) {
    return is_choice(core, bytes)
           || ((bytes[0] & 0xF0) == IDIOM_CONTROL && has_bit(core, IDIOM_AT_OWN_CONTROLS, bytes[1]));
}

/* Whether a message that was played leaves by itself, and not with what the engine answers. */
static bool passes(idiom_core *core, const uint8_t *bytes, uint32_t length) {
    if (!core->is_answering) {
        return true;
    }
    if (!idiom_midi_is_note(bytes, length)) {
        return core->route != IDIOM_ROUTE_ANSWERED && !is_for_engine(core, bytes);
    }
    uint8_t *open = &core->passed[bytes[0] & 0x0F][bytes[1]];
    if (idiom_midi_ends_notes(bytes, length)) {
        /* An off belongs to its on, whatever plays by now. */
        bool was_passed = *open > 0;
        *open = (uint8_t)(was_passed ? *open - 1 : 0);
        return was_passed;
    }
    bool is_routed = core->route == IDIOM_ROUTE_PASSED
                     || (core->route == IDIOM_ROUTE_REMEMBERED && !idiom_midi_is_shown(bytes));
    bool is_passed = is_routed && *open < UINT8_MAX;
    *open = (uint8_t)(is_passed ? *open + 1 : *open);
    return is_passed;
}

/* When a message that passes leaves: not before the one that passed before it, or an off would come before its on. */
static int64_t passing_frame(idiom_core *core, uint32_t offset) {
    int64_t frame = core->frame + offset + idiom_core_latency(core);
    if (core->passed_until > frame + (int64_t)(core->rate * HELD_BACK_SECONDS)) {
        /* So much less latency is another song position for the host; what waits for the old one is not worth a gap. */
        release(core, offset);
    }
    core->passed_until = frame > core->passed_until ? frame : core->passed_until;
    return core->passed_until;
}

static void pass(idiom_core *core, uint32_t offset, const uint8_t *bytes, uint32_t length) {
    int64_t frame = passing_frame(core, offset);
    if (idiom_due_add(&core->due, frame, bytes, length)) {
        return;
    }
    /* What came before at this very frame makes room. */
    flush(core, offset + 1);
    if (!idiom_due_add(&core->due, frame, bytes, length)) {
        count(&core->dropped);
        if (idiom_midi_ends_notes(bytes, length)) {
            release(core, offset);
        }
    }
}

void idiom_process_midi(idiom_core *core, uint32_t offset, const uint8_t *bytes, uint32_t length) {
    if (length > IDIOM_LONGEST_MESSAGE || !idiom_midi_is_whole(bytes, length)) {
        count(&core->dropped);
        return;
    }
    keep_bank(core, bytes);
    if (is_choice(core, bytes) && core->frame + offset < core->programs_from) {
        /* Hosts set the programs of their tracks when they have loaded a session; the session's preset stays. */
        return;
    }
    flush(core, offset);
    tell(core, IDIOM_MIDI, offset, bytes, (uint16_t)length, idiom_midi_ends_notes(bytes, length));
    follow_route(core, core->frame + offset);
    if (passes(core, bytes, length)) {
        pass(core, offset, bytes, length);
    }
}

void idiom_process_parameter(idiom_core *core, uint32_t offset, uint32_t parameter, double value) {
    if (parameter >= IDIOM_PARAMETERS || isnan(value)) {
        return;
    }
    flush(core, offset);
    idiom_parameter_store(core, parameter, value);
    obey(core, offset, parameter);
}

void idiom_process_end(idiom_core *core) {
    flush(core, core->frames);
    if (has_engine(core)) {
        tell(core, IDIOM_END, core->frames, NULL, 0, false);
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
    int64_t delay = (int64_t)load64(core, IDIOM_AT_DELAY_FRAMES);
    int64_t most = (int64_t)(core->rate * 120);
    return delay < 0 ? 0 : (uint32_t)(delay < most ? delay : most);
}
