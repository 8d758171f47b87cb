/*
 * A small CLAP host that tests a plugin: one main thread, audio threads of its own, a host that remembers what the plugin
 * asked of it, and lists of events. It keeps to the specification unless a test says otherwise.
 *
 * Threads: [main] is the thread of main(), [audio] a thread of a rig_worker.
 */
#ifndef CLAP_HOST_H
#define CLAP_HOST_H

#include <stdatomic.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "clap_abi.h"
#include "idiom.h"

/* The number of the parameter that only the plugin changes: clap/plugin.h. It must never be another. */
enum { RIG_STATUS = 65536 };

/* ---- Checks (clap_host_rig.c); [main] and, one at a time, [audio] ---- */

/* Counts a check; prints what failed. Returns whether it passed. */
bool rig_check(bool passes, const char *what);
bool rig_check_number(const char *what, double expected, double actual);
bool rig_check_text(const char *what, const char *expected, const char *actual);

/* Prints how it went; the exit code of the program. */
int rig_summary(void);

/* ---- Random numbers that are the same each time ---- */

typedef struct {
    uint64_t state;
} rig_random;

uint32_t rig_random_below(rig_random *random, uint32_t limit);

/* ---- Threads ---- */

/* A thread that processes. */
typedef struct rig_worker rig_worker;

rig_worker *rig_worker_open(void);
void rig_worker_close(rig_worker *worker);

/* Has the thread do something and waits for it, or does not wait. [main] */
void rig_worker_run(rig_worker *worker, void (*job)(void *context), void *context);
void rig_worker_start(rig_worker *worker, void (*job)(void *context), void *context);
void rig_worker_wait(rig_worker *worker);

/* Makes this thread what it is for the plugin. */
void rig_be_main(void);
void rig_be_audio(void);

/* ---- What is forbidden on the audio thread (clap_host_strict.c) ---- */

/* From here to the end calls for memory on this thread are counted. */
void rig_strict_begin(void);
void rig_strict_end(void);

/* How often memory was asked for; whether that can be told in this build. */
uint64_t rig_strict_allocations(void);
bool rig_strict_counts_allocations(void);

/* Ends the process if this thread calls the system for more than the time or the end; false where that can't be had. */
bool rig_strict_forbid_system_calls(void);

/* ---- The library (clap_host_rig.c) ---- */

typedef struct {
    void *handle;                             /* of dlopen */
    const clap_plugin_entry_t *entry;         /* what it exports */
    const clap_plugin_factory_t *factory;     /* made by the entry */
    const clap_preset_discovery_factory_t *discovery; /* made by the entry */
} rig_library;

/* Loads and initialises it; false, and a failed check, if that does not work. */
bool rig_library_open(rig_library *library, const char *path);
void rig_library_close(rig_library *library);

/* ---- Events (clap_host_events.c) ---- */

/* Room for any event that a test makes. */
typedef union {
    clap_event_header_t header;
    clap_event_note_t note;
    clap_event_param_value_t value;
    clap_event_param_mod_t mod;
    clap_event_transport_t transport;
    clap_event_midi_t midi;
    clap_event_midi_sysex_t sysex;
    uint64_t raw[32]; /* events that this host does not know */
} rig_event;

enum { RIG_EVENTS = 16384, RIG_MESSAGES = 65536, RIG_LONG_BYTES = 1 << 20 };

/* Events for the plugin. */
typedef struct {
    clap_input_events_t list; /* what the plugin sees */
    uint32_t count;           /* how many there are */
    bool has_gaps;            /* every other event is NULL, as no host should do it */
    rig_event events[RIG_EVENTS];
} rig_input;

/* What the plugin said. */
typedef struct {
    uint64_t frame;       /* from the beginning of the rig's time */
    uint32_t time;        /* within its block */
    uint16_t type;        /* of the event */
    uint32_t flags;       /* of the event */
    uint32_t length;      /* bytes of a MIDI message */
    const uint8_t *bytes; /* of a MIDI message, of three bytes for all short ones */
    uint8_t shorter[3];   /* where they are if they are few */
    clap_event_note_t note;
    clap_event_param_value_t value;
} rig_message;

/* Events from the plugin. */
typedef struct {
    clap_output_events_t list; /* what the plugin sees */
    uint32_t room;             /* how many it takes in a block; the rest is refused */
    uint32_t taken;            /* in this block */
    uint32_t refused;          /* in all */
    uint32_t frames;           /* of this block */
    uint64_t start;            /* first frame of this block */
    uint32_t last_time;        /* of the last event in this block */
    uint32_t wrong;            /* events out of order, out of the block, or of a wrong size */
    uint32_t count;
    rig_message messages[RIG_MESSAGES];
    uint32_t long_bytes;
    uint8_t longer[RIG_LONG_BYTES]; /* SysEx, one after the other */
} rig_output;

