/* A host that renders waits for the engine. Its sleep takes no time here, and the engine acts while it sleeps. */
#include <fcntl.h>
#include <pthread.h>
#include <sched.h>
#include <stdio.h>
#include <unistd.h>

#include "core_check.h"
#include "core_clock.h"
#include "core_rig.h"
#include "core_test.h"

/* What the engine does while the host sleeps. */
typedef struct {
    rig *plugin;
    uint64_t sleeps; /* so far */
    uint64_t acts_at; /* which of them it acts at */
    bool beats;
    void (*act)(rig *plugin);
} meanwhile;

static void pass_time(void *context) {
    meanwhile *self = context;
    self->sleeps++;
    if (self->beats) {
        fake_engine_beat(&self->plugin->engine);
    }
    if (self->sleeps == self->acts_at) {
        self->act(self->plugin);
    }
}

static meanwhile begin(rig *plugin, uint64_t acts_at, bool beats, void (*act)(rig *plugin)) {
    plugin->transport.freewheeling = true;
    return (meanwhile){plugin, 0, acts_at, beats, act};
}

/* Answers the first note that was played, and says that there is no more. */
static void answer(rig *plugin) {
    while (fake_engine_next(&plugin->engine, &plugin->record)) {
        if (plugin->record.kind == IDIOM_MIDI) {
            fake_engine_send_midi(&plugin->engine, plugin->record.frame + 64, 0x90, 72, 1);
        }
        if (plugin->record.kind == IDIOM_END) {
            fake_engine_store(&plugin->engine, IDIOM_AT_SETTLED_UNTIL, (uint64_t)plugin->record.frame + 64);
        }
    }
}

static void should_wait_until_the_engine_has_settled(void) {
    rig *plugin = rig_open_playing();
    meanwhile time = begin(plugin, 5, true, answer);
    fake_clock_on_sleep(pass_time, &time);
    fake_engine_store(&plugin->engine, IDIOM_AT_SETTLED_UNTIL, 128);
    rig_begin(plugin, 64);
    rig_play(plugin, 10, 0x90, 60, 1);
    rig_end(plugin);
    check(time.sleeps == 0, "it has settled: sleeps=%llu", (unsigned long long)time.sleeps);
    rig_run(plugin, 64);
    check(time.sleeps == 5, "it has not: sleeps=%llu", (unsigned long long)time.sleeps);
    rig_check_left(plugin, "the answer is there", "138:904801");
    fake_engine_store(&plugin->engine, IDIOM_AT_SETTLED_UNTIL, 191);
    fake_clock_on_sleep(NULL, NULL);
    plugin->transport.freewheeling = false;
    uint64_t sleeps = fake_clock_sleeps();
    rig_run(plugin, 64);
    check(fake_clock_sleeps() == sleeps, "nobody waits who plays");
    rig_close(plugin, "settling");
}

static void stop_beating(rig *plugin) {
    plugin->is_alive = false;
}

static void should_wait_no_longer_than_the_engine_lives(void) {
    rig *plugin = rig_open_playing();
    fake_engine_send_midi(&plugin->engine, 64, 0x90, 72, 1);
    rig_run(plugin, 64);
    meanwhile time = begin(plugin, UINT64_MAX, false, NULL);
    fake_clock_on_sleep(pass_time, &time);
    rig_begin(plugin, 64);
    rig_play(plugin, 3, 0x90, 60, 1);
    rig_end(plugin);
    fake_clock_on_sleep(NULL, NULL);
    /* 2 s of 50 us */
    check(time.sleeps == 40000, "sleeps=%llu", (unsigned long long)time.sleeps);
    rig_check_left(
            plugin, "it passes through", "64:904801 128:804840 128:b04000 128:b07b00 128:b07800 131:903c01");
    check(idiom_core_status(plugin->core) == IDIOM_LOST, "status=%d", (int)idiom_core_status(plugin->core));
    stop_beating(plugin);
    uint64_t sleeps = fake_clock_sleeps();
    rig_run(plugin, 64);
    check(fake_clock_sleeps() == sleeps, "nor again");
    rig_close(plugin, "an engine that dies");
}

