/* Saving and loading, through streams that give and take little, fail, or hold what is no state. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "clap_host.h"

enum { MOST_STATE = 1 << 16 };

/* Bytes that a host saved, and how its streams behave. */
typedef struct {
    uint8_t bytes[MOST_STATE];
    size_t length;
    size_t at;        /* what was read or written so far */
    size_t piece;     /* how much at once */
    size_t fails_at;  /* where the stream fails; SIZE_MAX: nowhere */
    int64_t failure;  /* what it returns there */
    bool is_endless;  /* reading never ends */
} saved_state;

static int64_t write_piece(const clap_ostream_t *stream, const void *buffer, uint64_t size) {
    saved_state *state = stream->ctx;
    if (state->at >= state->fails_at) {
        return state->failure;
    }
    size_t count = size < state->piece ? (size_t)size : state->piece;
    if (count > MOST_STATE - state->at) {
        abort();
    }
    memcpy(state->bytes + state->at, buffer, count);
    state->at += count;
    state->length = state->at;
    return (int64_t)count;
}

static int64_t read_piece(const clap_istream_t *stream, void *buffer, uint64_t size) {
    saved_state *state = stream->ctx;
    if (state->at >= state->fails_at) {
        return state->failure;
    }
    size_t left = state->is_endless ? SIZE_MAX : state->length - state->at;
    size_t count = size < state->piece ? (size_t)size : state->piece;
    count = count < left ? count : left;
    if (state->is_endless) {
        memset(buffer, 'x', count);
    } else {
        memcpy(buffer, state->bytes + state->at, count);
    }
    state->at += count;
    return (int64_t)count;
}

static saved_state *new_state(void) {
    saved_state *state = calloc(1, sizeof *state);
    if (state == NULL) {
        abort();
    }
    state->piece = SIZE_MAX;
    state->fails_at = SIZE_MAX;
    return state;
}

static bool save(const rig *it, saved_state *state, size_t piece) {
    state->at = 0;
    state->length = 0;
    state->piece = piece;
    clap_ostream_t stream = {state, write_piece};
    return it->state->save(it->plugin, &stream);
}

static bool load(const rig *it, saved_state *state, size_t piece) {
    state->at = 0;
    state->piece = piece;
    clap_istream_t stream = {state, read_piece};
    return it->state->load(it->plugin, &stream);
}

static const double wanted[IDIOM_PARAMETERS] = {5, 2, 3, 0.123456, -0.25, 2, 1, 1.5, 0.0625, 1, 0};

static void set_all(rig *it, const double *values) {
    for (uint32_t i = 0; i < IDIOM_PARAMETERS; i++) {
        rig_input_value(it->input, 0, i, values[i]);
    }
    rig_flush(it, false);
}

static void check_values(rig *it, const char *what, const double *expected) {
    for (uint32_t i = 0; i < IDIOM_PARAMETERS; i++) {
        rig_check(fabs(rig_value(it, i) - expected[i]) < 1e-6, what);
    }
}

static void test_round_trip(const rig_library *library) {
    static const size_t pieces[] = {SIZE_MAX, 1, 7, 64};
    static const double others[IDIOM_PARAMETERS] = {0};
    rig *it = rig_open(library);
    saved_state *state = new_state();
    for (size_t i = 0; i < sizeof pieces / sizeof pieces[0]; i++) {
        set_all(it, wanted);
        rig_check(save(it, state, pieces[i]), "save");
        rig_check(memmem(state->bytes, state->length, "status", 6) == NULL, "the status is not saved");
        set_all(it, others);
        it->rescan_flags = 0;
        rig_check(load(it, state, pieces[i]), "load");
        check_values(it, "values that were loaded", wanted);
        rig_check((it->rescan_flags & CLAP_PARAM_RESCAN_VALUES) != 0, "the host is told of new values");
    }
    saved_state *again = new_state();
    save(it, again, SIZE_MAX);
    rig_check_number("the length of a state that was loaded", (double)state->length, (double)again->length);
    rig_check(memcmp(state->bytes, again->bytes, state->length) == 0, "a state that was loaded is saved alike");
    free(again);

    /* Into another one, which processes. */
    rig *other = rig_open(library);
    rig_start(other, 44100, 64);
    rig_block(other, 64, NULL);
    rig_check(load(other, state, SIZE_MAX), "load while processing");
    rig_block(other, 64, NULL);
    check_values(other, "values that were loaded while processing", wanted);
    rig_check_number("values that the host brought back are not told to it", 0, other->output->count);
    rig_stop(other);
    rig_start(other, 96000, 64);
    check_values(other, "values at another rate", wanted);
    rig_stop(other);
    rig_close(other);
    free(state);
    rig_close(it);
}

