/* The host: the library, its instances, and their blocks. */
#include <dlfcn.h>
#include <lv2/atom/atom.h>
#include <lv2/buf-size/buf-size.h>
#include <lv2/options/options.h>
#include <lv2/urid/urid.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "lv2_host.h"

static unsigned made;
static unsigned failed;

void check(bool holds, const char *format, ...) {
    made++;
    if (!holds) {
        failed++;
        va_list arguments;
        va_start(arguments, format);
        fputs("lv2_host: failed: ", stderr);
        vfprintf(stderr, format, arguments);
        fputc('\n', stderr);
        va_end(arguments);
    }
}

unsigned checks_made(void) {
    return made;
}

unsigned checks_failed(void) {
    return failed;
}

void *allocate(void *before, size_t bytes) {
    void *allocated = realloc(before, bytes > 0 ? bytes : 1);
    if (allocated == NULL) {
        fputs("lv2_host: out of memory\n", stderr);
        abort();
    }
    return allocated;
}

uint32_t random_number(uint32_t limit) {
    static uint64_t state = 20261127;
    state = state * 6364136223846793005u + 1442695040888963407u;
    return (uint32_t)((state >> 33) % limit);
}

/* ---- URIs ---- */

enum { MOST_URIS = 256 };
static char *uris[MOST_URIS];

static LV2_URID map_uri(LV2_URID_Map_Handle handle, const char *uri) {
    (void)handle;
    for (uint32_t i = 0; i < MOST_URIS; i++) {
        if (uris[i] == NULL) {
            uris[i] = allocate(NULL, strlen(uri) + 1);
            strcpy(uris[i], uri);
        }
        if (strcmp(uris[i], uri) == 0) {
            return i + 1;
        }
    }
    return 0;
}

LV2_URID_Map *host_urid_map(void) {
    static LV2_URID_Map map = {NULL, map_uri};
    return &map;
}

LV2_URID host_map(const char *uri) {
    return map_uri(NULL, uri);
}

/* ---- library ---- */

static void *library;
static const LV2_Descriptor *descriptor;

bool host_open(const char *path) {
    library = dlopen(path, RTLD_NOW | RTLD_LOCAL);
    LV2_Descriptor_Function find = NULL;
    if (library != NULL) {
        *(void **)&find = dlsym(library, "lv2_descriptor");
    }
    if (find == NULL) {
        fprintf(stderr, "lv2_host: cannot load plugin: %s\n", dlerror());
        return false;
    }
    descriptor = find(0);
    check(descriptor != NULL && strcmp(descriptor->URI, IDIOM_LV2_URI) == 0, "the first plugin is ours");
    check(find(1) == NULL, "there is no second plugin");
    return descriptor != NULL;
}

const LV2_Descriptor *host_descriptor(void) {
    return descriptor;
}

void host_close(void) {
    dlclose(library);
    for (uint32_t i = 0; i < MOST_URIS; i++) {
        free(uris[i]);
    }
}

/* ---- instances ---- */

static void connect_all(instance *self) {
    descriptor->connect_port(self->handle, IDIOM_PORT_IN, self->in);
    descriptor->connect_port(self->handle, IDIOM_PORT_OUT, self->out);
    for (uint32_t port = IDIOM_PORT_PARAMETERS; port < IDIOM_PORTS; port++) {
        descriptor->connect_port(self->handle, port, &self->controls[port]);
    }
}

static void clear_input(instance *self) {
    free(self->in);
    self->in_room = sizeof *self->in;
    self->in = allocate(NULL, self->in_room);
    self->in->atom.type = host_map(LV2_ATOM__Sequence);
    self->in->atom.size = sizeof self->in->body;
    self->in->body.unit = 0;
    self->in->body.pad = 0;
}

instance *instance_open(void) {
    static const int32_t longest = 4096;
    static const int32_t nominal = 256;
    LV2_Options_Option options[] = {
            {LV2_OPTIONS_INSTANCE, 0, host_map(LV2_BUF_SIZE__maxBlockLength), sizeof longest, host_map(LV2_ATOM__Int), &longest},
            {LV2_OPTIONS_INSTANCE, 0, host_map(LV2_BUF_SIZE__nominalBlockLength), sizeof nominal, host_map(LV2_ATOM__Int),
             &nominal},
            {LV2_OPTIONS_INSTANCE, 0, 0, 0, 0, NULL},
    };
    const LV2_Feature map = {LV2_URID__map, host_urid_map()};
    const LV2_Feature option = {LV2_OPTIONS__options, options};
    const LV2_Feature bounded = {LV2_BUF_SIZE__boundedBlockLength, NULL};
    const LV2_Feature *const features[] = {&map, &option, &bounded, NULL};
    instance *self = allocate(NULL, sizeof *self);
    *self = (instance){.is_orderly = true};
    self->handle = descriptor->instantiate(descriptor, HOST_RATE, "/", features);
    check(self->handle != NULL, "an instance begins");
    for (uint32_t i = 0; i < IDIOM_PARAMETERS; i++) {
        self->controls[IDIOM_PORT_PARAMETERS + i] = i == IDIOM_MIX || i == IDIOM_DENSITY || i == IDIOM_BYPASS ? 1 : 0;
    }
    clear_input(self);
    instance_resize_output(self, IDIOM_PORT_BYTES);
    if (descriptor->activate != NULL) {
        descriptor->activate(self->handle);
    }
    return self;
}

