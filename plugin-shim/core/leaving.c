/* What leaves: messages by their time, the end of all that sounds, and who has the word. */
#include <string.h>

#include "process.h"

/* The host's sink, for offsets that never fall: what comes too late for its own leaves with what left last. */
static bool send(void *context, uint32_t offset, const uint8_t *bytes, uint32_t length) {
    idiom_core *core = context;
    core->sent = offset > core->sent ? offset : core->sent;
    return core->sink(core->context, core->sent, bytes, length);
}

bool idiom_flush(idiom_core *core, uint32_t offset) {
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
                idiom_count(&core->late);
            }
            idiom_sounding_sent(&core->sounding, bytes, first->length);
        }
        idiom_due_remove(&core->due);
    }
    return true;
}

void idiom_follow_route(idiom_core *core, int64_t frame) {
    uint32_t past = 0;
    while (past < core->route_count && core->routes[past].frame <= frame) {
        core->route = core->routes[past++].route;
    }
    if (past > 0) {
        core->route_count -= past;
        memmove(core->routes, core->routes + past, core->route_count * sizeof core->routes[0]);
    }
}

void idiom_release(idiom_core *core, uint32_t offset) {
    memset(core->passed, 0, sizeof core->passed);
    core->passed_until = INT64_MIN;
    idiom_due_forget_notes(&core->due, core->frame + offset);
    idiom_sounding_release(&core->sounding);
    idiom_sounding_go_on(&core->sounding, offset, send, core);
}

void idiom_choose_answer(idiom_core *core, uint32_t offset) {
    bool answers = idiom_has_engine(core) && core->is_fresh && !core->is_bypassed
                   && idiom_load32(core, IDIOM_AT_STATE) == IDIOM_ENGINE_READY;
    if (answers != core->is_answering) {
        idiom_flush(core, offset);
        core->is_answering = answers;
        idiom_release(core, offset);
    }
}
