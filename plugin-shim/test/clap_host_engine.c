/* With the real engine, in real time: answers come at the delay of the mode, and nothing stays behind. */
#include <stdio.h>
#include <string.h>
#include <time.h>

#include "clap_host.h"

enum { RATE = 48000, BLOCK = 480, STEPS_PER_SECOND = 16, STEP_FRAMES = RATE / STEPS_PER_SECOND };

static void sleep_until(struct timespec *time) {
    time->tv_nsec += (long)BLOCK * 1000000000L / RATE;
    if (time->tv_nsec >= 1000000000L) {
        time->tv_nsec -= 1000000000L;
        time->tv_sec++;
    }
    clock_nanosleep(CLOCK_MONOTONIC, TIMER_ABSTIME, time, NULL);
}

/* A chord at every beat and a note at every step. */
static void play_step(rig *it, uint64_t step, uint32_t offset) {
    static const uint8_t roots[] = {60, 57, 65, 67};
    uint8_t root = roots[step / 16 % 4];
    uint8_t key = (uint8_t)(root + 12 + (step % 4) * 2);
    rig_input_midi(it->input, offset, 0x90, key, 90);
    rig_input_midi(it->input, offset + 200, 0x80, key, 64);
    if (step % 4 == 0) {
        for (uint8_t i = 0; i < 12; i = (uint8_t)(i + 4)) {
            rig_input_midi(it->input, offset + 200, 0x90, (uint8_t)(root + i), 80);
            rig_input_midi(it->input, offset + 250, 0x80, (uint8_t)(root + i), 64);
        }
    }
}

/* One block of a song at 240 beats a minute. */
static void play_song_block(rig *it, struct timespec *time, uint64_t song_frame, bool has_notes) {
    clap_event_transport_t transport = rig_transport((double)song_frame / STEP_FRAMES / 4, 240, true);
    uint64_t step = (song_frame + STEP_FRAMES - 1) / STEP_FRAMES;
    if (has_notes && step * STEP_FRAMES < song_frame + BLOCK - 260) {
        play_step(it, step, (uint32_t)(step * STEP_FRAMES - song_frame));
    }
    sleep_until(time);
    rig_block(it, BLOCK, &transport);
    rig_serve(it);
}

/* Notes that have begun and not ended. */
static uint32_t count_sounding(const rig *it) {
    uint32_t counts[16][128] = {{0}};
    uint32_t sounding = 0;
    for (uint32_t i = 0; i < it->output->count; i++) {
        const rig_message *message = &it->output->messages[i];
        uint8_t status = message->type == CLAP_EVENT_MIDI ? message->bytes[0] & 0xF0 : 0;
        if (status == 0x90 && message->bytes[2] > 0) {
            counts[message->bytes[0] & 0x0F][message->bytes[1]]++;
        } else if (status == 0x80 || status == 0x90) {
            counts[message->bytes[0] & 0x0F][message->bytes[1]]--;
        }
    }
    for (uint32_t i = 0; i < 16 * 128; i++) {
        sounding += counts[i / 128][i % 128];
    }
    return sounding;
}

/* Whether notes are answered instead of passed through: one that is played does not leave in its own block. */
static bool is_answering(rig *it, struct timespec *time) {
    rig_output_clear(it->output);
    clap_event_transport_t standing = rig_transport(0, 240, false);
    rig_input_midi(it->input, 0, 0x90, 64, 90);
    rig_input_midi(it->input, 1, 0x80, 64, 64);
    sleep_until(time);
    rig_block(it, BLOCK, &standing);
    rig_serve(it);
    return it->output->count == 0;
}

static void play_silence(rig *it, struct timespec *time, double seconds) {
    clap_event_transport_t standing = rig_transport(0, 240, false);
    for (uint32_t i = 0; i < (uint32_t)(seconds * RATE / BLOCK); i++) {
        sleep_until(time);
        rig_block(it, BLOCK, &standing);
        rig_serve(it);
    }
}

/* Frames from `start` to the first note that begins; -1 if none does. */
static double first_note_after(const rig *it, uint64_t start) {
    for (uint32_t i = 0; i < it->output->count; i++) {
        const rig_message *message = &it->output->messages[i];
        if (message->type == CLAP_EVENT_MIDI && (message->bytes[0] & 0xF0) == 0x90 && message->bytes[2] > 0) {
            return (double)(message->frame - start);
        }
    }
    return -1;
}

void test_engine(const rig_library *library) {
    rig *it = rig_open(library);
    struct timespec time;
    rig_start(it, RATE, BLOCK);
    rig_input_value(it->input, 0, IDIOM_PRESET, 5);
    rig_input_value(it->input, 0, IDIOM_MODE, 2);
    rig_input_value(it->input, 0, IDIOM_HOP, 2);
    clock_gettime(CLOCK_MONOTONIC, &time);
    bool answers = false;
    for (uint32_t i = 0; i < 30 * RATE / BLOCK && !answers; i++) {
        answers = is_answering(it, &time);
    }
    if (rig_check(answers, "the engine answers within 30 seconds")) {
        play_silence(it, &time, 2);
        rig_output_clear(it->output);
        uint64_t start = it->now;
        for (uint64_t frame = 0; frame < 8 * RATE; frame += BLOCK) {
            play_song_block(it, &time, frame, true);
        }
        rig_check(it->output->count > 50, "answers came");
        double first = first_note_after(it, start);
        /* A hop is a beat, which is four steps; a note may come a little before its step. */
        rig_check(first >= 3.5 * STEP_FRAMES, "the first answer comes a hop after what was played");
        printf("clap_host: the engine sent %u events in 8 seconds; the first note came %.3f s after the first played\n",
                it->output->count, first / RATE);
        for (uint64_t frame = 8 * RATE; frame < 10 * RATE; frame += BLOCK) {
            play_song_block(it, &time, frame, false);
        }
        rig_reset(it);
        play_silence(it, &time, 0.1);
        rig_check_number("notes that sound after a reset", 0, count_sounding(it));
    }
    rig_stop(it);
    rig_close(it);
}