static void should_wait_no_longer_than_15_seconds(void) {
    rig *plugin = rig_open_playing();
    meanwhile time = begin(plugin, UINT64_MAX, true, NULL);
    fake_clock_on_sleep(pass_time, &time);
    rig_run(plugin, 64);
    check(time.sleeps == 300000, "an engine that never settles: sleeps=%llu", (unsigned long long)time.sleeps);
    rig_run(plugin, 64);
    check(time.sleeps == 300000, "not in every block: sleeps=%llu", (unsigned long long)time.sleeps);
    fake_clock_on_sleep(NULL, NULL);
    check(idiom_core_status(plugin->core) == IDIOM_PLAYING, "status=%d", (int)idiom_core_status(plugin->core));
    rig_close(plugin, "an engine that never settles");
}

static void break_ring(rig *plugin) {
    fake_engine_send_raw(&plugin->engine, "\1\1\1\1\1\1\1\1", 8);
}

static void should_not_wait_for_who_writes_garbage(void) {
    rig *plugin = rig_open_playing();
    fake_engine_send_midi(&plugin->engine, 64, 0x90, 72, 1);
    rig_run(plugin, 64);
    rig_forget_left(plugin);
    meanwhile time = begin(plugin, 3, true, break_ring);
    fake_clock_on_sleep(pass_time, &time);
    rig_run(plugin, 64);
    fake_clock_on_sleep(NULL, NULL);
    check(time.sleeps < 10, "sleeps=%llu", (unsigned long long)time.sleeps);
    rig_check_left(plugin, "it passes through", "128:804840 128:b04000 128:b07b00 128:b07800");
    rig_close(plugin, "garbage");
}

/* ---- jumps ---- */

static void settle_after_jump(rig *plugin) {
    fake_engine_send_midi(&plugin->engine, 120, 0xE0, 1, 0);
    fake_engine_restart(&plugin->engine, 1);
    fake_engine_send_midi(&plugin->engine, 120, 0xE0, 2, 0);
    fake_engine_send_midi(&plugin->engine, 150, 0x90, 74, 1);
    /* Of before the jump: too late, however early its frame is. */
    fake_engine_send_midi(&plugin->engine, 70, 0x90, 75, 1);
    fake_engine_store(&plugin->engine, IDIOM_AT_SETTLED_UNTIL, 1000);
}

static void should_wait_at_a_jump(void) {
    rig *plugin = rig_open_playing();
    fake_engine_store(&plugin->engine, IDIOM_AT_SETTLED_UNTIL, 1000);
    fake_engine_send_midi(&plugin->engine, 80, 0x90, 72, 1);
    fake_engine_send_midi(&plugin->engine, 140, 0x90, 73, 1);
    meanwhile time = begin(plugin, 7, true, settle_after_jump);
    fake_clock_on_sleep(pass_time, &time);
    rig_begin(plugin, 100);
    check(time.sleeps == 0, "not yet: sleeps=%llu", (unsigned long long)time.sleeps);
    rig_go(plugin, 50, 64);
    check(time.sleeps == 7, "there: sleeps=%llu", (unsigned long long)time.sleeps);
    rig_end(plugin);
    fake_clock_on_sleep(NULL, NULL);
    rig_check_left(
            plugin, "at its frame, and never back",
            "80:904801 114:804840 114:b04000 114:b07b00 114:b07800 114:904b01 120:e00200 150:904a01");
    rig_close(plugin, "a jump");
}

/* ---- an engine that is just starting ---- */

static void come_up(rig *plugin) {
    rig_offer(plugin, 9);
    fake_engine_store(&plugin->engine, IDIOM_AT_SETTLED_UNTIL, INT64_MAX);
}

