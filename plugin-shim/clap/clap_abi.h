/*
 * The part of CLAP's binary interface that this plugin and its test host use.
 *
 * Names and layout are those of the CLAP 1.2 specification by Alexandre Bique (https://github.com/free-audio/clap, MIT
 * licence); the words are ours, since Debian 12 has no package of the specification's headers. abi_test.c holds every
 * size, offset and constant against numbers that were computed from those headers.
 *
 * Tags: [main] is called on the host's main thread, [audio] on a thread that processes, never two at a time for one
 * plugin, [any] on any thread. Strings are UTF-8, ended by 0.
 */
#ifndef IDIOM_CLAP_ABI_H
#define IDIOM_CLAP_ABI_H

#include <stdbool.h>
#include <stdint.h>

/* Capacities of strings that are part of a struct, with the 0. */
enum {
    CLAP_NAME_SIZE = 256,  /* what is shown to people */
    CLAP_PATH_SIZE = 1024, /* a place within groups: "group/group" */
};

/* What stands for something without a name of its own: a parameter, a page, a port. */
typedef uint32_t clap_id;
#define CLAP_INVALID_ID UINT32_MAX

/* The interface that a library or a host was built against. */
typedef struct clap_version {
    uint32_t major;    /* 1 since the interface is stable */
    uint32_t minor;    /* grows with additions */
    uint32_t revision; /* grows with clarifications */
} clap_version_t;

#define CLAP_VERSION_MAJOR 1
#define CLAP_VERSION_MINOR 2
#define CLAP_VERSION_REVISION 0
#define CLAP_VERSION_INIT \
    { CLAP_VERSION_MAJOR, CLAP_VERSION_MINOR, CLAP_VERSION_REVISION }

/* ---- The library ---- */

#define CLAP_EXPORT __attribute__((visibility("default")))

/* What a library exports under the name clap_entry. */
typedef struct clap_plugin_entry {
    clap_version_t clap_version;                    /* of the library */
    bool (*init)(const char *plugin_path);          /* before all else; perhaps more than once */
    void (*deinit)(void);                           /* once for each init that returned true */
    const void *(*get_factory)(const char *factory_id); /* NULL if there is none of that id [any] */
} clap_plugin_entry_t;

/* ---- The host ---- */

/* What a plugin is given to call back. */
typedef struct clap_host {
    clap_version_t clap_version; /* of the host */
    void *host_data;             /* the host's own */
    const char *name;            /* of the host, never NULL */
    const char *vendor;          /* of the host */
    const char *url;             /* of the host */
    const char *version;         /* of the host, never NULL */
    const void *(*get_extension)(const struct clap_host *host, const char *extension_id); /* from init() on [any] */
    void (*request_restart)(const struct clap_host *host);  /* deactivate me and activate me again [any] */
    void (*request_process)(const struct clap_host *host);  /* wake me up [any] */
    void (*request_callback)(const struct clap_host *host); /* call my on_main_thread() soon [any] */
} clap_host_t;

/* ---- Events ---- */

/* Time in fixed point: 1 << 31 is a beat or a second. */
typedef int64_t clap_beattime;
typedef int64_t clap_sectime;
#define CLAP_BEATTIME_FACTOR (INT64_C(1) << 31)
#define CLAP_SECTIME_FACTOR (INT64_C(1) << 31)

/* How every event begins. */
typedef struct clap_event_header {
    uint32_t size;     /* bytes of the whole event */
    uint32_t time;     /* frames from the beginning of the block */
    uint16_t space_id; /* whose types these are */
    uint16_t type;     /* which event it is */
    uint32_t flags;    /* enum clap_event_flags */
} clap_event_header_t;

#define CLAP_CORE_EVENT_SPACE_ID 0

enum clap_event_flags {
    CLAP_EVENT_IS_LIVE = 1 << 0,     /* someone plays it right now */
    CLAP_EVENT_DONT_RECORD = 1 << 1, /* follows from another event that is recorded */
};

