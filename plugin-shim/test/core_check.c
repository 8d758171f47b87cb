#include "core_check.h"

#include <dirent.h>
#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static unsigned made;
static unsigned failed;
static uint64_t random_state = 1;
static char folder[256];
static char runtime[300];
static char configuration[300];

void check(bool holds, const char *format, ...) {
    made++;
    if (!holds) {
        failed++;
        va_list values;
        va_start(values, format);
        fputs("FAILED: ", stderr);
        vfprintf(stderr, format, values);
        fputc('\n', stderr);
        va_end(values);
    }
}

void check_text(const char *what, const char *actual, const char *expected) {
    check(strcmp(actual, expected) == 0, "%s:\n    expected %s\n    actual   %s", what, expected, actual);
}

unsigned checks_failed(void) {
    return failed;
}

int checks_end(const char *program) {
    printf("%s: %u checks, %u failed\n", program, made, failed);
    return failed == 0 ? 0 : 1;
}

void random_begin(uint64_t seed) {
    random_state = seed * UINT64_C(0x9E3779B97F4A7C15) + 1;
}

/* splitmix64 */
uint64_t random_bits(void) {
    random_state += UINT64_C(0x9E3779B97F4A7C15);
    uint64_t bits = random_state;
    bits = (bits ^ (bits >> 30)) * UINT64_C(0xBF58476D1CE4E5B9);
    bits = (bits ^ (bits >> 27)) * UINT64_C(0x94D049BB133111EB);
    return bits ^ (bits >> 31);
}

uint32_t random_below(uint32_t limit) {
    return (uint32_t)((random_bits() >> 32) * limit >> 32);
}

static void make_folder(const char *path) {
    if (mkdir(path, 0700) != 0 && errno != EEXIST) {
        perror(path);
        exit(2);
    }
}

void folders_begin(void) {
    /* In memory if that can be: a run-time folder is, and disks are slow. */
    const char *place = access("/dev/shm", W_OK) == 0 ? "/dev/shm" : "/tmp";
    snprintf(folder, sizeof folder, "%s/idiom-test-XXXXXX", place);
    if (mkdtemp(folder) == NULL) {
        perror(folder);
        exit(2);
    }
    snprintf(runtime, sizeof runtime, "%s/run", folder);
    snprintf(configuration, sizeof configuration, "%s/conf", folder);
    make_folder(runtime);
    make_folder(configuration);
    setenv("IDIOM_RUNTIME_DIR", runtime, 1);
    setenv("IDIOM_CONFIG_DIR", configuration, 1);
}

static void remove_folder(const char *path) {
    DIR *entries = opendir(path);
    for (const struct dirent *entry; entries != NULL && (entry = readdir(entries)) != NULL;) {
        char inside[600];
        if (strcmp(entry->d_name, ".") != 0 && strcmp(entry->d_name, "..") != 0
            && snprintf(inside, sizeof inside, "%s/%s", path, entry->d_name) < (int)sizeof inside) {
            unlink(inside);
        }
    }
    if (entries != NULL) {
        closedir(entries);
    }
    rmdir(path);
}

void folders_end(void) {
    remove_folder(runtime);
    remove_folder(configuration);
    remove_folder(folder);
}

const char *runtime_folder(void) {
    return runtime;
}

const char *configuration_folder(void) {
    return configuration;
}

void put_file(const char *in, const char *name, const char *text) {
    char path[600];
    snprintf(path, sizeof path, "%s/%s", in, name);
    if (text == NULL) {
        unlink(path);
        return;
    }
    FILE *file = fopen(path, "wb");
    if (file == NULL || fputs(text, file) < 0 || fclose(file) != 0) {
        perror(path);
        exit(2);
    }
}

unsigned count_files(const char *in, const char *ending) {
    unsigned count = 0;
    DIR *entries = opendir(in);
    for (const struct dirent *entry; entries != NULL && (entry = readdir(entries)) != NULL;) {
        size_t length = strlen(entry->d_name);
        size_t end = strlen(ending);
        count += length >= end && strcmp(entry->d_name + length - end, ending) == 0 ? 1 : 0;
    }
    if (entries != NULL) {
        closedir(entries);
    }
    return count;
}

void write_hex(char *text, const uint8_t *bytes, size_t length) {
    static const char digits[] = "0123456789abcdef";
    for (size_t i = 0; i < length; i++) {
        *text++ = digits[bytes[i] >> 4];
        *text++ = digits[bytes[i] & 15];
    }
    *text = '\0';
}

static int digit(char of) {
    return of >= '0' && of <= '9' ? of - '0' : of >= 'a' && of <= 'f' ? of - 'a' + 10 : -1;
}

long read_hex(const char *text, uint8_t *bytes, size_t room) {
    if (strcmp(text, "-") == 0) {
        return 0;
    }
    size_t length = strlen(text);
    if (length % 2 != 0 || length / 2 > room) {
        return -1;
    }
    for (size_t i = 0; i < length / 2; i++) {
        int high = digit(text[2 * i]);
        int low = digit(text[2 * i + 1]);
        if (high < 0 || low < 0) {
            return -1;
        }
        bytes[i] = (uint8_t)(high << 4 | low);
    }
    return (long)(length / 2);
}
