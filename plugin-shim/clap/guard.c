#include <stdio.h>
#include <string.h>

#include "plugin.h"

static void write_log(const idiom_clap *self, clap_log_severity severity, const char *line) {
    if (self->host_log != NULL) {
        self->host_log->log(self->host, severity, line);
    }
}

void idiom_clap_log_problem(idiom_clap *self) {
    const char *problem = idiom_core_problem(self->core);
    if (strcmp(problem, self->logged_problem) != 0) {
        snprintf(self->logged_problem, sizeof self->logged_problem, "%s", problem);
        if (problem[0] != '\0') {
            write_log(self, CLAP_LOG_WARNING, problem);
        }
    }
}

static const char *line_of(enum idiom_clap_misuse misuse) {
    switch (misuse) {
        case IDIOM_CLAP_NOT_MAIN:
            return "Idiom: a function of the main thread was called on another thread, and refused";
        case IDIOM_CLAP_NOT_AUDIO:
            return "Idiom: a function of the audio thread was called on another thread";
        case IDIOM_CLAP_INACTIVE:
            return "Idiom: a function of an active plugin was called while it was inactive, and refused";
        case IDIOM_CLAP_ACTIVE:
            return "Idiom: a function of an inactive plugin was called while it was active";
    }
    return "Idiom: the host did something wrong";
}

void idiom_clap_tell_misuse(idiom_clap *self, enum idiom_clap_misuse misuse) {
    if ((atomic_fetch_or(&self->told_misuse, (uint32_t)misuse) & (uint32_t)misuse) == 0) {
        write_log(self, CLAP_LOG_HOST_MISBEHAVING, line_of(misuse));
    }
}

bool idiom_clap_is_main(idiom_clap *self) {
    if (self->core == NULL) {
        return false;
    }
    if (self->host_thread_check == NULL || self->host_thread_check->is_main_thread(self->host)) {
        return true;
    }
    idiom_clap_tell_misuse(self, IDIOM_CLAP_NOT_MAIN);
    return false;
}

bool idiom_clap_is_audio(idiom_clap *self) {
    if (!atomic_load_explicit(&self->is_active, memory_order_acquire)) {
        idiom_clap_tell_misuse(self, IDIOM_CLAP_INACTIVE);
        return false;
    }
    if (self->host_thread_check == NULL || self->host_thread_check->is_audio_thread(self->host)) {
        return true;
    }
    idiom_clap_tell_misuse(self, IDIOM_CLAP_NOT_AUDIO);
    return !self->host_thread_check->is_main_thread(self->host);
}
