/* Numbers as people read and write them. The host's locale has no say: a project opens alike everywhere. [any] */
#ifndef IDIOM_CLAP_TEXT_H
#define IDIOM_CLAP_TEXT_H

#include <stdbool.h>
#include <stddef.h>

/* Writes a number of less than a million with up to `decimals` (0 to 3) decimals and what follows it. */
void idiom_clap_text_write(
        char *text, size_t room, double value, unsigned decimals, bool shows_plus, const char *after);

/* Reads a number with a point or a comma; of what follows only spaces, "%" and words in brackets are taken. */
bool idiom_clap_text_read(const char *text, double *value);

/* Whether two texts are the same but for capitals (A to Z) and spaces at either end. */
bool idiom_clap_text_equals(const char *one, const char *other);

#endif
