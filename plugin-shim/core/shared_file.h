/* The file that a plugin shares with the engine: made, locked, mapped, and removed again. [main] */
#ifndef IDIOM_SHARED_FILE_H
#define IDIOM_SHARED_FILE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "ring.h"

enum { IDIOM_PATH_BYTES = 512 };

typedef struct {
    uint8_t *base;               /* NULL if there is no file */
    size_t bytes;
    int descriptor;              /* open as long as the instance lives, for the lock that says so */
    char path[IDIOM_PATH_BYTES]; /* of the file; those of the song lie beside it */
} idiom_shared_file;

/* Makes a file; false, with a line in `problem`, if that can't be done. */
bool idiom_shared_file_open(
        idiom_shared_file *file, double rate, uint32_t block_frames, const char *host, char *problem, size_t room);

/* Removes it, and with it what lies beside it. */
void idiom_shared_file_close(idiom_shared_file *file);

/* Path of what lies beside the file: `ending` instead of its own. False if it is too long. */
bool idiom_shared_file_beside(const idiom_shared_file *file, const char *ending, char *path, size_t room);

/* A field that both sides read. [any] */
static inline idiom_shared_word *idiom_shared_word_at(const idiom_shared_file *file, size_t offset) {
    return (idiom_shared_word *)(void *)(file->base + offset);
}

static inline _Atomic uint32_t *idiom_shared_half_at(const idiom_shared_file *file, size_t offset) {
    return (_Atomic uint32_t *)(void *)(file->base + offset);
}

#endif
