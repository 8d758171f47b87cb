/*
 * What must not be done on the audio thread. Calls for memory are counted by standing in for malloc and its kin, which the C
 * library allows; calls to the system end a process that has forbidden them to itself.
 */
#include <dirent.h>
#include <errno.h>
#include <stdatomic.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "clap_host.h"

#if defined(__linux__)
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#endif

static _Thread_local bool is_strict;
static _Atomic uint64_t allocations;

void rig_strict_begin(void) {
    is_strict = true;
}

void rig_strict_end(void) {
    is_strict = false;
}

uint64_t rig_strict_allocations(void) {
    return allocations;
}

#if defined(__GLIBC__) && !defined(__SANITIZE_ADDRESS__) && !defined(__SANITIZE_THREAD__)

#define EXPORTED __attribute__((visibility("default")))

void *__libc_malloc(size_t size);
void *__libc_calloc(size_t count, size_t size);
void *__libc_realloc(void *memory, size_t size);
void __libc_free(void *memory);

static void notice(void) {
    if (is_strict) {
        allocations++;
    }
}

EXPORTED void *malloc(size_t size) {
    notice();
    return __libc_malloc(size);
}

EXPORTED void *calloc(size_t count, size_t size) {
    notice();
    return __libc_calloc(count, size);
}

EXPORTED void *realloc(void *memory, size_t size) {
    notice();
    return __libc_realloc(memory, size);
}

EXPORTED void free(void *memory) {
    notice();
    __libc_free(memory);
}

bool rig_strict_counts_allocations(void) {
    return true;
}

#else

bool rig_strict_counts_allocations(void) {
    return false;
}

#endif

#if defined(__linux__)

bool rig_strict_forbid_system_calls(void) {
    struct sock_filter instructions[] = {
            BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, nr)),
            BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, SYS_exit_group, 2, 0),
            BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, SYS_clock_gettime, 1, 0),
            BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_KILL_PROCESS),
            BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW),
    };
    struct sock_fprog program = {sizeof instructions / sizeof instructions[0], instructions};
    return prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0 && prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &program) == 0;
}

#else

bool rig_strict_forbid_system_calls(void) {
    return false;
}

#endif

/* Exit codes of the process that processes. */
enum { PROCESSED = 0, REFUSED = 1, NOT_FORBIDDEN = 2 };

static void play_something(rig *it, uint32_t block) {
    uint8_t key = (uint8_t)(48 + block % 24);
    rig_input_midi(it->input, 0, 0x90, key, 100);
    rig_input_note(it->input, 3, CLAP_EVENT_NOTE_ON, 1, key, -1, 0.5);
    rig_input_value(it->input, 5, IDIOM_MIX, block % 10 / 10.0);
    rig_input_mod(it->input, 6, IDIOM_MIX, block % 3 / -10.0);
    rig_input_note(it->input, 7, CLAP_EVENT_NOTE_CHOKE, -1, -1, -1, 0);
    rig_input_midi(it->input, 9, 0x80, key, 64);
}

/* One block after the other on this thread; the exit code of the process. */
static int process_alone(rig *it) {
    const clap_plugin_t *plugin = it->plugin;
    rig_be_audio();
    if (!rig_strict_forbid_system_calls()) {
        return NOT_FORBIDDEN;
    }
    plugin->start_processing(plugin);
    for (uint32_t block = 0; block < 500; block++) {
        clap_event_transport_t transport = rig_transport(block * 0.01, 120, true);
        play_something(it, block);
        if (rig_block_here(it, 64, block % 3 == 0 ? NULL : &transport) != CLAP_PROCESS_CONTINUE) {
            return REFUSED;
        }
        rig_input_value(it->input, 0, IDIOM_SWING, 0.1);
        rig_input_mod(it->input, 0, IDIOM_SWING, 0.01);
        it->params->flush(plugin, &it->input->list, &it->output->list);
        rig_input_clear(it->input);
        if (block % 100 == 99) {
            plugin->reset(plugin);
        }
    }
    plugin->stop_processing(plugin);
    return PROCESSED;
}

/* Whether something watches this process, and calls the system to do so. */
static bool is_watched(void) {
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
    return true;
#else
    const char *preloaded = getenv("LD_PRELOAD");
    return preloaded != NULL && strstr(preloaded, "vgpreload") != NULL;
#endif
}

/* Removes the file of a plugin that could not do it itself. */
static void clean_up(const rig_folders *folders, pid_t child) {
    char path[600];
    char beginning[32];
    snprintf(beginning, sizeof beginning, "plugin-%ld-", (long)child);
    DIR *folder = opendir(folders->runtime);
    for (struct dirent *entry = readdir(folder); entry != NULL; entry = readdir(folder)) {
        if (strncmp(entry->d_name, beginning, strlen(beginning)) == 0) {
            snprintf(path, sizeof path, "%s/%s", folders->runtime, entry->d_name);
            unlink(path);
        }
    }
    closedir(folder);
}

static void test_system_calls(const rig_library *library, const rig_folders *folders) {
    if (is_watched()) {
        printf("clap_host: calls to the system are not looked for: what watches this process makes some of its own\n");
        return;
    }
    fflush(stdout);
    pid_t child = fork();
    if (child == 0) {
        rig *it = rig_open(library);
        bool is_active = rig_activate(it, 48000, 64);
        _exit(is_active ? process_alone(it) : REFUSED);
    }
    int status = 0;
    while (child > 0 && waitpid(child, &status, 0) < 0 && errno == EINTR) {
    }
    clean_up(folders, child);
    if (WIFEXITED(status) && WEXITSTATUS(status) == NOT_FORBIDDEN) {
        printf("clap_host: calls to the system are not looked for: this system can't forbid them\n");
        return;
    }
    rig_check(!WIFSIGNALED(status), "process() does not call the system");
    rig_check_number("exit code of the process that processes", PROCESSED, WIFEXITED(status) ? WEXITSTATUS(status) : -1);
}

void test_strict(const rig_library *library, const rig_folders *folders) {
    test_system_calls(library, folders);
    if (rig_strict_counts_allocations()) {
        rig_check_number("calls for memory on the audio thread, in all tests so far", 0, (double)rig_strict_allocations());
    }
}
