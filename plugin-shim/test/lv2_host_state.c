/* States that are saved and come back. */
#include <lv2/atom/atom.h>
#include <lv2/midi/midi.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>

#include "lv2_host.h"

/* What a host keeps of a state: the one property that the plugin has. */
typedef struct {
    LV2_URID key;
    LV2_URID type;
    uint32_t flags;
    size_t size;
    uint8_t *value;
    unsigned stored; /* how many properties there were */
} state;

static LV2_State_Status store(
        LV2_State_Handle handle, uint32_t key, const void *value, size_t size, uint32_t type, uint32_t flags) {
    state *self = handle;
    free(self->value);
    *self = (state){key, type, flags, size, allocate(NULL, size), self->stored + 1};
    memcpy(self->value, value, size);
    return LV2_STATE_SUCCESS;
}

static const void *retrieve(LV2_State_Handle handle, uint32_t key, size_t *size, uint32_t *type, uint32_t *flags) {
    const state *self = handle;
    if (key != self->key || self->value == NULL) {
        return NULL;
    }
    *size = self->size;
    *type = self->type;
    *flags = self->flags;
    return self->value;
}

static const LV2_State_Interface *extension(void) {
    const LV2_State_Interface *found = host_descriptor()->extension_data(LV2_STATE__interface);
    check(found != NULL, "the plugin has a state");
    return found;
}

static state save(instance *plugin) {
    state saved = {0, 0, 0, 0, NULL, 0};
    check(extension()->save(plugin->handle, store, &saved, LV2_STATE_IS_POD, NULL) == LV2_STATE_SUCCESS, "a state is saved");
    check(saved.stored == 1 && saved.key == host_map(IDIOM_LV2_STATE) && saved.type == host_map(LV2_ATOM__Chunk)
                  && saved.flags == (LV2_STATE_IS_POD | LV2_STATE_IS_PORTABLE) && saved.size > 0,
          "a state is one chunk of bytes");
    return saved;
}

static LV2_State_Status restore(instance *plugin, state *saved) {
    return extension()->restore(plugin->handle, retrieve, saved, 0, NULL);
}

static bool is_same(const state *left, const state *right) {
    return left->size == right->size && memcmp(left->value, right->value, left->size) == 0;
}

static const float moved[IDIOM_PARAMETERS] = {3, 2, 1, 0.5f, 0.25f, 2, 1, 1.5f, -0.125f, 0, 1};

static instance *play(void) {
    instance *plugin = instance_open();
    memcpy(plugin->controls + IDIOM_PORT_PARAMETERS, moved, sizeof moved);
    instance_run(plugin, 64);
    return plugin;
}

static void should_come_back(void) {
    instance *plugin = play();
    instance *other = instance_open();
    state saved = save(plugin);
    state fresh = save(other);
    check(!is_same(&saved, &fresh), "parameters are part of the state");
    check(restore(other, &saved) == LV2_STATE_SUCCESS, "a state comes back before the first block");
    state again = save(other);
    check(is_same(&saved, &again), "what comes back is what was saved: size=%zu expected=%zu", again.size, saved.size);
    memcpy(other->controls + IDIOM_PORT_PARAMETERS, moved, sizeof moved);
    instance_run(other, 64);
    check(other->controls[IDIOM_PORT_PLAYING] == 3, "its preset plays: program=%f", (double)other->controls[IDIOM_PORT_PLAYING]);
    free(saved.value);
    free(fresh.value);
    free(again.value);
    instance_close(plugin);
    instance_close(other);
}

/* A Program Change, or another machine's numbers: the port says 0 and the state another. Moving the port decides anew. */
static void should_have_the_last_word_on_the_preset(void) {
    instance *plugin = play();
    instance *other = instance_open();
    state saved = save(plugin);
    restore(other, &saved);
    instance_run(other, 64);
    check(other->controls[IDIOM_PORT_PLAYING] == 3, "the state's preset plays: program=%f",
          (double)other->controls[IDIOM_PORT_PLAYING]);
    instance_run(other, 64);
    check(other->controls[IDIOM_PORT_PLAYING] == 3, "and goes on");
    other->controls[IDIOM_PORT_PARAMETERS + IDIOM_PRESET] = 5;
    instance_run(other, 64);
    check(other->controls[IDIOM_PORT_PLAYING] == 5, "until the port is moved: program=%f",
          (double)other->controls[IDIOM_PORT_PLAYING]);
    state now = save(other);
    check(!is_same(&saved, &now), "the other ports have the last word");
    free(saved.value);
    free(now.value);
    instance_close(plugin);
    instance_close(other);
}

static void should_refuse_rubbish(void) {
    instance *plugin = play();
    state before = save(plugin);
    for (uint32_t i = 0; i < 2000; i++) {
        state broken = before;
        broken.size = i % 8 == 0 ? before.size + 1 + random_number(300) : (size_t)random_number((uint32_t)before.size);
        broken.value = allocate(NULL, broken.size);
        for (size_t j = 0; j < broken.size; j++) {
            broken.value[j] = (uint8_t)(i % 2 == 0 || j >= before.size ? random_number(256) : before.value[j]);
        }
        LV2_State_Status status = restore(plugin, &broken);
        free(broken.value);
        if (status == LV2_STATE_SUCCESS) {
            check(false, "rubbish is refused: round=%u size=%zu", i, broken.size);
            break;
        }
    }
    state chunk = before;
    chunk.type = host_map(LV2_ATOM__String);
    check(restore(plugin, &chunk) == LV2_STATE_ERR_BAD_TYPE, "a state of another type is refused");
    state none = {0, 0, 0, 0, NULL, 0};
    check(restore(plugin, &none) == LV2_STATE_SUCCESS, "a preset without a state is none to refuse");
    state after = save(plugin);
    check(is_same(&before, &after), "rubbish changes nothing");
    free(before.value);
    free(after.value);
    instance_close(plugin);
}

typedef struct {
    instance *plugin;
    atomic_bool is_over;
} performance;

static void *perform(void *context) {
    performance *self = context;
    const uint8_t notes[][3] = {{0x90, 60, 100}, {0x80, 60, 0}};
    for (uint32_t i = 0; !atomic_load(&self->is_over); i++) {
        instance_add_midi(self->plugin, 0, notes[i % 2], 3);
        self->plugin->controls[IDIOM_PORT_PARAMETERS + IDIOM_MIX] = (float)(i % 100) / 100;
        instance_run(self->plugin, 64);
        instance_forget(self->plugin);
    }
    return NULL;
}

/* LV2 lets a host save while it processes: it does so while the music plays. */
static void should_be_saved_while_it_plays(void) {
    performance running = {instance_open(), false};
    pthread_t thread;
    if (pthread_create(&thread, NULL, perform, &running) != 0) {
        check(false, "a thread begins");
        instance_close(running.plugin);
        return;
    }
    for (int i = 0; i < 200; i++) {
        state saved = save(running.plugin);
        free(saved.value);
    }
    atomic_store(&running.is_over, true);
    pthread_join(thread, NULL);
    check(running.plugin->is_orderly, "it plays on while it is saved");
    instance_close(running.plugin);
}

void test_state(void) {
    should_come_back();
    should_have_the_last_word_on_the_preset();
    should_refuse_rubbish();
    should_be_saved_while_it_plays();
}
