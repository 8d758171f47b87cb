/* Finding presets without a plugin, and loading them into one. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "clap_host.h"

typedef struct {
    uint32_t program;
    const char *name;
    const char *title;
} listed_preset;

static const listed_preset presets[] = {
        {0, "jazz-to-classic", "Jazz to Classic"}, {1, "classic-to-jazz", "Classic to Jazz"},
        {2, "classic-to-pop", "Classic to Pop"},   {3, "pop-to-classic", "Pop to Classic"},
        {4, "jazz-to-pop", "Jazz to Pop"},         {5, "pop-to-jazz", "Pop to Jazz"},
        {40, "bossa", "Bossa \xC3\xA0 la Bj\xC3\xB6rk"},
};
enum { PRESETS = sizeof presets / sizeof presets[0] };

void rig_write_presets(const rig_folders *folders, bool is_other) {
    char path[300];
    snprintf(path, sizeof path, "%s/presets.tsv", folders->configuration);
    FILE *file = fopen(path, "w");
    if (file == NULL) {
        abort();
    }
    for (uint32_t i = 0; i < PRESETS; i++) {
        fprintf(file, "%u\t%s\t%064x\t%s%s\n", presets[i].program, presets[i].name, i, presets[i].title,
                is_other ? " (new)" : "");
    }
    fclose(file);
}

/* ---- Discovery ---- */

/* What a host was told. */
typedef struct {
    clap_preset_discovery_indexer_t indexer;
    clap_preset_discovery_metadata_receiver_t receiver;
    uint32_t locations;
    bool is_inside;      /* the location is the plugin itself */
    uint32_t count;      /* presets */
    uint32_t most;       /* how many it wants */
    char names[16][64];
    char keys[16][64];
    uint32_t flags[16];
    uint32_t plugin_ids; /* of the right kind */
    uint32_t errors;
} found;

static bool declare_filetype(
        const clap_preset_discovery_indexer_t *indexer, const clap_preset_discovery_filetype_t *filetype) {
    (void)indexer;
    (void)filetype;
    return rig_check(false, "there are no files of presets");
}

static bool declare_location(
        const clap_preset_discovery_indexer_t *indexer, const clap_preset_discovery_location_t *location) {
    found *it = indexer->indexer_data;
    it->locations++;
    it->is_inside = location->kind == CLAP_PRESET_DISCOVERY_LOCATION_PLUGIN && location->location == NULL
                    && location->name != NULL;
    return true;
}

static bool declare_soundpack(
        const clap_preset_discovery_indexer_t *indexer, const clap_preset_discovery_soundpack_t *soundpack) {
    (void)indexer;
    (void)soundpack;
    return true;
}

static const void *no_extension(const clap_preset_discovery_indexer_t *indexer, const char *id) {
    (void)indexer;
    (void)id;
    return NULL;
}

static found *of(const clap_preset_discovery_metadata_receiver_t *receiver) {
    return receiver->receiver_data;
}

static void on_error(const clap_preset_discovery_metadata_receiver_t *receiver, int32_t os_error, const char *problem) {
    of(receiver)->errors += os_error == 0 && problem != NULL;
}

static bool begin_preset(const clap_preset_discovery_metadata_receiver_t *receiver, const char *name, const char *key) {
    found *it = of(receiver);
    if (it->count >= it->most || it->count >= 16) {
        return false;
    }
    snprintf(it->names[it->count], sizeof it->names[0], "%s", name);
    snprintf(it->keys[it->count], sizeof it->keys[0], "%s", key);
    it->count++;
    return true;
}

static void add_plugin_id(
        const clap_preset_discovery_metadata_receiver_t *receiver, const clap_universal_plugin_id_t *id) {
    of(receiver)->plugin_ids += strcmp(id->abi, "clap") == 0 && strcmp(id->id, "idiom.transfer") == 0;
}

static void take_text(const clap_preset_discovery_metadata_receiver_t *receiver, const char *text) {
    (void)receiver;
    rig_check(text != NULL && text[0] != '\0', "a text about a preset");
}

static void set_flags(const clap_preset_discovery_metadata_receiver_t *receiver, uint32_t flags) {
    of(receiver)->flags[of(receiver)->count - 1] = flags;
}

static void set_timestamps(
        const clap_preset_discovery_metadata_receiver_t *receiver, clap_timestamp made, clap_timestamp changed) {
    (void)receiver;
    (void)made;
    (void)changed;
}

static void add_extra_info(
        const clap_preset_discovery_metadata_receiver_t *receiver, const char *key, const char *value) {
    take_text(receiver, key);
    take_text(receiver, value);
}

static found *new_found(void) {
    found *it = calloc(1, sizeof *it);
    if (it == NULL) {
        abort();
    }
    it->most = 16;
    it->indexer = (clap_preset_discovery_indexer_t){
            CLAP_VERSION_INIT, "clap_host", "Idiom", "", "1", it, declare_filetype, declare_location, declare_soundpack,
            no_extension};
    it->receiver = (clap_preset_discovery_metadata_receiver_t){
            it, on_error, begin_preset, add_plugin_id, take_text, set_flags, take_text, take_text, set_timestamps,
            take_text, add_extra_info};
    return it;
}

