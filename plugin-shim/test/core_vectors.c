/* The golden vectors: what this side writes is what they say, and it reads them back. */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core_check.h"
#include "core_rig.h"
#include "core_test.h"
#include "ring.h"

enum { MOST_RECORDS = 64, MOST_BYTES = 256, MOST_WORDS = 8, LONGEST_LINE = 2048 };

/* A record of the file. */
typedef struct {
    char name[64];
    uint16_t kind;
    int64_t frame;
    uint8_t payload[MOST_BYTES];
    uint16_t length;
} vector_record;

static vector_record records[MOST_RECORDS];
static size_t record_count;
static unsigned field_count;
static unsigned ring_count;

/* Where protocol.h says that a field lies, and how long it is. */
static const struct {
    const char *name;
    size_t at;
    size_t bytes;
} layout[] = {
        {"magic", IDIOM_AT_MAGIC, 8},
        {"major", IDIOM_AT_MAJOR, 4},
        {"minor", IDIOM_AT_MINOR, 4},
        {"header_bytes", IDIOM_AT_HEADER_BYTES, 4},
        {"to_engine_bytes", IDIOM_AT_TO_ENGINE_BYTES, 4},
        {"to_plugin_bytes", IDIOM_AT_TO_PLUGIN_BYTES, 4},
        {"pid", IDIOM_AT_PID, 4},
        {"instance", IDIOM_AT_INSTANCE, 8},
        {"sample_rate", IDIOM_AT_SAMPLE_RATE, 8},
        {"host", IDIOM_AT_HOST, 64},
        {"to_engine_tail", IDIOM_AT_TO_ENGINE_TAIL, 8},
        {"to_plugin_head", IDIOM_AT_TO_PLUGIN_HEAD, 8},
        {"accepted_epoch", IDIOM_AT_ACCEPTED_EPOCH, 8},
        {"accepted_tail", IDIOM_AT_ACCEPTED_TAIL, 8},
        {"last_block_ns", IDIOM_AT_LAST_BLOCK_NS, 8},
        {"lost_to_engine", IDIOM_AT_LOST_TO_ENGINE, 8},
        {"block_frames", IDIOM_AT_BLOCK_FRAMES, 4},
        {"memory_wanted", IDIOM_AT_MEMORY_WANTED, 8},
        {"memory_restored", IDIOM_AT_MEMORY_RESTORED, 8},
        {"to_engine_head", IDIOM_AT_TO_ENGINE_HEAD, 8},
        {"to_plugin_tail", IDIOM_AT_TO_PLUGIN_TAIL, 8},
        {"epoch", IDIOM_AT_EPOCH, 8},
        {"heartbeat_ns", IDIOM_AT_HEARTBEAT_NS, 8},
        {"settled_until", IDIOM_AT_SETTLED_UNTIL, 8},
        {"memory_written", IDIOM_AT_MEMORY_WRITTEN, 8},
        {"delay_frames", IDIOM_AT_DELAY_FRAMES, 8},
        {"state", IDIOM_AT_STATE, 4},
        {"program", IDIOM_AT_PROGRAM, 4},
        {"late_windows", IDIOM_AT_LATE_WINDOWS, 8},
        {"dropped", IDIOM_AT_DROPPED, 8},
        {"engine_pid", IDIOM_AT_ENGINE_PID, 4},
        {"own_programs", IDIOM_AT_OWN_PROGRAMS, 16},
        {"own_controls", IDIOM_AT_OWN_CONTROLS, 16},
        {"known_windows", IDIOM_AT_KNOWN_WINDOWS, 64},
};
enum { FIELDS = sizeof layout / sizeof layout[0] };

/* ---- fields ---- */

