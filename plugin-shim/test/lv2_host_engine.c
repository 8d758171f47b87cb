/*
 * What an engine is told: the test is one itself, which says that it is still loading and reads along. Notes pass through
 * meanwhile.
 */
#include <dirent.h>
#include <fcntl.h>
#include <lv2/time/time.h>
#include <math.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "lv2_host.h"
#include "protocol.h"

/* The file of the one instance that is open, as its engine sees it. */
typedef struct {
    uint8_t *base;
    size_t bytes;
    uint64_t head; /* of the ring */
} fake_engine;

/* A record, as far as the test wants to know. */
typedef struct {
    uint16_t kind;
    uint16_t length;
    int64_t frame;
    uint8_t payload[64];
} record;

static uint64_t load(const fake_engine *self, size_t at) {
    return atomic_load((_Atomic uint64_t *)(void *)(self->base + at));
}

static void put(const fake_engine *self, size_t at, uint64_t value) {
    atomic_store((_Atomic uint64_t *)(void *)(self->base + at), value);
}

static void beat(const fake_engine *self) {
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    put(self, IDIOM_AT_HEARTBEAT_NS, (uint64_t)now.tv_sec * 1000000000u + (uint64_t)now.tv_nsec);
}

/* Maps the file that begins with the right number. */
static bool engine_open(fake_engine *self, const char *folder) {
    *self = (fake_engine){NULL, 0, 0};
    DIR *entries = opendir(folder);
    for (const struct dirent *entry; entries != NULL && self->base == NULL && (entry = readdir(entries)) != NULL;) {
        char path[512];
        struct stat found;
        int length = snprintf(path, sizeof path, "%s/%s", folder, entry->d_name);
        int descriptor = length < (int)sizeof path ? open(path, O_RDWR | O_CLOEXEC) : -1;
        if (descriptor >= 0 && fstat(descriptor, &found) == 0 && found.st_size > IDIOM_HEADER_BYTES) {
            self->bytes = (size_t)found.st_size;
            void *base = mmap(NULL, self->bytes, PROT_READ | PROT_WRITE, MAP_SHARED, descriptor, 0);
            self->base = base == MAP_FAILED ? NULL : base;
            if (self->base != NULL && load(self, IDIOM_AT_MAGIC) != IDIOM_PROTOCOL_MAGIC) {
                munmap(self->base, self->bytes);
                self->base = NULL;
            }
        }
        if (descriptor >= 0) {
            close(descriptor);
        }
    }
    if (entries != NULL) {
        closedir(entries);
    }
    return self->base != NULL;
}

static void engine_begin(fake_engine *self) {
    put(self, IDIOM_AT_EPOCH, 77);
    beat(self);
}

/* The next record of a kind, leaving out what comes before; false if there is none. */
static bool engine_next(fake_engine *self, uint16_t kind, record *taken) {
    while (self->head < load(self, IDIOM_AT_TO_ENGINE_TAIL)) {
        const uint8_t *at = self->base + IDIOM_HEADER_BYTES + self->head % IDIOM_TO_ENGINE_BYTES;
        uint32_t bytes;
        memcpy(&bytes, at, sizeof bytes);
        memcpy(&taken->kind, at + 4, sizeof taken->kind);
        memcpy(&taken->length, at + 6, sizeof taken->length);
        if (taken->kind != IDIOM_FILLER) {
            memcpy(&taken->frame, at + 8, sizeof taken->frame);
            size_t known = taken->length < sizeof taken->payload ? taken->length : sizeof taken->payload;
            memcpy(taken->payload, at + IDIOM_RECORD_HEADER, known);
        }
        self->head += bytes;
        put(self, IDIOM_AT_TO_ENGINE_HEAD, self->head);
        if (taken->kind == kind) {
            return true;
        }
    }
    return false;
}

static void engine_skip(fake_engine *self) {
    record none;
    while (engine_next(self, UINT16_MAX, &none)) {
    }
}

static double number_in(const record *taken, size_t at) {
    double number;
    memcpy(&number, taken->payload + at, sizeof number);
    return number;
}

static uint32_t whole_in(const record *taken, size_t at) {
    uint32_t number;
    memcpy(&number, taken->payload + at, sizeof number);
    return number;
}

static void should_tell_every_parameter(instance *plugin, fake_engine *engine) {
    instance_run(plugin, 64);
    double told[IDIOM_PARAMETERS];
    for (uint32_t i = 0; i < IDIOM_PARAMETERS; i++) {
        told[i] = NAN;
    }
    record parameter;
    while (engine_next(engine, IDIOM_PARAMETER, &parameter)) {
        told[whole_in(&parameter, 0)] = number_in(&parameter, 8);
    }
    for (uint32_t i = 0; i < IDIOM_PARAMETERS; i++) {
        double port = (double)plugin->controls[IDIOM_PORT_PARAMETERS + i];
        double expected = i == IDIOM_BYPASS ? 1 - port : port;
        check(told[i] == expected, "a parameter is told: parameter=%u value=%f expected=%f", i, told[i], expected);
    }
    plugin->controls[IDIOM_PORT_PARAMETERS + IDIOM_BYPASS] = 0;
    plugin->controls[IDIOM_PORT_PARAMETERS + IDIOM_MIX] = 0.5f;
    instance_run(plugin, 64);
    check(engine_next(engine, IDIOM_PARAMETER, &parameter) && whole_in(&parameter, 0) == IDIOM_MIX
                  && number_in(&parameter, 8) == 0.5 && parameter.frame == plugin->frame - 64,
          "a moved port is told");
    check(engine_next(engine, IDIOM_PARAMETER, &parameter) && whole_in(&parameter, 0) == IDIOM_BYPASS
                  && number_in(&parameter, 8) == 1,
          "not enabled is bypassed");
    check(!engine_next(engine, IDIOM_PARAMETER, &parameter), "nothing else is told");
    plugin->controls[IDIOM_PORT_PARAMETERS + IDIOM_BYPASS] = 1;
    instance_run(plugin, 64);
    engine_skip(engine);
}

