/* The engine at the other end: found, lost, told, listened to, and waited for by a host that renders. */
#include <math.h>
#include <string.h>
#include <time.h>

#include "midi.h"
#include "process.h"

/* An engine whose heart has not beaten for so long is gone. */
static const int64_t HEARTBEAT_LIMIT_NS = 200000000;
/* The same while rendering, when nobody hears how long it takes. */
static const int64_t RENDER_LIMIT_NS = 2000000000;
/* So long a rendering host waits for an engine that is just starting. */
static const int64_t START_LIMIT_NS = 15000000000;
/* Room in the ring for what ends notes, and for jumps: what can be told again, or is told with every block, gets none. */
enum { RESERVE = IDIOM_TO_ENGINE_BYTES / 8 };

int64_t idiom_monotonic_ns(void) {
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000000000 + now.tv_nsec;
}

static void accept_engine(idiom_core *core, uint64_t epoch) {
    idiom_ring_skip(&core->to_plugin);
    core->known_jumps = core->jumps;
    core->epoch = epoch;
    core->has_told = false;
    core->route = IDIOM_ROUTE_ANSWERED;
    core->route_count = 0;
    memset(core->overtures, 0, sizeof core->overtures);
    core->plays_overture = false;
    core->seen_program = idiom_load32(core, IDIOM_AT_PROGRAM);
    for (uint32_t i = 0; i < IDIOM_PARAMETERS; i++) {
        core->told[i] = NAN;
    }
    /* What an engine before this one was told in the block at hand is told nobody. */
    idiom_ring_publish(&core->to_engine);
    core->owes_jump = false;
    core->awaits_program = false;
    idiom_store64(core, IDIOM_AT_ACCEPTED_TAIL, core->to_engine.tail);
    idiom_store64(core, IDIOM_AT_ACCEPTED_EPOCH, epoch);
}

void idiom_look_for_engine(idiom_core *core) {
    if (core->shared.base == NULL) {
        return;
    }
    uint64_t epoch = idiom_load64(core, IDIOM_AT_EPOCH);
    int64_t limit = core->transport.freewheeling ? RENDER_LIMIT_NS : HEARTBEAT_LIMIT_NS;
    int64_t heartbeat = (int64_t)idiom_load64(core, IDIOM_AT_HEARTBEAT_NS);
    int64_t now = idiom_monotonic_ns();
    /* Unsigned: a heartbeat from nowhere may lie so far away that the difference does not fit. */
    bool beats = heartbeat <= now && (uint64_t)now - (uint64_t)heartbeat < (uint64_t)limit;
    core->is_fresh = epoch != 0 && epoch != core->broken_epoch && (beats || heartbeat > now) && heartbeat - limit < now;
    if (!core->is_fresh) {
        core->epoch = core->epoch == epoch && epoch != core->broken_epoch ? core->epoch : 0;
    } else if (epoch != core->epoch) {
        if (core->is_answering) {
            core->is_answering = false;
            idiom_release(core, 0);
        }
        accept_engine(core, epoch);
    }
    idiom_store64(core, IDIOM_AT_LAST_BLOCK_NS, (uint64_t)now);
}

bool idiom_tell(idiom_core *core, uint16_t kind, uint32_t offset, const void *payload, uint16_t length, bool ends) {
    bool is_told = !idiom_has_engine(core)
                   || idiom_ring_write(
                           &core->to_engine, ends ? 0 : RESERVE, kind, core->frame + offset, payload, length);
    if (!is_told) {
        idiom_store64(core, IDIOM_AT_LOST_TO_ENGINE, idiom_load64(core, IDIOM_AT_LOST_TO_ENGINE) + 1);
    }
    return is_told;
}

void idiom_tell_parameter(idiom_core *core, uint32_t offset, uint32_t parameter, double value) {
    struct {
        uint32_t parameter;
        uint32_t nothing;
        double value;
    } payload = {parameter, 0, value};
    if (idiom_has_engine(core) && idiom_tell(core, IDIOM_PARAMETER, offset, &payload, sizeof payload, false)) {
        core->told[parameter] = value;
        core->awaits_program |= parameter == IDIOM_PRESET;
    }
}