/* Types of the core's space. */
enum {
    CLAP_EVENT_NOTE_ON = 0,
    CLAP_EVENT_NOTE_OFF = 1,
    CLAP_EVENT_NOTE_CHOKE = 2, /* to the plugin: silence at once */
    CLAP_EVENT_NOTE_END = 3,   /* to the host: the voice is free */
    CLAP_EVENT_NOTE_EXPRESSION = 4,
    CLAP_EVENT_PARAM_VALUE = 5,
    CLAP_EVENT_PARAM_MOD = 6,
    CLAP_EVENT_PARAM_GESTURE_BEGIN = 7,
    CLAP_EVENT_PARAM_GESTURE_END = 8,
    CLAP_EVENT_TRANSPORT = 9,
    CLAP_EVENT_MIDI = 10,
    CLAP_EVENT_MIDI_SYSEX = 11,
    CLAP_EVENT_MIDI2 = 12,
};

/* A note begins or ends. Off, choke and end may say -1 for "any" in all four parts of the address. */
typedef struct clap_event_note {
    clap_event_header_t header; /* type CLAP_EVENT_NOTE_ON, _OFF, _CHOKE or _END */
    int32_t note_id;            /* the host's name of the note; -1: it has none */
    int16_t port_index;         /* note port */
    int16_t channel;            /* 0 to 15 */
    int16_t key;                /* 0 to 127 */
    double velocity;            /* 0 to 1; an "on" with 0 is still an "on" */
} clap_event_note_t;

/* A parameter takes a value. */
typedef struct clap_event_param_value {
    clap_event_header_t header; /* type CLAP_EVENT_PARAM_VALUE */
    clap_id param_id;           /* which parameter */
    void *cookie;               /* as in its clap_param_info, or NULL */
    int32_t note_id;            /* address of the note it is for; -1: for all */
    int16_t port_index;         /* address */
    int16_t channel;            /* address */
    int16_t key;                /* address */
    double value;               /* within the parameter's range */
} clap_event_param_value_t;

/* A parameter is held away from its value. */
typedef struct clap_event_param_mod {
    clap_event_header_t header; /* type CLAP_EVENT_PARAM_MOD */
    clap_id param_id;           /* which parameter */
    void *cookie;               /* as in its clap_param_info, or NULL */
    int32_t note_id;            /* address of the note it is for; -1: for all */
    int16_t port_index;         /* address */
    int16_t channel;            /* address */
    int16_t key;                /* address */
    double amount;              /* added to the value */
} clap_event_param_mod_t;

enum clap_transport_flags {
    CLAP_TRANSPORT_HAS_TEMPO = 1 << 0,
    CLAP_TRANSPORT_HAS_BEATS_TIMELINE = 1 << 1,
    CLAP_TRANSPORT_HAS_SECONDS_TIMELINE = 1 << 2,
    CLAP_TRANSPORT_HAS_TIME_SIGNATURE = 1 << 3,
    CLAP_TRANSPORT_IS_PLAYING = 1 << 4,
    CLAP_TRANSPORT_IS_RECORDING = 1 << 5,
    CLAP_TRANSPORT_IS_LOOP_ACTIVE = 1 << 6,
    CLAP_TRANSPORT_IS_WITHIN_PRE_ROLL = 1 << 7,
};

