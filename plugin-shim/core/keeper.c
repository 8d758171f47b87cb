/*
 * The thread that sees to it that an engine runs. It looks four times a second; if nobody holds the engine's lock it starts
 * the program that `idiom plugin install` wrote into engine.conf. Of many plugins in many hosts one does, since each takes
 * spawn.lock first and leaves the others some seconds to see the engine come up.
 */
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "core.h"
#include "folders.h"

enum { LOOK_MS = 250, SECONDS_TO_START = 8 };

extern char **environ;

/* Whether an engine runs, or something is so wrong that none should be started. */
static bool is_engine_running(const char *folder) {
    char path[IDIOM_PATH_BYTES];
    if (snprintf(path, sizeof path, "%s/engine.lock", folder) >= (int)sizeof path) {
        return true;
    }
    int descriptor = open(path, O_RDWR | O_CLOEXEC | O_NOFOLLOW);
    if (descriptor < 0) {
        return errno != ENOENT;
    }
    struct flock whole = {.l_type = F_WRLCK, .l_whence = SEEK_SET};
#ifdef F_OFD_GETLK
    bool is_asked = fcntl(descriptor, F_OFD_GETLK, &whole) == 0;
#else
    bool is_asked = fcntl(descriptor, F_GETLK, &whole) == 0;
#endif
    close(descriptor);
    return !is_asked || whole.l_type != F_UNLCK;
}

/* The line after `key=` in engine.conf. */
static bool read_launcher(char *launcher, size_t room) {
    char path[IDIOM_PATH_BYTES];
    if (!idiom_folders_configuration("engine.conf", path, sizeof path)) {
        return false;
    }
    FILE *file = fopen(path, "re");
    if (file == NULL) {
        return false;
    }
    static const char key[] = "launcher=";
    char line[IDIOM_PATH_BYTES + sizeof key];
    bool is_found = false;
    while (!is_found && fgets(line, sizeof line, file) != NULL) {
        line[strcspn(line, "\r\n")] = '\0';
        if (strncmp(line, key, sizeof key - 1) == 0 && line[sizeof key - 1] == '/') {
            is_found = (size_t)snprintf(launcher, room, "%s", line + sizeof key - 1) < room;
        }
    }
    fclose(file);
    return is_found && access(launcher, X_OK) == 0;
}

/* The engine is nobody's child, and knows nothing of the host's signals and files. */
static void spawn(char *launcher) {
    static char shell[] = "/bin/sh";
    static char option[] = "-c";
    static char script[] = "exec setsid \"$0\" engine </dev/null >/dev/null 2>&1 &";
    char *arguments[] = {shell, option, script, launcher, NULL};
    posix_spawnattr_t attributes;
    posix_spawn_file_actions_t actions;
    posix_spawnattr_init(&attributes);
    posix_spawn_file_actions_init(&actions);
    sigset_t none;
    sigset_t all;
    sigemptyset(&none);
    sigfillset(&all);
    sigdelset(&all, SIGKILL);
    sigdelset(&all, SIGSTOP);
    posix_spawnattr_setsigmask(&attributes, &none);
    posix_spawnattr_setsigdefault(&attributes, &all);
    posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF);
#if defined(__GLIBC__) && (__GLIBC__ > 2 || (__GLIBC__ == 2 && __GLIBC_MINOR__ >= 34))
    posix_spawn_file_actions_addclosefrom_np(&actions, 3);
#endif
    pid_t child;
    if (posix_spawn(&child, shell, &actions, &attributes, arguments, environ) == 0) {
        while (waitpid(child, NULL, 0) < 0 && errno == EINTR) {
        }
    }
    posix_spawn_file_actions_destroy(&actions);
    posix_spawnattr_destroy(&attributes);
}

/* Starts an engine, unless somebody has just done so. */
static void start_engine(const char *folder, char *launcher) {
    char path[IDIOM_PATH_BYTES];
    if (snprintf(path, sizeof path, "%s/spawn.lock", folder) >= (int)sizeof path) {
        return;
    }
    int descriptor = open(path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);
    if (descriptor < 0) {
        return;
    }
    struct stat found;
    if (flock(descriptor, LOCK_EX | LOCK_NB) == 0 && fstat(descriptor, &found) == 0) {
        /* Either way: the clock of the day may be set back in between. */
        long long since = (long long)time(NULL) - (long long)found.st_mtime;
        bool is_fresh = found.st_size > 0 && since < SECONDS_TO_START && since > -SECONDS_TO_START;
        if (!is_fresh && pwrite(descriptor, "s", 1, 0) == 1) {
            spawn(launcher);
        }
    }
    close(descriptor);
}

static void look(idiom_core *core) {
    int64_t heartbeat =
            (int64_t)atomic_load(idiom_shared_word_at(&core->shared, IDIOM_AT_HEARTBEAT_NS));
    if (heartbeat > idiom_monotonic_ns() - INT64_C(1000000000)) {
        return;
    }
    char folder[IDIOM_PATH_BYTES];
    char problem[IDIOM_PATH_BYTES];
    char launcher[IDIOM_PATH_BYTES];
    if (!idiom_folders_runtime(folder, sizeof folder, problem, sizeof problem)) {
        return;
    }
    bool is_running = is_engine_running(folder);
    bool can_start = !is_running && read_launcher(launcher, sizeof launcher);
    atomic_store(&core->expects_engine, is_running || can_start);
    if (can_start) {
        start_engine(folder, launcher);
    }
}

static void *keep(void *argument) {
    idiom_core *core = argument;
    pthread_mutex_lock(&core->keeper_lock);
    while (!core->keeper_quits) {
        pthread_mutex_unlock(&core->keeper_lock);
        look(core);
        pthread_mutex_lock(&core->keeper_lock);
        struct timespec until;
        clock_gettime(CLOCK_REALTIME, &until);
        until.tv_nsec += LOOK_MS * 1000000L;
        until.tv_sec += until.tv_nsec / 1000000000L;
        until.tv_nsec %= 1000000000L;
        if (!core->keeper_quits) {
            pthread_cond_timedwait(&core->keeper_wake, &core->keeper_lock, &until);
        }
    }
    pthread_mutex_unlock(&core->keeper_lock);
    return NULL;
}

void idiom_keeper_start(idiom_core *core) {
    pthread_mutex_init(&core->keeper_lock, NULL);
    pthread_cond_init(&core->keeper_wake, NULL);
    /* The host's signals are the host's. */
    sigset_t all;
    sigset_t before;
    sigfillset(&all);
    pthread_sigmask(SIG_BLOCK, &all, &before);
    core->has_keeper = pthread_create(&core->keeper, NULL, keep, core) == 0;
    pthread_sigmask(SIG_SETMASK, &before, NULL);
}

void idiom_keeper_stop(idiom_core *core) {
    if (core->has_keeper) {
        pthread_mutex_lock(&core->keeper_lock);
        core->keeper_quits = true;
        pthread_cond_signal(&core->keeper_wake);
        pthread_mutex_unlock(&core->keeper_lock);
        pthread_join(core->keeper, NULL);
        pthread_cond_destroy(&core->keeper_wake);
        pthread_mutex_destroy(&core->keeper_lock);
        core->has_keeper = false;
    }
}
