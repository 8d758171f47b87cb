/* The list of installed presets: a line `program TAB name TAB hash TAB title` each. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core.h"
#include "folders.h"

enum { LONGEST_LINE = 512 };

/* The text up to the next tab or the end of the line; NULL, and nothing is changed, if it has no room. */
static const char *field(const char *line, char *value, size_t room) {
    size_t length = strcspn(line, "\t\r\n");
    if (length == 0 || length >= room) {
        return NULL;
    }
    memcpy(value, line, length);
    value[length] = '\0';
    return line[length] == '\t' ? line + length + 1 : line + length;
}

static bool parse(const char *line, idiom_preset *preset) {
    char number[8];
    const char *rest = field(line, number, sizeof number);
    char *end = number;
    unsigned long program = rest == NULL ? 128 : strtoul(number, &end, 10);
    if (rest == NULL || *end != '\0' || program > 127) {
        return false;
    }
    preset->program = (uint32_t)program;
    rest = field(rest, preset->name, sizeof preset->name);
    rest = rest == NULL ? NULL : field(rest, preset->hash, sizeof preset->hash);
    return rest != NULL && field(rest, preset->title, sizeof preset->title) != NULL;
}

size_t idiom_presets_read(idiom_preset *presets, size_t room) {
    char path[IDIOM_PATH_BYTES];
    if (!idiom_folders_configuration("presets.tsv", path, sizeof path)) {
        return 0;
    }
    FILE *file = fopen(path, "re");
    if (file == NULL) {
        return 0;
    }
    size_t count = 0;
    char line[LONGEST_LINE];
    bool is_begin = true; /* of a line that may be longer than there is room for */
    while (count < room && fgets(line, sizeof line, file) != NULL) {
        bool is_end = strchr(line, '\n') != NULL;
        if (is_begin && (is_end || feof(file)) && parse(line, &presets[count])) {
            count++;
        }
        is_begin = is_end;
    }
    fclose(file);
    return count;
}
