/*
 * One thread of CoreMIDI's own: it calls read procs, and lets go what was sent when it is due. What leaves the process, to
 * hardware or through a virtual source, is noted down for the test.
 */
#include "fake.h"

#include <stdlib.h>
#include <string.h>
#include <time.h>

struct pending {
    MIDIObjectRef endpoint;
    MIDITimeStamp due;
    MIDIReadProc proc; /* NULL: to hardware */
    void *ref_con;
    void *connection;
    struct pending *next;
    char list[]; /* a MIDIPacketList of one packet */
};

struct entry {
    MIDIObjectRef endpoint;
    MIDITimeStamp at;
    MIDITimeStamp stamp;
    uint16_t length;
    uint8_t *bytes;
};

static pthread_cond_t queued = PTHREAD_COND_INITIALIZER;
static struct pending *queue; /* in the order of due times, of equal ones in that of arrival */
static bool is_running;
static struct entry *entries;
static size_t entry_count;
static size_t entry_room;

void note_down(MIDIObjectRef endpoint, MIDITimeStamp at, const MIDIPacket *packet) {
    if (entry_count == entry_room) {
        entry_room = entry_room ? entry_room * 2 : 1024;
        entries = realloc(entries, entry_room * sizeof *entries);
    }
    struct entry *entry = &entries[entry_count++];
    *entry = (struct entry){endpoint, at, packet->timeStamp, packet->length, malloc(packet->length + 1u)};
    memcpy(entry->bytes, packet->data, packet->length);
}

static void let_go(struct pending *one) {
    const MIDIPacketList *list = (const MIDIPacketList *)one->list;
    if (one->proc) {
        pthread_mutex_unlock(&fake_lock);
        one->proc(list, one->ref_con, one->connection);
        pthread_mutex_lock(&fake_lock);
    } else {
        note_down(one->endpoint, host_time(), &list->packet[0]);
    }
    free(one);
}

static void wait_for(MIDITimeStamp due) {
    uint64_t now = host_time();
    uint64_t nanoseconds = due > now ? (due - now) * 125 / 3 : 0;
    struct timespec end;
    clock_gettime(CLOCK_REALTIME, &end);
    nanoseconds += (uint64_t)end.tv_nsec;
    end.tv_sec += (time_t)(nanoseconds / 1000000000u);
    end.tv_nsec = (long)(nanoseconds % 1000000000u);
    pthread_cond_timedwait(&queued, &fake_lock, &end);
}

static void *run(void *unused) {
    pthread_mutex_lock(&fake_lock);
    while (true) {
        struct pending *one = queue;
        if (!one) {
            pthread_cond_wait(&queued, &fake_lock);
        } else if (one->due > host_time()) {
            wait_for(one->due);
        } else {
            queue = one->next;
            let_go(one);
        }
    }
    return unused;
}

void deliver(MIDIObjectRef endpoint, MIDITimeStamp due, const MIDIPacket *packet, MIDIReadProc proc, void *ref_con,
        void *connection) {
    size_t size = sizeof(uint32_t) + offsetof(MIDIPacket, data) + packet->length;
    struct pending *one = calloc(1, sizeof *one + size + 8);
    *one = (struct pending){endpoint, due, proc, ref_con, connection, NULL};
    ((MIDIPacketList *)one->list)->numPackets = 1;
    memcpy(one->list + sizeof(uint32_t), packet, size - sizeof(uint32_t));
    struct pending **at = &queue;
    while (*at && (*at)->due <= due) {
        at = &(*at)->next;
    }
    one->next = *at;
    *at = one;
    if (!is_running) {
        pthread_t thread;
        is_running = pthread_create(&thread, NULL, run, NULL) == 0;
    }
    pthread_cond_signal(&queued);
}

void forget(MIDIObjectRef endpoint) {
    struct pending **at = &queue;
    while (*at) {
        struct pending *one = *at;
        if (endpoint == 0 || one->endpoint == endpoint) {
            *at = one->next;
            free(one);
        } else {
            at = &one->next;
        }
    }
}

/* Sends a list whose packets lie as they do on this kind of processor, to all that listen to a source or to a destination. */
EXPORT void fake_send_list(MIDIObjectRef to, const MIDIPacketList *list) {
    pthread_mutex_lock(&fake_lock);
    struct object *destination = object_alive(to, KIND_DESTINATION);
    if (destination) {
        /* As another program's MIDISend to a virtual destination: at the time of its stamp, 0 being now. */
        const MIDIPacket *packet = &list->packet[0];
        for (uint32_t i = 0; i < list->numPackets; i++) {
            deliver(to, packet->timeStamp, packet, destination->read_proc, destination->ref_con, NULL);
            packet = packet_after(packet);
        }
    } else {
        deliver_from(to, list);
    }
    pthread_mutex_unlock(&fake_lock);
}

/* How much waits to be let go. */
EXPORT long fake_waiting(void) {
    long count = 0;
    pthread_mutex_lock(&fake_lock);
    for (const struct pending *one = queue; one; one = one->next) {
        count++;
    }
    pthread_mutex_unlock(&fake_lock);
    return count;
}

EXPORT long fake_noted(void) {
    pthread_mutex_lock(&fake_lock);
    long count = (long)entry_count;
    pthread_mutex_unlock(&fake_lock);
    return count;
}

/* What left: {endpoint, when, stamp}; returns its length, of which at most room bytes are copied. */
EXPORT int fake_note(long index, uint64_t *about, uint8_t *bytes, int room) {
    pthread_mutex_lock(&fake_lock);
    const struct entry *entry = &entries[index];
    about[0] = entry->endpoint;
    about[1] = entry->at;
    about[2] = entry->stamp;
    memcpy(bytes, entry->bytes, entry->length < room ? entry->length : (size_t)room);
    int length = entry->length;
    pthread_mutex_unlock(&fake_lock);
    return length;
}

EXPORT void fake_forget_notes(void) {
    pthread_mutex_lock(&fake_lock);
    for (size_t i = 0; i < entry_count; i++) {
        free(entries[i].bytes);
    }
    entry_count = 0;
    pthread_mutex_unlock(&fake_lock);
}
