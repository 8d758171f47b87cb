/* Making and ending an instance, and what the host's other threads ask of it. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core.h"

idiom_core *idiom_core_open(double rate, uint32_t block_frames, const char *host) {
    idiom_core *core = calloc(1, sizeof *core);
    if (core == NULL) {
        return NULL;
    }
    core->rate = isfinite(rate) && rate >= 1 ? rate : 48000;
    core->longest_block = block_frames;
    snprintf(core->host, sizeof core->host, "%s", host == NULL ? "" : host);
    for (uint32_t i = 0; i < IDIOM_PARAMETERS; i++) {
        idiom_parameter_store(core, i, idiom_parameter_at(i)->standard);
        core->told[i] = NAN;
    }
    idiom_shared_file *file = &core->shared;
    if (!idiom_shared_file_open(file, core->rate, block_frames, core->host, core->problem, sizeof core->problem)) {
        atomic_store(&core->status, IDIOM_UNSHARED);
        return core;
    }
    core->to_engine = (idiom_ring_writer){
            file->base + IDIOM_HEADER_BYTES, IDIOM_TO_ENGINE_BYTES,
            idiom_shared_word_at(file, IDIOM_AT_TO_ENGINE_HEAD), idiom_shared_word_at(file, IDIOM_AT_TO_ENGINE_TAIL), 0};
    core->to_plugin = (idiom_ring_reader){
            file->base + IDIOM_HEADER_BYTES + IDIOM_TO_ENGINE_BYTES, IDIOM_TO_PLUGIN_BYTES,
            idiom_shared_word_at(file, IDIOM_AT_TO_PLUGIN_TAIL), idiom_shared_word_at(file, IDIOM_AT_TO_PLUGIN_HEAD), 0};
    idiom_keeper_start(core);
    return core;
}

void idiom_core_close(idiom_core *core) {
    if (core != NULL) {
        idiom_keeper_stop(core);
        idiom_shared_file_close(&core->shared);
        free(core);
    }
}

idiom_status idiom_core_status(const idiom_core *core) {
    return (idiom_status)atomic_load_explicit(&core->status, memory_order_relaxed);
}

uint64_t idiom_core_late(const idiom_core *core) {
    return atomic_load_explicit(&core->late, memory_order_relaxed);
}

uint64_t idiom_core_dropped(const idiom_core *core) {
    return atomic_load_explicit(&core->dropped, memory_order_relaxed);
}

uint32_t idiom_core_program(const idiom_core *core) {
    return (uint32_t)idiom_parameter_load(core, IDIOM_PRESET);
}

const char *idiom_core_problem(const idiom_core *core) {
    return core->problem;
}
