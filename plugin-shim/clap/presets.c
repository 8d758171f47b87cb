/* The presets that are installed, by title and by name. All of it is [main]. */
#include <stdio.h>
#include <string.h>

#include "plugin.h"

bool idiom_clap_read_presets(idiom_clap *self) {
    idiom_preset presets[IDIOM_CLAP_PRESETS];
    memset(presets, 0, sizeof presets);
    size_t count = idiom_presets_read(presets, IDIOM_CLAP_PRESETS);
    count = count < IDIOM_CLAP_PRESETS ? count : IDIOM_CLAP_PRESETS;
    if (count == self->preset_count && memcmp(presets, self->presets, sizeof presets) == 0) {
        return false;
    }
    memcpy(self->presets, presets, sizeof presets);
    self->preset_count = count;
    return true;
}

void idiom_clap_refresh_presets(idiom_clap *self) {
    if (idiom_clap_read_presets(self) && self->host_params != NULL) {
        self->host_params->rescan(self->host, CLAP_PARAM_RESCAN_TEXT);
    }
}

static const idiom_preset *find(const idiom_clap *self, const char *name) {
    for (size_t i = 0; i < self->preset_count; i++) {
        if (strcmp(self->presets[i].name, name) == 0) {
            return &self->presets[i];
        }
    }
    return NULL;
}

static bool refuse(const idiom_clap *self, uint32_t kind, const char *location, const char *key, const char *problem) {
    if (self->host_preset_load != NULL) {
        self->host_preset_load->on_error(self->host, kind, location, key, 0, problem);
    }
    return false;
}

static bool from_location(const clap_plugin_t *plugin, uint32_t kind, const char *location, const char *key) {
    idiom_clap *self = idiom_clap_of(plugin);
    if (!idiom_clap_is_main(self)) {
        return false;
    }
    if (kind != CLAP_PRESET_DISCOVERY_LOCATION_PLUGIN || key == NULL) {
        return refuse(self, kind, location, key, "Idiom's presets are in the plugin and have a name each");
    }
    idiom_clap_refresh_presets(self);
    const idiom_preset *preset = find(self, key);
    if (preset == NULL) {
        char problem[128];
        snprintf(problem, sizeof problem, "no preset of that name is installed: name=%.64s", key);
        return refuse(self, kind, location, key, problem);
    }
    idiom_core_set(self->core, IDIOM_PRESET, preset->program);
    idiom_clap_rescan_values(self);
    if (self->host_preset_load != NULL) {
        self->host_preset_load->loaded(self->host, kind, location, key);
    }
    return true;
}

const clap_plugin_preset_load_t idiom_clap_preset_load = {.from_location = from_location};