/* Where the song is. Beats are quarter notes. */
typedef struct clap_event_transport {
    clap_event_header_t header;       /* type CLAP_EVENT_TRANSPORT */
    uint32_t flags;                   /* enum clap_transport_flags: what of the rest holds */
    clap_beattime song_pos_beats;     /* from the beginning of the song */
    clap_sectime song_pos_seconds;    /* from the beginning of the song */
    double tempo;                     /* beats a minute */
    double tempo_inc;                 /* how much the tempo grows with each frame */
    clap_beattime loop_start_beats;   /* where the loop begins */
    clap_beattime loop_end_beats;     /* where it ends */
    clap_sectime loop_start_seconds;  /* where the loop begins */
    clap_sectime loop_end_seconds;    /* where it ends */
    clap_beattime bar_start;          /* beginning of this bar */
    int32_t bar_number;               /* the song's first is 0 */
    uint16_t tsig_num;                /* metre, the upper number */
    uint16_t tsig_denom;              /* metre, the lower number */
} clap_event_transport_t;

/* A MIDI message that is no SysEx. */
typedef struct clap_event_midi {
    clap_event_header_t header; /* type CLAP_EVENT_MIDI */
    uint16_t port_index;        /* note port */
    uint8_t data[3];            /* shorter messages are filled up */
} clap_event_midi_t;

/* A SysEx message. */
typedef struct clap_event_midi_sysex {
    clap_event_header_t header; /* type CLAP_EVENT_MIDI_SYSEX */
    uint16_t port_index;        /* note port */
    const uint8_t *buffer;      /* valid in the block that brings it or, on the way out, during try_push */
    uint32_t size;              /* bytes of buffer */
} clap_event_midi_sysex_t;

/* Events for the plugin, in order of time. */
typedef struct clap_input_events {
    void *ctx;                                                /* the host's own */
    uint32_t (*size)(const struct clap_input_events *list);   /* how many there are */
    const clap_event_header_t *(*get)(const struct clap_input_events *list, uint32_t index); /* the host's */
} clap_input_events_t;

/* Events from the plugin, to be pushed in order of time. */
typedef struct clap_output_events {
    void *ctx; /* the host's own */
    bool (*try_push)(const struct clap_output_events *list, const clap_event_header_t *event); /* copies; false: full */
} clap_output_events_t;

/* ---- Processing ---- */

enum {
    CLAP_PROCESS_ERROR = 0,
    CLAP_PROCESS_CONTINUE = 1,
    CLAP_PROCESS_CONTINUE_IF_NOT_QUIET = 2,
    CLAP_PROCESS_TAIL = 3,
    CLAP_PROCESS_SLEEP = 4,
};
typedef int32_t clap_process_status;

/* Audio, of which a note effect has none. */
typedef struct clap_audio_buffer {
    float **data32;         /* one array for each channel, or NULL */
    double **data64;        /* the same in double precision, or NULL */
    uint32_t channel_count; /* how many arrays */
    uint32_t latency;       /* from or to the sound card */
    uint64_t constant_mask; /* channels that hold one value */
} clap_audio_buffer_t;

/* One block. */
typedef struct clap_process {
    int64_t steady_time;                     /* frames that never go back, or -1 */
    uint32_t frames_count;                   /* length of the block */
    const clap_event_transport_t *transport; /* at the block's first frame; NULL: there is no song */
    const clap_audio_buffer_t *audio_inputs; /* one for each audio port */
    clap_audio_buffer_t *audio_outputs;      /* one for each audio port */
    uint32_t audio_inputs_count;             /* how many */
    uint32_t audio_outputs_count;            /* how many */
    const clap_input_events_t *in_events;    /* what comes in */
    const clap_output_events_t *out_events;  /* what goes out */
} clap_process_t;

/* ---- The plugin ---- */

#define CLAP_PLUGIN_FEATURE_NOTE_EFFECT "note-effect"
#define CLAP_PLUGIN_FEATURE_UTILITY "utility"

/* What a plugin says of itself before there is one. */
typedef struct clap_plugin_descriptor {
    clap_version_t clap_version; /* of the plugin */
    const char *id;              /* never NULL or "" */
    const char *name;            /* never NULL or "" */
    const char *vendor;          /* or "" */
    const char *url;             /* or "" */
    const char *manual_url;      /* or "" */
    const char *support_url;     /* or "" */
    const char *version;         /* or "" */
    const char *description;     /* or "" */
    const char *const *features; /* key words, ended by NULL */
} clap_plugin_descriptor_t;

