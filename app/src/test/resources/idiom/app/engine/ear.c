/*
 * Two CLAP plugins that hear what goes down a track's list of plugins, and send nothing: "before" is for the place before
 * Idiom, "after" for the one after it. Each message is a line in the file of that name in $IDIOM_EARS:
 *
 *     FRAME HEX       at that frame of the song, as the host counts it
 *     - HEX           while the song stood
 *
 * Built by the tests, with the sources of the plugin in the include path. A test may write to a file in the audio thread.
 */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "clap_abi.h"

typedef struct {
    clap_plugin_t plugin;
    double rate;
    FILE *file;
} ear;

static const char *const features[] = {CLAP_PLUGIN_FEATURE_NOTE_EFFECT, NULL};

#define DESCRIPTOR(NAME) \
    { CLAP_VERSION_INIT, "idiom.test.ear." NAME, NAME, "", "", "", "", "1", "", features }

static const clap_plugin_descriptor_t descriptors[] = {DESCRIPTOR("before"), DESCRIPTOR("after")};

static ear *ear_of(const clap_plugin_t *plugin) {
    return plugin->plugin_data;
}

static bool init(const clap_plugin_t *plugin) {
    const char *folder = getenv("IDIOM_EARS");
    char path[1024];
    snprintf(path, sizeof path, "%s/%s", folder == NULL ? "." : folder, plugin->desc->name);
    ear_of(plugin)->file = fopen(path, "a");
    if (ear_of(plugin)->file == NULL) {
        return false;
    }
    setvbuf(ear_of(plugin)->file, NULL, _IOLBF, BUFSIZ);
    return true;
}

static void destroy(const clap_plugin_t *plugin) {
    if (ear_of(plugin)->file != NULL) {
        fclose(ear_of(plugin)->file);
    }
    free(ear_of(plugin));
}

static bool activate(const clap_plugin_t *plugin, double rate, uint32_t least, uint32_t most) {
    (void)least;
    (void)most;
    ear_of(plugin)->rate = rate;
    return true;
}

static void do_nothing(const clap_plugin_t *plugin) {
    (void)plugin;
}

static bool start_processing(const clap_plugin_t *plugin) {
    (void)plugin;
    return true;
}

/* Writes down what is a message, in any of the two dialects. */
static void hear(const ear *self, const clap_event_transport_t *song, const clap_event_header_t *event) {
    unsigned bytes[3];
    if (event->space_id != CLAP_CORE_EVENT_SPACE_ID) {
        return;
    }
    if (event->type == CLAP_EVENT_NOTE_ON || event->type == CLAP_EVENT_NOTE_OFF) {
        const clap_event_note_t *note = (const clap_event_note_t *)event;
        bytes[0] = (event->type == CLAP_EVENT_NOTE_ON ? 0x90u : 0x80u) | (unsigned)note->channel;
        bytes[1] = (unsigned)note->key;
        bytes[2] = (unsigned)lround(note->velocity * 127);
    } else if (event->type == CLAP_EVENT_MIDI) {
        const clap_event_midi_t *midi = (const clap_event_midi_t *)event;
        for (int i = 0; i < 3; i++) {
            bytes[i] = midi->data[i];
        }
    } else {
        return;
    }
    if (song != NULL && (song->flags & CLAP_TRANSPORT_IS_PLAYING) != 0) {
        double seconds = (double)song->song_pos_seconds / (double)CLAP_SECTIME_FACTOR;
        fprintf(self->file, "%ld", lround(seconds * self->rate) + (long)event->time);
    } else {
        fputc('-', self->file);
    }
    fprintf(self->file, " %02x%02x%02x\n", bytes[0], bytes[1], bytes[2]);
}

static clap_process_status process(const clap_plugin_t *plugin, const clap_process_t *block) {
    uint32_t count = block->in_events->size(block->in_events);
    for (uint32_t i = 0; i < count; i++) {
        hear(ear_of(plugin), block->transport, block->in_events->get(block->in_events, i));
    }
    return CLAP_PROCESS_CONTINUE;
}

static uint32_t count_ports(const clap_plugin_t *plugin, bool is_input) {
    (void)plugin;
    return is_input ? 1 : 0;
}

static bool get_port(const clap_plugin_t *plugin, uint32_t index, bool is_input, clap_note_port_info_t *info) {
    (void)plugin;
    if (!is_input || index != 0) {
        return false;
    }
    info->id = 0;
    info->supported_dialects = CLAP_NOTE_DIALECT_CLAP | CLAP_NOTE_DIALECT_MIDI;
    info->preferred_dialect = CLAP_NOTE_DIALECT_MIDI;
    snprintf(info->name, sizeof info->name, "in");
    return true;
}

static const clap_plugin_note_ports_t note_ports = {count_ports, get_port};

static const void *get_extension(const clap_plugin_t *plugin, const char *id) {
    (void)plugin;
    return strcmp(id, CLAP_EXT_NOTE_PORTS) == 0 ? &note_ports : NULL;
}

static uint32_t get_plugin_count(const clap_plugin_factory_t *factory) {
    (void)factory;
    return sizeof descriptors / sizeof descriptors[0];
}

static const clap_plugin_descriptor_t *get_plugin_descriptor(const clap_plugin_factory_t *factory, uint32_t index) {
    return index < get_plugin_count(factory) ? &descriptors[index] : NULL;
}

static const clap_plugin_t *create_plugin(
        const clap_plugin_factory_t *factory, const clap_host_t *host, const char *plugin_id) {
    (void)host;
    for (uint32_t i = 0; i < get_plugin_count(factory); i++) {
        ear *self = strcmp(plugin_id, descriptors[i].id) == 0 ? calloc(1, sizeof *self) : NULL;
        if (self != NULL) {
            self->plugin = (clap_plugin_t){&descriptors[i], self, init, destroy, activate, do_nothing,
                    start_processing, do_nothing, do_nothing, process, get_extension, do_nothing};
            return &self->plugin;
        }
    }
    return NULL;
}

static const clap_plugin_factory_t factory = {get_plugin_count, get_plugin_descriptor, create_plugin};

static bool enter(const char *plugin_path) {
    (void)plugin_path;
    return true;
}

static void leave(void) {}

static const void *get_factory(const char *factory_id) {
    return strcmp(factory_id, CLAP_PLUGIN_FACTORY_ID) == 0 ? &factory : NULL;
}

extern const clap_plugin_entry_t clap_entry;
CLAP_EXPORT const clap_plugin_entry_t clap_entry = {CLAP_VERSION_INIT, enter, leave, get_factory};
