/* What every test of the core needs: checks, numbers by chance that are the same in every run, and folders of its own. */
#ifndef CORE_CHECK_H
#define CORE_CHECK_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Counts a check; tells what failed, like printf. */
void check(bool holds, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* Checks that two texts are the same. */
void check_text(const char *what, const char *actual, const char *expected);

/* How many checks failed so far. */
unsigned checks_failed(void);

/* Tells how many checks there were; 0 if none failed, as main() returns it. */
int checks_end(const char *program);

/* A sequence that a seed begins. */
void random_begin(uint64_t seed);
uint64_t random_bits(void);

/* The next of it, less than a limit > 0. */
uint32_t random_below(uint32_t limit);

/*
 * Makes folders that only this process uses, and has the plugin use them: no engine of the user's is found or started.
 * Removed by folders_end.
 */
void folders_begin(void);
void folders_end(void);
const char *runtime_folder(void);
const char *configuration_folder(void);

/* Writes a file into a folder; without text the file is removed. */
void put_file(const char *folder, const char *name, const char *text);

/* How many files in a folder end so. */
unsigned count_files(const char *folder, const char *ending);

/* Bytes as hexadecimal digits; room for two of them each and one. */
void write_hex(char *text, const uint8_t *bytes, size_t length);

/* Bytes of hexadecimal digits, "-" for none; how many, or -1 if they are not, or more than there is room for. */
long read_hex(const char *text, uint8_t *bytes, size_t room);

#endif
