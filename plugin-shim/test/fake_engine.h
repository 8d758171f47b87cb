/*
 * The engine's side of the shared file, for tests: nothing of it is the plugin's code, so that both have to agree. It does only
 * what it is told to; nothing is answered by itself.
 */
#ifndef FAKE_ENGINE_H
#define FAKE_ENGINE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "protocol.h"

/* An engine, at one plugin's file. */
typedef struct {
    uint8_t *base;
    size_t bytes;   /* that are mapped; 0 if the mapping is somebody else's */
    uint64_t epoch; /* that was offered */
    uint64_t head;  /* where it reads next */
    uint64_t tail;  /* where it writes next */
    char path[512]; /* of the file */
} fake_engine;

/* A record that was read. */
typedef struct {
    uint16_t kind;
    uint16_t length;
    int64_t frame;
    uint8_t payload[UINT16_MAX];
} fake_record;

/* Maps a plugin's file, or the only one in a folder; false if there is none. */
bool fake_engine_open(fake_engine *self, const char *path);
bool fake_engine_open_in(fake_engine *self, const char *folder);

/* Takes the plugin's own mapping: a sanitizer that watches threads then sees both sides at one address. */
void fake_engine_attach(fake_engine *self, uint8_t *base);

void fake_engine_close(fake_engine *self);

/* Fields of the header. */
uint64_t fake_engine_load(const fake_engine *self, size_t at);
void fake_engine_store(const fake_engine *self, size_t at, uint64_t value);
uint32_t fake_engine_load_half(const fake_engine *self, size_t at);
void fake_engine_store_half(const fake_engine *self, size_t at, uint32_t value);

/* Sets a bit of a field of many. */
void fake_engine_mark(const fake_engine *self, size_t at, uint32_t bit);

/* Offers itself, still loading. */
void fake_engine_offer(fake_engine *self, uint64_t epoch);

/* Whether the plugin has accepted it; reads and writes begin where they are to. */
bool fake_engine_is_accepted(fake_engine *self);

/* The heart beats, as of now or of another time. */
void fake_engine_beat(const fake_engine *self);
void fake_engine_beat_at(const fake_engine *self, int64_t ns);

/* enum idiom_engine_state */
void fake_engine_state(const fake_engine *self, uint32_t state);

/* The next record; false if there is none, or if it is broken. */
bool fake_engine_next(fake_engine *self, fake_record *record);

/* Reads over all there is. */
void fake_engine_skip(fake_engine *self);

/* Writes a record; false if there is no room. */
bool fake_engine_send(fake_engine *self, uint16_t kind, int64_t frame, const void *payload, uint16_t length);
bool fake_engine_send_midi(fake_engine *self, int64_t frame, uint8_t status, uint8_t first, uint8_t second);
bool fake_engine_restart(fake_engine *self, uint32_t jumps);
bool fake_engine_route(fake_engine *self, int64_t frame, uint32_t route);

/* Writes bytes that may be no record. */
void fake_engine_send_raw(fake_engine *self, const void *bytes, size_t length);

/* Numbers in a payload. */
uint32_t fake_record_whole(const fake_record *record, size_t at);
double fake_record_number(const fake_record *record, size_t at);

#endif