/* One instance. */
typedef struct clap_plugin {
    const clap_plugin_descriptor_t *desc;                   /* what it is */
    void *plugin_data;                                      /* the plugin's own */
    bool (*init)(const struct clap_plugin *plugin);         /* once; if false, destroy follows [main] */
    void (*destroy)(const struct clap_plugin *plugin);      /* [main], inactive */
    bool (*activate)(const struct clap_plugin *plugin, double sample_rate, uint32_t min_frames_count,
            uint32_t max_frames_count);                     /* [main], inactive */
    void (*deactivate)(const struct clap_plugin *plugin);   /* [main], active */
    bool (*start_processing)(const struct clap_plugin *plugin); /* [audio], active */
    void (*stop_processing)(const struct clap_plugin *plugin);  /* [audio], processing */
    void (*reset)(const struct clap_plugin *plugin);        /* forget what sounds, keep parameters [audio], active */
    clap_process_status (*process)(const struct clap_plugin *plugin, const clap_process_t *process); /* [audio] */
    const void *(*get_extension)(const struct clap_plugin *plugin, const char *id); /* from init() on [any] */
    void (*on_main_thread)(const struct clap_plugin *plugin);   /* answer to request_callback() [main] */
} clap_plugin_t;

#define CLAP_PLUGIN_FACTORY_ID "clap.plugin-factory"

/* Makes plugins. */
typedef struct clap_plugin_factory {
    uint32_t (*get_plugin_count)(const struct clap_plugin_factory *factory); /* [any] */
    const clap_plugin_descriptor_t *(*get_plugin_descriptor)(
            const struct clap_plugin_factory *factory, uint32_t index); /* NULL if there is none [any] */
    const clap_plugin_t *(*create_plugin)(
            const struct clap_plugin_factory *factory, const clap_host_t *host, const char *plugin_id); /* [any] */
} clap_plugin_factory_t;

/* ---- Note ports ---- */

#define CLAP_EXT_NOTE_PORTS "clap.note-ports"

enum clap_note_dialect {
    CLAP_NOTE_DIALECT_CLAP = 1 << 0,     /* note events */
    CLAP_NOTE_DIALECT_MIDI = 1 << 1,     /* MIDI events */
    CLAP_NOTE_DIALECT_MIDI_MPE = 1 << 2, /* MIDI events, a channel for each note */
    CLAP_NOTE_DIALECT_MIDI2 = 1 << 3,    /* MIDI 2 events */
};

typedef struct clap_note_port_info {
    clap_id id;                  /* never changes */
    uint32_t supported_dialects; /* set of clap_note_dialect */
    uint32_t preferred_dialect;  /* one of them */
    char name[CLAP_NAME_SIZE];   /* shown */
} clap_note_port_info_t;

typedef struct clap_plugin_note_ports {
    uint32_t (*count)(const clap_plugin_t *plugin, bool is_input); /* [main] */
    bool (*get)(const clap_plugin_t *plugin, uint32_t index, bool is_input, clap_note_port_info_t *info); /* [main] */
} clap_plugin_note_ports_t;

typedef struct clap_host_note_ports {
    uint32_t (*supported_dialects)(const clap_host_t *host);   /* set of clap_note_dialect [main] */
    void (*rescan)(const clap_host_t *host, uint32_t flags);   /* ports changed [main] */
} clap_host_note_ports_t;

/* ---- Note names ---- */

#define CLAP_EXT_NOTE_NAME "clap.note-name"

typedef struct clap_note_name {
    char name[CLAP_NAME_SIZE]; /* shown at the key */
    int16_t port;              /* -1: all */
    int16_t key;               /* -1: all */
    int16_t channel;           /* -1: all */
} clap_note_name_t;

