#include <math.h>
#include <string.h>

#include "core.h"

static const char *const modes[] = {"As the preset", "Phrase", "Follow", "Instant", "Timeline"};
static const char *const hops[] = {"As the preset", "Step", "Beat", "Bar"};
static const char *const locks[] = {"As the preset", "Off", "On"};
static const char *const switches[] = {"Off", "On"};

/* Short: Ardour cuts off what is much longer than the longest name of an output. */
const char *const idiom_status_labels[IDIOM_STATUSES] = {
        [IDIOM_WAITING] = "No engine yet",
        [IDIOM_LOADING] = "Engine loading",
        [IDIOM_PLAYING] = "Playing",
        [IDIOM_NO_PRESET] = "No such preset",
        [IDIOM_LOST] = "Engine is gone",
        [IDIOM_UNSHARED] = "Cannot connect",
};

static const idiom_parameter_info infos[IDIOM_PARAMETERS] = {
        [IDIOM_PRESET] = {"preset", "Preset", 0, 127, 0, true, NULL},
        [IDIOM_MODE] = {"mode", "Mode", 0, 4, 0, true, modes},
        [IDIOM_HOP] = {"hop", "Hop", 0, 3, 0, true, hops},
        [IDIOM_MIX] = {"mix", "Mix", 0, 1, 1, false, NULL},
        [IDIOM_THRESHOLD] = {"threshold", "Threshold shift", -0.5, 0.5, 0, false, NULL},
        [IDIOM_MELODY_LOCK] = {"melody_lock", "Melody lock", 0, 2, 0, true, locks},
        [IDIOM_KEY_LOCK] = {"key_lock", "Key lock", 0, 2, 0, true, locks},
        [IDIOM_DENSITY] = {"density", "Density", 0, 2, 1, false, NULL},
        [IDIOM_SWING] = {"swing", "Swing shift", -0.25, 0.25, 0, false, NULL},
        [IDIOM_BYPASS] = {"bypass", "Bypass", 0, 1, 0, true, switches},
        [IDIOM_COMPENSATE] = {"compensate", "Compensate latency", 0, 1, 0, true, switches},
};

const idiom_parameter_info *idiom_parameter_at(uint32_t parameter) {
    return parameter < IDIOM_PARAMETERS ? &infos[parameter] : NULL;
}

static double load(const _Atomic uint64_t *at) {
    uint64_t bits = atomic_load_explicit(at, memory_order_relaxed);
    double value;
    memcpy(&value, &bits, sizeof value);
    return value;
}

static void store(_Atomic uint64_t *at, double value) {
    uint64_t bits;
    memcpy(&bits, &value, sizeof bits);
    atomic_store_explicit(at, bits, memory_order_relaxed);
}

/* A value as parameters have it. */
static double settle(const idiom_parameter_info *info, double value) {
    /* In millionths, as a state has them: what comes back is what was set. */
    double whole = info->is_stepped ? floor(value + 0.5) : round(value * 1e6) / 1e6;
    return fmin(fmax(whole, info->minimum), info->maximum);
}

double idiom_parameter_load(const idiom_core *core, uint32_t parameter) {
    return load(&core->parameters[parameter]);
}

void idiom_parameter_store(idiom_core *core, uint32_t parameter, double value) {
    store(&core->parameters[parameter], settle(&infos[parameter], value));
}

double idiom_parameter_in_effect(const idiom_core *core, uint32_t parameter) {
    double amount = load(&core->modulations[parameter]);
    double value = load(&core->parameters[parameter]);
    return amount == 0 ? value : settle(&infos[parameter], value + amount);
}

double idiom_core_get(const idiom_core *core, uint32_t parameter) {
    return parameter < IDIOM_PARAMETERS ? idiom_parameter_load(core, parameter) : 0;
}

void idiom_core_set(idiom_core *core, uint32_t parameter, double value) {
    if (parameter < IDIOM_PARAMETERS && !isnan(value)) {
        idiom_parameter_store(core, parameter, value);
    }
}

double idiom_core_modulation(const idiom_core *core, uint32_t parameter) {
    return parameter < IDIOM_PARAMETERS ? load(&core->modulations[parameter]) : 0;
}

bool idiom_core_modulate(idiom_core *core, uint32_t parameter, double amount) {
    /* Half a mode means nothing. */
    bool is_taken = parameter < IDIOM_PARAMETERS && !infos[parameter].is_stepped && isfinite(amount);
    if (is_taken) {
        store(&core->modulations[parameter], amount);
    }
    return is_taken;
}
