/*
 * Shows that the process functions call the system not once: they run for thousands of blocks, with all that can happen in them,
 * in a thread for which the kernel refuses every call, and counts them. The clock has to be one that is read without a call, as
 * nearly everywhere (vDSO); where it is not, and where a process may not restrict itself, this test is skipped.
 */
#include <errno.h>
#include <linux/audit.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <signal.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "core_check.h"
#include "core_rig.h"

enum { BLOCKS = 5000 };

/* What is known at the end, and shared with the process that looks at it. */
typedef struct {
    bool is_restricted;
    bool is_over;
    uint64_t clock_calls;  /* of the clock alone */
    uint64_t calls;        /* of the blocks */
    uint64_t control_calls; /* of one that is made on purpose */
    long number;           /* of the last */
    uint64_t messages;     /* that left */
    uint32_t statuses;     /* a bit for each idiom_status that was seen */
} findings;

static findings *found;
static volatile sig_atomic_t calls;
static volatile sig_atomic_t last_number;

static void count_call(int signal, siginfo_t *info, void *context) {
    (void)signal;
    (void)context;
    calls++;
    last_number = info->si_syscall;
}

/* All but the end of a process, and of a signal handler. */
static bool restrict_thread(void) {
    static struct sock_filter rules[] = {
            BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, nr)),
            BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, SYS_exit_group, 3, 0),
            BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, SYS_exit, 2, 0),
            BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, SYS_rt_sigreturn, 1, 0),
            BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_TRAP),
            BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW),
    };
    static const struct sock_fprog program = {sizeof rules / sizeof rules[0], rules};
    struct sigaction action;
    memset(&action, 0, sizeof action);
    action.sa_sigaction = count_call;
    action.sa_flags = SA_SIGINFO;
    sigaction(SIGSYS, &action, NULL);
    return prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0 && prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &program, 0, 0) == 0;
}

/* The engine's side, which calls the system no more than the plugin's. */
static void answer(rig *plugin) {
    fake_engine *engine = &plugin->engine;
    while (fake_engine_next(engine, &plugin->record)) {
        if (plugin->record.kind == IDIOM_MIDI) {
            fake_engine_send(engine, IDIOM_MIDI, plugin->record.frame + 64, plugin->record.payload, plugin->record.length);
        } else if (
                plugin->record.kind == IDIOM_TRANSPORT
                && (fake_record_whole(&plugin->record, 0) & IDIOM_TRANSPORT_JUMPED) != 0) {
            fake_engine_restart(engine, fake_record_whole(&plugin->record, 4));
            fake_engine_route(engine, plugin->record.frame, (uint32_t)(plugin->record.frame % 3));
        }
    }
}

/* All that can happen, one thing after another. */
static void disturb(rig *plugin, int block) {
    static const uint8_t garbage[8] = {1, 1, 1, 1, 1, 1, 1, 1};
    switch (block % 400) {
        case 0:
            rig_offer(plugin, (uint64_t)block + 1);
            fake_engine_state(&plugin->engine, IDIOM_ENGINE_LOADING);
            break;
        case 20:
            fake_engine_is_accepted(&plugin->engine);
            fake_engine_state(&plugin->engine, IDIOM_ENGINE_READY);
            break;
        case 100:
            plugin->room = 1;
            break;
        case 120:
            plugin->room = UINT32_MAX;
            break;
        case 150:
            rig_kill_engine(plugin);
            break;
        case 170:
            plugin->is_alive = true;
            break;
        case 200:
            idiom_core_reset(plugin->core);
            break;
        case 300:
            fake_engine_state(&plugin->engine, IDIOM_ENGINE_PRESET_MISSING);
            break;
        case 320:
            fake_engine_state(&plugin->engine, IDIOM_ENGINE_READY);
            break;
        case 350:
            fake_engine_send_raw(&plugin->engine, garbage, sizeof garbage);
            break;
        default:
            break;
    }
}

static void play(rig *plugin, int block) {
    static uint8_t dump[2000] = {0xF0};
    dump[sizeof dump - 1] = 0xF7;
    rig_begin(plugin, (uint32_t)(1 + block % 64));
    for (uint8_t i = 0; i < 4; i++) {
        rig_play(plugin, 0, block % 2 == 0 ? 0x90 : 0x80, (uint8_t)(block / 2 % 100 + i), 64);
    }
    rig_play(plugin, 0, 0xB0, 64, block % 8 == 0 ? 127 : 0);
    if (block % 50 == 0) {
        idiom_process_midi(plugin->core, 0, dump, sizeof dump);
        idiom_process_midi(plugin->core, 0, dump, 3);
    }
    idiom_process_parameter(plugin->core, 0, IDIOM_BYPASS, block % 90 < 10 ? 1 : 0);
    idiom_process_parameter(plugin->core, 0, IDIOM_MIX, block % 10 / 10.0);
    idiom_process_parameter(plugin->core, 0, IDIOM_COMPENSATE, block % 200 < 100 ? 1 : 0);
    if (block % 30 == 0) {
        rig_go(plugin, 0, block % 500);
    }
    rig_end(plugin);
    found->messages += plugin->count;
    found->statuses |= 1u << idiom_core_status(plugin->core);
    rig_forget_left(plugin);
}

static void run_restricted(void) {
    rig *plugin = rig_open();
    fake_engine_store(&plugin->engine, IDIOM_AT_DELAY_FRAMES, 100);
    found->is_restricted = restrict_thread();
    if (!found->is_restricted) {
        _exit(0);
    }
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    found->clock_calls = (uint64_t)calls;
    calls = 0;
    for (int block = 0; block < BLOCKS; block++) {
        disturb(plugin, block);
        play(plugin, block);
        if (plugin->is_alive && block % 400 > 20) {
            answer(plugin);
        }
    }
    found->calls = (uint64_t)calls;
    found->number = last_number;
    calls = 0;
    syscall(SYS_getppid);
    found->control_calls = (uint64_t)calls;
    found->is_over = true;
    _exit(plugin->disorder[0] == '\0' ? 0 : 3);
}

int main(void) {
    folders_begin();
    found = mmap(NULL, sizeof *found, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    pid_t child = found == MAP_FAILED ? -1 : fork();
    if (child == 0) {
        run_restricted();
    }
    int status = 0;
    waitpid(child, &status, 0);
    if (child > 0 && WIFEXITED(status) && WEXITSTATUS(status) == 0 && !found->is_restricted) {
        puts("rt_seccomp: skipped: this process may not restrict its system calls (seccomp)");
    } else if (found->is_over && found->clock_calls > 0) {
        puts("rt_seccomp: skipped: the clock of this machine can't be read without a system call");
    } else {
        check(WIFEXITED(status) && WEXITSTATUS(status) == 0 && found->is_over, "it comes to its end: status=%d", status);
        check(found->calls == 0, "calls=%llu, the last of number=%ld", (unsigned long long)found->calls, found->number);
        check(found->control_calls == 1, "a call is noticed: calls=%llu", (unsigned long long)found->control_calls);
        check(found->messages > BLOCKS, "messages=%llu", (unsigned long long)found->messages);
        /* Loading, playing, no preset and lost. */
        check((found->statuses & 0x1E) == 0x1E, "statuses=%x", found->statuses);
        printf("rt_seccomp: %d blocks, %llu messages, %llu system calls\n", BLOCKS, (unsigned long long)found->messages,
               (unsigned long long)found->calls);
    }
    folders_end();
    return checks_end("rt_seccomp");
}
