/*
 * The plugin without a format: what the adapters for LV2 and CLAP call.
 *
 * Threads: functions tagged [main] are for the host's main thread or one that it holds the plugin still for, [audio] for
 * the thread that processes, one at a time, [any] for any. Only [main] functions allocate, lock, or call the system.
 */
#ifndef IDIOM_H
#define IDIOM_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "protocol.h"

/* One instance of the plugin. */
typedef struct idiom_core idiom_core;

/* Where the song is at the beginning of a block. */
typedef struct {
    bool known;              /* whether the host says so; if not, all else is meaningless */
    bool rolling;            /* whether it moves */
    bool freewheeling;       /* whether the host renders instead of playing: it may be waited for */
    double step;             /* position in 16ths of a whole note from the beginning of the song */
    double steps_per_second; /* tempo, > 0 also while it stands */
} idiom_transport;

/*
 * Takes a message that leaves, at `offset` frames into the block; offsets never fall. Returns false if there is no room:
 * the message comes again in the next block. [audio]
 */
typedef bool (*idiom_sink)(void *context, uint32_t offset, const uint8_t *bytes, uint32_t length);

/* How the plugin stands with its engine. */
typedef enum {
    IDIOM_WAITING = 0, /* no engine has been heard of; notes pass through */
    IDIOM_LOADING,     /* an engine is there and loads its networks; notes pass through */
    IDIOM_PLAYING,     /* the engine answers */
    IDIOM_NO_PRESET,   /* the engine has no preset of that program; notes pass through */
    IDIOM_LOST,        /* the engine was there and is gone; notes pass through */
    IDIOM_UNSHARED,    /* no file could be shared with an engine: idiom_core_problem says why */
} idiom_status;
enum { IDIOM_STATUSES = IDIOM_UNSHARED + 1 };

/* What a host shows for each idiom_status: "Playing". */
extern const char *const idiom_status_labels[IDIOM_STATUSES];

/*
 * Makes an instance that processes `rate` frames a second in blocks of up to about `block_frames`; `host` is named in logs.
 * Never NULL but where memory is out: if no file can be shared, notes pass through and the problem is told. [main]
 */
idiom_core *idiom_core_open(double rate, uint32_t block_frames, const char *host);

/* Ends an instance. [main] */
void idiom_core_close(idiom_core *core);

/* Begins a block: takes over what the engine sent. `sink` is called from now on up to idiom_process_end. [audio] */
void idiom_process_begin(
        idiom_core *core, uint32_t frames, const idiom_transport *transport, idiom_sink sink, void *context);

/* From `offset` on the song is elsewhere, or goes at another speed. Offsets of all that follows do not fall. [audio] */
void idiom_process_transport(idiom_core *core, uint32_t offset, const idiom_transport *transport);

/* A message was played, one whole MIDI message: no running status. Others are dropped and counted. [audio] */
void idiom_process_midi(idiom_core *core, uint32_t offset, const uint8_t *bytes, uint32_t length);

/* A parameter changes at that frame; values out of range are brought into it, what is no number is left out. [audio] */
void idiom_process_parameter(idiom_core *core, uint32_t offset, uint32_t parameter, double value);

/*
 * A host holds a continuous parameter away from its value from that frame on, until it says otherwise; what is in effect stays
 * within the range. Others, and what is no finite number, are left out. [audio]
 */
void idiom_process_modulation(idiom_core *core, uint32_t offset, uint32_t parameter, double amount);

/* Ends a block: what is due leaves, and the engine is told. [audio] */
void idiom_process_end(idiom_core *core);

/* Forgets all that waits and ends all that sounds with the next block. [audio] */
void idiom_core_reset(idiom_core *core);

/* A parameter's value; changed from outside the audio thread, it holds from the next block on. [any] */
double idiom_core_get(const idiom_core *core, uint32_t parameter);
void idiom_core_set(idiom_core *core, uint32_t parameter, double value);

/*
 * How far a parameter is held away from its value, which shows nothing of it and is saved without it; changed from outside the
 * audio thread, it holds from the next block on. False if this parameter can't be, or not by so much. [any]
 */
double idiom_core_modulation(const idiom_core *core, uint32_t parameter);
bool idiom_core_modulate(idiom_core *core, uint32_t parameter, double amount);

/* Range and default of a parameter, and whether it takes whole numbers only. [any] */
typedef struct {
    const char *symbol; /* "melody_lock" */
    const char *name;   /* "Melody lock" */
    double minimum;
    double maximum;
    double standard;
    bool is_stepped;
    const char *const *labels; /* of a stepped parameter: one for each value; NULL: the number itself */
} idiom_parameter_info;
const idiom_parameter_info *idiom_parameter_at(uint32_t parameter);

/* How many frames later than they were played notes leave, if the host is to make up for that; else 0. [any] */
uint32_t idiom_core_latency(const idiom_core *core);

/* How it stands. [any] */
idiom_status idiom_core_status(const idiom_core *core);

/* How many messages left after their frame, and how many never did: they were none, or found no room. Since it was made. [any] */
uint64_t idiom_core_late(const idiom_core *core);
uint64_t idiom_core_dropped(const idiom_core *core);

/* Program number of the preset that plays; what was asked for, until the engine says otherwise. [any] */
uint32_t idiom_core_program(const idiom_core *core);

/* One line about what keeps the plugin from playing, or about its preset; "" if there is nothing to say. [main] */
const char *idiom_core_problem(const idiom_core *core);

/* The presets that are installed, read from the list that `idiom plugin install` and the engine write. */
typedef struct {
    uint32_t program;
    char name[64]; /* "pop-to-jazz" */
    char hash[65]; /* SHA-256 of its model, in hexadecimal */
    char title[64]; /* "Pop to Jazz" */
} idiom_preset;

/* How many presets there are; reads the list anew. [main] */
size_t idiom_presets_read(idiom_preset *presets, size_t room);

/* The state to be saved: preset, parameters, what was learnt of the song. Free it with free(). NULL without memory. [main] */
uint8_t *idiom_state_save(idiom_core *core, size_t *length);

/* Brings a state back; false, and nothing is changed, if these bytes are none. [main] */
bool idiom_state_load(idiom_core *core, const uint8_t *bytes, size_t length);

#endif
