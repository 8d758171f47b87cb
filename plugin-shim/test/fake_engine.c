#include "fake_engine.h"

#include <dirent.h>
#include <fcntl.h>
#include <stdatomic.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

enum { HEAD = 16 };

static const uint8_t magic[] = "IDIMSHM1";

bool fake_engine_open(fake_engine *self, const char *path) {
    *self = (fake_engine){.bytes = 0};
    int descriptor = open(path, O_RDWR | O_CLOEXEC);
    struct stat found;
    if (descriptor >= 0 && fstat(descriptor, &found) == 0 && found.st_size > IDIOM_HEADER_BYTES) {
        self->bytes = (size_t)found.st_size;
        void *base = mmap(NULL, self->bytes, PROT_READ | PROT_WRITE, MAP_SHARED, descriptor, 0);
        self->base = base == MAP_FAILED ? NULL : base;
    }
    if (descriptor >= 0) {
        close(descriptor);
    }
    snprintf(self->path, sizeof self->path, "%s", path);
    if (self->base != NULL && memcmp(self->base, magic, 8) != 0) {
        fake_engine_close(self);
    }
    return self->base != NULL;
}

bool fake_engine_open_in(fake_engine *self, const char *folder) {
    *self = (fake_engine){.bytes = 0};
    DIR *entries = opendir(folder);
    for (const struct dirent *entry; entries != NULL && self->base == NULL && (entry = readdir(entries)) != NULL;) {
        const char *ending = strrchr(entry->d_name, '.');
        char path[512];
        if (ending != NULL && strcmp(ending, ".shm") == 0
            && snprintf(path, sizeof path, "%s/%s", folder, entry->d_name) < (int)sizeof path) {
            fake_engine_open(self, path);
        }
    }
    if (entries != NULL) {
        closedir(entries);
    }
    return self->base != NULL;
}

void fake_engine_attach(fake_engine *self, uint8_t *base) {
    *self = (fake_engine){.base = base};
}

void fake_engine_close(fake_engine *self) {
    if (self->bytes > 0 && self->base != NULL) {
        munmap(self->base, self->bytes);
    }
    self->base = NULL;
}

uint64_t fake_engine_load(const fake_engine *self, size_t at) {
    return atomic_load((_Atomic uint64_t *)(void *)(self->base + at));
}

void fake_engine_store(const fake_engine *self, size_t at, uint64_t value) {
    atomic_store((_Atomic uint64_t *)(void *)(self->base + at), value);
}

uint32_t fake_engine_load_half(const fake_engine *self, size_t at) {
    return atomic_load((_Atomic uint32_t *)(void *)(self->base + at));
}

void fake_engine_store_half(const fake_engine *self, size_t at, uint32_t value) {
    atomic_store((_Atomic uint32_t *)(void *)(self->base + at), value);
}

void fake_engine_mark(const fake_engine *self, size_t at, uint32_t bit) {
    size_t word = at + 8 * (size_t)(bit / 64);
    fake_engine_store(self, word, fake_engine_load(self, word) | UINT64_C(1) << (bit % 64));
}

void fake_engine_offer(fake_engine *self, uint64_t epoch) {
    self->epoch = epoch;
    fake_engine_store(self, IDIOM_AT_EPOCH, 0);
    fake_engine_state(self, IDIOM_ENGINE_LOADING);
    fake_engine_store(self, IDIOM_AT_SETTLED_UNTIL, (uint64_t)INT64_MIN);
    fake_engine_beat(self);
    fake_engine_store(self, IDIOM_AT_EPOCH, epoch);
}

bool fake_engine_is_accepted(fake_engine *self) {
    if (fake_engine_load(self, IDIOM_AT_ACCEPTED_EPOCH) != self->epoch) {
        return false;
    }
    self->head = fake_engine_load(self, IDIOM_AT_ACCEPTED_TAIL);
    self->tail = fake_engine_load(self, IDIOM_AT_TO_PLUGIN_TAIL);
    fake_engine_store(self, IDIOM_AT_TO_ENGINE_HEAD, self->head);
    return true;
}

void fake_engine_beat(const fake_engine *self) {
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    fake_engine_beat_at(self, (int64_t)now.tv_sec * 1000000000 + now.tv_nsec);
}

void fake_engine_beat_at(const fake_engine *self, int64_t ns) {
    fake_engine_store(self, IDIOM_AT_HEARTBEAT_NS, (uint64_t)ns);
}

void fake_engine_state(const fake_engine *self, uint32_t state) {
    fake_engine_store_half(self, IDIOM_AT_STATE, state);
}

