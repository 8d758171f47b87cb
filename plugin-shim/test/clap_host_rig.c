/* Checks, threads, the library, and one plugin in its host. */
#include <dlfcn.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "clap_host.h"

/* ---- Checks ---- */

enum { MOST_SHOWN = 40 };

static unsigned checks;
static unsigned failures;

static bool count(bool passes) {
    checks++;
    failures += !passes;
    return passes;
}

bool rig_check(bool passes, const char *what) {
    if (!count(passes) && failures <= MOST_SHOWN) {
        printf("clap_host: %s: expected=true actual=false\n", what);
    }
    return passes;
}

bool rig_check_number(const char *what, double expected, double actual) {
    if (!count(expected == actual) && failures <= MOST_SHOWN) {
        printf("clap_host: %s: expected=%.17g actual=%.17g\n", what, expected, actual);
    }
    return expected == actual;
}

bool rig_check_text(const char *what, const char *expected, const char *actual) {
    bool passes = actual != NULL && strcmp(expected, actual) == 0;
    if (!count(passes) && failures <= MOST_SHOWN) {
        printf("clap_host: %s: expected=%s actual=%s\n", what, expected, actual == NULL ? "NULL" : actual);
    }
    return passes;
}

int rig_summary(void) {
    if (failures > 0) {
        printf("clap_host: %u of %u checks failed\n", failures, checks);
        return 1;
    }
    printf("clap_host: %u checks passed\n", checks);
    return 0;
}

uint32_t rig_random_below(rig_random *random, uint32_t limit) {
    random->state = random->state * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
    return (uint32_t)((random->state >> 33) % limit);
}

/* ---- Threads ---- */

static _Thread_local enum { NO_ROLE, MAIN, AUDIO } role;

void rig_be_main(void) {
    role = MAIN;
}

void rig_be_audio(void) {
    role = AUDIO;
}

struct rig_worker {
    pthread_t thread;
    pthread_mutex_t lock;
    pthread_cond_t changed;
    void (*job)(void *context); /* NULL: nothing to do */
    void *context;
    bool quits;
};

static void *work(void *argument) {
    rig_worker *worker = argument;
    rig_be_audio();
    pthread_mutex_lock(&worker->lock);
    while (!worker->quits) {
        if (worker->job == NULL) {
            pthread_cond_wait(&worker->changed, &worker->lock);
            continue;
        }
        pthread_mutex_unlock(&worker->lock);
        worker->job(worker->context);
        pthread_mutex_lock(&worker->lock);
        worker->job = NULL;
        pthread_cond_broadcast(&worker->changed);
    }
    pthread_mutex_unlock(&worker->lock);
    return NULL;
}

rig_worker *rig_worker_open(void) {
    rig_worker *worker = calloc(1, sizeof *worker);
    if (worker == NULL || pthread_mutex_init(&worker->lock, NULL) != 0 || pthread_cond_init(&worker->changed, NULL) != 0
        || pthread_create(&worker->thread, NULL, work, worker) != 0) {
        abort();
    }
    return worker;
}

void rig_worker_close(rig_worker *worker) {
    pthread_mutex_lock(&worker->lock);
    worker->quits = true;
    pthread_cond_broadcast(&worker->changed);
    pthread_mutex_unlock(&worker->lock);
    pthread_join(worker->thread, NULL);
    pthread_cond_destroy(&worker->changed);
    pthread_mutex_destroy(&worker->lock);
    free(worker);
}

void rig_worker_start(rig_worker *worker, void (*job)(void *context), void *context) {
    pthread_mutex_lock(&worker->lock);
    worker->context = context;
    worker->job = job;
    pthread_cond_broadcast(&worker->changed);
    pthread_mutex_unlock(&worker->lock);
}

void rig_worker_wait(rig_worker *worker) {
    pthread_mutex_lock(&worker->lock);
    while (worker->job != NULL) {
        pthread_cond_wait(&worker->changed, &worker->lock);
    }
    pthread_mutex_unlock(&worker->lock);
}

void rig_worker_run(rig_worker *worker, void (*job)(void *context), void *context) {
    rig_worker_start(worker, job, context);
    rig_worker_wait(worker);
}

