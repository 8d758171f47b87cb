/* Where files are. [main] */
#ifndef IDIOM_FOLDERS_H
#define IDIOM_FOLDERS_H

#include <stdbool.h>
#include <stddef.h>

/*
 * The folder of the files that plugins and engine share: $IDIOM_RUNTIME_DIR, else $XDG_RUNTIME_DIR/idiom, else
 * /tmp/idiom-UID. Made if it isn't there; false, with a line in `problem`, unless it is a folder of this user's that
 * nobody else can enter.
 */
bool idiom_folders_runtime(char *path, size_t room, char *problem, size_t problem_room);

/* A file of the configuration: in $IDIOM_CONFIG_DIR, else $XDG_CONFIG_HOME/idiom/plugin, else ~/.config/idiom/plugin. */
bool idiom_folders_configuration(const char *name, char *path, size_t room);

#endif
