/*
 * One instance of the CLAP plugin, and what the files of this folder offer each other.
 *
 * Threads as in core/idiom.h: [main], [audio], [any].
 */
#ifndef IDIOM_CLAP_PLUGIN_H
#define IDIOM_CLAP_PLUGIN_H

#include <stdatomic.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "clap_abi.h"
#include "idiom.h"

#define IDIOM_CLAP_ID "idiom.transfer"

#ifndef IDIOM_VERSION
#define IDIOM_VERSION "0.1.0"
#endif

enum { IDIOM_CLAP_PRESETS = 128, IDIOM_CLAP_CHANNELS = 16, IDIOM_CLAP_KEYS = 128 };

/* The parameter that only the plugin changes: an idiom_status. Far away from the numbers of the others, which may become more. */
enum { IDIOM_CLAP_STATUS = 1 << 16 };

/* Notes that are held at the input: an "off" of CLAP may name them by less than channel and key. */
typedef struct {
    uint8_t count[IDIOM_CLAP_CHANNELS][IDIOM_CLAP_KEYS];   /* how many ons without an off */
    int32_t note_id[IDIOM_CLAP_CHANNELS][IDIOM_CLAP_KEYS]; /* the host's name of the last on, -1 if it has none */
} idiom_clap_held;

/* One instance. */
typedef struct {
    clap_plugin_t plugin;    /* what the host holds; plugin_data leads back here */
    const clap_host_t *host; /* outlives the instance */

    /* Fixed from init() on; each NULL if the host has none. */
    const clap_host_params_t *host_params;
    const clap_host_latency_t *host_latency;
    const clap_host_log_t *host_log;
    const clap_host_preset_load_t *host_preset_load;
    const clap_host_note_ports_t *host_note_ports;
    const clap_host_thread_check_t *host_thread_check;

    /* Changed on [main] while inactive, read by all. */
    idiom_core *core;    /* NULL before init() */
    double rate;         /* frames a second of `core` */
    bool has_memory;     /* the core may know more than its parameters: a state came back, or something was played */
    bool speaks_midi;    /* whether the host takes MIDI events; if not, notes leave as note events */
    uint32_t latency;    /* what the host was told, constant while active */

    /* Of [main]. */
    idiom_preset presets[IDIOM_CLAP_PRESETS]; /* as of the last look */
    size_t preset_count;
    char logged_problem[256]; /* what was last written to the host's log */

    /* Of [audio], and of [main] while inactive. */
    idiom_clap_held held;
    uint8_t (*farewell)[3];     /* what ends the notes of a core that was closed; NULL if there is nothing */
    size_t farewell_count;      /* how many messages there are */
    size_t farewell_sent;       /* how many of them have left */
    uint32_t seen_latency;      /* of the last block */
    double settled_seconds;     /* how long it has been that */
    bool has_asked;             /* a restart was asked for because of it */
    idiom_status seen_status;   /* of the last block */
    bool is_rolling;            /* the song moves, as of the last block */
    bool has_stopped;           /* processing begins anew, and what waited is out of date */

    /* Between threads. */
    _Atomic bool is_active;       /* between activate() and deactivate() */
    _Atomic bool is_offline;      /* the host renders */
    _Atomic bool wants_restart;   /* the latency changed for good */
    _Atomic uint32_t host_preset; /* the preset that the host believes in */
    _Atomic uint32_t host_status; /* the status that it believes in */
    _Atomic uint32_t told_misuse; /* bits of enum idiom_clap_misuse that were logged */
} idiom_clap;

/* What hosts do wrong; each is logged once. */
enum idiom_clap_misuse {
    IDIOM_CLAP_NOT_MAIN = 1 << 0,
    IDIOM_CLAP_NOT_AUDIO = 1 << 1,
    IDIOM_CLAP_INACTIVE = 1 << 2,
    IDIOM_CLAP_ACTIVE = 1 << 3,
};

/* The instance behind what the host holds. [any] */
static inline idiom_clap *idiom_clap_of(const clap_plugin_t *plugin) {
    return plugin->plugin_data;
}

/* ---- setup.c ---- */

extern const clap_plugin_descriptor_t idiom_clap_descriptor;