/* What a host adds to values for now is neither shown nor saved, and what is loaded does not end it. */
static void test_modulation(const rig_library *library) {
    rig *it = rig_open(library);
    saved_state *state = new_state();
    saved_state *modulated = new_state();
    set_all(it, wanted);
    rig_check(save(it, state, SIZE_MAX), "save");
    for (uint32_t id = 0; id < IDIOM_PARAMETERS; id++) {
        rig_input_mod(it->input, 0, id, id % 2 == 0 ? 0.1 : -3);
    }
    rig_flush(it, false);
    check_values(it, "values that are modulated", wanted);
    rig_check(save(it, modulated, SIZE_MAX), "save while modulated");
    rig_check_number("the length of its state", (double)state->length, (double)modulated->length);
    rig_check(memcmp(state->bytes, modulated->bytes, state->length) == 0, "a state without modulation");
    rig_check(load(it, modulated, SIZE_MAX), "load while modulated");
    check_values(it, "values that were loaded while modulated", wanted);
    free(state);
    free(modulated);
    rig_close(it);
}

static void play_on(void *context) {
    rig *it = context;
    for (uint32_t i = 0; i < 3000; i++) {
        rig_input_midi(it->input, 1, 0x90, (uint8_t)(i % 128), 99);
        rig_input_value(it->input, 2, IDIOM_MIX, i % 100 / 100.0);
        rig_input_mod(it->input, 2, IDIOM_MIX, i % 7 / 10.0);
        rig_input_midi(it->input, 3, 0x80, (uint8_t)(i % 128), 64);
        rig_block_here(it, 32, NULL);
    }
}

/* All that the main thread may do while the other one processes. */
static void test_while_processing(const rig_library *library) {
    rig *it = rig_open(library);
    saved_state *state = new_state();
    char text[64];
    rig_start(it, 48000, 64);
    rig_worker_start(it->worker, play_on, it);
    for (int i = 0; i < 20; i++) {
        rig_check(save(it, state, SIZE_MAX), "save while processing");
        rig_check(load(it, state, SIZE_MAX), "load while processing");
        rig_check(it->preset_load->from_location(it->plugin, 1, NULL, "pop-to-jazz"), "a preset while processing");
        rig_check_number("its program", 5, rig_value(it, IDIOM_PRESET));
        rig_check(it->params->value_to_text(it->plugin, IDIOM_PRESET, 5, text, sizeof text), "a text while processing");
        it->render->set(it->plugin, i % 2 == 0 ? CLAP_RENDER_OFFLINE : CLAP_RENDER_REALTIME);
        it->latency->get(it->plugin);
        it->plugin->on_main_thread(it->plugin);
    }
    rig_worker_wait(it->worker);
    rig_check_number("notes that passed through meanwhile", 3000, rig_count_midi(it, 0, 0x90, -1));
    rig_check_number("and their offs", 3000, rig_count_midi(it, 0, 0x80, -1));
    rig_stop(it);
    free(state);
    rig_close(it);
}