typedef struct clap_plugin_note_name {
    uint32_t (*count)(const clap_plugin_t *plugin);                                      /* [main] */
    bool (*get)(const clap_plugin_t *plugin, uint32_t index, clap_note_name_t *note_name); /* [main] */
} clap_plugin_note_name_t;

/* ---- Parameters ---- */

#define CLAP_EXT_PARAMS "clap.params"

enum {
    CLAP_PARAM_IS_STEPPED = 1 << 0,     /* whole numbers only */
    CLAP_PARAM_IS_READONLY = 1 << 3,    /* changed by the plugin alone */
    CLAP_PARAM_IS_BYPASS = 1 << 4,      /* is the host's bypass button, 0 or 1 */
    CLAP_PARAM_IS_AUTOMATABLE = 1 << 5, /* may be recorded and played back */
    CLAP_PARAM_IS_MODULATABLE = 1 << 10, /* may be held away from its value, for all notes alike */
    CLAP_PARAM_IS_MODULATABLE_PER_NOTE_ID = 1 << 11,
    CLAP_PARAM_IS_MODULATABLE_PER_KEY = 1 << 12,
    CLAP_PARAM_IS_MODULATABLE_PER_CHANNEL = 1 << 13,
    CLAP_PARAM_IS_MODULATABLE_PER_PORT = 1 << 14,
    CLAP_PARAM_IS_ENUM = 1 << 16,       /* every value has a text; stepped as well */
};
typedef uint32_t clap_param_info_flags;

typedef struct clap_param_info {
    clap_id id;                  /* never changes */
    clap_param_info_flags flags; /* see above */
    void *cookie;                /* comes back in events, or NULL */
    char name[CLAP_NAME_SIZE];   /* shown */
    char module[CLAP_PATH_SIZE]; /* group it belongs to */
    double min_value;            /* finite */
    double max_value;            /* finite */
    double default_value;        /* within the range */
} clap_param_info_t;

typedef struct clap_plugin_params {
    uint32_t (*count)(const clap_plugin_t *plugin); /* [main] */
    bool (*get_info)(const clap_plugin_t *plugin, uint32_t param_index, clap_param_info_t *param_info); /* [main] */
    bool (*get_value)(const clap_plugin_t *plugin, clap_id param_id, double *out_value); /* [main] */
    bool (*value_to_text)(const clap_plugin_t *plugin, clap_id param_id, double value, char *out_buffer,
            uint32_t out_buffer_capacity); /* [main] */
    bool (*text_to_value)(const clap_plugin_t *plugin, clap_id param_id, const char *param_value_text,
            double *out_value); /* [main] */
    void (*flush)(const clap_plugin_t *plugin, const clap_input_events_t *in,
            const clap_output_events_t *out); /* parameter events without a block; active: [audio], else [main] */
} clap_plugin_params_t;

enum {
    CLAP_PARAM_RESCAN_VALUES = 1 << 0, /* values changed */
    CLAP_PARAM_RESCAN_TEXT = 1 << 1,   /* texts of values changed */
    CLAP_PARAM_RESCAN_INFO = 1 << 2,   /* names changed */
    CLAP_PARAM_RESCAN_ALL = 1 << 3,    /* all changed; inactive only */
};
typedef uint32_t clap_param_rescan_flags;
typedef uint32_t clap_param_clear_flags;

typedef struct clap_host_params {
    void (*rescan)(const clap_host_t *host, clap_param_rescan_flags flags);                  /* [main] */
    void (*clear)(const clap_host_t *host, clap_id param_id, clap_param_clear_flags flags);  /* [main] */
    void (*request_flush)(const clap_host_t *host); /* call flush or process soon; any thread but [audio] */
} clap_host_params_t;

/* ---- State ---- */

#define CLAP_EXT_STATE "clap.state"

