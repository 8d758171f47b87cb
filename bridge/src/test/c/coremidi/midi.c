/* CoreMIDI's functions. */
#include "fake.h"

#include <stdlib.h>
#include <string.h>

#define PROPERTY(identifier, text)                          \
    static struct cf_string identifier##_ = {1, true, text}; \
    EXPORT const CFStringRef identifier = &identifier##_;

PROPERTY(kMIDIPropertyName, "name")
PROPERTY(kMIDIPropertyDisplayName, "displayName")
PROPERTY(kMIDIPropertyDriverOwner, "driver")
PROPERTY(kMIDIPropertyUniqueID, "uniqueID")
PROPERTY(kMIDIPropertyOffline, "offline")

struct connection {
    MIDIObjectRef source;
    MIDIObjectRef port;
    void *ref_con;
};

enum { MAX_CONNECTIONS = 256 };
static struct connection connections[MAX_CONNECTIONS];
static int connections_used;

int connection_count(void) {
    return connections_used;
}

void disconnect_all(MIDIObjectRef either) {
    int kept = 0;
    for (int i = 0; i < connections_used; i++) {
        if (connections[i].source != either && connections[i].port != either) {
            connections[kept++] = connections[i];
        }
    }
    connections_used = kept;
}

void deliver_from(MIDIObjectRef source, const MIDIPacketList *list) {
    for (int i = 0; i < connections_used; i++) {
        if (connections[i].source == source && !object_at(source)->offline) {
            struct object *port = object_at(connections[i].port);
            const MIDIPacket *packet = &list->packet[0];
            for (uint32_t p = 0; p < list->numPackets; p++) {
                deliver(source, 0, packet, port->read_proc, port->ref_con, connections[i].ref_con);
                packet = packet_after(packet);
            }
        }
    }
}

static OSStatus make(const char *function, enum object_kind kind, MIDIObjectRef client, CFStringRef name,
        MIDIReadProc proc, void *ref_con, MIDIObjectRef *out) {
    pthread_mutex_lock(&fake_lock);
    OSStatus status = failure_of(function);
    if (status == noErr && !object_alive(client, KIND_CLIENT)) {
        status = kMIDIInvalidClient;
    }
    if (name->references < 1) {
        misuse("a name that was released", name->references);
    }
    if (status == noErr) {
        *out = object_new(kind, client, name->text);
        object_at(*out)->read_proc = proc;
        object_at(*out)->ref_con = ref_con;
    }
    pthread_mutex_unlock(&fake_lock);
    return status;
}

EXPORT OSStatus MIDIClientCreate(CFStringRef name, MIDINotifyProc proc, void *ref_con, MIDIObjectRef *out) {
    CFRunLoopRef loop = current_run_loop();
    pthread_mutex_lock(&fake_lock);
    OSStatus status = failure_of("MIDIClientCreate");
    if (status == noErr) {
        *out = object_new(KIND_CLIENT, 0, name->text);
        object_at(*out)->notify_proc = proc;
        object_at(*out)->ref_con = ref_con;
        run_loop_add_source(loop);
    }
    pthread_mutex_unlock(&fake_lock);
    return status;
}

EXPORT OSStatus MIDIClientDispose(MIDIObjectRef client) {
    pthread_mutex_lock(&fake_lock);
    OSStatus status = object_alive(client, KIND_CLIENT) ? noErr : kMIDIInvalidClient;
    if (status == noErr) {
        object_end(client);
        for (MIDIObjectRef ref = 1; ref < object_count(); ref++) {
            if (object_at(ref)->client == client && object_at(ref)->is_alive) {
                object_end(ref);
            }
        }
    }
    pthread_mutex_unlock(&fake_lock);
    return status;
}

EXPORT OSStatus MIDIInputPortCreate(
        MIDIObjectRef client, CFStringRef name, MIDIReadProc proc, void *ref_con, MIDIObjectRef *out) {
    return make("MIDIInputPortCreate", KIND_IN_PORT, client, name, proc, ref_con, out);
}

EXPORT OSStatus MIDIOutputPortCreate(MIDIObjectRef client, CFStringRef name, MIDIObjectRef *out) {
    return make("MIDIOutputPortCreate", KIND_OUT_PORT, client, name, NULL, NULL, out);
}

EXPORT OSStatus MIDISourceCreate(MIDIObjectRef client, CFStringRef name, MIDIObjectRef *out) {
    return make("MIDISourceCreate", KIND_SOURCE, client, name, NULL, NULL, out);
}

