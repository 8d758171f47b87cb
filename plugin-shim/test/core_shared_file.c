/* The file that plugin and engine share, and the folder that it lies in. */
#include "shared_file.h"

#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include "core_check.h"
#include "core_test.h"
#include "folders.h"

static idiom_shared_file file;
static char problem[256];

static bool open_file(const char *host) {
    problem[0] = '\0';
    return idiom_shared_file_open(&file, 44100, 128, host, problem, sizeof problem);
}

static void should_make_a_file_that_nobody_else_reads(void) {
    mode_t before = umask(0);
    check(open_file("host"), "%s", problem);
    umask(before);
    struct stat found;
    check(stat(file.path, &found) == 0, "it is there: %s", file.path);
    check((found.st_mode & 07777) == 0600, "mode=%o", (unsigned)found.st_mode & 07777);
    check(found.st_size == 4096 + 2 * 262144, "size=%lld", (long long)found.st_size);
    check(found.st_blocks * 512 >= found.st_size, "its place on the disk is taken");
    char expected[IDIOM_PATH_BYTES];
    snprintf(expected, sizeof expected, "%s/plugin-%ld-", runtime_folder(), (long)getpid());
    check(strncmp(file.path, expected, strlen(expected)) == 0, "path=%s", file.path);
    idiom_shared_file_close(&file);
    check(stat(file.path, &found) != 0, "it is removed");
    idiom_shared_file_close(&file);
}

static void should_begin_with_a_header(void) {
    check(open_file("a host whose name is longer than the 63 bytes that there is room for in it"), "%s", problem);
    uint32_t numbers[6];
    memcpy(numbers, file.base + 8, sizeof numbers);
    double rate;
    memcpy(&rate, file.base + IDIOM_AT_SAMPLE_RATE, sizeof rate);
    check(memcmp(file.base, "IDIMSHM1", 8) == 0, "magic");
    check(numbers[0] == 1 && numbers[1] == 1, "version %u.%u", numbers[0], numbers[1]);
    check(numbers[2] == 4096 && numbers[3] == 262144 && numbers[4] == 262144, "sizes");
    check(numbers[5] == (uint32_t)getpid(), "pid=%u", numbers[5]);
    check(rate == 44100, "rate=%f", rate);
    check_text("host", (const char *)file.base + 48, "a host whose name is longer than the 63 bytes that there is roo");
    check(file.base[111] == 0 && file.base[176] == 128, "the longest block");
    idiom_shared_file_close(&file);
}

static void should_be_locked_as_long_as_it_is_open(void) {
    check(open_file("host"), "%s", problem);
    int other = open(file.path, O_RDWR | O_CLOEXEC);
    struct flock whole = {.l_type = F_WRLCK, .l_whence = SEEK_SET};
    check(other >= 0 && fcntl(other, F_OFD_GETLK, &whole) == 0 && whole.l_type == F_WRLCK, "somebody uses it");
    check((fcntl(file.descriptor, F_GETFD) & FD_CLOEXEC) != 0, "children do not");
    idiom_shared_file_close(&file);
    whole = (struct flock){.l_type = F_WRLCK, .l_whence = SEEK_SET};
    check(fcntl(other, F_OFD_GETLK, &whole) == 0 && whole.l_type == F_UNLCK, "nobody any more");
    close(other);
}

static void should_remove_what_lies_beside_it(void) {
    check(open_file("host"), "%s", problem);
    static const char *const endings[] = {".song", ".restore"};
    for (size_t i = 0; i < 2; i++) {
        char path[IDIOM_PATH_BYTES];
        check(idiom_shared_file_beside(&file, endings[i], path, sizeof path), "a path");
        put_file(runtime_folder(), strrchr(path, '/') + 1, "x");
    }
    char small[20];
    check(!idiom_shared_file_beside(&file, ".song", small, sizeof small), "a path that is too long");
    check(count_files(runtime_folder(), ".song") == 1, "it is there");
    idiom_shared_file_close(&file);
    check(count_files(runtime_folder(), ".song") + count_files(runtime_folder(), ".restore") == 0, "they are gone");
}

/* ---- folders ---- */

/* Opens a file in another folder, and checks what is told of it; "%s" stands for the folder. */
static void check_refused(const char *folder, const char *expected) {
    char text[512];
    snprintf(text, sizeof text, "%s%s", folder, expected);
    setenv("IDIOM_RUNTIME_DIR", folder, 1);
    bool is_open = open_file("host");
    setenv("IDIOM_RUNTIME_DIR", runtime_folder(), 1);
    check(!is_open && file.base == NULL && file.descriptor == -1, "it is refused: %s", folder);
    check_text("why", problem, text);
    idiom_shared_file_close(&file);
}

