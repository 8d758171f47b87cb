/*
 * clap_host PLUGIN [--engine]
 *
 * Loads a CLAP plugin and tests it. Without --engine it makes folders of its own in which no engine is; with it, the
 * environment says where the engine's files are, and only what needs an engine is tested. Exits with 0 if all is well, 1 if
 * a check failed, 2 if it was called wrongly.
 */
#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "clap_host.h"

static bool make_folders(rig_folders *folders) {
    char base[] = "/tmp/clap_host-XXXXXX";
    if (mkdtemp(base) == NULL) {
        perror("clap_host: /tmp");
        return false;
    }
    folders->is_private = true;
    snprintf(folders->runtime, sizeof folders->runtime, "%s/runtime", base);
    snprintf(folders->configuration, sizeof folders->configuration, "%s/configuration", base);
    if (mkdir(folders->runtime, 0700) != 0 || mkdir(folders->configuration, 0700) != 0) {
        perror("clap_host: folders");
        return false;
    }
    setenv("IDIOM_RUNTIME_DIR", folders->runtime, 1);
    setenv("IDIOM_CONFIG_DIR", folders->configuration, 1);
    rig_write_presets(folders, false);
    return true;
}

static uint32_t count_files(const char *path) {
    uint32_t count = 0;
    DIR *folder = opendir(path);
    for (struct dirent *entry = readdir(folder); entry != NULL; entry = readdir(folder)) {
        count += strcmp(entry->d_name, ".") != 0 && strcmp(entry->d_name, "..") != 0;
    }
    closedir(folder);
    return count;
}

static void remove_folders(const rig_folders *folders) {
    char path[300];
    rig_check_number("files that were left behind", 0, count_files(folders->runtime));
    snprintf(path, sizeof path, "%s/presets.tsv", folders->configuration);
    unlink(path);
    rmdir(folders->runtime);
    rmdir(folders->configuration);
    *strrchr(path, '/') = '\0';
    *strrchr(path, '/') = '\0';
    rmdir(path);
}

static int test_without_engine(const char *path) {
    rig_folders folders = {.is_private = false};
    if (!make_folders(&folders)) {
        return 1;
    }
    test_life(path);
    rig_library library;
    if (rig_library_open(&library, path)) {
        test_play(&library);
        test_odd(&library);
        test_params(&library);
        test_state(&library);
        test_presets(&library, &folders);
        test_stand_in(&library, &folders);
        test_strict(&library, &folders);
        rig_library_close(&library);
    }
    remove_folders(&folders);
    return rig_summary();
}

static int test_with_engine(const char *path) {
    rig_library library;
    if (rig_library_open(&library, path)) {
        test_engine(&library);
        rig_library_close(&library);
    }
    return rig_summary();
}

int main(int count, char **arguments) {
    bool with_engine = count == 3 && strcmp(arguments[2], "--engine") == 0;
    if (count != 2 && !with_engine) {
        fprintf(stderr, "usage: clap_host PLUGIN [--engine]\n");
        return 2;
    }
    rig_be_main();
    return with_engine ? test_with_engine(arguments[1]) : test_without_engine(arguments[1]);
}
