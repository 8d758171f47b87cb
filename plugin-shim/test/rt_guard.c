/*
 * Ends the program when the audio thread calls what can wait: memory, locks, files, sleep, the system. Plugins that are built
 * with -DIDIOM_RT_GUARD mark their process functions for it, unless the host renders and waits for them anyway; then any host
 * can be watched, for example
 *
 *     make BUILD=target check-programs
 *     LV2_PATH=$PWD/target/test/guarded LD_PRELOAD=$PWD/target/test/librt_guard.so jalv urn:idiom:transfer
 *
 * Reading the clock is allowed: it calls no system where the vDSO does it, which rt_seccomp.c looks at. For glibc.
 */
#include "rt_guard.h"

#include <dlfcn.h>
#include <errno.h>
#include <execinfo.h>
#include <fcntl.h>
#include <poll.h>
#include <pthread.h>
#include <sched.h>
#include <semaphore.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#define VISIBLE __attribute__((visibility("default")))

/* Of a library that is there from the beginning: to look at it allocates nothing. */
static _Thread_local unsigned depth __attribute__((tls_model("initial-exec")));

VISIBLE void idiom_rt_enter(void) {
    depth++;
}

VISIBLE void idiom_rt_leave(void) {
    depth -= depth > 0 ? 1 : 0;
}

static void tell(const char *text) {
    static ssize_t (*real)(int, const void *, size_t);
    void *symbol = dlsym(RTLD_NEXT, "write");
    memcpy(&real, &symbol, sizeof real);
    ssize_t told = real(STDERR_FILENO, text, strlen(text));
    (void)told;
}

static void forbid(const char *name) {
    if (depth > 0) {
        depth = 0;
        tell("rt_guard: ");
        tell(name);
        tell(" was called while processing\n");
        void *frames[32];
        backtrace_symbols_fd(frames, backtrace(frames, 32), STDERR_FILENO);
        abort();
    }
}

/* ---- memory: the names under which glibc has the same, since looking for the next ones allocates ---- */

void *__libc_malloc(size_t bytes);
void *__libc_calloc(size_t count, size_t bytes);
void *__libc_realloc(void *before, size_t bytes);
void *__libc_memalign(size_t alignment, size_t bytes);
void __libc_free(void *memory);

VISIBLE void *malloc(size_t bytes) {
    forbid("malloc");
    return __libc_malloc(bytes);
}

VISIBLE void *calloc(size_t count, size_t bytes) {
    forbid("calloc");
    return __libc_calloc(count, bytes);
}

VISIBLE void *realloc(void *before, size_t bytes) {
    forbid("realloc");
    return __libc_realloc(before, bytes);
}

VISIBLE void *memalign(size_t alignment, size_t bytes);
VISIBLE void *memalign(size_t alignment, size_t bytes) {
    forbid("memalign");
    return __libc_memalign(alignment, bytes);
}

VISIBLE void *aligned_alloc(size_t alignment, size_t bytes) {
    forbid("aligned_alloc");
    return __libc_memalign(alignment, bytes);
}

VISIBLE int posix_memalign(void **memory, size_t alignment, size_t bytes) {
    forbid("posix_memalign");
    void *made = __libc_memalign(alignment, bytes);
    *memory = made == NULL ? *memory : made;
    return made == NULL ? ENOMEM : 0;
}

VISIBLE void free(void *memory) {
    forbid("free");
    __libc_free(memory);
}

/* ---- everything else ---- */