static object position_at(double bar) {
    object position = object_begin(LV2_TIME__Position);
    object_add(&position, LV2_TIME__bar, AS_LONG, bar);
    object_add(&position, LV2_TIME__barBeat, AS_FLOAT, 0);
    object_add(&position, LV2_TIME__beatsPerMinute, AS_DOUBLE, 120);
    object_add(&position, LV2_TIME__speed, AS_FLOAT, 1);
    return position;
}

static void check_transport(fake_engine *engine, int64_t frame, uint32_t flags, double step, const char *of) {
    record transport;
    bool is_told = engine_next(engine, IDIOM_TRANSPORT, &transport);
    check(is_told && transport.frame == frame && (whole_in(&transport, 0) & 7) == flags
                  && fabs(number_in(&transport, 8) - step) < 1e-6,
          "%s: told=%d frame=%ld expected=%ld flags=%u step=%f expected=%f", of, is_told, (long)transport.frame, (long)frame,
          is_told ? whole_in(&transport, 0) : 0, is_told ? number_in(&transport, 8) : 0, step);
}

/* 120 beats a minute are 6000 frames a step. */
static void should_tell_where_the_song_is(instance *plugin, fake_engine *engine) {
    const uint32_t rolling = IDIOM_TRANSPORT_KNOWN | IDIOM_TRANSPORT_ROLLING;
    record more;
    instance_run(plugin, 64);
    check_transport(engine, plugin->frame - 64, 0, 0, "nothing known");
    object third = position_at(2);
    instance_add_position(plugin, 0, &third);
    instance_run(plugin, 600);
    check_transport(engine, plugin->frame - 600, rolling, 32, "from the first frame on");
    check(!engine_next(engine, IDIOM_TRANSPORT, &more), "a position at the first frame is told once");
    instance_run(plugin, 600);
    check_transport(engine, plugin->frame - 600, rolling, 32.1, "a block later");
    const uint8_t on[] = {0x90, 60, 100};
    object ninth = position_at(8);
    instance_add_midi(plugin, 10, on, 3);
    instance_add_position(plugin, 200, &ninth);
    instance_add_midi(plugin, 300, on, 3);
    instance_run(plugin, 600);
    int64_t begin = plugin->frame - 600;
    check_transport(engine, begin, rolling, 32.2, "two blocks later");
    record note;
    check(engine_next(engine, IDIOM_MIDI, &note) && note.frame == begin + 10, "a note before the jump");
    check_transport(engine, begin + 200, rolling, 128, "a jump within a block");
    check(engine_next(engine, IDIOM_MIDI, &note) && note.frame == begin + 300 && note.length == 3 && note.payload[1] == 60,
          "a note after the jump");
    plugin->controls[IDIOM_PORT_FREEWHEELING] = 1;
    put(engine, IDIOM_AT_SETTLED_UNTIL, INT64_MAX);
    instance_run(plugin, 200);
    check_transport(engine, plugin->frame - 200, rolling | IDIOM_TRANSPORT_FREEWHEELING, 128 + 400 / 6000.0, "rendering");
    plugin->controls[IDIOM_PORT_FREEWHEELING] = 0;
}

static void should_show_figures(instance *plugin, fake_engine *engine) {
    instance_run(plugin, 64);
    check(plugin->controls[IDIOM_PORT_STATUS] == IDIOM_LOADING, "status=%f", (double)plugin->controls[IDIOM_PORT_STATUS]);
    put(engine, IDIOM_AT_DELAY_FRAMES, 4800);
    instance_run(plugin, 64);
    check(plugin->controls[IDIOM_PORT_LATENCY] == 0, "no latency unless it is asked for");
    plugin->controls[IDIOM_PORT_PARAMETERS + IDIOM_COMPENSATE] = 1;
    instance_run(plugin, 0);
    check(plugin->controls[IDIOM_PORT_LATENCY] == 4800, "latency=%f", (double)plugin->controls[IDIOM_PORT_LATENCY]);
}

void test_engine(const char *runtime_folder) {
    instance *plugin = instance_open();
    fake_engine engine;
    bool is_open = engine_open(&engine, runtime_folder);
    check(is_open, "an instance shares a file");
    if (is_open) {
        engine_begin(&engine);
        should_tell_every_parameter(plugin, &engine);
        beat(&engine);
        should_tell_where_the_song_is(plugin, &engine);
        beat(&engine);
        should_show_figures(plugin, &engine);
        check(plugin->is_orderly, "an engine that loads");
        munmap(engine.base, engine.bytes);
    }
    instance_close(plugin);
}
