/*
 * The byte layout of the file that a plugin and the engine share: docs/plugin-protocol.md in numbers.
 * The engine has the same numbers in idiom.bridge.plugin.Layout; vectors/protocol-1.txt is read by a test of each.
 * All numbers are little-endian; every field lies on a multiple of its own size.
 */
#ifndef IDIOM_PROTOCOL_H
#define IDIOM_PROTOCOL_H

#include <stdint.h>

#define IDIOM_PROTOCOL_MAGIC UINT64_C(0x314D48534D494449) /* "IDIMSHM1" in memory */
#define IDIOM_PROTOCOL_MAJOR 1u
#define IDIOM_PROTOCOL_MINOR 1u

/* Where fields lie, in bytes from the beginning of the file. */
enum {
    /* Written once by the plugin before the file gets its name. */
    IDIOM_AT_MAGIC = 0,           /* u64 */
    IDIOM_AT_MAJOR = 8,           /* u32 */
    IDIOM_AT_MINOR = 12,          /* u32 */
    IDIOM_AT_HEADER_BYTES = 16,   /* u32, IDIOM_HEADER_BYTES */
    IDIOM_AT_TO_ENGINE_BYTES = 20, /* u32, a power of two */
    IDIOM_AT_TO_PLUGIN_BYTES = 24, /* u32, a power of two */
    IDIOM_AT_PID = 28,            /* u32, of the host's process */
    IDIOM_AT_INSTANCE = 32,       /* u64, random */
    IDIOM_AT_SAMPLE_RATE = 40,    /* f64, frames a second */
    IDIOM_AT_HOST = 48,           /* 64 bytes of UTF-8, ended by 0 */

    /* Written by the plugin's audio thread. */
    IDIOM_AT_TO_ENGINE_TAIL = 128, /* u64, bytes since the beginning */
    IDIOM_AT_TO_PLUGIN_HEAD = 136, /* u64 */
    IDIOM_AT_ACCEPTED_EPOCH = 144, /* u64 */
    IDIOM_AT_ACCEPTED_TAIL = 152,  /* u64, where in the ring the epoch begins */
    IDIOM_AT_LAST_BLOCK_NS = 160,  /* i64, CLOCK_MONOTONIC */
    IDIOM_AT_LOST_TO_ENGINE = 168, /* u64, messages that found no room */
    IDIOM_AT_BLOCK_FRAMES = 176,   /* u32, the longest block so far */

    /* Written by the host's other threads through the plugin. */
    IDIOM_AT_MEMORY_WANTED = 192,   /* u64, counts requests to write down the song */
    IDIOM_AT_MEMORY_RESTORED = 200, /* u64, counts songs that were brought back */

    /* Written by the engine. */
    IDIOM_AT_TO_ENGINE_HEAD = 256, /* u64 */
    IDIOM_AT_TO_PLUGIN_TAIL = 264, /* u64 */
    IDIOM_AT_EPOCH = 272,          /* u64, 0: no engine */
    IDIOM_AT_HEARTBEAT_NS = 280,   /* i64, CLOCK_MONOTONIC */
    IDIOM_AT_SETTLED_UNTIL = 288,  /* i64, frame */
    IDIOM_AT_MEMORY_WRITTEN = 296, /* u64, the request that was obeyed last */
    IDIOM_AT_DELAY_FRAMES = 304,   /* i64, of the mode, at the tempo of now */
    IDIOM_AT_STATE = 312,          /* u32, enum idiom_engine_state */
    IDIOM_AT_PROGRAM = 316,        /* u32, of the preset that plays */
    IDIOM_AT_LATE_WINDOWS = 320,   /* u64 */
    IDIOM_AT_DROPPED = 328,        /* u64, messages */
    IDIOM_AT_ENGINE_PID = 336,     /* u32 */
    IDIOM_AT_OWN_PROGRAMS = 344,   /* 128 bits: programs that choose a preset */
    IDIOM_AT_OWN_CONTROLS = 360,   /* 128 bits: control changes that are knobs of the preset */
    IDIOM_AT_KNOWN_WINDOWS = 512,  /* 512 bits: windows of 64 steps that are played from memory */

    IDIOM_HEADER_BYTES = 4096
};