/* Bytes to be read, perhaps in small pieces. */
typedef struct clap_istream {
    void *ctx; /* the host's own */
    int64_t (*read)(const struct clap_istream *stream, void *buffer, uint64_t size); /* bytes; 0: end, -1: failed */
} clap_istream_t;

/* Takes bytes, perhaps in small pieces. */
typedef struct clap_ostream {
    void *ctx; /* the host's own */
    int64_t (*write)(const struct clap_ostream *stream, const void *buffer, uint64_t size); /* bytes; -1: failed */
} clap_ostream_t;

typedef struct clap_plugin_state {
    bool (*save)(const clap_plugin_t *plugin, const clap_ostream_t *stream); /* [main] */
    bool (*load)(const clap_plugin_t *plugin, const clap_istream_t *stream); /* [main] */
} clap_plugin_state_t;

/* ---- Latency ---- */

#define CLAP_EXT_LATENCY "clap.latency"

typedef struct clap_plugin_latency {
    uint32_t (*get)(const clap_plugin_t *plugin); /* frames; [main], active or in activate() */
} clap_plugin_latency_t;

typedef struct clap_host_latency {
    void (*changed)(const clap_host_t *host); /* [main], in activate() only */
} clap_host_latency_t;

/* ---- Rendering ---- */

#define CLAP_EXT_RENDER "clap.render"

enum {
    CLAP_RENDER_REALTIME = 0, /* in time */
    CLAP_RENDER_OFFLINE = 1,  /* as fast as it goes */
};
typedef int32_t clap_plugin_render_mode;

typedef struct clap_plugin_render {
    bool (*has_hard_realtime_requirement)(const clap_plugin_t *plugin);              /* [main] */
    bool (*set)(const clap_plugin_t *plugin, clap_plugin_render_mode mode);          /* [main] */
} clap_plugin_render_t;

/* ---- Remote controls ---- */

#define CLAP_EXT_REMOTE_CONTROLS "clap.remote-controls/2"
#define CLAP_EXT_REMOTE_CONTROLS_COMPAT "clap.remote-controls.draft/2"

enum { CLAP_REMOTE_CONTROLS_COUNT = 8 };

/* Eight parameters for eight knobs. */
typedef struct clap_remote_controls_page {
    char section_name[CLAP_NAME_SIZE];             /* group of pages */
    clap_id page_id;                               /* never changes */
    char page_name[CLAP_NAME_SIZE];                /* shown */
    clap_id param_ids[CLAP_REMOTE_CONTROLS_COUNT]; /* CLAP_INVALID_ID: none */
    bool is_for_preset;                            /* belongs to the preset rather than to the plugin */
} clap_remote_controls_page_t;

typedef struct clap_plugin_remote_controls {
    uint32_t (*count)(const clap_plugin_t *plugin); /* [main] */
    bool (*get)(const clap_plugin_t *plugin, uint32_t page_index, clap_remote_controls_page_t *page); /* [main] */
} clap_plugin_remote_controls_t;

/* ---- Loading presets ---- */

#define CLAP_EXT_PRESET_LOAD "clap.preset-load/2"
#define CLAP_EXT_PRESET_LOAD_COMPAT "clap.preset-load.draft/2"

typedef struct clap_plugin_preset_load {
    bool (*from_location)(const clap_plugin_t *plugin, uint32_t location_kind, const char *location,
            const char *load_key); /* [main] */
} clap_plugin_preset_load_t;

typedef struct clap_host_preset_load {
    void (*on_error)(const clap_host_t *host, uint32_t location_kind, const char *location, const char *load_key,
            int32_t os_error, const char *msg); /* it could not be loaded [main] */
    void (*loaded)(const clap_host_t *host, uint32_t location_kind, const char *location,
            const char *load_key); /* it was loaded [main] */
} clap_host_preset_load_t;

/* ---- What hosts offer besides ---- */

#define CLAP_EXT_LOG "clap.log"