EXPORT OSStatus MIDIDestinationCreate(
        MIDIObjectRef client, CFStringRef name, MIDIReadProc proc, void *ref_con, MIDIObjectRef *out) {
    return make("MIDIDestinationCreate", KIND_DESTINATION, client, name, proc, ref_con, out);
}

EXPORT OSStatus MIDIPortDispose(MIDIObjectRef port) {
    pthread_mutex_lock(&fake_lock);
    OSStatus status = object_alive(port, KIND_IN_PORT) || object_alive(port, KIND_OUT_PORT) ? noErr : kMIDIInvalidPort;
    if (status == noErr) {
        object_end(port);
    }
    pthread_mutex_unlock(&fake_lock);
    return status;
}

static struct object *endpoint(MIDIObjectRef ref) {
    struct object *source = object_alive(ref, KIND_SOURCE);
    return source ? source : object_alive(ref, KIND_DESTINATION);
}

EXPORT OSStatus MIDIEndpointDispose(MIDIObjectRef ref) {
    pthread_mutex_lock(&fake_lock);
    OSStatus status = endpoint(ref) && !endpoint(ref)->is_hardware ? noErr : kMIDIUnknownEndpoint;
    if (status == noErr) {
        object_end(ref);
    }
    pthread_mutex_unlock(&fake_lock);
    return status;
}

EXPORT OSStatus MIDIPortConnectSource(MIDIObjectRef port, MIDIObjectRef source, void *ref_con) {
    pthread_mutex_lock(&fake_lock);
    OSStatus status = failure_of("MIDIPortConnectSource");
    if (status == noErr) {
        status = !object_alive(port, KIND_IN_PORT) ? kMIDIInvalidPort
                : !endpoint(source)                ? kMIDIUnknownEndpoint
                : endpoint(source)->kind != KIND_SOURCE ? kMIDIWrongEndpointType
                                                        : noErr;
    }
    if (status == noErr && connections_used < MAX_CONNECTIONS) {
        connections[connections_used++] = (struct connection){source, port, ref_con};
    }
    pthread_mutex_unlock(&fake_lock);
    return status;
}

EXPORT OSStatus MIDIPortDisconnectSource(MIDIObjectRef port, MIDIObjectRef source) {
    pthread_mutex_lock(&fake_lock);
    OSStatus status = kMIDINoConnection;
    for (int i = 0; i < connections_used; i++) {
        if (connections[i].source == source && connections[i].port == port) {
            connections[i] = connections[--connections_used];
            status = noErr;
            break;
        }
    }
    pthread_mutex_unlock(&fake_lock);
    return status;
}

static ItemCount find(enum object_kind kind, ItemCount index, MIDIObjectRef *out) {
    ItemCount count = 0;
    pthread_mutex_lock(&fake_lock);
    for (MIDIObjectRef ref = 1; ref < object_count(); ref++) {
        struct object *object = object_at(ref);
        /* What has gone is listed until the run loop has told. */
        bool is_there = object->is_listed && (object->is_alive || object->is_hardware);
        if (object->kind == kind && is_there && count++ == index) {
            *out = ref;
        }
    }
    pthread_mutex_unlock(&fake_lock);
    return count;
}

EXPORT ItemCount MIDIGetNumberOfSources(void) {
    MIDIObjectRef ignored;
    return find(KIND_SOURCE, MAX_OBJECTS, &ignored);
}

EXPORT MIDIObjectRef MIDIGetSource(ItemCount index) {
    MIDIObjectRef found = 0;
    find(KIND_SOURCE, index, &found);
    return found;
}

EXPORT ItemCount MIDIGetNumberOfDestinations(void) {
    MIDIObjectRef ignored;
    return find(KIND_DESTINATION, MAX_OBJECTS, &ignored);
}

EXPORT MIDIObjectRef MIDIGetDestination(ItemCount index) {
    MIDIObjectRef found = 0;
    find(KIND_DESTINATION, index, &found);
    return found;
}

EXPORT OSStatus MIDIEndpointGetEntity(MIDIObjectRef ref, MIDIObjectRef *entity) {
    pthread_mutex_lock(&fake_lock);
    struct object *object = endpoint(ref);
    OSStatus status = !object ? kMIDIUnknownEndpoint : object->is_hardware ? noErr : kMIDIObjectNotFound;
    *entity = status == noErr ? 0x40000000 + ref : 0;
    pthread_mutex_unlock(&fake_lock);
    return status;
}