/* Holds the lock that a running engine holds. */
static int hold_engine_lock(void) {
    char path[600];
    snprintf(path, sizeof path, "%s/engine.lock", runtime_folder());
    int descriptor = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    struct flock whole = {.l_type = F_WRLCK, .l_whence = SEEK_SET};
    check(descriptor >= 0 && fcntl(descriptor, F_OFD_SETLK, &whole) == 0, "the engine's lock");
    return descriptor;
}

static void should_wait_for_an_engine_that_is_starting(void) {
    int lock = hold_engine_lock();
    rig *plugin = rig_open();
    while (!atomic_load(&plugin->core->expects_engine)) {
        sched_yield();
    }
    meanwhile time = begin(plugin, 100, false, come_up);
    fake_clock_on_sleep(pass_time, &time);
    rig_begin(plugin, 64);
    rig_play(plugin, 9, 0x90, 60, 1);
    rig_end(plugin);
    check(time.sleeps == 100, "sleeps=%llu", (unsigned long long)time.sleeps);
    check(fake_engine_is_accepted(&plugin->engine), "it is accepted");
    rig_check_left(plugin, "the first note is answered", "");
    rig_check_told(
            plugin, "the first note is told", false,
            "p0:0=0 p0:1=0 p0:2=0 p0:3=1 p0:4=0 p0:5=0 p0:6=0 p0:7=1 p0:8=0 p0:9=0 p0:10=0 m9:903c01");
    rig_close(plugin, "an engine that starts");

    plugin = rig_open();
    while (!atomic_load(&plugin->core->expects_engine)) {
        sched_yield();
    }
    time = begin(plugin, UINT64_MAX, false, NULL);
    rig_begin(plugin, 64);
    rig_play(plugin, 9, 0x90, 60, 1);
    rig_end(plugin);
    check(time.sleeps == 300000, "15 seconds: sleeps=%llu", (unsigned long long)time.sleeps);
    rig_run(plugin, 64);
    check(time.sleeps == 300000, "once: sleeps=%llu", (unsigned long long)time.sleeps);
    rig_check_left(plugin, "it passes through", "9:903c01");
    plugin->transport.freewheeling = false;
    rig_run(plugin, 64);
    plugin->transport.freewheeling = true;
    rig_run(plugin, 64);
    check(time.sleeps == 600000, "once more for the next rendering: sleeps=%llu", (unsigned long long)time.sleeps);
    fake_clock_on_sleep(NULL, NULL);
    rig_close(plugin, "an engine that never comes");
    close(lock);
    put_file(runtime_folder(), "engine.lock", NULL);
}

static void should_not_wait_where_there_is_no_engine(void) {
    rig *plugin = rig_open();
    plugin->transport.freewheeling = true;
    uint64_t sleeps = fake_clock_sleeps();
    rig_begin(plugin, 64);
    rig_play(plugin, 9, 0x90, 60, 1);
    rig_end(plugin);
    check(fake_clock_sleeps() == sleeps, "nobody is there, nor can be started");
    rig_check_left(plugin, "it passes through", "9:903c01");
    rig_close(plugin, "no engine");
}

/* ---- a host that renders in a thread of its own, and does not say so ---- */

enum { FAMILIAR = 16, BLOCK = 480, BLOCK_NS = 10000000 };

static void *in_own_thread(void *plugin) {
    rig *self = plugin;
    meanwhile time = {self, 0, 3, true, answer};
    fake_clock_on_sleep(pass_time, &time);
    rig_roll(self, 0);
    rig_begin(self, BLOCK);
    rig_play(self, 0, 0x90, 60, 1);
    rig_end(self);
    check(time.sleeps == 2000, "0.1 s, for it may be playing: sleeps=%llu", (unsigned long long)time.sleeps);
    fake_clock_on_sleep(NULL, NULL);
    return NULL;
}

static void settle(rig *plugin) {
    if (plugin->core->known_jumps != plugin->core->jumps) {
        fake_engine_restart(&plugin->engine, plugin->core->jumps);
    }
    fake_engine_store(&plugin->engine, IDIOM_AT_SETTLED_UNTIL, (uint64_t)plugin->frame + BLOCK);
}

