/* What the library exports. All of it is [any]. */
#include <string.h>

#include "plugin.h"

static uint32_t get_plugin_count(const clap_plugin_factory_t *factory) {
    (void)factory;
    return 1;
}

static const clap_plugin_descriptor_t *get_plugin_descriptor(const clap_plugin_factory_t *factory, uint32_t index) {
    (void)factory;
    return index == 0 ? &idiom_clap_descriptor : NULL;
}

static const clap_plugin_t *create_plugin(
        const clap_plugin_factory_t *factory, const clap_host_t *host, const char *plugin_id) {
    (void)factory;
    if (host == NULL || plugin_id == NULL || host->clap_version.major < 1 || strcmp(plugin_id, IDIOM_CLAP_ID) != 0) {
        return NULL;
    }
    return idiom_clap_create(host);
}

static const clap_plugin_factory_t factory = {
        .get_plugin_count = get_plugin_count,
        .get_plugin_descriptor = get_plugin_descriptor,
        .create_plugin = create_plugin,
};

/* There is nothing to prepare, so it does not matter how often these are called. */
static bool init(const char *plugin_path) {
    (void)plugin_path;
    return true;
}

static void deinit(void) {}

static const void *get_factory(const char *factory_id) {
    if (factory_id == NULL) {
        return NULL;
    }
    if (strcmp(factory_id, CLAP_PLUGIN_FACTORY_ID) == 0) {
        return &factory;
    }
    if (strcmp(factory_id, CLAP_PRESET_DISCOVERY_FACTORY_ID) == 0
            || strcmp(factory_id, CLAP_PRESET_DISCOVERY_FACTORY_ID_COMPAT) == 0) {
        return &idiom_clap_preset_discovery;
    }
    return NULL;
}

extern const clap_plugin_entry_t clap_entry;
CLAP_EXPORT const clap_plugin_entry_t clap_entry = {
        .clap_version = CLAP_VERSION_INIT,
        .init = init,
        .deinit = deinit,
        .get_factory = get_factory,
};