/* What this machine makes of a value; how many bytes. */
static size_t encode(const char *type, const char *value, uint8_t *bytes) {
    memset(bytes, 0, MOST_BYTES);
    if (strcmp(type, "u32") == 0) {
        uint32_t number = (uint32_t)strtoul(value, NULL, 10);
        memcpy(bytes, &number, 4);
        return 4;
    }
    if (strcmp(type, "text") == 0) {
        memcpy(bytes, value, strnlen(value, 63));
        return 64;
    }
    if (strcmp(type, "f64") == 0) {
        double number = strtod(value, NULL);
        memcpy(bytes, &number, 8);
        return 8;
    }
    if (strcmp(type, "bits") == 0) {
        uint64_t words[MOST_WORDS] = {0};
        for (const char *at = value; at != NULL && *at != '\0'; at = strchr(at, ',') == NULL ? NULL : strchr(at, ',') + 1) {
            unsigned long bit = strtoul(at, NULL, 10);
            words[bit / 64 % MOST_WORDS] |= UINT64_C(1) << (bit % 64);
        }
        memcpy(bytes, words, sizeof words);
        return sizeof words;
    }
    uint64_t number = value[0] == '-' ? (uint64_t)strtoll(value, NULL, 10) : strtoull(value, NULL, 10);
    memcpy(bytes, &number, 8);
    return 8;
}

static void check_field(char *const *words) {
    uint8_t expected[MOST_BYTES];
    uint8_t actual[MOST_BYTES];
    long bytes = read_hex(words[3], expected, sizeof expected);
    size_t made = encode(words[4], words[5], actual);
    check(bytes > 0 && (size_t)bytes <= made && memcmp(expected, actual, (size_t)bytes) == 0, "field %s: bytes", words[1]);
    size_t found = FIELDS;
    for (size_t i = 0; i < FIELDS; i++) {
        found = strcmp(layout[i].name, words[1]) == 0 ? i : found;
    }
    check(found < FIELDS, "field %s is not known", words[1]);
    if (found < FIELDS) {
        check(layout[found].at == strtoul(words[2], NULL, 10), "field %s: offset=%zu", words[1], layout[found].at);
        check(layout[found].bytes == (size_t)bytes, "field %s: bytes=%zu", words[1], layout[found].bytes);
    }
    field_count++;
}

/* What a new file has in the fields that are the same in every one. */
static void check_new_file(char *const *words, const rig *plugin) {
    static const char *const constant[] = {"magic", "major", "minor", "header_bytes", "to_engine_bytes", "to_plugin_bytes"};
    for (size_t i = 0; i < sizeof constant / sizeof constant[0]; i++) {
        if (strcmp(words[1], constant[i]) == 0) {
            char hex[2 * 8 + 1];
            write_hex(hex, plugin->engine.base + strtoul(words[2], NULL, 10), strlen(words[3]) / 2);
            check_text(words[1], hex, words[3]);
        }
    }
}

/* ---- records and rings ---- */

/* Both sides of a ring. */
typedef struct {
    _Alignas(8) uint8_t bytes[MOST_BYTES];
    idiom_shared_word head;
    idiom_shared_word tail;
    idiom_ring_writer writer;
    idiom_ring_reader reader;
} both;

static void begin(both *ring, uint32_t size, uint64_t start) {
    memset(ring, 0, sizeof *ring);
    ring->head = start;
    ring->tail = start;
    ring->writer = (idiom_ring_writer){ring->bytes, size, &ring->head, &ring->tail, start};
    ring->reader = (idiom_ring_reader){ring->bytes, size, &ring->tail, &ring->head, start};
}

static void put(both *ring, const vector_record *record) {
    check(idiom_ring_write(&ring->writer, 0, record->kind, record->frame, record->payload, record->length),
          "record %s has room", record->name);
    idiom_ring_publish(&ring->writer);
}

static void check_read(both *ring, const vector_record *record) {
    idiom_ring_record read;
    bool is_read = idiom_ring_peek(&ring->reader, &read) == IDIOM_RING_RECORD;
    check(is_read && read.kind == record->kind && read.frame == record->frame && read.length == record->length
                  && memcmp(read.payload, record->payload, record->length) == 0,
          "record %s is read back", record->name);
    if (is_read) {
        idiom_ring_take(&ring->reader, &read);
    }
}

