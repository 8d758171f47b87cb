/*
 * Tests that rt_guard.c really ends a program, and only when it should. Linked with a core that is built with -DIDIOM_RT_GUARD;
 * each case runs in a process of its own.
 */
#include <fcntl.h>
#include <pthread.h>
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "core_check.h"
#include "idiom.h"
#include "rt_guard.h"

/* Not what the compiler can see through. */
static void *volatile memory;
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t wake = PTHREAD_COND_INITIALIZER;

static void do_malloc(void) {
    memory = malloc(10);
}

static void do_calloc(void) {
    memory = calloc(10, 10);
}

static void do_realloc(void) {
    memory = realloc(memory, 20);
}

static void do_free(void) {
    free(memory);
}

static void do_memalign(void) {
    void *made = NULL;
    memory = posix_memalign(&made, 64, 64) == 0 ? made : NULL;
}

static void do_mmap(void) {
    memory = mmap(NULL, 4096, PROT_READ, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
}

static void do_munmap(void) {
    munmap(memory, 4096);
}

static void do_lock(void) {
    pthread_mutex_lock(&lock);
}

static void do_unlock(void) {
    pthread_mutex_unlock(&lock);
}

static void do_signal(void) {
    pthread_cond_signal(&wake);
}

static void do_open(void) {
    close(open("/dev/null", O_RDONLY | O_CLOEXEC));
}

static void do_close(void) {
    close(-1);
}

static void do_read(void) {
    char byte;
    ssize_t got = read(-1, &byte, 1);
    (void)got;
}

static void do_write(void) {
    ssize_t put = write(STDOUT_FILENO, "", 0);
    (void)put;
}

static void do_fopen(void) {
    memory = fopen("/dev/null", "r");
}

static void do_printf(void) {
    printf("%d\n", (int)getpid());
}

static void do_nanosleep(void) {
    struct timespec time = {0, 1};
    nanosleep(&time, NULL);
}

static void do_yield(void) {
    sched_yield();
}

static void do_syscall(void) {
    syscall(SYS_getppid);
}

static const struct {
    const char *name;
    void (*call)(void);
} forbidden[] = {
        {"malloc", do_malloc}, {"calloc", do_calloc}, {"realloc", do_realloc}, {"free", do_free},
        {"posix_memalign", do_memalign}, {"mmap", do_mmap}, {"munmap", do_munmap}, {"pthread_mutex_lock", do_lock},
        {"pthread_mutex_unlock", do_unlock}, {"pthread_cond_signal", do_signal}, {"open", do_open}, {"close", do_close},
        {"read", do_read}, {"write", do_write}, {"fopen", do_fopen}, {"printf", do_printf}, {"nanosleep", do_nanosleep},
        {"sched_yield", do_yield}, {"syscall", do_syscall},
};

/* Runs something in a process of its own; what it wrote as an error. Whether it was aborted. */
static bool is_aborted(void (*run)(size_t), size_t which, char *told, size_t room) {
    int ends[2];
    if (pipe(ends) != 0) {
        return false;
    }
    pid_t child = fork();
    if (child == 0) {
        struct rlimit none = {0, 0};
        setrlimit(RLIMIT_CORE, &none);
        dup2(ends[1], STDERR_FILENO);
        close(ends[0]);
        close(ends[1]);
        run(which);
        _exit(0);
    }
    close(ends[1]);
    size_t have = 0;
    for (ssize_t got; have < room - 1 && (got = read(ends[0], told + have, room - 1 - have)) > 0;) {
        have += (size_t)got;
    }
    told[have] = '\0';
    char rest[512];
    while (read(ends[0], rest, sizeof rest) > 0) {
    }
    close(ends[0]);
    int status = 0;
    waitpid(child, &status, 0);
    check((WIFSIGNALED(status) && WTERMSIG(status) == SIGABRT) || (WIFEXITED(status) && WEXITSTATUS(status) == 0),
          "it ends in one of two ways: status=%d %s", status, told);
    return WIFSIGNALED(status);
}

static void call_inside(size_t which) {
    idiom_rt_enter();
    forbidden[which].call();
}

static void call_outside(size_t which) {
    idiom_rt_enter();
    idiom_rt_enter();
    idiom_rt_leave();
    idiom_rt_leave();
    forbidden[which].call();
}

static void should_end_what_calls_inside(void) {
    for (size_t i = 0; i < sizeof forbidden / sizeof forbidden[0]; i++) {
        char told[4096];
        char expected[128];
        check(is_aborted(call_inside, i, told, sizeof told), "inside: %s", forbidden[i].name);
        snprintf(expected, sizeof expected, "rt_guard: %s was called while processing", forbidden[i].name);
        told[strcspn(told, "\n")] = '\0';
        check_text("it is told", told, expected);
        check(!is_aborted(call_outside, i, told, sizeof told), "outside: %s: %s", forbidden[i].name, told);
    }
}

static void *call_elsewhere(void *unused) {
    for (size_t i = 0; i < sizeof forbidden / sizeof forbidden[0]; i++) {
        if (forbidden[i].call != do_yield) {
            forbidden[i].call();
        }
    }
    return unused;
}

static void call_in_another_thread(size_t unused) {
    (void)unused;
    pthread_t thread;
    pthread_create(&thread, NULL, call_elsewhere, NULL);
    idiom_rt_enter();
    for (volatile int i = 0; i < 1000000; i++) {
    }
    idiom_rt_leave();
    pthread_join(thread, NULL);
}

/* ---- in the core ---- */

static bool take(void *context, uint32_t offset, const uint8_t *bytes, uint32_t length) {
    (void)offset;
    (void)bytes;
    (void)length;
    bool allocates = *(const bool *)context;
    if (allocates) {
        do_malloc();
    }
    return true;
}

typedef enum { NOTHING, IN_PROCESS, WHILE_RENDERING, BETWEEN_BLOCKS } where;

static void process(size_t which) {
    idiom_core *core = idiom_core_open(48000, 64, "rt_guard_test");
    idiom_transport transport = {.freewheeling = which == WHILE_RENDERING, .steps_per_second = 8};
    bool allocates = which == IN_PROCESS || which == WHILE_RENDERING;
    for (int block = 0; block < 10; block++) {
        idiom_process_begin(core, 64, &transport, take, &allocates);
        idiom_process_midi(core, 1, (const uint8_t *)"\x90\x3c\x64", 3);
        idiom_process_end(core);
        if (which == BETWEEN_BLOCKS) {
            do_malloc();
        }
    }
    idiom_core_close(core);
}

static void should_watch_the_core(void) {
    char told[4096];
    check(!is_aborted(process, NOTHING, told, sizeof told), "the core allocates nothing: %s", told);
    check(is_aborted(process, IN_PROCESS, told, sizeof told), "a sink that allocates");
    check(strstr(told, "rt_guard: malloc was called while processing\n") == told, "it is told: %s", told);
    check(!is_aborted(process, WHILE_RENDERING, told, sizeof told), "while it renders: %s", told);
    check(!is_aborted(process, BETWEEN_BLOCKS, told, sizeof told), "between blocks: %s", told);
}

int main(void) {
    folders_begin();
    char told[4096];
    should_end_what_calls_inside();
    check(!is_aborted(call_in_another_thread, 0, told, sizeof told), "another thread: %s", told);
    should_watch_the_core();
    folders_end();
    return checks_end("rt_guard_test");
}