static void should_refuse_a_folder_that_others_can_enter(void) {
    static const char refused[] = " must be a folder of yours that nobody else can enter (mode 0700)";
    char path[600];
    snprintf(path, sizeof path, "%s/inside", runtime_folder());
    static const mode_t modes[] = {0701, 0710, 0720, 0740, 0755, 0777, 0704};
    check(mkdir(path, 0700) == 0, "a folder");
    for (size_t i = 0; i < sizeof modes / sizeof modes[0]; i++) {
        chmod(path, modes[i]);
        check_refused(path, refused);
        struct stat found;
        check(stat(path, &found) == 0 && (found.st_mode & 0777) == modes[i], "nothing is changed");
    }
    chmod(path, 0700);
    if (getuid() == 0 && chown(path, 12345, 12345) == 0) {
        check_refused(path, refused);
    } else {
        puts("core_test: skipped: a folder of somebody else's (only root can make one)");
    }
    rmdir(path);
    check(symlink(runtime_folder(), path) == 0, "a link to a good folder");
    check_refused(path, refused);
    unlink(path);
    put_file(runtime_folder(), "inside", "a file");
    check_refused(path, refused);
    put_file(runtime_folder(), "inside", NULL);
}

static void should_tell_why_a_folder_can_not_be_made(void) {
    check_refused("/proc/none", " can't be made: No such file or directory; set IDIOM_RUNTIME_DIR");
    char longer[700] = "/tmp/";
    memset(longer + 5, 'x', sizeof longer - 6);
    setenv("IDIOM_RUNTIME_DIR", longer, 1);
    check(!open_file("host"), "a path that is too long");
    check_text("why", problem, "the path of the run-time folder is too long: set IDIOM_RUNTIME_DIR");
    setenv("IDIOM_RUNTIME_DIR", runtime_folder(), 1);
}

static void check_runtime(const char *what, const char *own, const char *system, const char *expected) {
    own == NULL ? unsetenv("IDIOM_RUNTIME_DIR") : setenv("IDIOM_RUNTIME_DIR", own, 1);
    system == NULL ? unsetenv("XDG_RUNTIME_DIR") : setenv("XDG_RUNTIME_DIR", system, 1);
    char path[IDIOM_PATH_BYTES] = "";
    idiom_folders_runtime(path, sizeof path, problem, sizeof problem);
    check_text(what, path, expected);
}

static void should_choose_the_run_time_folder(void) {
    char inside[600];
    char user[64];
    char before[600];
    const char *system = getenv("XDG_RUNTIME_DIR");
    snprintf(before, sizeof before, "%s", system == NULL ? "" : system);
    snprintf(inside, sizeof inside, "%s/idiom", runtime_folder());
    snprintf(user, sizeof user, "/tmp/idiom-%lu", (unsigned long)getuid());
    check_runtime("its own", runtime_folder(), "/none", runtime_folder());
    check_runtime("the user's", NULL, runtime_folder(), inside);
    check_runtime("one that is not absolute", "run", runtime_folder(), inside);
    check_runtime("none", "", "", user);
    rmdir(inside);
    rmdir(user);
    system == NULL ? unsetenv("XDG_RUNTIME_DIR") : setenv("XDG_RUNTIME_DIR", before, 1);
    setenv("IDIOM_RUNTIME_DIR", runtime_folder(), 1);
}

/* Sets variables, "" being none, and checks where a file of the configuration is. */
static void check_configuration(const char *own, const char *system, const char *home, const char *expected) {
    setenv("IDIOM_CONFIG_DIR", own, 1);
    setenv("XDG_CONFIG_HOME", system, 1);
    setenv("HOME", home, 1);
    char path[40] = "";
    bool fits = idiom_folders_configuration("presets.tsv", path, sizeof path);
    check_text("the configuration", fits ? path : "none", expected);
}

static void should_choose_the_configuration_folder(void) {
    char home[600];
    snprintf(home, sizeof home, "%s", getenv("HOME") == NULL ? "" : getenv("HOME"));
    check_configuration("/a", "/b", "/c", "/a/presets.tsv");
    check_configuration("a", "/b", "/c", "/b/idiom/plugin/presets.tsv");
    check_configuration("", "b", "/c", "/c/.config/idiom/plugin/presets.tsv");
    check_configuration("", "", "", "none");
    check_configuration("", "", "/a/home/of/a/longer/path", "none");
    setenv("HOME", home, 1);
    unsetenv("XDG_CONFIG_HOME");
    setenv("IDIOM_CONFIG_DIR", configuration_folder(), 1);
}

static void should_find_out_about_a_full_disk(void) {
    struct rlimit before;
    getrlimit(RLIMIT_FSIZE, &before);
    struct rlimit small = {100000, before.rlim_max};
    signal(SIGXFSZ, SIG_IGN);
    setrlimit(RLIMIT_FSIZE, &small);
    bool is_open = open_file("host");
    setrlimit(RLIMIT_FSIZE, &before);
    check(!is_open, "a file that is too large");
    char expected[700];
    snprintf(expected, sizeof expected, "%s: can't be made: File too large", file.path);
    check_text("why", problem, expected);
    check(count_files(runtime_folder(), "") == 2, "nothing stays behind");
}

void test_shared_file(void) {
    should_make_a_file_that_nobody_else_reads();
    should_begin_with_a_header();
    should_be_locked_as_long_as_it_is_open();
    should_remove_what_lies_beside_it();
    should_refuse_a_folder_that_others_can_enter();
    should_tell_why_a_folder_can_not_be_made();
    should_choose_the_run_time_folder();
    should_choose_the_configuration_folder();
    should_find_out_about_a_full_disk();
}