/* ---- The library ---- */

bool rig_library_open(rig_library *library, const char *path) {
    memset(library, 0, sizeof *library);
    library->handle = dlopen(path, RTLD_LOCAL | RTLD_NOW);
    if (!rig_check(library->handle != NULL, "dlopen")) {
        printf("clap_host: %s\n", dlerror());
        return false;
    }
    library->entry = dlsym(library->handle, "clap_entry");
    if (!rig_check(library->entry != NULL, "clap_entry is exported")
        || !rig_check(library->entry->init(path), "the entry's init()")) {
        return false;
    }
    library->factory = library->entry->get_factory(CLAP_PLUGIN_FACTORY_ID);
    library->discovery = library->entry->get_factory(CLAP_PRESET_DISCOVERY_FACTORY_ID);
    return rig_check(library->factory != NULL, "plugin factory")
           && rig_check(library->discovery != NULL, "preset discovery factory");
}

void rig_library_close(rig_library *library) {
    if (library->entry != NULL) {
        library->entry->deinit();
    }
    if (library->handle != NULL) {
        rig_check_number("dlclose", 0, dlclose(library->handle));
    }
    memset(library, 0, sizeof *library);
}

/* ---- What the plugin may call ---- */

static rig *of(const clap_host_t *host) {
    return host->host_data;
}

/* Notes a call that is only allowed under a condition. */
static void expect(rig *it, bool is_allowed, const char *what) {
    if (!is_allowed) {
        it->violations++;
        printf("clap_host: called where it must not be: %s\n", what);
    }
}

static bool is_main_thread(const clap_host_t *host) {
    (void)host;
    return role == MAIN;
}

static bool is_audio_thread(const clap_host_t *host) {
    (void)host;
    return role == AUDIO;
}

static void write_log(const clap_host_t *host, clap_log_severity severity, const char *line) {
    rig *it = of(host);
    it->logs++;
    it->misuses += severity == CLAP_LOG_HOST_MISBEHAVING;
    snprintf(it->last_log, sizeof it->last_log, "%s", line);
}

static void rescan(const clap_host_t *host, clap_param_rescan_flags flags) {
    rig *it = of(host);
    expect(it, role == MAIN, "params.rescan");
    it->rescans++;
    it->rescan_flags |= flags;
}

static void clear(const clap_host_t *host, clap_id id, clap_param_clear_flags flags) {
    (void)id;
    (void)flags;
    expect(of(host), role == MAIN, "params.clear");
}

static void request_flush(const clap_host_t *host) {
    expect(of(host), role != AUDIO, "params.request_flush");
    of(host)->flushes++;
}

static void latency_changed(const clap_host_t *host) {
    rig *it = of(host);
    expect(it, role == MAIN && it->is_activating, "latency.changed");
    it->latency_changes++;
}

static uint32_t supported_dialects(const clap_host_t *host) {
    expect(of(host), role == MAIN, "note_ports.supported_dialects");
    return of(host)->dialects;
}

static void rescan_ports(const clap_host_t *host, uint32_t flags) {
    (void)flags;
    expect(of(host), role == MAIN, "note_ports.rescan");
}

static void on_load_error(const clap_host_t *host, uint32_t kind, const char *location, const char *key, int32_t os_error,
        const char *problem) {
    rig *it = of(host);
    (void)kind;
    (void)location;
    (void)key;
    expect(it, role == MAIN && os_error == 0 && problem != NULL && problem[0] != '\0', "preset_load.on_error");
    it->load_errors++;
}

static void on_loaded(const clap_host_t *host, uint32_t kind, const char *location, const char *key) {
    rig *it = of(host);
    expect(it, role == MAIN && kind == CLAP_PRESET_DISCOVERY_LOCATION_PLUGIN && location == NULL, "preset_load.loaded");
    it->loaded++;
    snprintf(it->loaded_key, sizeof it->loaded_key, "%s", key == NULL ? "" : key);
}