/* Values that people turn knobs to, which need all their digits, come back as they were. */
static void test_any_values(const rig_library *library) {
    rig *it = rig_open(library);
    saved_state *state = new_state();
    rig_random random = {8};
    for (int i = 0; i < 20; i++) {
        double values[IDIOM_PARAMETERS];
        for (uint32_t id = 0; id < IDIOM_PARAMETERS; id++) {
            clap_param_info_t info;
            it->params->get_info(it->plugin, id, &info);
            double share = rig_random_below(&random, 1u << 30) / (double)(1u << 30);
            double value = info.min_value + share * (info.max_value - info.min_value);
            rig_input_value(it->input, 0, id, (info.flags & CLAP_PARAM_IS_STEPPED) != 0 ? floor(value) : value);
        }
        /* The preset is found again by its name, if it has one. */
        rig_input_value(it->input, 0, IDIOM_PRESET, i % 6);
        rig_flush(it, false);
        for (uint32_t id = 0; id < IDIOM_PARAMETERS; id++) {
            values[id] = rig_value(it, id);
        }
        save(it, state, SIZE_MAX);
        rig *other = rig_open(library);
        load(other, state, SIZE_MAX);
        for (uint32_t id = 0; id < IDIOM_PARAMETERS; id++) {
            rig_check_number("a value to its last digit", values[id], rig_value(other, id));
        }
        rig_close(other);
    }
    free(state);
    rig_close(it);
}

static void test_failing_streams(const rig_library *library) {
    rig *it = rig_open(library);
    saved_state *state = new_state();
    static const int64_t failures[] = {-1, 0, INT64_MAX};
    set_all(it, wanted);
    rig_check(save(it, state, SIZE_MAX), "save");
    for (size_t i = 0; i < 3; i++) {
        saved_state *broken = new_state();
        broken->failure = failures[i];
        broken->fails_at = 10;
        rig_check(!save(it, broken, 5), "saving to a stream that fails");
        memcpy(broken->bytes, state->bytes, state->length);
        broken->length = state->length;
        rig_check(!load(it, broken, 5), "loading from a stream that fails");
        free(broken);
    }
    state->is_endless = true;
    rig_check(!load(it, state, SIZE_MAX), "loading without an end");
    check_values(it, "values after streams that fail", wanted);
    free(state);
    rig_close(it);
}

static void test_garbage(const rig_library *library) {
    rig *it = rig_open(library);
    saved_state *state = new_state();
    saved_state *wrong = new_state();
    rig_random random = {3};
    set_all(it, wanted);
    save(it, state, SIZE_MAX);
    it->rescans = 0;
    for (size_t length = 0; length < state->length; length++) {
        memcpy(wrong->bytes, state->bytes, length);
        wrong->length = length;
        rig_check(!load(it, wrong, SIZE_MAX), "a state that is cut off is refused");
    }
    for (uint32_t i = 0; i < 500; i++) {
        wrong->length = rig_random_below(&random, 4096);
        for (size_t at = 0; at < wrong->length; at++) {
            wrong->bytes[at] = (uint8_t)rig_random_below(&random, 256);
        }
        rig_check(!load(it, wrong, SIZE_MAX), "garbage is refused");
    }
    rig_check_number("the host is told nothing of states that are refused", 0, it->rescans);
    check_values(it, "values after garbage", wanted);
    /* A state with one wrong byte may be one; it must be whole and within the ranges. */
    for (uint32_t i = 0; i < 1000; i++) {
        memcpy(wrong->bytes, state->bytes, state->length);
        wrong->length = state->length;
        wrong->bytes[rig_random_below(&random, (uint32_t)state->length)] = (uint8_t)rig_random_below(&random, 256);
        load(it, wrong, SIZE_MAX);
        for (uint32_t id = 0; id < IDIOM_PARAMETERS; id++) {
            clap_param_info_t info;
            it->params->get_info(it->plugin, id, &info);
            double value = rig_value(it, id);
            rig_check(value >= info.min_value && value <= info.max_value, "a value of a wrong state is in its range");
        }
    }
    free(state);
    free(wrong);
    rig_close(it);
}

void test_state(const rig_library *library) {
    test_round_trip(library);
    test_modulation(library);
    test_any_values(library);
    test_while_processing(library);
    test_failing_streams(library);
    test_garbage(library);
}
