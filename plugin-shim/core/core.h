/* An instance of the plugin, inside. */
#ifndef IDIOM_CORE_H
#define IDIOM_CORE_H

#include <pthread.h>
#include <stdatomic.h>

#include "due.h"
#include "idiom.h"
#include "overture.h"
#include "ring.h"
#include "shared_file.h"
#include "sounding.h"

/* A route that the engine has announced. */
typedef struct {
    int64_t frame;
    uint32_t route;
} idiom_route_ahead;

/* A thread of the host's. */
typedef struct {
    pthread_t id;
    uint32_t standing; /* how often it has called while the song stood, as far as that counts */
} idiom_thread;

enum { IDIOM_ROUTES_AHEAD = 16, IDIOM_THREADS = 64 };

struct idiom_core {
    /* Fixed from idiom_core_open on. */
    double rate;               /* frames a second */
    idiom_shared_file shared;  /* without a base if none could be shared */

    /* Of the audio thread. */
    idiom_ring_writer to_engine;
    idiom_ring_reader to_plugin;
    int64_t frame;             /* the first of the block, counted from the first that was ever processed */
    uint32_t frames;           /* of the block */
    uint32_t longest_block;
    idiom_sink sink;           /* of the block, as what follows */
    void *context;
    uint32_t sent;             /* the offset that was sent last */
    idiom_transport transport; /* as of `transport_frame` */
    int64_t transport_frame;
    uint32_t jumps;            /* how often the song was started, stopped or put elsewhere */
    bool owes_jump;            /* the engine could not be told of the last one */
    uint32_t known_jumps;      /* of how many the engine knew when it sent what is read now */
    uint64_t epoch;            /* the engine that was accepted, 0 for none */
    uint64_t broken_epoch;     /* the engine that wrote what is no record, and is not listened to any more */
    bool is_fresh;             /* that engine's heart beats */
    bool is_answering;         /* what leaves is the engine's, and not what was played */
    bool is_bypassed;
    bool has_told;             /* the engine has been told of the end of a block */
    bool is_tired;             /* it has waited for an answer that never came, and waits no more while it renders */
    bool was_waited_for;       /* a rendering host has waited for the engine to come up */
    idiom_thread threads[IDIOM_THREADS]; /* that the host has called in */
    uint32_t thread_count;
    bool has_familiar;         /* one of them plays by the clock */
    const idiom_thread *doubtful; /* the host plays in this one, which may render; or NULL */
    int64_t doubt_frame;       /* where that began */
    int64_t doubt_ns;          /* and when */
    double told[IDIOM_PARAMETERS]; /* what the engine knows */
    uint32_t seen_restores;
    uint32_t seen_program;     /* what the engine said last that it plays */
    bool awaits_program;       /* it was told of another preset, and has not said yet that it plays it */
    int64_t programs_from;     /* program changes are obeyed from this frame on: not just after a state came back */
    uint32_t route;            /* enum idiom_route */
    idiom_route_ahead routes[IDIOM_ROUTES_AHEAD];
    uint32_t route_count;
    idiom_overture overtures[IDIOM_OVERTURES];
    bool plays_overture;       /* since the last jump, which the engine has not answered yet */
    uint8_t passed[16][128];   /* note-ons that were passed on this way and not ended yet */
    int64_t passed_until;      /* when the last leaves that passes, however it passes */
    uint16_t banks[16];
    uint8_t message[IDIOM_LONGEST_MESSAGE];
    idiom_due due;
    idiom_sounding sounding;

    /* Between threads. */
    _Atomic uint64_t parameters[IDIOM_PARAMETERS]; /* bits of doubles: what the host set, and shows and saves */
    _Atomic uint64_t modulations[IDIOM_PARAMETERS]; /* the same of what it adds to that for now */
    _Atomic uint32_t status;                       /* idiom_status */
    _Atomic bool wants_reset;
    _Atomic uint64_t late;    /* messages that left after their frame */
    _Atomic uint64_t dropped; /* messages that were none, or found no room */
    _Atomic uint32_t restores; /* how often a state came back */

    /* Of the main thread. */
    char host[64];
    char problem[256];
    char preset_name[64]; /* what the state named, kept if it is not installed */
    char preset_hash[65];

    /* The thread that looks after the engine. */
    pthread_t keeper;
    bool has_keeper;
    _Atomic bool expects_engine; /* one runs, or can be started */
    pthread_mutex_t keeper_lock;
    pthread_cond_t keeper_wake;
    bool keeper_quits;
};

/* A parameter's bits. */
double idiom_parameter_load(const idiom_core *core, uint32_t parameter);
void idiom_parameter_store(idiom_core *core, uint32_t parameter, double value);

/* What the engine is told: the value with what is added to it, within the range. */
double idiom_parameter_in_effect(const idiom_core *core, uint32_t parameter);

/* Starts and ends the thread that sees to it that an engine runs. [main] */
void idiom_keeper_start(idiom_core *core);
void idiom_keeper_stop(idiom_core *core);

/* Time that both sides of the file share, in nanoseconds. [any] */
int64_t idiom_monotonic_ns(void);

#endif
