/* Where the song is, and what a jump means. */
#include <math.h>

#include "process.h"

static const double JUMP_STEPS = 0.5;
/* Steps a second, beyond which no host goes: 6000 quarters a minute. */
static const double FASTEST = 400;

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
    return (idiom_load64(core, IDIOM_AT_KNOWN_WINDOWS + 8 * (index / 64)) >> (index % 64) & 1) != 0;
}

static bool is_sound(const idiom_transport *transport) {
    return isfinite(transport->step) && fabs(transport->step) < 1e9 && isfinite(transport->steps_per_second)
           && transport->steps_per_second > 0 && transport->steps_per_second <= FASTEST;
}

/* Has the passage begin to which the song has jumped, if it is known how; returns the overture's serial, or 0. */
static uint32_t play_overture(idiom_core *core, int64_t frame) {
    const idiom_transport *there = &core->transport;
    const idiom_overture *overture = core->is_answering && core->route == IDIOM_ROUTE_REMEMBERED
                                             ? idiom_overture_at(core->overtures, there->step)
                                             : NULL;
    if (overture == NULL) {
        return 0;
    }
    for (uint32_t i = 0; i < overture->count; i++) {
        const idiom_overture_message *message = &overture->messages[i];
        double later = (message->step - there->step) / there->steps_per_second * core->rate;
        if (!idiom_overture_is_over(message->step, there->step)) {
            idiom_due_add(&core->due, frame + (later > 0 ? llround(later) : 0), message->bytes, 3);
        }
    }
    return overture->serial;
}

void idiom_song_go_to(idiom_core *core, uint32_t offset, const idiom_transport *wanted) {
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
        idiom_follow_route(core, frame);
        core->route_count = 0;
        if (core->is_answering) {
            idiom_flush(core, offset);
            idiom_release(core, offset);
        }
        if (idiom_has_engine(core) && core->route != IDIOM_ROUTE_ANSWERED) {
            core->route = transport.rolling && is_known(core, transport.step) ? IDIOM_ROUTE_REMEMBERED
                                                                              : IDIOM_ROUTE_PASSED;
        }
    }
    uint32_t overture = jumped ? play_overture(core, frame) : 0;
    core->plays_overture = jumped ? overture != 0 : core->plays_overture;
    bool passes = (jumped || core->owes_jump) && core->route == IDIOM_ROUTE_PASSED;
    struct {
        uint32_t flags;
        uint32_t jumps;
        double step;
        double steps_per_second;
    } payload = {
            (transport.known ? IDIOM_TRANSPORT_KNOWN : 0u) | (transport.rolling ? IDIOM_TRANSPORT_ROLLING : 0u)
                    | (transport.freewheeling ? IDIOM_TRANSPORT_FREEWHEELING : 0u)
                    | (jumped || core->owes_jump ? IDIOM_TRANSPORT_JUMPED : 0u)
                    | (passes ? IDIOM_TRANSPORT_PASSED : 0u) | overture << IDIOM_TRANSPORT_OVERTURE,
            core->jumps, transport.known ? transport.step : 0, transport.known ? transport.steps_per_second : 0};
    bool is_told = idiom_tell(core, IDIOM_TRANSPORT, offset, &payload, sizeof payload, jumped || core->owes_jump);
    /* Nothing of the engine's gets through until it knows of a jump: it is told of it with the next transport. */
    core->owes_jump = !is_told && (jumped || core->owes_jump);
    if (!is_told && core->plays_overture) {
        /* Told later, the jump is answered from its beginning. */
        core->plays_overture = false;
        idiom_release(core, offset);
    }
    if (jumped && idiom_has_engine(core)) {
        /* What is promised for frames to come was promised for where the song was. */
        core->has_told = core->transport.freewheeling;
        if (core->transport.freewheeling) {
            idiom_ring_publish(&core->to_engine);
            idiom_wait_for_answer(core);
        }
    }
}
