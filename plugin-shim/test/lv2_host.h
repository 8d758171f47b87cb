/*
 * A small LV2 host for the tests: loads the plugin as hosts do, hands it events and collects what leaves.
 */
#ifndef LV2_HOST_H
#define LV2_HOST_H

#include <lv2/atom/atom.h>
#include <lv2/core/lv2.h>
#include <lv2/state/state.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "ports.h"
#include "uris.h"

/* ---- checks ---- */

/* Counts a check; tells what failed, like printf. */
void check(bool holds, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* How many checks there were, and how many of them failed. */
unsigned checks_made(void);
unsigned checks_failed(void);

/* Memory, as realloc gives it; ends the program if there is none. */
void *allocate(void *before, size_t bytes);

/* The next of a sequence of numbers that is the same in every run. */
uint32_t random_number(uint32_t limit);

/* ---- the host ---- */

enum { HOST_RATE = 48000, LONGEST_MESSAGE = 17000 };

/* The host's numbers of URIs. */
LV2_URID host_map(const char *uri);
LV2_URID_Map *host_urid_map(void);

/* Opens the library of the plugin; false with a line if it can't be. */
bool host_open(const char *path);
const LV2_Descriptor *host_descriptor(void);
void host_close(void);

/* A message that left, at a frame counted from the first block on. */
typedef struct {
    int64_t frame;
    uint32_t length;
    uint8_t *bytes;
} message;

/* An instance with all its ports. Buffers are as long as they have to be and not longer, for the sanitizers. */
typedef struct {
    LV2_Handle handle;
    float controls[IDIOM_PORTS];
    LV2_Atom_Sequence *in;
    uint32_t in_room;    /* bytes */
    LV2_Atom_Sequence *out;
    uint32_t out_room;   /* bytes */
    int64_t frame;       /* the first of the next block */
    message *messages;   /* all that left */
    size_t count;
    size_t room;
    bool is_orderly;     /* whether every block so far had frames that rise and lie within it */
} instance;

instance *instance_open(void);
void instance_close(instance *self);

/* The size of the output buffer from the next block on. */
void instance_resize_output(instance *self, uint32_t bytes);

/* Adds an event to the next block; `size` may lie. */
void instance_add(instance *self, int64_t frame, LV2_URID type, const void *body, uint32_t bytes, uint32_t size);
void instance_add_midi(instance *self, int64_t frame, const void *bytes, uint32_t length);

/* Processes a block of what was added. */
void instance_run(instance *self, uint32_t frames);

/* Forgets what left so far. */
void instance_forget(instance *self);

/* ---- positions ---- */

/* An atom that is being written. */
typedef struct {
    union {
        LV2_Atom atom;
        uint8_t bytes[1024];
        uint64_t aligned;
    };
} object;

/* Types that a number may come in. */
typedef enum { AS_INT, AS_LONG, AS_FLOAT, AS_DOUBLE, NUMBER_TYPES } number_type;

object object_begin(const char *type);
void object_add(object *self, const char *key, number_type type, double number);

/* Sends a position with the next block. */
void instance_add_position(instance *self, int64_t frame, const object *position);

/* ---- what is tested ---- */

void test_position(void);
void test_passing_through(void);
void test_output(void);
void test_hostile_input(void);
void test_state(void);
void test_engine(const char *runtime_folder);

#endif