bool fake_engine_next(fake_engine *self, fake_record *record) {
    uint64_t tail = fake_engine_load(self, IDIOM_AT_TO_ENGINE_TAIL);
    while (self->head < tail && tail - self->head <= IDIOM_TO_ENGINE_BYTES) {
        const uint8_t *at = self->base + IDIOM_HEADER_BYTES + self->head % IDIOM_TO_ENGINE_BYTES;
        uint32_t bytes;
        memcpy(&bytes, at, sizeof bytes);
        memcpy(&record->kind, at + 4, sizeof record->kind);
        memcpy(&record->length, at + 6, sizeof record->length);
        bool is_filler = record->kind == IDIOM_FILLER;
        if (bytes < 8 || bytes % 8 != 0 || bytes > tail - self->head
            || (!is_filler && bytes != ((uint32_t)HEAD + record->length + 7) / 8 * 8)) {
            return false;
        }
        if (!is_filler) {
            memcpy(&record->frame, at + 8, sizeof record->frame);
            memcpy(record->payload, at + HEAD, record->length);
        }
        self->head += bytes;
        fake_engine_store(self, IDIOM_AT_TO_ENGINE_HEAD, self->head);
        if (!is_filler) {
            return true;
        }
    }
    return false;
}

void fake_engine_skip(fake_engine *self) {
    self->head = fake_engine_load(self, IDIOM_AT_TO_ENGINE_TAIL);
    fake_engine_store(self, IDIOM_AT_TO_ENGINE_HEAD, self->head);
}

/* Round the end of the ring, too: whoever has written garbage is anywhere. */
static void put(const fake_engine *self, uint64_t place, const void *bytes, size_t length) {
    uint8_t *ring = self->base + IDIOM_HEADER_BYTES + IDIOM_TO_ENGINE_BYTES;
    for (size_t i = 0; i < length; i++) {
        ring[(place + i) % IDIOM_TO_PLUGIN_BYTES] = ((const uint8_t *)bytes)[i];
    }
}

static void put_head(const fake_engine *self, uint32_t bytes, uint16_t kind, uint16_t length) {
    put(self, self->tail, &bytes, sizeof bytes);
    put(self, self->tail + 4, &kind, sizeof kind);
    put(self, self->tail + 6, &length, sizeof length);
}

bool fake_engine_send(fake_engine *self, uint16_t kind, int64_t frame, const void *payload, uint16_t length) {
    uint32_t bytes = ((uint32_t)HEAD + length + 7) / 8 * 8;
    uint32_t left = IDIOM_TO_PLUGIN_BYTES - (uint32_t)(self->tail % IDIOM_TO_PLUGIN_BYTES);
    uint32_t filler = left < bytes ? left : 0;
    if (self->tail - fake_engine_load(self, IDIOM_AT_TO_PLUGIN_HEAD) + filler + bytes > IDIOM_TO_PLUGIN_BYTES) {
        return false;
    }
    if (filler > 0) {
        put_head(self, filler, IDIOM_FILLER, 0);
        self->tail += filler;
    }
    put_head(self, bytes, kind, length);
    put(self, self->tail + 8, &frame, sizeof frame);
    put(self, self->tail + HEAD, payload, length);
    self->tail += bytes;
    fake_engine_store(self, IDIOM_AT_TO_PLUGIN_TAIL, self->tail);
    return true;
}

bool fake_engine_send_midi(fake_engine *self, int64_t frame, uint8_t status, uint8_t first, uint8_t second) {
    const uint8_t bytes[] = {status, first, second};
    bool is_short = (status & 0xE0) == 0xC0;
    return fake_engine_send(self, IDIOM_MIDI, frame, bytes, is_short ? 2 : 3);
}

static bool send_number(fake_engine *self, uint16_t kind, int64_t frame, uint32_t number) {
    const uint32_t payload[] = {number, 0};
    return fake_engine_send(self, kind, frame, payload, sizeof payload);
}

bool fake_engine_restart(fake_engine *self, uint32_t jumps) {
    return send_number(self, IDIOM_RESTART, 0, jumps);
}

bool fake_engine_route(fake_engine *self, int64_t frame, uint32_t route) {
    return send_number(self, IDIOM_ROUTE, frame, route);
}

void fake_engine_send_raw(fake_engine *self, const void *bytes, size_t length) {
    put(self, self->tail, bytes, length);
    self->tail += length;
    fake_engine_store(self, IDIOM_AT_TO_PLUGIN_TAIL, self->tail);
}

uint32_t fake_record_whole(const fake_record *record, size_t at) {
    uint32_t number;
    memcpy(&number, record->payload + at, sizeof number);
    return number;
}

double fake_record_number(const fake_record *record, size_t at) {
    double number;
    memcpy(&number, record->payload + at, sizeof number);
    return number;
}
