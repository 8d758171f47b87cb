/* An instance from its making to its end, on the main thread. */
#include <stdlib.h>
#include <string.h>

#include "plugin.h"

/* What the core is opened with before the host says better: parameters and state are needed at once. */
static const double FIRST_RATE = 48000;
enum { FIRST_BLOCK = 1024 };

static const char *const features[] = {CLAP_PLUGIN_FEATURE_NOTE_EFFECT, CLAP_PLUGIN_FEATURE_UTILITY, NULL};

const clap_plugin_descriptor_t idiom_clap_descriptor = {
        .clap_version = CLAP_VERSION_INIT,
        .id = IDIOM_CLAP_ID,
        .name = "Idiom",
        .vendor = "Idiom",
        .url = "",
        .manual_url = "",
        .support_url = "",
        .version = IDIOM_VERSION,
        .description = "Plays what you play, in another genre",
        .features = features,
};

static void find_extensions(idiom_clap *self) {
    const clap_host_t *host = self->host;
    self->host_params = host->get_extension(host, CLAP_EXT_PARAMS);
    self->host_latency = host->get_extension(host, CLAP_EXT_LATENCY);
    self->host_log = host->get_extension(host, CLAP_EXT_LOG);
    self->host_note_ports = host->get_extension(host, CLAP_EXT_NOTE_PORTS);
    self->host_thread_check = host->get_extension(host, CLAP_EXT_THREAD_CHECK);
    self->host_preset_load = host->get_extension(host, CLAP_EXT_PRESET_LOAD);
    if (self->host_preset_load == NULL) {
        self->host_preset_load = host->get_extension(host, CLAP_EXT_PRESET_LOAD_COMPAT);
    }
}

static bool init(const clap_plugin_t *plugin) {
    idiom_clap *self = idiom_clap_of(plugin);
    if (self->core != NULL) {
        return true;
    }
    find_extensions(self);
    self->core = idiom_core_open(FIRST_RATE, FIRST_BLOCK, self->host->name != NULL ? self->host->name : "");
    if (self->core == NULL) {
        return false;
    }
    self->rate = FIRST_RATE;
    idiom_clap_host_reads(self);
    idiom_clap_read_presets(self);
    idiom_clap_log_problem(self);
    return true;
}

static void destroy(const clap_plugin_t *plugin) {
    idiom_clap *self = idiom_clap_of(plugin);
    if (self->core != NULL) {
        idiom_core_close(self->core);
    }
    free(self->farewell);
    free(self);
}

/* Takes a message for later; those that end notes have three bytes. */
static bool keep(void *context, uint32_t offset, const uint8_t *bytes, uint32_t length) {
    idiom_clap *self = context;
    (void)offset;
    if (length != sizeof self->farewell[0]) {
        return true;
    }
    uint8_t(*more)[3] = realloc(self->farewell, (self->farewell_count + 1) * sizeof *more);
    if (more == NULL) {
        return false;
    }
    memcpy(more[self->farewell_count++], bytes, length);
    self->farewell = more;
    return true;
}

/* Has a core say what ends its notes, to be sent with the first block of the next: the host can't be told now. */
static void write_farewell(idiom_clap *self) {
    static const idiom_transport nowhere = {.known = false};
    if (self->farewell_sent == self->farewell_count) {
        self->farewell_sent = 0;
        self->farewell_count = 0;
    }
    idiom_core_reset(self->core);
    idiom_process_begin(self->core, 0, &nowhere, keep, self);
}

/* Brings all that the core knows into another. A state that comes back is more than parameters: see core/process.c. */
static bool carry_over(const idiom_clap *self, idiom_core *to) {
    for (uint32_t i = 0; i < IDIOM_PARAMETERS; i++) {
        idiom_core_set(to, i, idiom_core_get(self->core, i));
        idiom_core_modulate(to, i, idiom_core_modulation(self->core, i));
    }
    if (!self->has_memory) {
        return true;
    }
    size_t length = 0;
    uint8_t *bytes = idiom_state_save(self->core, &length);
    bool is_carried = bytes != NULL && idiom_state_load(to, bytes, length);
    free(bytes);
    return is_carried;
}

/* Sees to it that the core has that rate. The old one ends only when the new one knows all that it knew. */
static bool open_at(idiom_clap *self, double rate, uint32_t block_frames) {
    if (rate == self->rate) {
        return true;
    }
    idiom_core *core = idiom_core_open(rate, block_frames, self->host->name != NULL ? self->host->name : "");
    if (core == NULL) {
        return false;
    }
    if (!carry_over(self, core)) {
        idiom_core_close(core);
        return false;
    }
    write_farewell(self);
    idiom_core_close(self->core);
    self->core = core;
    self->rate = rate;
    return true;
}

static bool has_midi(const idiom_clap *self) {
    if (self->host_note_ports == NULL) {
        return true;
    }
    uint32_t dialects = self->host_note_ports->supported_dialects(self->host);
    return (dialects & CLAP_NOTE_DIALECT_MIDI) != 0 || (dialects & CLAP_NOTE_DIALECT_CLAP) == 0;
}