static void check_record(char *const *words) {
    vector_record *record = &records[record_count];
    long length = read_hex(words[4], record->payload, sizeof record->payload);
    check(record_count + 1 < MOST_RECORDS && length >= 0, "record %s", words[1]);
    if (record_count + 1 >= MOST_RECORDS || length < 0) {
        return;
    }
    record_count++;
    snprintf(record->name, sizeof record->name, "%s", words[1]);
    record->kind = (uint16_t)strtoul(words[2], NULL, 10);
    record->frame = strtoll(words[3], NULL, 10);
    record->length = (uint16_t)length;
    both ring;
    char hex[2 * MOST_BYTES + 1];
    begin(&ring, MOST_BYTES, 0);
    put(&ring, record);
    write_hex(hex, ring.bytes, ring.tail);
    check_text(record->name, hex, words[5]);
    begin(&ring, MOST_BYTES, 0);
    ring.tail = (uint64_t)read_hex(words[5], ring.bytes, sizeof ring.bytes);
    check_read(&ring, record);
}

static const vector_record *record_of(const char *name, size_t length) {
    for (size_t i = 0; i < record_count; i++) {
        if (strlen(records[i].name) == length && memcmp(records[i].name, name, length) == 0) {
            return &records[i];
        }
    }
    check(false, "there is no record %s", name);
    return NULL;
}

static void check_ring(char *const *words) {
    uint32_t size = (uint32_t)strtoul(words[2], NULL, 10);
    uint64_t start = strtoull(words[3], NULL, 10);
    both written;
    both read;
    begin(&written, size, start);
    begin(&read, size, start);
    check(read_hex(words[6], read.bytes, size) == (long)size, "ring %s: size", words[1]);
    read.tail = strtoull(words[4], NULL, 10);
    for (const char *name = words[5]; *name != '\0';) {
        size_t length = strcspn(name, ",");
        const vector_record *record = record_of(name, length);
        if (record == NULL) {
            return;
        }
        put(&written, record);
        check_read(&read, record);
        name += length + (name[length] == ',' ? 1 : 0);
    }
    char hex[2 * MOST_BYTES + 1];
    write_hex(hex, written.bytes, size);
    check_text(words[1], hex, words[6]);
    check(written.tail == read.tail, "ring %s: tail=%" PRIu64, words[1], (uint64_t)written.tail);
    idiom_ring_record more;
    check(idiom_ring_peek(&read.reader, &more) == IDIOM_RING_EMPTY && read.head == read.tail, "ring %s: all is read", words[1]);
    ring_count++;
}

/* ---- the file ---- */

static void check_line(char *line, const rig *plugin) {
    char *words[MOST_WORDS];
    size_t count = 0;
    char *rest = NULL;
    for (char *word = strtok_r(line, " \n", &rest); word != NULL && count < MOST_WORDS; word = strtok_r(NULL, " \n", &rest)) {
        words[count++] = word;
    }
    if (count == 6 && strcmp(words[0], "field") == 0) {
        check_field(words);
        check_new_file(words, plugin);
    } else if (count == 6 && strcmp(words[0], "record") == 0) {
        check_record(words);
    } else if (count == 7 && strcmp(words[0], "ring") == 0) {
        check_ring(words);
    } else {
        check(count == 0, "what is this: %s", line);
    }
}

void test_vectors(const char *path) {
    FILE *file = fopen(path, "r");
    check(file != NULL, "the vectors can be read: %s", path);
    rig *plugin = rig_open();
    static char line[LONGEST_LINE];
    while (file != NULL && fgets(line, sizeof line, file) != NULL) {
        if (line[0] != '#') {
            check_line(line, plugin);
        }
    }
    if (file != NULL) {
        fclose(file);
    }
    check(field_count == FIELDS, "every field has a vector: fields=%u", field_count);
    check(record_count >= 20 && ring_count >= 4, "records=%zu rings=%u", record_count, ring_count);
    rig_close(plugin, "vectors");
}