EXPORT OSStatus MIDIObjectGetIntegerProperty(MIDIObjectRef ref, CFStringRef property, int32_t *value) {
    pthread_mutex_lock(&fake_lock);
    struct object *object = object_at(ref);
    OSStatus status = noErr;
    if (!object || !object->is_alive) {
        status = kMIDIObjectNotFound;
    } else if (property == kMIDIPropertyUniqueID) {
        *value = object->unique_id;
    } else if (property == kMIDIPropertyOffline && object->is_hardware) {
        *value = object->offline;
    } else {
        status = kMIDIUnknownProperty;
    }
    pthread_mutex_unlock(&fake_lock);
    return status;
}

EXPORT OSStatus MIDIObjectSetIntegerProperty(MIDIObjectRef ref, CFStringRef property, int32_t value) {
    pthread_mutex_lock(&fake_lock);
    OSStatus status = property == kMIDIPropertyUniqueID ? noErr : kMIDIUnknownProperty;
    for (MIDIObjectRef other = 1; other < object_count(); other++) {
        if (other != ref && object_at(other)->is_alive && object_at(other)->unique_id == value) {
            status = kMIDIIDNotUnique;
        }
    }
    if (status == noErr) {
        object_at(ref)->unique_id = value;
    }
    pthread_mutex_unlock(&fake_lock);
    return status;
}

EXPORT OSStatus MIDIObjectGetStringProperty(MIDIObjectRef ref, CFStringRef property, CFStringRef *value) {
    pthread_mutex_lock(&fake_lock);
    struct object *object = object_at(ref);
    const char *text = !object || !object->is_alive        ? NULL
            : property == kMIDIPropertyName        ? object->name
            : property == kMIDIPropertyDisplayName ? object->display_name
            : property == kMIDIPropertyDriverOwner ? object->driver
                                                   : NULL;
    OSStatus status = text ? noErr : !object || !object->is_alive ? kMIDIObjectNotFound : kMIDIUnknownProperty;
    if (text) {
        struct cf_string *string = malloc(sizeof *string);
        *string = (struct cf_string){1, false, strdup(text)};
        count_string(1);
        *value = string;
    }
    pthread_mutex_unlock(&fake_lock);
    return status;
}

EXPORT OSStatus MIDISend(MIDIObjectRef port, MIDIObjectRef ref, const MIDIPacketList *list) {
    pthread_mutex_lock(&fake_lock);
    struct object *destination = object_alive(ref, KIND_DESTINATION);
    OSStatus status = failure_of("MIDISend");
    if (status == noErr) {
        status = !object_alive(port, KIND_OUT_PORT) ? kMIDIInvalidPort
                : destination                       ? noErr
                : endpoint(ref)                     ? kMIDIWrongEndpointType
                                                    : kMIDIUnknownEndpoint;
    }
    if (status == noErr) {
        check_list(list, "MIDISend");
        const MIDIPacket *packet = &list->packet[0];
        for (uint32_t i = 0; i < list->numPackets; i++) {
            deliver(ref, packet->timeStamp, packet, destination->read_proc, destination->ref_con, NULL);
            packet = packet_after(packet);
        }
    }
    pthread_mutex_unlock(&fake_lock);
    return status;
}

/* Readers get it at once, whatever its stamps say. */
EXPORT OSStatus MIDIReceived(MIDIObjectRef ref, const MIDIPacketList *list) {
    MIDITimeStamp now = host_time();
    pthread_mutex_lock(&fake_lock);
    OSStatus status = failure_of("MIDIReceived");
    if (status == noErr && !object_alive(ref, KIND_SOURCE)) {
        status = kMIDIUnknownEndpoint;
    }
    if (status == noErr) {
        check_list(list, "MIDIReceived");
        deliver_from(ref, list);
        const MIDIPacket *packet = &list->packet[0];
        for (uint32_t i = 0; i < list->numPackets; i++) {
            if (packet->timeStamp == 0) {
                misuse("MIDIReceived: a stamp of 0 is not now", 0);
            }
            note_down(ref, now, packet);
            packet = packet_after(packet);
        }
    }
    pthread_mutex_unlock(&fake_lock);
    return status;
}

EXPORT OSStatus MIDIFlushOutput(MIDIObjectRef ref) {
    pthread_mutex_lock(&fake_lock);
    forget(ref);
    pthread_mutex_unlock(&fake_lock);
    return noErr;
}
