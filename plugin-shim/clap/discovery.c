/* Tells hosts that search for presets which there are, without any instance. The host sees to it that threads take turns. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "plugin.h"

/* Programs below belong to the presets that come with Idiom. */
enum { BUNDLED_PROGRAMS = 6 };

/* What the host holds, and whom it gave us to talk to. */
typedef struct {
    clap_preset_discovery_provider_t provider;
    const clap_preset_discovery_indexer_t *indexer;
} preset_provider;

static const clap_preset_discovery_provider_descriptor_t descriptor = {
        .clap_version = CLAP_VERSION_INIT, .id = "idiom.presets", .name = "Idiom presets", .vendor = "Idiom"};

static bool init(const clap_preset_discovery_provider_t *provider) {
    const preset_provider *self = provider->provider_data;
    static const clap_preset_discovery_location_t inside = {
            .flags = CLAP_PRESET_DISCOVERY_IS_FACTORY_CONTENT,
            .name = "Installed presets",
            .kind = CLAP_PRESET_DISCOVERY_LOCATION_PLUGIN,
    };
    return self->indexer->declare_location(self->indexer, &inside);
}

static void destroy(const clap_preset_discovery_provider_t *provider) {
    free(provider->provider_data);
}

static void describe(const idiom_preset *preset, const clap_preset_discovery_metadata_receiver_t *receiver) {
    static const clap_universal_plugin_id_t plugin = {.abi = "clap", .id = IDIOM_CLAP_ID};
    char program[16];
    snprintf(program, sizeof program, "%u", (unsigned)preset->program);
    receiver->add_plugin_id(receiver, &plugin);
    receiver->set_flags(
            receiver, preset->program < BUNDLED_PROGRAMS ? CLAP_PRESET_DISCOVERY_IS_FACTORY_CONTENT
                                                         : CLAP_PRESET_DISCOVERY_IS_USER_CONTENT);
    receiver->add_feature(receiver, CLAP_PLUGIN_FEATURE_NOTE_EFFECT);
    receiver->add_extra_info(receiver, "program", program);
}

static bool get_metadata(const clap_preset_discovery_provider_t *provider, uint32_t kind, const char *location,
        const clap_preset_discovery_metadata_receiver_t *receiver) {
    (void)provider;
    (void)location;
    if (kind != CLAP_PRESET_DISCOVERY_LOCATION_PLUGIN) {
        receiver->on_error(receiver, 0, "Idiom's presets are in the plugin");
        return false;
    }
    idiom_preset presets[IDIOM_CLAP_PRESETS];
    size_t count = idiom_presets_read(presets, IDIOM_CLAP_PRESETS);
    for (size_t i = 0; i < count && i < IDIOM_CLAP_PRESETS; i++) {
        if (!receiver->begin_preset(receiver, presets[i].title, presets[i].name)) {
            break;
        }
        describe(&presets[i], receiver);
    }
    return true;
}

static const void *get_extension(const clap_preset_discovery_provider_t *provider, const char *id) {
    (void)provider;
    (void)id;
    return NULL;
}

static uint32_t count_providers(const clap_preset_discovery_factory_t *factory) {
    (void)factory;
    return 1;
}

static const clap_preset_discovery_provider_descriptor_t *get_descriptor(
        const clap_preset_discovery_factory_t *factory, uint32_t index) {
    (void)factory;
    return index == 0 ? &descriptor : NULL;
}

static const clap_preset_discovery_provider_t *create(const clap_preset_discovery_factory_t *factory,
        const clap_preset_discovery_indexer_t *indexer, const char *id) {
    (void)factory;
    preset_provider *self = indexer != NULL && id != NULL && strcmp(id, descriptor.id) == 0 ? calloc(1, sizeof *self) : NULL;
    if (self == NULL) {
        return NULL;
    }
    self->indexer = indexer;
    self->provider = (clap_preset_discovery_provider_t){
            .desc = &descriptor,
            .provider_data = self,
            .init = init,
            .destroy = destroy,
            .get_metadata = get_metadata,
            .get_extension = get_extension,
    };
    return &self->provider;
}

const clap_preset_discovery_factory_t idiom_clap_preset_discovery = {
        .count = count_providers, .get_descriptor = get_descriptor, .create = create};