/* One second of song in 25 ms, all of which are spent waiting. */
static void *ahead_of_the_clock(void *plugin) {
    rig *self = plugin;
    settle(self);
    rig_roll(self, 64);
    for (int i = 0; i < 100; i++) {
        meanwhile time = {self, 0, 5, true, settle};
        fake_clock_on_sleep(pass_time, &time);
        rig_run(self, BLOCK);
        check(time.sleeps == 5, "the engine is waited for: block %d, sleeps=%llu", i, (unsigned long long)time.sleeps);
    }
    check(self->core->transport.freewheeling, "it renders");
    /* An engine that is slow for once is waited for as long as the song is ahead. */
    meanwhile time = {self, 0, 10000, true, settle};
    fake_clock_on_sleep(pass_time, &time);
    rig_run(self, BLOCK);
    check(time.sleeps == 10000, "half a second: sleeps=%llu", (unsigned long long)time.sleeps);
    fake_clock_on_sleep(NULL, NULL);
    return NULL;
}

/* By the clock: after a tenth of a second it is known to play. */
static void *by_the_clock(void *plugin) {
    rig *self = plugin;
    settle(self);
    meanwhile time = {self, 0, 1, true, settle};
    fake_clock_on_sleep(pass_time, &time);
    rig_roll(self, 128);
    rig_run(self, BLOCK);
    fake_clock_on_sleep(NULL, NULL);
    fake_engine_store(&self->engine, IDIOM_AT_SETTLED_UNTIL, INT64_MAX);
    for (int i = 0; i <= 10; i++) {
        check(i == 0 || self->core->transport.freewheeling, "not known yet: block %d", i);
        rig_run(self, BLOCK);
        fake_clock_advance(BLOCK_NS);
    }
    check(!self->core->transport.freewheeling, "it plays");
    fake_engine_store(&self->engine, IDIOM_AT_SETTLED_UNTIL, 0);
    uint64_t sleeps = fake_clock_sleeps();
    rig_run(self, BLOCK);
    check(fake_clock_sleeps() == sleeps, "nobody waits who plays");
    return NULL;
}

/* As hosts do that ask what the latency is. */
static void *one_block(void *plugin) {
    rig_run(plugin, BLOCK);
    return NULL;
}

static void run_in_thread(rig *plugin, void *(*run)(void *)) {
    pthread_t thread;
    int failed = pthread_create(&thread, NULL, run, plugin);
    if (failed == 0) {
        pthread_join(thread, NULL);
    }
    /* Not before: checks are counted by one thread at a time. */
    check(failed == 0, "a thread");
}

static void should_tell_who_renders_by_the_thread(void) {
    rig *plugin = rig_open_playing();
    for (int i = 0; i < FAMILIAR; i++) {
        rig_run(plugin, BLOCK);
    }
    run_in_thread(plugin, one_block);
    check(!plugin->core->transport.freewheeling, "nothing to wait for while the song stands");
    run_in_thread(plugin, ahead_of_the_clock);
    rig_run(plugin, BLOCK);
    check(!plugin->core->transport.freewheeling, "who played by the clock does");
    run_in_thread(plugin, by_the_clock);
    rig_close(plugin, "a thread that renders");
}

static void should_not_wait_long_for_whom_it_does_not_know(void) {
    rig *plugin = rig_open_playing();
    for (int i = 0; i < FAMILIAR; i++) {
        rig_run(plugin, BLOCK);
    }
    run_in_thread(plugin, in_own_thread);
    rig_forget_left(plugin);
    rig_close(plugin, "a thread that nobody knows");
}

void test_rendering(void) {
    should_tell_who_renders_by_the_thread();
    should_not_wait_long_for_whom_it_does_not_know();
    should_wait_until_the_engine_has_settled();
    should_wait_no_longer_than_the_engine_lives();
    should_wait_no_longer_than_15_seconds();
    should_not_wait_for_who_writes_garbage();
    should_wait_at_a_jump();
    should_wait_for_an_engine_that_is_starting();
    should_not_wait_where_there_is_no_engine();
}
