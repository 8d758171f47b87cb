/* Notes go in at one port and out at another. All of it is [main]. */
#include <stdio.h>
#include <string.h>

#include "plugin.h"

/* What the model hears and writes is [LOWEST, HIGHEST]; other keys pass through. */
enum { LOWEST = 24, HIGHEST = 107, KEYS = 128 };

static uint32_t count_ports(const clap_plugin_t *plugin, bool is_input) {
    (void)plugin;
    (void)is_input;
    return 1;
}

static bool get_port(const clap_plugin_t *plugin, uint32_t index, bool is_input, clap_note_port_info_t *info) {
    if (!idiom_clap_is_main(idiom_clap_of(plugin)) || index != 0 || info == NULL) {
        return false;
    }
    memset(info, 0, sizeof *info);
    info->supported_dialects = CLAP_NOTE_DIALECT_CLAP | CLAP_NOTE_DIALECT_MIDI;
    info->preferred_dialect = CLAP_NOTE_DIALECT_MIDI;
    snprintf(info->name, sizeof info->name, "%s", is_input ? "Played" : "Answered");
    return true;
}

const clap_plugin_note_ports_t idiom_clap_note_ports = {.count = count_ports, .get = get_port};

static uint32_t count_names(const clap_plugin_t *plugin) {
    (void)plugin;
    return KEYS - (HIGHEST - LOWEST + 1);
}

static bool get_name(const clap_plugin_t *plugin, uint32_t index, clap_note_name_t *name) {
    if (!idiom_clap_is_main(idiom_clap_of(plugin)) || index >= count_names(plugin) || name == NULL) {
        return false;
    }
    memset(name, 0, sizeof *name);
    snprintf(name->name, sizeof name->name, "passes unchanged");
    name->port = -1;
    name->channel = -1;
    name->key = (int16_t)(index < LOWEST ? index : index - LOWEST + HIGHEST + 1);
    return true;
}

const clap_plugin_note_name_t idiom_clap_note_name = {.count = count_names, .get = get_name};