enum {
    CLAP_LOG_DEBUG = 0,
    CLAP_LOG_INFO = 1,
    CLAP_LOG_WARNING = 2,
    CLAP_LOG_ERROR = 3,
    CLAP_LOG_FATAL = 4,
    CLAP_LOG_HOST_MISBEHAVING = 5,
    CLAP_LOG_PLUGIN_MISBEHAVING = 6,
};
typedef int32_t clap_log_severity;

typedef struct clap_host_log {
    void (*log)(const clap_host_t *host, clap_log_severity severity, const char *msg); /* [any] */
} clap_host_log_t;

#define CLAP_EXT_THREAD_CHECK "clap.thread-check"

typedef struct clap_host_thread_check {
    bool (*is_main_thread)(const clap_host_t *host);  /* whether this is the main thread [any] */
    bool (*is_audio_thread)(const clap_host_t *host); /* whether this is an audio thread now [any] */
} clap_host_thread_check_t;

/* ---- Finding presets ---- */

#define CLAP_PRESET_DISCOVERY_FACTORY_ID "clap.preset-discovery-factory/2"
#define CLAP_PRESET_DISCOVERY_FACTORY_ID_COMPAT "clap.preset-discovery-factory/draft-2"

enum clap_preset_discovery_location_kind {
    CLAP_PRESET_DISCOVERY_LOCATION_FILE = 0,   /* files */
    CLAP_PRESET_DISCOVERY_LOCATION_PLUGIN = 1, /* the plugin itself knows them; the location is NULL */
};

enum clap_preset_discovery_flags {
    CLAP_PRESET_DISCOVERY_IS_FACTORY_CONTENT = 1 << 0, /* came with the plugin */
    CLAP_PRESET_DISCOVERY_IS_USER_CONTENT = 1 << 1,    /* made by the user */
    CLAP_PRESET_DISCOVERY_IS_DEMO_CONTENT = 1 << 2,    /* does not do all */
    CLAP_PRESET_DISCOVERY_IS_FAVORITE = 1 << 3,        /* chosen by the user */
};

/* Seconds since 1970; 0: unknown. */
typedef uint64_t clap_timestamp;

/* A plugin of any format. */
typedef struct clap_universal_plugin_id {
    const char *abi; /* "clap" */
    const char *id;  /* of the plugin, in that format */
} clap_universal_plugin_id_t;

/* Takes what there is to say about presets, one after the other. */
typedef struct clap_preset_discovery_metadata_receiver {
    void *receiver_data; /* the host's own */
    void (*on_error)(const struct clap_preset_discovery_metadata_receiver *receiver, int32_t os_error,
            const char *error_message); /* something can't be read */
    bool (*begin_preset)(const struct clap_preset_discovery_metadata_receiver *receiver, const char *name,
            const char *load_key); /* the next preset; false: stop */
    void (*add_plugin_id)(const struct clap_preset_discovery_metadata_receiver *receiver,
            const clap_universal_plugin_id_t *plugin_id); /* it is for this plugin */
    void (*set_soundpack_id)(const struct clap_preset_discovery_metadata_receiver *receiver,
            const char *soundpack_id); /* it is part of this pack */
    void (*set_flags)(const struct clap_preset_discovery_metadata_receiver *receiver,
            uint32_t flags); /* enum clap_preset_discovery_flags */
    void (*add_creator)(const struct clap_preset_discovery_metadata_receiver *receiver,
            const char *creator); /* who made it */
    void (*set_description)(const struct clap_preset_discovery_metadata_receiver *receiver,
            const char *description); /* what it is */
    void (*set_timestamps)(const struct clap_preset_discovery_metadata_receiver *receiver,
            clap_timestamp creation_time, clap_timestamp modification_time); /* when it was made */
    void (*add_feature)(const struct clap_preset_discovery_metadata_receiver *receiver,
            const char *feature); /* a key word */
    void (*add_extra_info)(const struct clap_preset_discovery_metadata_receiver *receiver, const char *key,
            const char *value); /* anything else */
} clap_preset_discovery_metadata_receiver_t;

