#include "core_clock.h"

#include <stdatomic.h>
#include <stddef.h>
#include <time.h>

static _Atomic int64_t now_ns = INT64_C(1000000000000);
static _Atomic uint64_t sleeps;
static _Thread_local void (*hook)(void *);
static _Thread_local void *hook_context;

int __real_clock_gettime(clockid_t clock, struct timespec *time);
int __wrap_clock_gettime(clockid_t clock, struct timespec *time);
int __wrap_nanosleep(const struct timespec *time, struct timespec *left);

int64_t fake_clock_ns(void) {
    return atomic_load(&now_ns);
}

void fake_clock_advance(int64_t ns) {
    atomic_fetch_add(&now_ns, ns);
}

void fake_clock_on_sleep(void (*called)(void *context), void *context) {
    hook = called;
    hook_context = context;
}

uint64_t fake_clock_sleeps(void) {
    return atomic_load(&sleeps);
}

int __wrap_clock_gettime(clockid_t clock, struct timespec *time) {
    if (clock != CLOCK_MONOTONIC) {
        return __real_clock_gettime(clock, time);
    }
    int64_t now = fake_clock_ns();
    time->tv_sec = (time_t)(now / 1000000000);
    time->tv_nsec = (long)(now % 1000000000);
    return 0;
}

int __wrap_nanosleep(const struct timespec *time, struct timespec *left) {
    (void)left;
    atomic_fetch_add(&sleeps, 1);
    fake_clock_advance((int64_t)time->tv_sec * 1000000000 + time->tv_nsec);
    if (hook != NULL) {
        hook(hook_context);
    }
    return 0;
}
