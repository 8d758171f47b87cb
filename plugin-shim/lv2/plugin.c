/*
 * Idiom as an LV2 plugin: how an instance begins, ends, and is saved. run.c has what happens in between.
 */
#if defined(__linux__) && !defined(_GNU_SOURCE)
#define _GNU_SOURCE /* program_invocation_short_name */
#endif

#include <errno.h>
#include <lv2/core/lv2_util.h>
#include <lv2/log/log.h>
#include <lv2/options/options.h>
#include <lv2/state/state.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "instance.h"
#include "ports.h"

static const char *host_name(void) {
#ifdef __linux__
    return program_invocation_short_name;
#elif defined(__APPLE__)
    return getprogname();
#else
    return "LV2 host";
#endif
}

/* The length of most blocks, else of the longest, else a guess. */
static uint32_t block_frames(const LV2_Options_Option *options, const idiom_uris *uris) {
    int32_t nominal = 0;
    int32_t longest = 0;
    for (; options != NULL && (options->key != 0 || options->value != NULL); options++) {
        int32_t *into = options->key == uris->block_nominal ? &nominal
                : options->key == uris->block_longest       ? &longest
                                                            : NULL;
        if (into != NULL && options->type == uris->atom_int && options->size == sizeof *into && options->value != NULL) {
            memcpy(into, options->value, sizeof *into);
        }
    }
    return nominal > 0 ? (uint32_t)nominal : longest > 0 ? (uint32_t)longest : 1024;
}

/* Has the core told every parameter with the next block. */
static void forget_parameters(idiom_lv2 *self) {
    for (size_t i = 0; i < IDIOM_PARAMETERS; i++) {
        self->told[i] = NAN;
    }
}

static void log_problem(idiom_lv2 *self) {
    const char *problem = idiom_core_problem(self->core);
    if (problem[0] != '\0') {
        lv2_log_warning(&self->logger, "Idiom: %s\n", problem);
    }
}

static LV2_Handle instantiate(
        const LV2_Descriptor *descriptor, double rate, const char *bundle, const LV2_Feature *const *features) {
    (void)descriptor;
    (void)bundle;
    LV2_URID_Map *map = lv2_features_data(features, LV2_URID__map);
    idiom_lv2 *self = map == NULL ? NULL : calloc(1, sizeof *self);
    if (self == NULL) {
        return NULL;
    }
    lv2_log_logger_init(&self->logger, map, lv2_features_data(features, LV2_LOG__log));
    idiom_uris_map(&self->uris, map);
    lv2_atom_forge_init(&self->forge, map);
    idiom_position_init(&self->position, rate);
    forget_parameters(self);
    uint32_t block = block_frames(lv2_features_data(features, LV2_OPTIONS__options), &self->uris);
    self->core = idiom_core_open(rate, block, host_name());
    if (self->core == NULL) {
        free(self);
        return NULL;
    }
    log_problem(self);
    return self;
}

static void cleanup(LV2_Handle instance) {
    idiom_lv2 *self = instance;
    idiom_core_close(self->core);
    free(self);
}

static void connect_port(LV2_Handle instance, uint32_t port, void *data) {
    idiom_lv2 *self = instance;
    if (port >= IDIOM_PORT_PARAMETERS && port < IDIOM_PORT_PARAMETERS + IDIOM_PARAMETERS) {
        self->parameters[port - IDIOM_PORT_PARAMETERS] = data;
        return;
    }
    switch (port) {
        case IDIOM_PORT_IN: self->in = data; break;
        case IDIOM_PORT_OUT: self->out = data; break;
        case IDIOM_PORT_FREEWHEELING: self->freewheeling = data; break;
        case IDIOM_PORT_LATENCY: self->latency = data; break;
        case IDIOM_PORT_STATUS: self->status = data; break;
        case IDIOM_PORT_PLAYING: self->playing = data; break;
        case IDIOM_PORT_LATE: self->late = data; break;
        case IDIOM_PORT_DROPPED: self->dropped = data; break;
        default: break;
    }
}

/* The position is kept: a host that activates again tells it only if it moved since. */
static void deactivate(LV2_Handle instance) {
    idiom_lv2 *self = instance;
    idiom_core_reset(self->core);
}

static LV2_State_Status save(
        LV2_Handle instance, LV2_State_Store_Function store, LV2_State_Handle handle, uint32_t flags,
        const LV2_Feature *const *features) {
    (void)flags;
    (void)features;
    idiom_lv2 *self = instance;
    size_t length;
    uint8_t *bytes = idiom_state_save(self->core, &length);
    if (bytes == NULL) {
        return LV2_STATE_ERR_UNKNOWN;
    }
    LV2_State_Status status = store(
            handle, self->uris.state, bytes, length, self->uris.atom_chunk, LV2_STATE_IS_POD | LV2_STATE_IS_PORTABLE);
    free(bytes);
    return status;
}

/*
 * The state names its preset by name, the port by a number that may be another preset's on this machine, and that does not
 * follow a Program Change: so the state has the last word on the preset until the port is moved, and the ports on the rest.
 */
static LV2_State_Status restore(
        LV2_Handle instance, LV2_State_Retrieve_Function retrieve, LV2_State_Handle handle, uint32_t flags,
        const LV2_Feature *const *features) {
    (void)flags;
    (void)features;
    idiom_lv2 *self = instance;
    size_t length = 0;
    uint32_t type = 0;
    uint32_t kind = 0;
    const void *bytes = retrieve(handle, self->uris.state, &length, &type, &kind);
    if (bytes == NULL) {
        return LV2_STATE_SUCCESS; /* a preset: it has values of ports only */
    }
    if (type != self->uris.atom_chunk) {
        return LV2_STATE_ERR_BAD_TYPE;
    }
    if (!idiom_state_load(self->core, bytes, length)) {
        return LV2_STATE_ERR_UNKNOWN;
    }
    forget_parameters(self);
    self->is_restored = true;
    log_problem(self);
    return LV2_STATE_SUCCESS;
}

static const void *extension_data(const char *uri) {
    static const LV2_State_Interface state = {save, restore};
    return strcmp(uri, LV2_STATE__interface) == 0 ? &state : NULL;
}

LV2_SYMBOL_EXPORT const LV2_Descriptor *lv2_descriptor(uint32_t index) {
    static const LV2_Descriptor descriptor = {
            .URI = IDIOM_LV2_URI,
            .instantiate = instantiate,
            .connect_port = connect_port,
                        .run = idiom_lv2_run,
            .deactivate = deactivate,
            .cleanup = cleanup,
            .extension_data = extension_data,
    };
    return index == 0 ? &descriptor : NULL;
}
