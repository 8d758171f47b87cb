/*
 * Whether the host renders, and may be waited for. Most hosts say so. Some render in a thread of their own and say nothing, as
 * Ardour does when it bounces or freezes a track: they are known by that thread, and by overtaking the clock.
 */
#include "process.h"

/* Who plays by the clock calls while the song stands, too: so often, and not just to ask for the latency. */
enum { FAMILIAR = 16 };
/* So long another thread is given to overtake the clock, and so long the engine is waited for until it has. */
static const int64_t DOUBT_NS = 100000000;

/* The account of a thread; NULL if there is no room for one more. */
static idiom_thread *account(idiom_core *core, pthread_t thread) {
    uint32_t i = 0;
    while (i < core->thread_count && !pthread_equal(core->threads[i].id, thread)) {
        i++;
    }
    if (i == IDIOM_THREADS) {
        return NULL;
    }
    if (i == core->thread_count) {
        core->threads[i] = (idiom_thread){thread, 0};
        core->thread_count++;
    }
    return &core->threads[i];
}

/* It plays by the clock, and is not waited for from now on. */
static bool trust(idiom_core *core, idiom_thread *thread) {
    thread->standing = FAMILIAR;
    core->has_familiar = true;
    core->doubtful = NULL;
    return false;
}

/* Whether the song has gone half as fast again as the clock, or more, since the thread in doubt began. */
static bool overtakes(const idiom_core *core, int64_t now) {
    double played_ns = (double)(core->frame - core->doubt_frame) / core->rate * 1e9;
    return played_ns > 1.5 * (double)(now - core->doubt_ns);
}

bool idiom_is_rendering(idiom_core *core, const idiom_transport *transport) {
    if (transport->freewheeling) {
        core->doubtful = NULL;
        return true;
    }
    idiom_thread *self = account(core, pthread_self());
    if (self == NULL || self->standing >= FAMILIAR) {
        core->doubtful = NULL;
        return false;
    }
    if (!transport->known || !transport->rolling) {
        core->doubtful = NULL;
        self->standing++;
        core->has_familiar |= self->standing == FAMILIAR;
        return false;
    }
    if (!core->has_familiar) {
        return trust(core, self);
    }
    int64_t now = idiom_monotonic_ns();
    if (core->doubtful != self) {
        core->doubtful = self;
        core->doubt_frame = core->frame;
        core->doubt_ns = now;
    }
    return now - core->doubt_ns < DOUBT_NS || overtakes(core, now) || trust(core, self);
}

int64_t idiom_patience_ns(const idiom_core *core, int64_t most) {
    return core->doubtful != NULL && !overtakes(core, idiom_monotonic_ns()) ? DOUBT_NS : most;
}
