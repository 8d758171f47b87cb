/*
 * A clock that only goes when it is told to: linked with -Wl,--wrap=clock_gettime,--wrap=nanosleep, the core's monotonic clock
 * is this one, and its sleep takes no time but this clock's.
 */
#ifndef CORE_CLOCK_H
#define CORE_CLOCK_H

#include <stdint.h>

int64_t fake_clock_ns(void);
void fake_clock_advance(int64_t ns);

/* Called at each sleep, for what others do meanwhile; NULL for nothing. */
void fake_clock_on_sleep(void (*hook)(void *context), void *context);

/* How often it was slept so far, by threads that fake_clock_on_sleep was not called for, too. */
uint64_t fake_clock_sleeps(void);

#endif