void rig_input_clear(rig_input *input);
rig_event *rig_input_add(rig_input *input, uint32_t time, uint16_t type, size_t size);
void rig_input_note(rig_input *input, uint32_t time, uint16_t type, int channel, int key, int32_t id, double velocity);
void rig_input_midi(rig_input *input, uint32_t time, uint8_t first, uint8_t second, uint8_t third);
void rig_input_sysex(rig_input *input, uint32_t time, const uint8_t *bytes, uint32_t length);
void rig_input_value(rig_input *input, uint32_t time, clap_id parameter, double value);
void rig_input_mod(rig_input *input, uint32_t time, clap_id parameter, double amount);
void rig_input_transport(rig_input *input, uint32_t time, const clap_event_transport_t *transport);

void rig_output_clear(rig_output *output);

/* Where a song is, complete. */
clap_event_transport_t rig_transport(double beats, double tempo, bool plays);

/* ---- One plugin in its host (clap_host_rig.c) ---- */

typedef struct {
    clap_host_t host;
    const clap_plugin_t *plugin;
    rig_worker *worker;  /* its audio thread */
    double rate;         /* frames a second, as activated */
    uint64_t now;        /* frames so far */
    int64_t steady_time; /* told to the plugin */
    rig_input *input;    /* of the next block */
    rig_output *output;  /* of all blocks since it was cleared */

    /* What this host offers. */
    bool is_bare;      /* no extension at all */
    uint32_t dialects; /* of its note ports */

    /* What the plugin asked for. */
    _Atomic uint32_t restarts;
    _Atomic uint32_t callbacks;
    _Atomic uint32_t flushes;
    uint32_t rescans;           /* how many */
    uint32_t rescan_flags;      /* of all of them */
    uint32_t latency_changes;
    uint32_t loaded;            /* presets */
    uint32_t load_errors;
    char loaded_key[64];
    _Atomic uint32_t logs;
    _Atomic uint32_t misuses;   /* of them, what this host did wrong */
    char last_log[256];
    _Atomic uint32_t violations; /* calls on the wrong thread or at the wrong time */
    bool is_activating;

    /* The plugin's extensions. */
    const clap_plugin_params_t *params;
    const clap_plugin_state_t *state;
    const clap_plugin_latency_t *latency;
    const clap_plugin_note_ports_t *note_ports;
    const clap_plugin_note_name_t *note_name;
    const clap_plugin_remote_controls_t *remote_controls;
    const clap_plugin_render_t *render;
    const clap_plugin_preset_load_t *preset_load;
} rig;

/* Makes a plugin and calls its init(); NULL, and a failed check, if that does not work. */
rig *rig_open(const rig_library *library);

/* The same in a host without any extension. */
rig *rig_open_bare(const rig_library *library);

/* Destroys it; checks that it called nothing wrongly. */
void rig_close(rig *it);

/* Activates and starts; stops and deactivates. */
bool rig_start(rig *it, double rate, uint32_t most_frames);
void rig_stop(rig *it);
bool rig_activate(rig *it, double rate, uint32_t most_frames);
void rig_deactivate(rig *it);
bool rig_start_processing(rig *it);
void rig_stop_processing(rig *it);
void rig_reset(rig *it);

/* A block on the audio thread with what is in `input`, which is empty afterwards. */
clap_process_status rig_block(rig *it, uint32_t frames, const clap_event_transport_t *transport);

/* The same on the thread that calls. [audio] */
clap_process_status rig_block_here(rig *it, uint32_t frames, const clap_event_transport_t *transport);

/* Parameters with what is in `input`, on the audio thread or this one. */
void rig_flush(rig *it, bool on_audio);

/* Calls on_main_thread() if that was asked for; whether it was. */
bool rig_serve(rig *it);

double rig_value(rig *it, clap_id parameter);

/* How many events of a type left since the output was cleared. */
uint32_t rig_count_events(const rig *it, uint16_t type);

/* How many of the messages since `first` are like that; -1 for any. Of MIDI and notes, only MIDI. */
uint32_t rig_count_midi(const rig *it, uint32_t first, int status, int data);

/* Checks that a message is of MIDI, and where and what it is. */
void rig_check_midi(
        const char *what, const rig *it, uint32_t index, uint64_t frame, uint8_t status, uint8_t second, uint8_t third);

/* ---- Tests ---- */

/* Folders that the tests may write to. */
typedef struct {
    char runtime[256];       /* IDIOM_RUNTIME_DIR */
    char configuration[256]; /* IDIOM_CONFIG_DIR */
    bool is_private;         /* they were made by this program, and no engine is there */
} rig_folders;

/* Writes the list of presets; another one if `is_other`. */
void rig_write_presets(const rig_folders *folders, bool is_other);

void test_life(const char *path);
void test_play(const rig_library *library);
void test_odd(const rig_library *library);
void test_params(const rig_library *library);
void test_state(const rig_library *library);
void test_presets(const rig_library *library, const rig_folders *folders);
void test_stand_in(const rig_library *library, const rig_folders *folders);
void test_strict(const rig_library *library, const rig_folders *folders);
void test_engine(const rig_library *library);

#endif