static const void *get_host_extension(const clap_host_t *host, const char *id) {
    static const clap_host_thread_check_t thread_check = {is_main_thread, is_audio_thread};
    static const clap_host_log_t log = {write_log};
    static const clap_host_params_t params = {rescan, clear, request_flush};
    static const clap_host_latency_t latency = {latency_changed};
    static const clap_host_note_ports_t note_ports = {supported_dialects, rescan_ports};
    static const clap_host_preset_load_t preset_load = {on_load_error, on_loaded};
    const struct {
        const char *id;
        const void *functions;
    } offered[] = {
            {CLAP_EXT_THREAD_CHECK, &thread_check}, {CLAP_EXT_LOG, &log},
            {CLAP_EXT_PARAMS, &params},             {CLAP_EXT_LATENCY, &latency},
            {CLAP_EXT_NOTE_PORTS, &note_ports},     {CLAP_EXT_PRESET_LOAD, &preset_load},
    };
    for (size_t i = 0; !of(host)->is_bare && i < sizeof offered / sizeof offered[0]; i++) {
        if (strcmp(id, offered[i].id) == 0) {
            return offered[i].functions;
        }
    }
    return NULL;
}

static void request_restart(const clap_host_t *host) {
    of(host)->restarts++;
}

static void request_process(const clap_host_t *host) {
    (void)host;
}

static void request_callback(const clap_host_t *host) {
    of(host)->callbacks++;
}

/* ---- One plugin ---- */

static void find_extensions(rig *it) {
    const clap_plugin_t *plugin = it->plugin;
    it->params = plugin->get_extension(plugin, CLAP_EXT_PARAMS);
    it->state = plugin->get_extension(plugin, CLAP_EXT_STATE);
    it->latency = plugin->get_extension(plugin, CLAP_EXT_LATENCY);
    it->note_ports = plugin->get_extension(plugin, CLAP_EXT_NOTE_PORTS);
    it->note_name = plugin->get_extension(plugin, CLAP_EXT_NOTE_NAME);
    it->remote_controls = plugin->get_extension(plugin, CLAP_EXT_REMOTE_CONTROLS);
    it->render = plugin->get_extension(plugin, CLAP_EXT_RENDER);
    it->preset_load = plugin->get_extension(plugin, CLAP_EXT_PRESET_LOAD);
}

static bool has_extensions(const rig *it) {
    return it->params != NULL && it->state != NULL && it->latency != NULL && it->note_ports != NULL
           && it->note_name != NULL && it->remote_controls != NULL && it->render != NULL && it->preset_load != NULL;
}

static rig *open_rig(const rig_library *library, bool is_bare) {
    rig *it = calloc(1, sizeof *it);
    rig_input *input = calloc(1, sizeof *input);
    rig_output *output = calloc(1, sizeof *output);
    if (it == NULL || input == NULL || output == NULL) {
        abort();
    }
    it->input = input;
    it->output = output;
    it->is_bare = is_bare;
    it->dialects = CLAP_NOTE_DIALECT_CLAP | CLAP_NOTE_DIALECT_MIDI;
    it->host = (clap_host_t){
            CLAP_VERSION_INIT, it, "clap_host", "Idiom", "", "1", get_host_extension, request_restart, request_process,
            request_callback};
    rig_input_clear(it->input);
    rig_output_clear(it->output);
    it->worker = rig_worker_open();
    it->plugin = library->factory->create_plugin(library->factory, &it->host, "idiom.transfer");
    bool is_there = rig_check(it->plugin != NULL, "create_plugin") && rig_check(it->plugin->init(it->plugin), "init");
    if (is_there) {
        find_extensions(it);
    }
    if (!is_there || !rig_check(has_extensions(it), "the plugin has all extensions")) {
        /* Nothing else can be tested. */
        exit(rig_summary());
    }
    return it;
}

rig *rig_open(const rig_library *library) {
    return open_rig(library, false);
}

rig *rig_open_bare(const rig_library *library) {
    return open_rig(library, true);
}

void rig_close(rig *it) {
    it->plugin->destroy(it->plugin);
    rig_check_number("calls on wrong threads or at wrong times", 0, it->violations);
    rig_check_number("events that left in a wrong way", 0, it->output->wrong);
    rig_worker_close(it->worker);
    free(it->input);
    free(it->output);
    free(it);
}

