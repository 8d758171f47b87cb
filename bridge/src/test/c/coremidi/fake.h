/*
 * A stand-in for Apple's CoreMIDI, CoreFoundation and mach clock, as far as Idiom uses them, with the layouts and the
 * documented behaviour of the real ones (MIDIServices.h, CFString.h, CFRunLoop.h, mach_time.h). One process holds all of it: what
 * is a server and other programs on a Mac are the functions fake_... here.
 */
#ifndef IDIOM_FAKE_H
#define IDIOM_FAKE_H

#include <pthread.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define EXPORT __attribute__((visibility("default")))

typedef int32_t OSStatus;
typedef unsigned char Boolean;
typedef long CFIndex;
typedef unsigned long ItemCount;
typedef double CFTimeInterval;
typedef const struct cf_string *CFStringRef;
typedef struct cf_run_loop *CFRunLoopRef;
typedef uint32_t MIDIObjectRef;
typedef uint64_t MIDITimeStamp;

#pragma pack(push, 4)
typedef struct {
    MIDITimeStamp timeStamp;
    uint16_t length;
    uint8_t data[256];
} MIDIPacket;

typedef struct {
    uint32_t numPackets;
    MIDIPacket packet[1];
} MIDIPacketList;
#pragma pack(pop)

_Static_assert(sizeof(MIDIPacket) == 268, "as on a Mac");
_Static_assert(sizeof(MIDIPacketList) == 272, "as on a Mac");
_Static_assert(offsetof(MIDIPacket, data) == 10, "as on a Mac");

typedef struct {
    int32_t messageID;
    uint32_t messageSize;
    MIDIObjectRef parent;
    int32_t parentType;
    MIDIObjectRef child;
    int32_t childType;
} MIDIObjectAddRemoveNotification;

typedef void (*MIDINotifyProc)(const void *message, void *refCon);
typedef void (*MIDIReadProc)(const MIDIPacketList *list, void *readProcRefCon, void *srcConnRefCon);

enum {
    noErr = 0,
    kMIDIInvalidClient = -10830,
    kMIDIInvalidPort = -10831,
    kMIDIWrongEndpointType = -10832,
    kMIDINoConnection = -10833,
    kMIDIUnknownEndpoint = -10834,
    kMIDIUnknownProperty = -10835,
    kMIDIObjectNotFound = -10842,
    kMIDIIDNotUnique = -10843
};

enum { kMIDIMsgSetupChanged = 1, kMIDIMsgObjectAdded = 2, kMIDIMsgObjectRemoved = 3 };

enum { kMIDIObjectType_Source = 2, kMIDIObjectType_Destination = 3 };

/* CFString: a text and how many hold it. Those of the frameworks themselves live for ever. */
struct cf_string {
    int references;
    bool is_constant;
    char *text; /* UTF-8, with a 0 */
};

enum object_kind { KIND_CLIENT, KIND_IN_PORT, KIND_OUT_PORT, KIND_SOURCE, KIND_DESTINATION, KIND_COUNT };

/* Anything that has a MIDIObjectRef. */
struct object {
    enum object_kind kind;
    bool is_alive;
    bool is_listed; /* whether programs see it: they learn of changes through their run loop */
    bool is_hardware; /* of a driver; the others are this process's virtual endpoints, ports and clients */
    MIDIObjectRef client; /* who made it, 0 for a driver */
    char *name;
    char *display_name; /* NULL if it has none */
    char *driver; /* of hardware: the name of its driver */
    int32_t unique_id;
    int32_t offline;
    MIDIReadProc read_proc; /* of input ports and virtual destinations */
    MIDINotifyProc notify_proc; /* of clients */
    void *ref_con;
};

/* fake.c: one lock for everything, what exists, and what was done wrong. */
enum { MAX_OBJECTS = 4096 };

extern pthread_mutex_t fake_lock;

struct object *object_at(MIDIObjectRef ref); /* NULL if there never was one */
struct object *object_alive(MIDIObjectRef ref, enum object_kind kind); /* NULL if it is none of these */
MIDIObjectRef object_count(void);
MIDIObjectRef object_new(enum object_kind kind, MIDIObjectRef client, const char *name);
void object_end(MIDIObjectRef ref);
void misuse(const char *what, long detail); /* a call that a real framework may answer with anything */
OSStatus failure_of(const char *function); /* what a test wants this function to answer; noErr for its own answer */
void count_string(int more);

/* packets.c: lists of packets. */
extern bool fake_is_aligned;
const MIDIPacket *packet_after(const MIDIPacket *packet);
void check_list(const MIDIPacketList *list, const char *function);

/* delivery.c: the thread that calls read procs, and lets go what was sent when it is due. */
void deliver(MIDIObjectRef endpoint, MIDITimeStamp due, const MIDIPacket *packet, MIDIReadProc proc, void *ref_con,
        void *connection);
void forget(MIDIObjectRef endpoint);
void note_down(MIDIObjectRef endpoint, MIDITimeStamp at, const MIDIPacket *packet);

/* connections, in midi.c. */
void deliver_from(MIDIObjectRef source, const MIDIPacketList *list);
void disconnect_all(MIDIObjectRef either);
int connection_count(void);

/* foundation.c */
CFRunLoopRef current_run_loop(void);
void run_loop_add_source(CFRunLoopRef loop);
void announce(int32_t message, MIDIObjectRef object);

uint64_t host_time(void);

#endif