/* The latency may change here and nowhere else. */
static void fix_latency(idiom_clap *self) {
    uint32_t latency = idiom_core_latency(self->core);
    bool is_new = latency != self->latency;
    self->latency = latency;
    self->seen_latency = latency;
    self->settled_seconds = 0;
    self->has_asked = false;
    atomic_store(&self->wants_restart, false);
    if (is_new && self->host_latency != NULL) {
        self->host_latency->changed(self->host);
    }
}

static bool activate(const clap_plugin_t *plugin, double sample_rate, uint32_t min_frames, uint32_t max_frames) {
    (void)min_frames;
    idiom_clap *self = idiom_clap_of(plugin);
    if (!idiom_clap_is_main(self)) {
        return false;
    }
    if (atomic_load(&self->is_active)) {
        idiom_clap_tell_misuse(self, IDIOM_CLAP_ACTIVE);
        return false;
    }
    bool is_rate = sample_rate >= 1 && sample_rate <= 1e7; /* false if it is no number */
    if (!is_rate || max_frames == 0 || !open_at(self, sample_rate, max_frames)) {
        return false;
    }
    self->speaks_midi = has_midi(self);
    self->seen_status = idiom_core_status(self->core);
    idiom_clap_refresh_presets(self);
    fix_latency(self);
    self->has_memory = true;
    atomic_store_explicit(&self->is_active, true, memory_order_release);
    return true;
}

static void deactivate(const clap_plugin_t *plugin) {
    idiom_clap *self = idiom_clap_of(plugin);
    if (!idiom_clap_is_main(self)) {
        return;
    }
    atomic_store_explicit(&self->is_active, false, memory_order_release);
    self->has_stopped = true;
}

static void on_main_thread(const clap_plugin_t *plugin) {
    idiom_clap *self = idiom_clap_of(plugin);
    if (!idiom_clap_is_main(self)) {
        return;
    }
    idiom_clap_refresh_presets(self);
    idiom_clap_log_problem(self);
    if (atomic_exchange(&self->wants_restart, false) && atomic_load(&self->is_active)
            && idiom_core_latency(self->core) != self->latency) {
        self->host->request_restart(self->host);
    }
}

static uint32_t get_latency(const clap_plugin_t *plugin) {
    idiom_clap *self = idiom_clap_of(plugin);
    return idiom_clap_is_main(self) ? self->latency : 0;
}

const clap_plugin_latency_t idiom_clap_latency = {.get = get_latency};

static bool has_hard_realtime_requirement(const clap_plugin_t *plugin) {
    (void)plugin;
    return false;
}

static bool set_render_mode(const clap_plugin_t *plugin, clap_plugin_render_mode mode) {
    idiom_clap *self = idiom_clap_of(plugin);
    if (!idiom_clap_is_main(self) || (mode != CLAP_RENDER_REALTIME && mode != CLAP_RENDER_OFFLINE)) {
        return false;
    }
    atomic_store(&self->is_offline, mode == CLAP_RENDER_OFFLINE);
    return true;
}

const clap_plugin_render_t idiom_clap_render = {
        .has_hard_realtime_requirement = has_hard_realtime_requirement,
        .set = set_render_mode,
};

static const void *get_extension(const clap_plugin_t *plugin, const char *id) {
    static const struct {
        const char *id;
        const void *functions;
    } extensions[] = {
            {CLAP_EXT_NOTE_PORTS, &idiom_clap_note_ports},
            {CLAP_EXT_NOTE_NAME, &idiom_clap_note_name},
            {CLAP_EXT_PARAMS, &idiom_clap_params},
            {CLAP_EXT_REMOTE_CONTROLS, &idiom_clap_remote_controls},
            {CLAP_EXT_REMOTE_CONTROLS_COMPAT, &idiom_clap_remote_controls},
            {CLAP_EXT_STATE, &idiom_clap_state},
            {CLAP_EXT_LATENCY, &idiom_clap_latency},
            {CLAP_EXT_RENDER, &idiom_clap_render},
            {CLAP_EXT_PRESET_LOAD, &idiom_clap_preset_load},
            {CLAP_EXT_PRESET_LOAD_COMPAT, &idiom_clap_preset_load},
    };
    (void)plugin;
    for (size_t i = 0; id != NULL && i < sizeof extensions / sizeof extensions[0]; i++) {
        if (strcmp(id, extensions[i].id) == 0) {
            return extensions[i].functions;
        }
    }
    return NULL;
}

const clap_plugin_t *idiom_clap_create(const clap_host_t *host) {
    idiom_clap *self = calloc(1, sizeof *self);
    if (self == NULL) {
        return NULL;
    }
    self->host = host;
    self->speaks_midi = true;
    self->plugin = (clap_plugin_t){
            .desc = &idiom_clap_descriptor,
            .plugin_data = self,
            .init = init,
            .destroy = destroy,
            .activate = activate,
            .deactivate = deactivate,
            .start_processing = idiom_clap_start_processing,
            .stop_processing = idiom_clap_stop_processing,
            .reset = idiom_clap_reset,
            .process = idiom_clap_process,
            .get_extension = get_extension,
            .on_main_thread = on_main_thread,
    };
    return &self->plugin;
}
