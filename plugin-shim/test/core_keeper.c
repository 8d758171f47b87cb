/* Who starts an engine: one plugin of many, once. */
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "core_check.h"
#include "core_rig.h"
#include "core_test.h"

/* Installs a program that writes down how it was called. */
static void install_launcher(const char *line) {
    char text[1200];
    snprintf(text, sizeof text, "#!/bin/sh\necho \"$@\" >>%s/started.log\n", configuration_folder());
    put_file(configuration_folder(), "launcher", text);
    char path[600];
    snprintf(path, sizeof path, "%s/launcher", configuration_folder());
    chmod(path, 0700);
    snprintf(text, sizeof text, "# comment\n%s%s\n", line, path);
    put_file(configuration_folder(), "engine.conf", text);
}

static const char *started(void) {
    static char text[256];
    char path[600];
    snprintf(path, sizeof path, "%s/started.log", configuration_folder());
    FILE *file = fopen(path, "rb");
    text[file == NULL ? 0 : fread(text, 1, sizeof text - 1, file)] = '\0';
    if (file != NULL) {
        fclose(file);
    }
    return text;
}

/* Checks what was written down by a real time later; if something is expected, that long after the first of it. */
static void check_started(const char *what, useconds_t milliseconds, const char *expected) {
    for (int waited = 0; expected[0] != '\0' && started()[0] == '\0' && waited < 500; waited++) {
        usleep(20000);
    }
    usleep(milliseconds * 1000);
    check_text(what, started(), expected);
}

static void clean(void) {
    put_file(configuration_folder(), "launcher", NULL);
    put_file(configuration_folder(), "engine.conf", NULL);
    put_file(configuration_folder(), "started.log", NULL);
    put_file(runtime_folder(), "spawn.lock", NULL);
    put_file(runtime_folder(), "engine.lock", NULL);
}

static void should_start_one_engine_for_all(void) {
    install_launcher("launcher=");
    rig *first = rig_open();
    rig *second = rig_open();
    check_started("once", 600, "engine\n");
    check(atomic_load(&first->core->expects_engine), "it is expected");
    rig_close(second, "keepers");
    rig_close(first, "keepers");
    clean();
}

static void should_start_none_where_one_runs(void) {
    install_launcher("launcher=");
    char path[600];
    snprintf(path, sizeof path, "%s/engine.lock", runtime_folder());
    int descriptor = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    struct flock whole = {.l_type = F_WRLCK, .l_whence = SEEK_SET};
    check(descriptor >= 0 && fcntl(descriptor, F_OFD_SETLK, &whole) == 0, "a lock");
    rig *plugin = rig_open();
    check_started("one runs", 600, "");
    check(atomic_load(&plugin->core->expects_engine), "it is expected");
    close(descriptor);
    check_started("it ends, another is started", 0, "engine\n");
    rig_close(plugin, "keepers");
    clean();
}

static void should_start_none_without_a_program(void) {
    static const char *const lines[] = {"launcher=x", "Launcher=", "launcher= ", "#launcher="};
    for (size_t i = 0; i < sizeof lines / sizeof lines[0]; i++) {
        install_launcher(lines[i]);
        rig *plugin = rig_open();
        check_started(lines[i], 100, "");
        check(!atomic_load(&plugin->core->expects_engine), "none is expected");
        rig_close(plugin, "keepers");
        clean();
    }
}

void test_keeper(void) {
    should_start_one_engine_for_all();
    should_start_none_where_one_runs();
    should_start_none_without_a_program();
}