bool rig_activate(rig *it, double rate, uint32_t most_frames) {
    it->is_activating = true;
    bool is_active = it->plugin->activate(it->plugin, rate, 1, most_frames);
    it->is_activating = false;
    if (is_active) {
        it->rate = rate;
    }
    return is_active;
}

void rig_deactivate(rig *it) {
    it->plugin->deactivate(it->plugin);
}

/* A call on the audio thread, and what it returned. */
typedef struct {
    rig *it;
    uint32_t frames;
    const clap_event_transport_t *transport;
    clap_process_status status;
    bool succeeded;
} audio_call;

static void do_start(void *context) {
    audio_call *call = context;
    rig_strict_begin();
    call->succeeded = call->it->plugin->start_processing(call->it->plugin);
    rig_strict_end();
}

static void do_stop(void *context) {
    audio_call *call = context;
    rig_strict_begin();
    call->it->plugin->stop_processing(call->it->plugin);
    rig_strict_end();
}

static void do_reset(void *context) {
    audio_call *call = context;
    rig_strict_begin();
    call->it->plugin->reset(call->it->plugin);
    rig_strict_end();
}

static void do_flush(void *context) {
    audio_call *call = context;
    rig_strict_begin();
    call->it->params->flush(call->it->plugin, &call->it->input->list, &call->it->output->list);
    rig_strict_end();
}

bool rig_start_processing(rig *it) {
    audio_call call = {.it = it};
    rig_worker_run(it->worker, do_start, &call);
    return call.succeeded;
}

void rig_stop_processing(rig *it) {
    audio_call call = {.it = it};
    rig_worker_run(it->worker, do_stop, &call);
}

void rig_reset(rig *it) {
    audio_call call = {.it = it};
    rig_worker_run(it->worker, do_reset, &call);
}

bool rig_start(rig *it, double rate, uint32_t most_frames) {
    return rig_check(rig_activate(it, rate, most_frames), "activate")
           && rig_check(rig_start_processing(it), "start_processing");
}

void rig_stop(rig *it) {
    rig_stop_processing(it);
    rig_deactivate(it);
}

static void begin_output(rig *it, uint32_t frames) {
    it->output->frames = frames;
    it->output->start = it->now;
    it->output->taken = 0;
    it->output->last_time = 0;
}

clap_process_status rig_block_here(rig *it, uint32_t frames, const clap_event_transport_t *transport) {
    begin_output(it, frames);
    clap_process_t process = {
            .steady_time = it->steady_time,
            .frames_count = frames,
            .transport = transport,
            .in_events = &it->input->list,
            .out_events = &it->output->list,
    };
    rig_strict_begin();
    clap_process_status status = it->plugin->process(it->plugin, &process);
    rig_strict_end();
    it->now += frames;
    it->steady_time += frames;
    rig_input_clear(it->input);
    return status;
}

static void do_process(void *context) {
    audio_call *call = context;
    call->status = rig_block_here(call->it, call->frames, call->transport);
}

clap_process_status rig_block(rig *it, uint32_t frames, const clap_event_transport_t *transport) {
    audio_call call = {.it = it, .frames = frames, .transport = transport};
    rig_worker_run(it->worker, do_process, &call);
    return call.status;
}

void rig_flush(rig *it, bool on_audio) {
    begin_output(it, 1);
    audio_call call = {.it = it};
    if (on_audio) {
        rig_worker_run(it->worker, do_flush, &call);
    } else {
        it->params->flush(it->plugin, &it->input->list, &it->output->list);
    }
    rig_input_clear(it->input);
}

bool rig_serve(rig *it) {
    bool was_asked = atomic_exchange(&it->callbacks, 0) > 0;
    if (was_asked) {
        it->plugin->on_main_thread(it->plugin);
    }
    return was_asked;
}

double rig_value(rig *it, clap_id parameter) {
    double value = -1000;
    rig_check(it->params->get_value(it->plugin, parameter, &value), "get_value");
    return value;
}
