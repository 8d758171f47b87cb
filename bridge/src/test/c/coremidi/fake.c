/* What exists, what was done wrong, what a test wants to fail; and the clock. */
#include "fake.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

pthread_mutex_t fake_lock = PTHREAD_MUTEX_INITIALIZER;

static struct object objects[MAX_OBJECTS]; /* a reference is an index; 0 is none, and none is used twice */
static MIDIObjectRef objects_used = 1;
static int32_t next_unique_id = 1000;
static long strings_alive;
static int misuses;
static char first_misuse[200];
static char failing_function[64];
static OSStatus failing_status;
static int failing_times;

struct object *object_at(MIDIObjectRef ref) {
    return ref > 0 && ref < objects_used ? &objects[ref] : NULL;
}

struct object *object_alive(MIDIObjectRef ref, enum object_kind kind) {
    struct object *object = object_at(ref);
    return object && object->is_alive && object->kind == kind ? object : NULL;
}

MIDIObjectRef object_count(void) {
    return objects_used;
}

MIDIObjectRef object_new(enum object_kind kind, MIDIObjectRef client, const char *name) {
    if (objects_used == MAX_OBJECTS) {
        abort();
    }
    objects[objects_used] = (struct object){.kind = kind,
            .is_alive = true,
            .is_listed = true,
            .client = client,
            .name = strdup(name),
            .unique_id = next_unique_id++};
    return objects_used++;
}

void object_end(MIDIObjectRef ref) {
    objects[ref].is_alive = false;
    disconnect_all(ref);
    forget(ref);
}

void misuse(const char *what, long detail) {
    if (misuses++ == 0) {
        snprintf(first_misuse, sizeof first_misuse, "%s: %ld", what, detail);
    }
}

OSStatus failure_of(const char *function) {
    if (failing_times == 0 || strcmp(function, failing_function) != 0) {
        return noErr;
    }
    failing_times--;
    return failing_status;
}

void count_string(int more) {
    strings_alive += more;
}

/* Like the clock of Apple's own processors: 125/3 nanoseconds a tick. */
enum { NUMERATOR = 125, DENOMINATOR = 3 };

uint64_t host_time(void) {
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return ((uint64_t)now.tv_sec * 1000000000u + (uint64_t)now.tv_nsec) * DENOMINATOR / NUMERATOR;
}

EXPORT uint64_t mach_absolute_time(void) {
    return host_time();
}

EXPORT int mach_timebase_info(uint32_t *info) {
    info[0] = NUMERATOR;
    info[1] = DENOMINATOR;
    return 0;
}

/* How many are alive of a kind, or of KIND_COUNT: connections; of the one after: strings. */
EXPORT long fake_alive(int kind) {
    pthread_mutex_lock(&fake_lock);
    long count = kind == KIND_COUNT ? connection_count() : kind == KIND_COUNT + 1 ? strings_alive : 0;
    for (MIDIObjectRef ref = 1; ref < objects_used; ref++) {
        count += objects[ref].is_alive && !objects[ref].is_hardware && (int)objects[ref].kind == kind;
    }
    pthread_mutex_unlock(&fake_lock);
    return count;
}

/* The first thing that was done wrong since the last time, or "". */
EXPORT const char *fake_misuse(void) {
    static char answer[sizeof first_misuse];
    pthread_mutex_lock(&fake_lock);
    memcpy(answer, misuses > 0 ? first_misuse : "", misuses > 0 ? sizeof answer : 1);
    misuses = 0;
    pthread_mutex_unlock(&fake_lock);
    return answer;
}

/* Makes the next so many calls of a function answer with an error. */
EXPORT void fake_fail(const char *function, int32_t status, int times) {
    pthread_mutex_lock(&fake_lock);
    snprintf(failing_function, sizeof failing_function, "%s", function);
    failing_status = status;
    failing_times = times;
    pthread_mutex_unlock(&fake_lock);
}

/* Plugs a keyboard (source) or a synthesiser in; unique_id 0 has the system choose one. */
EXPORT MIDIObjectRef fake_plug(int is_source, const char *name, const char *driver, int32_t unique_id) {
    pthread_mutex_lock(&fake_lock);
    MIDIObjectRef ref = object_new(is_source ? KIND_SOURCE : KIND_DESTINATION, 0, name);
    struct object *object = &objects[ref];
    object->is_hardware = true;
    object->is_listed = false;
    object->driver = strdup(driver);
    object->display_name = strdup(name);
    if (unique_id != 0) {
        object->unique_id = unique_id;
    }
    announce(kMIDIMsgObjectAdded, ref);
    pthread_mutex_unlock(&fake_lock);
    return ref;
}

EXPORT void fake_unplug(MIDIObjectRef ref) {
    pthread_mutex_lock(&fake_lock);
    object_end(ref);
    announce(kMIDIMsgObjectRemoved, ref);
    pthread_mutex_unlock(&fake_lock);
}

/* Takes a device off or brings it back, as drivers do that remember their devices: the reference stays. */
EXPORT void fake_set_offline(MIDIObjectRef ref, int32_t offline) {
    pthread_mutex_lock(&fake_lock);
    objects[ref].offline = offline;
    announce(kMIDIMsgSetupChanged, ref);
    pthread_mutex_unlock(&fake_lock);
}

EXPORT void fake_set_display_name(MIDIObjectRef ref, const char *name) {
    pthread_mutex_lock(&fake_lock);
    free(objects[ref].display_name);
    objects[ref].display_name = name ? strdup(name) : NULL;
    pthread_mutex_unlock(&fake_lock);
}

/* The endpoint that another program would find under this name, 0 if there is none. */
EXPORT MIDIObjectRef fake_find(int is_source, const char *name) {
    pthread_mutex_lock(&fake_lock);
    MIDIObjectRef found = 0;
    for (MIDIObjectRef ref = 1; ref < objects_used; ref++) {
        if (object_alive(ref, is_source ? KIND_SOURCE : KIND_DESTINATION) && strcmp(objects[ref].name, name) == 0) {
            found = ref;
        }
    }
    pthread_mutex_unlock(&fake_lock);
    return found;
}

EXPORT int32_t fake_unique_id(MIDIObjectRef ref) {
    pthread_mutex_lock(&fake_lock);
    int32_t id = objects[ref].unique_id;
    pthread_mutex_unlock(&fake_lock);
    return id;
}

EXPORT void fake_set_unique_id(MIDIObjectRef ref, int32_t id) {
    pthread_mutex_lock(&fake_lock);
    objects[ref].unique_id = id;
    pthread_mutex_unlock(&fake_lock);
}
