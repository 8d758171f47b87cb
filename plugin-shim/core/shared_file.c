#include "shared_file.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "folders.h"

static void put(uint8_t *base, size_t at, const void *value, size_t bytes) {
    memcpy(base + at, value, bytes);
}

static void put32(uint8_t *base, size_t at, uint32_t value) {
    put(base, at, &value, sizeof value);
}

static void put64(uint8_t *base, size_t at, uint64_t value) {
    put(base, at, &value, sizeof value);
}

/* Anything that two instances do not share. */
static uint64_t random_number(const void *own) {
    uint64_t number = 0;
    int source = open("/dev/urandom", O_RDONLY | O_CLOEXEC);
    if (source >= 0) {
        ssize_t got = read(source, &number, sizeof number);
        (void)got;
        close(source);
    }
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return number ^ (uint64_t)(uintptr_t)own ^ ((uint64_t)now.tv_nsec << 32);
}

/* Says for as long as this process has the file open that somebody uses it. */
static bool lock(int descriptor) {
    struct flock whole = {.l_type = F_WRLCK, .l_whence = SEEK_SET};
#ifdef F_OFD_SETLK
    return fcntl(descriptor, F_OFD_SETLK, &whole) == 0;
#else
    return fcntl(descriptor, F_SETLK, &whole) == 0;
#endif
}

static void write_header(uint8_t *base, double rate, uint32_t block_frames, const char *host, uint64_t instance) {
    put64(base, IDIOM_AT_MAGIC, IDIOM_PROTOCOL_MAGIC);
    put32(base, IDIOM_AT_MAJOR, IDIOM_PROTOCOL_MAJOR);
    put32(base, IDIOM_AT_MINOR, IDIOM_PROTOCOL_MINOR);
    put32(base, IDIOM_AT_HEADER_BYTES, IDIOM_HEADER_BYTES);
    put32(base, IDIOM_AT_TO_ENGINE_BYTES, IDIOM_TO_ENGINE_BYTES);
    put32(base, IDIOM_AT_TO_PLUGIN_BYTES, IDIOM_TO_PLUGIN_BYTES);
    put32(base, IDIOM_AT_PID, (uint32_t)getpid());
    put64(base, IDIOM_AT_INSTANCE, instance);
    put(base, IDIOM_AT_SAMPLE_RATE, &rate, sizeof rate);
    put(base, IDIOM_AT_HOST, host, strnlen(host, 63));
    put32(base, IDIOM_AT_BLOCK_FRAMES, block_frames);
}

static bool refuse(idiom_shared_file *file, const char *what, char *problem, size_t room) {
    snprintf(problem, room, "%s: %s: %s", file->path, what, strerror(errno));
    if (file->base != NULL) {
        munmap(file->base, file->bytes);
        file->base = NULL;
    }
    if (file->descriptor >= 0) {
        close(file->descriptor);
        file->descriptor = -1;
    }
    return false;
}

bool idiom_shared_file_open(
        idiom_shared_file *file, double rate, uint32_t block_frames, const char *host, char *problem, size_t room) {
    file->base = NULL;
    file->descriptor = -1;
    file->bytes = IDIOM_HEADER_BYTES + IDIOM_TO_ENGINE_BYTES + IDIOM_TO_PLUGIN_BYTES;
    char folder[IDIOM_PATH_BYTES - 64];
    if (!idiom_folders_runtime(folder, sizeof folder, problem, room)) {
        return false;
    }
    uint64_t instance = random_number(file);
    char made[IDIOM_PATH_BYTES];
    snprintf(made, sizeof made, "%s/.new-%016llx", folder, (unsigned long long)instance);
    snprintf(
            file->path, sizeof file->path, "%s/plugin-%lu-%016llx.shm", folder, (unsigned long)getpid(),
            (unsigned long long)instance);
    file->descriptor = open(made, O_RDWR | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600);
    if (file->descriptor < 0) {
        return refuse(file, "can't be made", problem, room);
    }
    /* Not ftruncate alone: where the disk is full, that is to be found out here and not in the audio thread. */
    int error = posix_fallocate(file->descriptor, 0, (off_t)file->bytes);
    if (error != 0 || !lock(file->descriptor)) {
        errno = error != 0 ? error : errno;
        unlink(made);
        return refuse(file, "can't be made", problem, room);
    }
    void *base = mmap(NULL, file->bytes, PROT_READ | PROT_WRITE, MAP_SHARED, file->descriptor, 0);
    if (base == MAP_FAILED) {
        unlink(made);
        return refuse(file, "can't be mapped", problem, room);
    }
    file->base = base;
    /* All pages are there before the audio thread comes. */
    memset(file->base, 0, file->bytes);
    write_header(file->base, rate, block_frames, host, instance);
    if (rename(made, file->path) != 0) {
        unlink(made);
        return refuse(file, "can't be made", problem, room);
    }
    return true;
}

bool idiom_shared_file_beside(const idiom_shared_file *file, const char *ending, char *path, size_t room) {
    size_t stem = strlen(file->path) - strlen(".shm");
    int written = snprintf(path, room, "%.*s%s", (int)stem, file->path, ending);
    return file->base != NULL && written > 0 && (size_t)written < room;
}

void idiom_shared_file_close(idiom_shared_file *file) {
    if (file->base == NULL) {
        return;
    }
    static const char *const endings[] = {".song", ".restore", ".shm"};
    for (size_t i = 0; i < sizeof endings / sizeof endings[0]; i++) {
        char path[IDIOM_PATH_BYTES];
        if (idiom_shared_file_beside(file, endings[i], path, sizeof path)) {
            unlink(path);
        }
    }
    munmap(file->base, file->bytes);
    close(file->descriptor);
    file->base = NULL;
    file->descriptor = -1;
}