static void check_list(const found *it) {
    rig_check_number("presets", PRESETS, it->count);
    for (uint32_t i = 0; i < it->count && i < PRESETS; i++) {
        rig_check_text("title of a preset", presets[i].title, it->names[i]);
        rig_check_text("key of a preset", presets[i].name, it->keys[i]);
        bool is_bundled = presets[i].program < 6;
        rig_check_number(
                "whose preset it is",
                is_bundled ? CLAP_PRESET_DISCOVERY_IS_FACTORY_CONTENT : CLAP_PRESET_DISCOVERY_IS_USER_CONTENT, it->flags[i]);
    }
    rig_check_number("presets of this plugin", PRESETS, it->plugin_ids);
}

static void test_discovery(const rig_library *library) {
    const clap_preset_discovery_factory_t *factory = library->discovery;
    rig_check_number("preset providers", 1, factory->count(factory));
    rig_check(factory->get_descriptor(factory, 1) == NULL, "there is no second provider");
    const clap_preset_discovery_provider_descriptor_t *descriptor = factory->get_descriptor(factory, 0);
    found *it = new_found();
    rig_check(factory->create(factory, &it->indexer, "nobody") == NULL, "a provider that there isn't");
    const clap_preset_discovery_provider_t *provider = factory->create(factory, &it->indexer, descriptor->id);
    if (rig_check(provider != NULL, "a provider")) {
        rig_check(provider->init(provider), "the provider's init()");
        rig_check_number("places where presets are", 1, it->locations);
        rig_check(it->is_inside, "is the plugin");
        rig_check(provider->get_extension(provider, "clap.nothing") == NULL, "an extension of a provider");
        rig_check(provider->get_metadata(provider, CLAP_PRESET_DISCOVERY_LOCATION_PLUGIN, NULL, &it->receiver), "a list");
        check_list(it);
        it->count = 0;
        it->most = 2;
        rig_check(provider->get_metadata(provider, CLAP_PRESET_DISCOVERY_LOCATION_PLUGIN, NULL, &it->receiver), "a part");
        rig_check_number("presets of a host that wants two", 2, it->count);
        rig_check(!provider->get_metadata(provider, CLAP_PRESET_DISCOVERY_LOCATION_FILE, "/", &it->receiver), "a file");
        rig_check_number("is told to be none", 1, it->errors);
        provider->destroy(provider);
    }
    free(it);
}

/* ---- Loading ---- */

static void check_loading(rig *it) {
    const clap_plugin_preset_load_t *load = it->preset_load;
    for (uint32_t i = 0; i < PRESETS; i++) {
        it->rescan_flags = 0;
        it->loaded = 0;
        rig_check(load->from_location(it->plugin, CLAP_PRESET_DISCOVERY_LOCATION_PLUGIN, NULL, presets[i].name), "a preset");
        rig_check_number("its program", presets[i].program, rig_value(it, IDIOM_PRESET));
        rig_check((it->rescan_flags & CLAP_PARAM_RESCAN_VALUES) != 0, "the host is told of a new value");
        rig_check_number("and of the preset", 1, it->loaded);
        rig_check_text("by its key", presets[i].name, it->loaded_key);
    }
    double last = rig_value(it, IDIOM_PRESET);
    it->load_errors = 0;
    rig_check(!load->from_location(it->plugin, CLAP_PRESET_DISCOVERY_LOCATION_PLUGIN, NULL, "none"), "no preset");
    rig_check(!load->from_location(it->plugin, CLAP_PRESET_DISCOVERY_LOCATION_PLUGIN, NULL, NULL), "no key");
    rig_check(!load->from_location(it->plugin, CLAP_PRESET_DISCOVERY_LOCATION_FILE, "/tmp/x", "bossa"), "a file");
    rig_check_number("presets that could not be loaded", 3, it->load_errors);
    rig_check_number("change nothing", last, rig_value(it, IDIOM_PRESET));
}

void test_presets(const rig_library *library, const rig_folders *folders) {
    test_discovery(library);
    rig *it = rig_open(library);
    check_loading(it);
    rig_start(it, 48000, 64);
    rig_block(it, 64, NULL);
    check_loading(it);
    rig_block(it, 64, NULL);
    rig_check_number("a preset that the host loaded is not told to it", 0, it->output->count);
    rig_stop(it);
    /* Another list is seen at the next activation. */
    it->rescan_flags = 0;
    rig_write_presets(folders, true);
    rig_start(it, 48000, 64);
    rig_check((it->rescan_flags & CLAP_PARAM_RESCAN_TEXT) != 0, "the host is told of new titles");
    char text[64];
    it->params->value_to_text(it->plugin, IDIOM_PRESET, 5, text, sizeof text);
    rig_check_text("a new title", "Pop to Jazz (new)", text);
    rig_stop(it);
    rig_close(it);
    rig_write_presets(folders, false);
}