/* What files of presets look like. */
typedef struct clap_preset_discovery_filetype {
    const char *name;           /* shown */
    const char *description;    /* or NULL */
    const char *file_extension; /* without the dot */
} clap_preset_discovery_filetype_t;

/* Where presets are. */
typedef struct clap_preset_discovery_location {
    uint32_t flags;       /* enum clap_preset_discovery_flags */
    const char *name;     /* shown */
    uint32_t kind;        /* enum clap_preset_discovery_location_kind */
    const char *location; /* a path, or NULL */
} clap_preset_discovery_location_t;

/* A collection of presets. */
typedef struct clap_preset_discovery_soundpack {
    uint32_t flags;                   /* enum clap_preset_discovery_flags */
    const char *id;                   /* of the pack */
    const char *name;                 /* shown */
    const char *description;          /* or NULL */
    const char *homepage_url;         /* or NULL */
    const char *vendor;               /* or NULL */
    const char *image_path;           /* or NULL */
    clap_timestamp release_timestamp; /* when it came out */
} clap_preset_discovery_soundpack_t;

typedef struct clap_preset_discovery_provider_descriptor {
    clap_version_t clap_version; /* of the provider */
    const char *id;              /* never NULL */
    const char *name;            /* shown */
    const char *vendor;          /* or NULL */
} clap_preset_discovery_provider_descriptor_t;

/* Lists presets. One thread at a time. */
typedef struct clap_preset_discovery_provider {
    const clap_preset_discovery_provider_descriptor_t *desc;                   /* what it is */
    void *provider_data;                                                       /* the provider's own */
    bool (*init)(const struct clap_preset_discovery_provider *provider);       /* declares places */
    void (*destroy)(const struct clap_preset_discovery_provider *provider);    /* ends it */
    bool (*get_metadata)(const struct clap_preset_discovery_provider *provider, uint32_t location_kind,
            const char *location, const clap_preset_discovery_metadata_receiver_t *metadata_receiver); /* lists a place */
    const void *(*get_extension)(const struct clap_preset_discovery_provider *provider, const char *extension_id);
} clap_preset_discovery_provider_t;

/* The host's side: is told where presets are. */
typedef struct clap_preset_discovery_indexer {
    clap_version_t clap_version; /* of the host */
    const char *name;            /* of the host */
    const char *vendor;          /* or NULL */
    const char *url;             /* or NULL */
    const char *version;         /* or NULL */
    void *indexer_data;          /* the host's own */
    bool (*declare_filetype)(const struct clap_preset_discovery_indexer *indexer,
            const clap_preset_discovery_filetype_t *filetype); /* false: refused */
    bool (*declare_location)(const struct clap_preset_discovery_indexer *indexer,
            const clap_preset_discovery_location_t *location); /* false: refused */
    bool (*declare_soundpack)(const struct clap_preset_discovery_indexer *indexer,
            const clap_preset_discovery_soundpack_t *soundpack); /* false: refused */
    const void *(*get_extension)(const struct clap_preset_discovery_indexer *indexer, const char *extension_id);
} clap_preset_discovery_indexer_t;

/* Makes providers. */
typedef struct clap_preset_discovery_factory {
    uint32_t (*count)(const struct clap_preset_discovery_factory *factory); /* [any] */
    const clap_preset_discovery_provider_descriptor_t *(*get_descriptor)(
            const struct clap_preset_discovery_factory *factory, uint32_t index); /* NULL if there is none [any] */
    const clap_preset_discovery_provider_t *(*create)(const struct clap_preset_discovery_factory *factory,
            const clap_preset_discovery_indexer_t *indexer, const char *provider_id); /* [any] */
} clap_preset_discovery_factory_t;

#endif