/* A plugin for the host to init(), or NULL without memory. [any] */
const clap_plugin_t *idiom_clap_create(const clap_host_t *host);

/* ---- guard.c: calls are let through where they may be made ---- */

/* Whether the core is there and this is the main thread; if not, the call is to be refused. [any] */
bool idiom_clap_is_main(idiom_clap *self);

/*
 * Whether the plugin is active and this may be its audio thread. A thread that the host calls neither main nor audio is let
 * through, with a line in the log: hosts forget to mark the threads that render. [any]
 */
bool idiom_clap_is_audio(idiom_clap *self);

/* Writes a misuse to the host's log, the first time it happens. [any] */
void idiom_clap_tell_misuse(idiom_clap *self, enum idiom_clap_misuse misuse);

/* Writes to the host's log what keeps the plugin from playing, whenever that has changed. [main] */
void idiom_clap_log_problem(idiom_clap *self);

/* ---- process.c ---- */

bool idiom_clap_start_processing(const clap_plugin_t *plugin);
void idiom_clap_stop_processing(const clap_plugin_t *plugin);
void idiom_clap_reset(const clap_plugin_t *plugin);
clap_process_status idiom_clap_process(const clap_plugin_t *plugin, const clap_process_t *process);

/* ---- notes.c ---- */

/* Plays what a note event says; `held` is kept up to date. [audio] */
void idiom_clap_play_note(idiom_clap *self, uint32_t offset, const clap_event_note_t *event);

/* Plays a MIDI message of one to three bytes, of which the event has three. [audio] */
void idiom_clap_play_midi(idiom_clap *self, uint32_t offset, const clap_event_midi_t *event);

/* Hands a message that leaves to the host; false if it has no room. [audio] */
bool idiom_clap_push_message(
        const idiom_clap *self, const clap_output_events_t *out, uint32_t offset, const uint8_t *bytes, uint32_t length);

/* ---- params.c ---- */

/* A parameter event as the core is to have it: false if it names no parameter of ours or no number. [any] */
bool idiom_clap_read_value(const clap_event_header_t *header, uint32_t *parameter, double *value);

/*
 * The same of how far a parameter is held away from its value; the core knows which can be, and how far. Only the host ends
 * that: neither a reset nor a deactivation does, nor a state that comes back. [any]
 */
bool idiom_clap_read_modulation(const clap_event_header_t *header, uint32_t *parameter, double *amount);

/* The host has set a parameter: it need not be told. [any] */
void idiom_clap_host_has_set(idiom_clap *self, uint32_t parameter, double value);

/*
 * Tells the host of values that have changed by themselves: a preset that was chosen by a Program Change, the status. [audio], or
 * [main] while inactive
 */
void idiom_clap_push_values(idiom_clap *self, const clap_output_events_t *out, uint32_t offset);

/* The host reads all values anew: it need not be told of them as they are now. [main] */
void idiom_clap_host_reads(idiom_clap *self);

/* Tells the host that all values may have changed; it then believes in what the core has. [main] */
void idiom_clap_rescan_values(idiom_clap *self);

/* ---- presets.c ---- */

/* Reads the list of presets anew; whether it is another than before. [main] */
bool idiom_clap_read_presets(idiom_clap *self);

/* The same, and the host is told if titles have changed. [main] */
void idiom_clap_refresh_presets(idiom_clap *self);

/* ---- Tables of functions that the host asks for ---- */

extern const clap_plugin_note_ports_t idiom_clap_note_ports;              /* ports.c */
extern const clap_plugin_note_name_t idiom_clap_note_name;                /* ports.c */
extern const clap_plugin_params_t idiom_clap_params;                      /* params.c */
extern const clap_plugin_remote_controls_t idiom_clap_remote_controls;    /* pages.c */
extern const clap_plugin_state_t idiom_clap_state;                        /* state.c */
extern const clap_plugin_latency_t idiom_clap_latency;                    /* setup.c */
extern const clap_plugin_render_t idiom_clap_render;                      /* setup.c */
extern const clap_plugin_preset_load_t idiom_clap_preset_load;            /* presets.c */
extern const clap_preset_discovery_factory_t idiom_clap_preset_discovery; /* discovery.c */

#endif