/* Rings of a file that this plugin makes. */
enum { IDIOM_TO_ENGINE_BYTES = 1 << 18, IDIOM_TO_PLUGIN_BYTES = 1 << 18 };

/* What the engine says of an instance. */
enum idiom_engine_state {
    IDIOM_ENGINE_LOADING = 0,        /* the networks are not warm yet; notes pass through */
    IDIOM_ENGINE_READY = 1,          /* plays */
    IDIOM_ENGINE_PRESET_MISSING = 2, /* no preset has the program that is wanted; notes pass through */
};

/* What a record of a ring is. A record is {u32 bytes, u16 kind, u16 length, i64 frame, payload}, filled up to 8 bytes;
 * a filler has no frame. */
enum idiom_record {
    IDIOM_FILLER = 0,    /* nothing, up to the end of the ring */
    IDIOM_MIDI = 1,      /* one message, `length` bytes, at a frame */
    IDIOM_TRANSPORT = 2, /* where the song is from a frame on: u32 flags, u32 0, f64 step, f64 steps a second */
    IDIOM_PARAMETER = 3, /* u32 parameter, u32 0, f64 value */
    IDIOM_END = 4,       /* all that was played before a frame has been told */
    IDIOM_RESTART = 5,   /* what was sent before and is not due yet is void: u32 jumps the sender knows of, u32 0 */
    IDIOM_ROUTE = 6,     /* what the plugin passes by itself from a frame on: u32 enum idiom_route, u32 0 */
    IDIOM_OVERTURE = 7,  /* how a passage begins: u32 place, u32 serial, f64 step, then {f64 step, 3 bytes, 5 of 0} each */
};

/* Passages whose beginning the plugin keeps, and the most messages of one. */
enum { IDIOM_OVERTURES = 4, IDIOM_OVERTURE_MESSAGES = 128 };

enum { IDIOM_RECORD_HEADER = 16, IDIOM_RECORD_ALIGNMENT = 8, IDIOM_LONGEST_MESSAGE = 16384 };

/* Flags of a transport. */
enum {
    IDIOM_TRANSPORT_KNOWN = 1,       /* the host says where the song is */
    IDIOM_TRANSPORT_ROLLING = 2,     /* it moves */
    IDIOM_TRANSPORT_FREEWHEELING = 4, /* the host does not wait for the clock, but for the plugin */
    IDIOM_TRANSPORT_JUMPED = 8,      /* it was started, stopped, or put elsewhere; an IDIOM_RESTART answers */
    IDIOM_TRANSPORT_PASSED = 16,     /* and the plugin passes what is played, to the end of the window there */
    IDIOM_TRANSPORT_OVERTURE = 16    /* so many bits to the left: the serial of the overture that the plugin plays, or 0 */
};

/* What the plugin passes by itself, at the very frame it was played. */
enum idiom_route {
    IDIOM_ROUTE_ANSWERED = 0,  /* nothing: all comes back with the answer */
    IDIOM_ROUTE_PASSED = 1,    /* everything: the song is being learnt */
    IDIOM_ROUTE_REMEMBERED = 2 /* everything but notes: the song is played from memory */
};

/* Parameters, with their ranges; what the presets say is always at 0 or at the neutral 1. */
enum idiom_parameter {
    IDIOM_PRESET = 0,      /* program number, 0..127 */
    IDIOM_MODE = 1,        /* 0 the preset's, 1 phrase, 2 follow, 3 instant, 4 timeline */
    IDIOM_HOP = 2,         /* 0 the preset's, 1 step, 2 beat, 3 bar */
    IDIOM_MIX = 3,         /* 0..1, of the preset's mix */
    IDIOM_THRESHOLD = 4,   /* -0.5..0.5, added to the preset's threshold */
    IDIOM_MELODY_LOCK = 5, /* 0 the preset's, 1 off, 2 on */
    IDIOM_KEY_LOCK = 6,    /* 0 the preset's, 1 off, 2 on */
    IDIOM_DENSITY = 7,     /* 0..2, times the preset's density limit */
    IDIOM_SWING = 8,       /* -0.25..0.25, added to the preset's swing */
    IDIOM_BYPASS = 9,      /* 0, 1 */
    IDIOM_COMPENSATE = 10, /* 0, 1: the host is told the delay of the mode */
    IDIOM_PARAMETERS = 11
};

#endif