static bool take_route(idiom_core *core, const idiom_ring_record *record) {
    uint32_t route;
    memcpy(&route, record->payload, sizeof route);
    if (core->known_jumps != core->jumps || route > IDIOM_ROUTE_REMEMBERED) {
        return true;
    }
    idiom_follow_route(core, core->frame);
    if (core->route_count == IDIOM_ROUTES_AHEAD) {
        return false;
    }
    core->routes[core->route_count++] = (idiom_route_ahead){record->frame, route};
    idiom_follow_route(core, core->frame);
    return true;
}

static bool take_restart(idiom_core *core, const idiom_ring_record *record) {
    memcpy(&core->known_jumps, record->payload, sizeof core->known_jumps);
    core->route_count = 0;
    /* What an overture began goes on with the answer to its jump. */
    if (core->is_answering && !core->plays_overture) {
        idiom_release(core, 0);
    }
    core->plays_overture = core->plays_overture && core->known_jumps != core->jumps;
    return true;
}

/* Takes one record of the engine's; false if it has to stay where it is. */
static bool take(idiom_core *core, const idiom_ring_record *record) {
    if (record->kind == IDIOM_RESTART && record->length == 8) {
        return take_restart(core, record);
    }
    if (record->kind == IDIOM_OVERTURE) {
        if (!idiom_overture_take(core->overtures, record->payload, record->length)) {
            idiom_count(&core->dropped);
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
        idiom_count(&core->dropped);
        return true;
    }
    if (!core->is_answering || core->known_jumps != core->jumps) {
        return true;
    }
    return idiom_due_add(&core->due, record->frame, core->message, record->length);
}

void idiom_take_answers(idiom_core *core) {
    idiom_ring_record record;
    idiom_ring_look look = IDIOM_RING_EMPTY;
    while (idiom_has_engine(core) && (look = idiom_ring_peek(&core->to_plugin, &record)) == IDIOM_RING_RECORD) {
        if (!take(core, &record)) {
            return;
        }
        idiom_ring_take(&core->to_plugin, &record);
    }
    if (look == IDIOM_RING_BROKEN) {
        core->broken_epoch = core->epoch;
        core->epoch = 0;
        idiom_choose_answer(core, 0);
    }
}

static void sleep_briefly(void) {
    struct timespec time = {0, 50000};
    nanosleep(&time, NULL);
}

/* Whether the engine has seen the last jump, and promises that nothing more will be due in this block. */
static bool is_answered(const idiom_core *core) {
    return core->known_jumps == core->jumps
           && (int64_t)idiom_load64(core, IDIOM_AT_SETTLED_UNTIL) >= core->frame + core->frames;
}

void idiom_wait_for_answer(idiom_core *core) {
    int64_t start = idiom_monotonic_ns();
    while (!core->is_tired && core->is_fresh && idiom_load32(core, IDIOM_AT_STATE) == IDIOM_ENGINE_READY
           && !is_answered(core)) {
        sleep_briefly();
        idiom_look_for_engine(core);
        idiom_take_answers(core);
        /* One that lives and never answers is waited for once, and not in every block. */
        core->is_tired = idiom_monotonic_ns() - start >= idiom_patience_ns(core, START_LIMIT_NS);
    }
    idiom_take_answers(core);
}

void idiom_wait_for_engine(idiom_core *core) {
    int64_t start = idiom_monotonic_ns();
    if (!core->was_waited_for) {
        core->was_waited_for = true;
        while (!(core->is_fresh && idiom_load32(core, IDIOM_AT_STATE) != IDIOM_ENGINE_LOADING)
               && atomic_load_explicit(&core->expects_engine, memory_order_relaxed)
               && idiom_monotonic_ns() - start < idiom_patience_ns(core, START_LIMIT_NS)) {
            sleep_briefly();
            idiom_look_for_engine(core);
        }
    }
    if (core->has_told) {
        idiom_wait_for_answer(core);
    }
}