#define GUARDED(type, name, parameters, arguments)        \
    VISIBLE type name parameters {                        \
        forbid(#name);                                    \
        type(*next) parameters;                           \
        void *symbol = dlsym(RTLD_NEXT, #name);            \
        memcpy(&next, &symbol, sizeof next);               \
        return next arguments;                            \
    }

GUARDED(
        void *, mmap, (void *at, size_t bytes, int access, int flags, int file, off_t from),
        (at, bytes, access, flags, file, from))
GUARDED(int, munmap, (void *at, size_t bytes), (at, bytes))
GUARDED(int, mprotect, (void *at, size_t bytes, int access), (at, bytes, access))
GUARDED(int, madvise, (void *at, size_t bytes, int advice), (at, bytes, advice))
GUARDED(void *, sbrk, (intptr_t more), (more))

GUARDED(int, pthread_mutex_lock, (pthread_mutex_t *lock), (lock))
GUARDED(int, pthread_mutex_trylock, (pthread_mutex_t *lock), (lock))
GUARDED(int, pthread_mutex_timedlock, (pthread_mutex_t *lock, const struct timespec *until), (lock, until))
GUARDED(int, pthread_mutex_unlock, (pthread_mutex_t *lock), (lock))
GUARDED(int, pthread_rwlock_rdlock, (pthread_rwlock_t *lock), (lock))
GUARDED(int, pthread_rwlock_wrlock, (pthread_rwlock_t *lock), (lock))
GUARDED(int, pthread_rwlock_unlock, (pthread_rwlock_t *lock), (lock))
GUARDED(int, pthread_spin_lock, (pthread_spinlock_t *lock), (lock))
GUARDED(int, pthread_cond_wait, (pthread_cond_t *wake, pthread_mutex_t *lock), (wake, lock))
GUARDED(
        int, pthread_cond_timedwait, (pthread_cond_t *wake, pthread_mutex_t *lock, const struct timespec *until),
        (wake, lock, until))
GUARDED(int, pthread_cond_signal, (pthread_cond_t *wake), (wake))
GUARDED(int, pthread_cond_broadcast, (pthread_cond_t *wake), (wake))
GUARDED(
        int, pthread_create, (pthread_t *thread, const pthread_attr_t *how, void *(*run)(void *), void *with),
        (thread, how, run, with))
GUARDED(int, pthread_join, (pthread_t thread, void **result), (thread, result))
GUARDED(int, sem_wait, (sem_t *count), (count))
GUARDED(int, sem_trywait, (sem_t *count), (count))
GUARDED(int, sem_timedwait, (sem_t *count, const struct timespec *until), (count, until))
GUARDED(int, sem_post, (sem_t *count), (count))

GUARDED(int, nanosleep, (const struct timespec *time, struct timespec *left), (time, left))
GUARDED(
        int, clock_nanosleep, (clockid_t clock, int flags, const struct timespec *time, struct timespec *left),
        (clock, flags, time, left))
GUARDED(int, usleep, (useconds_t time), (time))
GUARDED(unsigned, sleep, (unsigned time), (time))
GUARDED(int, sched_yield, (void), ())

GUARDED(int, creat, (const char *path, mode_t mode), (path, mode))
GUARDED(int, close, (int file), (file))
GUARDED(ssize_t, read, (int file, void *bytes, size_t length), (file, bytes, length))
GUARDED(ssize_t, write, (int file, const void *bytes, size_t length), (file, bytes, length))
GUARDED(ssize_t, pread, (int file, void *bytes, size_t length, off_t at), (file, bytes, length, at))
GUARDED(ssize_t, pwrite, (int file, const void *bytes, size_t length, off_t at), (file, bytes, length, at))
GUARDED(off_t, lseek, (int file, off_t at, int from), (file, at, from))
GUARDED(int, ftruncate, (int file, off_t length), (file, length))
GUARDED(int, fsync, (int file), (file))
GUARDED(int, stat, (const char *path, struct stat *found), (path, found))
GUARDED(int, fstat, (int file, struct stat *found), (file, found))
GUARDED(int, unlink, (const char *path), (path))
GUARDED(int, rename, (const char *from, const char *to), (from, to))
GUARDED(int, poll, (struct pollfd *files, nfds_t count, int time), (files, count, time))
GUARDED(ssize_t, send, (int file, const void *bytes, size_t length, int flags), (file, bytes, length, flags))
GUARDED(ssize_t, recv, (int file, void *bytes, size_t length, int flags), (file, bytes, length, flags))
GUARDED(pid_t, fork, (void), ())
GUARDED(void *, dlopen, (const char *path, int flags), (path, flags))

GUARDED(FILE *, fopen, (const char *path, const char *mode), (path, mode))
GUARDED(int, fclose, (FILE *file), (file))
GUARDED(int, fflush, (FILE *file), (file))
GUARDED(size_t, fread, (void *bytes, size_t size, size_t count, FILE *file), (bytes, size, count, file))
GUARDED(size_t, fwrite, (const void *bytes, size_t size, size_t count, FILE *file), (bytes, size, count, file))
GUARDED(char *, fgets, (char *text, int room, FILE *file), (text, room, file))
GUARDED(int, fputs, (const char *text, FILE *file), (text, file))
GUARDED(int, fputc, (int byte, FILE *file), (byte, file))
GUARDED(int, puts, (const char *text), (text))
GUARDED(int, putchar, (int byte), (byte))
GUARDED(int, vfprintf, (FILE *file, const char *format, va_list values), (file, format, values))

/* ---- with any number of arguments ---- */

VISIBLE int printf(const char *format, ...) {
    forbid("printf");
    va_list values;
    va_start(values, format);
    int written = vfprintf(stdout, format, values);
    va_end(values);
    return written;
}

VISIBLE int fprintf(FILE *file, const char *format, ...) {
    forbid("fprintf");
    va_list values;
    va_start(values, format);
    int written = vfprintf(file, format, values);
    va_end(values);
    return written;
}

/* Whatever the arguments are, they are handed on as the words that they come as. */
#define GUARDED_WORDS(type, name, first_type, second_type)                                                    \
    VISIBLE type name(first_type first, second_type second, ...) {                                             \
        forbid(#name);                                                                                        \
        type (*next)(first_type, second_type, ...);                                                           \
        void *symbol = dlsym(RTLD_NEXT, #name);                                                                \
        memcpy(&next, &symbol, sizeof next);                                                                   \
        va_list words;                                                                                        \
        va_start(words, second);                                                                              \
        long third = va_arg(words, long);                                                                     \
        va_end(words);                                                                                        \
        return next(first, second, third);                                                                    \
    }

GUARDED_WORDS(int, open, const char *, int)
GUARDED_WORDS(int, fcntl, int, int)
GUARDED_WORDS(int, ioctl, int, unsigned long)

VISIBLE int openat(int folder, const char *path, int flags, ...) {
    forbid("openat");
    int (*next)(int, const char *, int, ...);
    void *symbol = dlsym(RTLD_NEXT, "openat");
    memcpy(&next, &symbol, sizeof next);
    va_list words;
    va_start(words, flags);
    long mode = va_arg(words, long);
    va_end(words);
    return next(folder, path, flags, mode);
}

VISIBLE long syscall(long number, ...) {
    forbid("syscall");
    long (*next)(long, ...);
    void *symbol = dlsym(RTLD_NEXT, "syscall");
    memcpy(&next, &symbol, sizeof next);
    long words[6];
    va_list given;
    va_start(given, number);
    for (int i = 0; i < 6; i++) {
        words[i] = va_arg(given, long);
    }
    va_end(given);
    return next(number, words[0], words[1], words[2], words[3], words[4], words[5]);
}
