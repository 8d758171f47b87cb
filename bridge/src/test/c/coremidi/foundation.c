/* CoreFoundation: strings that are counted, and run loops, which carry CoreMIDI's notifications. */
#include "fake.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum { UTF8 = 0x08000100 };
enum { kCFRunLoopRunFinished = 1, kCFRunLoopRunTimedOut = 3 };

struct cf_run_loop {
    bool has_source; /* a loop without any returns at once */
};

struct notice {
    int32_t message;
    MIDIObjectRef object;
    struct notice *next;
};

static struct cf_string default_mode = {1, true, "kCFRunLoopDefaultMode"};
EXPORT const CFStringRef kCFRunLoopDefaultMode = &default_mode;

static pthread_cond_t noticed = PTHREAD_COND_INITIALIZER;
static struct notice *first_notice;
static struct notice **last_notice = &first_notice;
static CFRunLoopRef notified_loop; /* that on which the first client of the process was made */

EXPORT CFStringRef CFStringCreateWithCString(const void *allocator, const char *text, uint32_t encoding) {
    struct cf_string *string = malloc(sizeof *string);
    *string = (struct cf_string){1, false, strdup(text)};
    pthread_mutex_lock(&fake_lock);
    if (allocator || encoding != UTF8) {
        misuse("CFStringCreateWithCString: encoding", encoding);
    }
    count_string(1);
    pthread_mutex_unlock(&fake_lock);
    return string;
}

EXPORT CFIndex CFStringGetLength(CFStringRef string) {
    CFIndex units = 0; /* of UTF-16 */
    for (const unsigned char *at = (const unsigned char *)string->text; *at; at++) {
        units += (*at & 0xC0) != 0x80;
        units += *at >= 0xF0;
    }
    return units;
}

EXPORT CFIndex CFStringGetMaximumSizeForEncoding(CFIndex length, uint32_t encoding) {
    return encoding == UTF8 ? length * 3 : -1;
}

EXPORT Boolean CFStringGetCString(CFStringRef string, char *buffer, CFIndex size, uint32_t encoding) {
    if (encoding != UTF8 || (CFIndex)strlen(string->text) >= size) {
        return 0;
    }
    strcpy(buffer, string->text);
    return 1;
}

EXPORT void CFRelease(const void *object) {
    struct cf_string *string = (struct cf_string *)(uintptr_t)object;
    pthread_mutex_lock(&fake_lock);
    if (string->is_constant || string->references < 1) {
        misuse("CFRelease of what the caller does not own", string->references);
    } else if (--string->references == 0) {
        /* The memory stays, so that a second release is seen. */
        count_string(-1);
    }
    pthread_mutex_unlock(&fake_lock);
}

static pthread_key_t loop_key;
static pthread_once_t loop_once = PTHREAD_ONCE_INIT;

static void make_loop_key(void) {
    pthread_key_create(&loop_key, NULL);
}

CFRunLoopRef current_run_loop(void) {
    pthread_once(&loop_once, make_loop_key);
    CFRunLoopRef loop = pthread_getspecific(loop_key);
    if (!loop) {
        loop = calloc(1, sizeof *loop);
        pthread_setspecific(loop_key, loop);
    }
    return loop;
}

void run_loop_add_source(CFRunLoopRef loop) {
    if (!notified_loop) {
        notified_loop = loop;
        loop->has_source = true;
    }
}

/* Programs hear of it when their loop runs; before the first client there is none, and nothing to tell. */
void announce(int32_t message, MIDIObjectRef object) {
    if (!notified_loop) {
        object_at(object)->is_listed = object_at(object)->is_alive && !object_at(object)->offline;
        return;
    }
    struct notice *notice = malloc(sizeof *notice);
    *notice = (struct notice){message, object, NULL};
    *last_notice = notice;
    last_notice = &notice->next;
    pthread_cond_broadcast(&noticed);
}

static void call_all(const struct notice *notice) {
    MIDIObjectAddRemoveNotification message = {notice->message, sizeof message, 0, 0, notice->object, 0};
    struct object *object = object_at(notice->object);
    message.childType = object->kind == KIND_SOURCE ? kMIDIObjectType_Source : kMIDIObjectType_Destination;
    if (notice->message == kMIDIMsgSetupChanged) {
        message.messageSize = 8;
    }
    object->is_listed = object->is_alive && !object->offline;
    for (MIDIObjectRef ref = 1; ref < object_count(); ref++) {
        struct object *client = object_alive(ref, KIND_CLIENT);
        if (client && client->notify_proc) {
            MIDINotifyProc proc = client->notify_proc;
            void *ref_con = client->ref_con;
            pthread_mutex_unlock(&fake_lock);
            proc(&message, ref_con);
            pthread_mutex_lock(&fake_lock);
        }
    }
}

EXPORT int32_t CFRunLoopRunInMode(CFStringRef mode, CFTimeInterval seconds, Boolean return_after_source) {
    CFRunLoopRef loop = current_run_loop();
    struct timespec end;
    clock_gettime(CLOCK_REALTIME, &end);
    double nanoseconds = (seconds > 1e6 ? 1e6 : seconds) * 1e9 + (double)end.tv_nsec;
    end.tv_sec += (time_t)(nanoseconds / 1e9);
    end.tv_nsec = (long)(nanoseconds - 1e9 * (double)(time_t)(nanoseconds / 1e9));
    pthread_mutex_lock(&fake_lock);
    if (mode != kCFRunLoopDefaultMode || return_after_source) {
        misuse("CFRunLoopRunInMode: an unknown mode", return_after_source);
    }
    int32_t result = loop->has_source ? kCFRunLoopRunTimedOut : kCFRunLoopRunFinished;
    int waited = 0;
    while (loop->has_source && waited != ETIMEDOUT) {
        struct notice *notice = first_notice;
        if (notice) {
            first_notice = notice->next;
            if (!first_notice) {
                last_notice = &first_notice;
            }
            call_all(notice);
            free(notice);
        } else {
            waited = pthread_cond_timedwait(&noticed, &fake_lock, &end);
        }
    }
    pthread_mutex_unlock(&fake_lock);
    return result;
}