void instance_forget(instance *self) {
    for (size_t i = 0; i < self->count; i++) {
        free(self->messages[i].bytes);
    }
    self->count = 0;
}

void instance_close(instance *self) {
    descriptor->deactivate(self->handle);
    descriptor->cleanup(self->handle);
    instance_forget(self);
    free(self->messages);
    free(self->in);
    free(self->out);
    free(self);
}

void instance_resize_output(instance *self, uint32_t bytes) {
    free(self->out);
    self->out_room = bytes;
    self->out = allocate(NULL, bytes < sizeof(LV2_Atom) ? sizeof(LV2_Atom) : bytes);
}

static uint32_t padded(uint32_t bytes) {
    return (bytes + 7) & ~7u;
}

void instance_add(instance *self, int64_t frame, LV2_URID type, const void *body, uint32_t bytes, uint32_t size) {
    LV2_Atom_Event event = {.time.frames = frame, .body = {size, type}};
    uint32_t more = (uint32_t)sizeof event + padded(bytes);
    self->in = allocate(self->in, self->in_room + more);
    uint8_t *at = (uint8_t *)self->in + self->in_room;
    memset(at, 0, more);
    memcpy(at, &event, sizeof event);
    if (bytes > 0) {
        memcpy(at + sizeof event, body, bytes);
    }
    self->in_room += more;
    self->in->atom.size += more;
}

void instance_add_midi(instance *self, int64_t frame, const void *bytes, uint32_t length) {
    instance_add(self, frame, host_map("http://lv2plug.in/ns/ext/midi#MidiEvent"), bytes, length, length);
}

static void collect_event(instance *self, const LV2_Atom_Event *event) {
    if (self->count == self->room) {
        self->room = self->room * 2 + 64;
        self->messages = allocate(self->messages, self->room * sizeof *self->messages);
    }
    message *taken = &self->messages[self->count++];
    *taken = (message){self->frame + event->time.frames, event->body.size, allocate(NULL, event->body.size)};
    memcpy(taken->bytes, event + 1, event->body.size);
}

/* Takes what the plugin wrote, as a host does that trusts it, and looks whether it may. */
static void collect(instance *self, uint32_t frames) {
    if (self->out->atom.type == 0 && self->out->atom.size == 0 && self->out_room < sizeof(LV2_Atom_Sequence) + sizeof(LV2_Atom)) {
        return; /* nothing, for want of room */
    }
    bool is_orderly = self->out->atom.type == host_map(LV2_ATOM__Sequence)
            && self->out->atom.size + sizeof(LV2_Atom) <= self->out_room;
    uint32_t at = sizeof(LV2_Atom_Sequence);
    uint32_t end = self->out->atom.size + (uint32_t)sizeof(LV2_Atom);
    int64_t last = 0;
    while (is_orderly && at < end) {
        const LV2_Atom_Event *event = (const void *)((const uint8_t *)self->out + at);
        uint32_t next = at + (uint32_t)sizeof *event + padded(event->body.size);
        is_orderly = next <= end && event->time.frames >= last && event->time.frames < frames
                && event->body.type == host_map("http://lv2plug.in/ns/ext/midi#MidiEvent") && event->body.size > 0;
        if (is_orderly) {
            collect_event(self, event);
            last = event->time.frames;
            at = next;
        }
    }
    self->is_orderly = self->is_orderly && is_orderly;
}

void instance_run(instance *self, uint32_t frames) {
    memset(self->out, 0xAA, self->out_room);
    self->out->atom.size = self->out_room > sizeof(LV2_Atom) ? self->out_room - (uint32_t)sizeof(LV2_Atom) : 0;
    self->out->atom.type = host_map(LV2_ATOM__Chunk);
    connect_all(self);
    descriptor->run(self->handle, frames);
    collect(self, frames);
    clear_input(self);
    self->frame += frames;
}

/* ---- positions ---- */

object object_begin(const char *type) {
    object self;
    memset(&self, 0, sizeof self);
    LV2_Atom_Object_Body body = {0, host_map(type)};
    self.atom = (LV2_Atom){sizeof body, host_map(LV2_ATOM__Object)};
    memcpy(&self.atom + 1, &body, sizeof body);
    return self;
}

void object_add(object *self, const char *key, number_type type, double number) {
    const int32_t as_int = type == AS_INT ? (int32_t)number : 0;
    const int64_t as_long = type == AS_LONG ? (int64_t)number : 0;
    const float as_float = (float)number;
    static const char *const names[] = {LV2_ATOM__Int, LV2_ATOM__Long, LV2_ATOM__Float, LV2_ATOM__Double};
    const void *const values[] = {&as_int, &as_long, &as_float, &number};
    const uint32_t sizes[] = {sizeof as_int, sizeof as_long, sizeof as_float, sizeof number};
    uint8_t *at = self->bytes + sizeof(LV2_Atom) + self->atom.size;
    LV2_Atom_Property_Body property = {host_map(key), 0, {sizes[type], host_map(names[type])}};
    memcpy(at, &property, sizeof property);
    memcpy(at + sizeof property, values[type], sizes[type]);
    self->atom.size += (uint32_t)sizeof property + padded(sizes[type]);
}

void instance_add_position(instance *self, int64_t frame, const object *position) {
    instance_add(self, frame, position->atom.type, &position->atom + 1, position->atom.size, position->atom.size);
}
