#include "folders.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static bool fits(int written, size_t room) {
    return written > 0 && (size_t)written < room;
}

static const char *absolute(const char *variable) {
    const char *value = getenv(variable);
    return value != NULL && value[0] == '/' ? value : NULL;
}

bool idiom_folders_runtime(char *path, size_t room, char *problem, size_t problem_room) {
    const char *own = absolute("IDIOM_RUNTIME_DIR");
    const char *system = absolute("XDG_RUNTIME_DIR");
    int written = own != NULL      ? snprintf(path, room, "%s", own)
                  : system != NULL ? snprintf(path, room, "%s/idiom", system)
                                   : snprintf(path, room, "/tmp/idiom-%lu", (unsigned long)getuid());
    if (!fits(written, room)) {
        snprintf(problem, problem_room, "the path of the run-time folder is too long: set IDIOM_RUNTIME_DIR");
        return false;
    }
    if (mkdir(path, 0700) != 0 && errno != EEXIST) {
        snprintf(problem, problem_room, "%s can't be made: %s; set IDIOM_RUNTIME_DIR", path, strerror(errno));
        return false;
    }
    struct stat found;
    if (lstat(path, &found) != 0 || !S_ISDIR(found.st_mode) || found.st_uid != getuid()
        || (found.st_mode & (S_IRWXG | S_IRWXO)) != 0) {
        snprintf(problem, problem_room, "%s must be a folder of yours that nobody else can enter (mode 0700)", path);
        return false;
    }
    return true;
}

bool idiom_folders_configuration(const char *name, char *path, size_t room) {
    const char *own = absolute("IDIOM_CONFIG_DIR");
    const char *system = absolute("XDG_CONFIG_HOME");
    const char *home = absolute("HOME");
    int written = own != NULL      ? snprintf(path, room, "%s/%s", own, name)
                  : system != NULL ? snprintf(path, room, "%s/idiom/plugin/%s", system, name)
                  : home != NULL   ? snprintf(path, room, "%s/.config/idiom/plugin/%s", home, name)
                                   : -1;
    return fits(written, room);
}
