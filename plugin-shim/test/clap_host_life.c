/* From loading the library to unloading it, and every call on the thread and at the time that is wrong for it. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "clap_host.h"

static void check_descriptor(const rig_library *library) {
    const clap_plugin_factory_t *factory = library->factory;
    rig_check_number("get_plugin_count", 1, factory->get_plugin_count(factory));
    rig_check(factory->get_plugin_descriptor(factory, 1) == NULL, "there is no second descriptor");
    const clap_plugin_descriptor_t *descriptor = factory->get_plugin_descriptor(factory, 0);
    rig_check_text("id", "idiom.transfer", descriptor->id);
    rig_check_text("name", "Idiom", descriptor->name);
    rig_check_text("vendor", "Idiom", descriptor->vendor);
    rig_check_number("major version of the interface", 1, descriptor->clap_version.major);
    rig_check(descriptor->version[0] != '\0' && descriptor->description[0] != '\0', "version and description");
    rig_check(descriptor->url != NULL && descriptor->manual_url != NULL && descriptor->support_url != NULL, "addresses");
    rig_check_text("first feature", CLAP_PLUGIN_FEATURE_NOTE_EFFECT, descriptor->features[0]);
}

static void check_entry(const rig_library *library, const char *path) {
    const clap_plugin_entry_t *entry = library->entry;
    rig_check_number("major version of the entry", 1, entry->clap_version.major);
    rig_check(entry->init(path), "a second init()");
    entry->deinit();
    rig_check(entry->get_factory("no such factory") == NULL, "a factory that there isn't");
    rig_check(entry->get_factory(NULL) == NULL, "a factory without a name");
    rig_check(
            entry->get_factory(CLAP_PRESET_DISCOVERY_FACTORY_ID_COMPAT) == library->discovery,
            "the preset discovery factory by its old name");
}

static void check_wrong_plugins(const rig_library *library) {
    clap_host_t host = {.clap_version = CLAP_VERSION_INIT, .name = "nobody", .version = "0"};
    const clap_plugin_factory_t *factory = library->factory;
    rig_check(factory->create_plugin(factory, &host, "idiom.other") == NULL, "a plugin that there isn't");
    rig_check(factory->create_plugin(factory, &host, NULL) == NULL, "a plugin without an id");
    const clap_plugin_t *plugin = factory->create_plugin(factory, &host, "idiom.transfer");
    rig_check(plugin != NULL, "a plugin that is never initialised");
    plugin->destroy(plugin);
}

static void check_ports(const rig *it) {
    for (int is_input = 0; is_input < 2; is_input++) {
        clap_note_port_info_t info;
        rig_check_number("note ports", 1, it->note_ports->count(it->plugin, is_input));
        rig_check(it->note_ports->get(it->plugin, 0, is_input, &info), "note port 0");
        rig_check(!it->note_ports->get(it->plugin, 1, is_input, &info), "there is no note port 1");
        rig_check_number(
                "dialects", CLAP_NOTE_DIALECT_CLAP | CLAP_NOTE_DIALECT_MIDI, info.supported_dialects);
        rig_check_number("preferred dialect", CLAP_NOTE_DIALECT_MIDI, info.preferred_dialect);
        rig_check(info.name[0] != '\0', "a note port has a name");
    }
}

static void check_note_names(const rig *it) {
    uint32_t count = it->note_name->count(it->plugin);
    bool is_named[128] = {false};
    clap_note_name_t name;
    for (uint32_t i = 0; i < count; i++) {
        if (rig_check(it->note_name->get(it->plugin, i, &name), "note name")
            && rig_check(name.key >= 0 && name.key < 128, "key of a note name")) {
            is_named[name.key] = true;
        }
    }
    rig_check(!it->note_name->get(it->plugin, count, &name), "there are no more note names");
    /* The model hears MIDI 24 to 107. */
    for (int key = 0; key < 128; key++) {
        rig_check_number("keys that have a name", key < 24 || key > 107, is_named[key]);
    }
}

static void check_render(const rig *it) {
    rig_check(!it->render->has_hard_realtime_requirement(it->plugin), "rendering is allowed");
    rig_check(it->render->set(it->plugin, CLAP_RENDER_OFFLINE), "rendering");
    rig_check(it->render->set(it->plugin, CLAP_RENDER_REALTIME), "playing");
    rig_check(!it->render->set(it->plugin, 7), "a mode that there isn't");
}

static void check_extensions(const rig *it) {
    const clap_plugin_t *plugin = it->plugin;
    rig_check(plugin->get_extension(plugin, "clap.nothing") == NULL, "an extension that there isn't");
    rig_check(plugin->get_extension(plugin, NULL) == NULL, "an extension without a name");
    rig_check(plugin->get_extension(plugin, CLAP_EXT_PRESET_LOAD_COMPAT) == it->preset_load, "preset load by its old name");
    rig_check(
            plugin->get_extension(plugin, CLAP_EXT_REMOTE_CONTROLS_COMPAT) == it->remote_controls,
            "remote controls by their old name");
    check_ports(it);
    check_note_names(it);
    check_render(it);
}

/* A note through the plugin, which arrives at once. */
static void check_a_note(rig *it, const char *what) {
    uint32_t first = it->output->count;
    uint64_t start = it->now;
    rig_input_midi(it->input, 0, 0x90, 60, 100);
    rig_input_midi(it->input, 0, 0x80, 60, 64);
    rig_check_number(what, CLAP_PROCESS_CONTINUE, rig_block(it, 16, NULL));
    rig_check_midi(what, it, first, start, 0x90, 60, 100);
    rig_check_midi(what, it, first + 1, start, 0x80, 60, 64);
    rig_check_number(what, first + 2, it->output->count);
}

static void check_wrong_activations(rig *it) {
    rig_check(!rig_activate(it, 0, 64), "activation at no rate");
    rig_check(!rig_activate(it, NAN, 64), "activation at what is no number");
    rig_check(!rig_activate(it, INFINITY, 64), "activation at an infinite rate");
    rig_check(!rig_activate(it, -48000, 64), "activation at a negative rate");
    rig_check(!rig_activate(it, 48000, 0), "activation without frames");
}

static void test_cycles(const rig_library *library) {
    static const double rates[] = {48000, 44100, 44100, 192000, 8000, 48000};
    rig *it = rig_open(library);
    check_extensions(it);
    check_wrong_activations(it);
    rig_input_value(it->input, 0, IDIOM_MIX, 0.25);
    rig_flush(it, false);
    for (size_t i = 0; i < sizeof rates / sizeof rates[0]; i++) {
        rig_start(it, rates[i], 4096);
        rig_block(it, 32, NULL); /* what sounded before is ended here */
        rig_output_clear(it->output);
        check_a_note(it, "a note after activation");
        rig_check_number("a parameter is kept", 0.25, rig_value(it, IDIOM_MIX));
        rig_check_number("latency without an engine", 0, it->latency->get(it->plugin));
        rig_stop_processing(it);
        rig_check(rig_start_processing(it), "processing again");
        rig_block(it, 32, NULL);
        rig_output_clear(it->output);
        check_a_note(it, "a note after a stop");
        rig_stop(it);
    }
    rig_check_number("what this host did wrong", 0, it->misuses);
    rig_close(it);
}

/* ---- The wrong thread and the wrong time ---- */

typedef struct {
    rig *it;
    bool got_value;
    bool activated;
    clap_process_status status;
} wrong_calls;

static void call_from_audio(void *context) {
    wrong_calls *calls = context;
    rig *it = calls->it;
    double value;
    calls->got_value = it->params->get_value(it->plugin, IDIOM_MIX, &value);
    calls->activated = it->plugin->activate(it->plugin, 48000, 1, 64);
    it->plugin->on_main_thread(it->plugin);
}

static void test_wrong_threads(const rig_library *library) {
    rig *it = rig_open(library);
    wrong_calls calls = {.it = it};
    rig_worker_run(it->worker, call_from_audio, &calls);
    rig_check(!calls.got_value && !calls.activated, "functions of the main thread on the audio thread are refused");
    rig_check_number("and told once", 1, it->misuses);
    rig_check_number("process() while inactive", CLAP_PROCESS_ERROR, rig_block(it, 16, NULL));
    rig_check(!rig_start_processing(it), "start_processing() while inactive");
    rig_reset(it);
    rig_stop_processing(it);
    rig_check_number("which is told once", 2, it->misuses);
    rig_start(it, 48000, 64);
    rig_check(!rig_activate(it, 48000, 64), "activate() while active");
    rig_check_number("which is told", 3, it->misuses);
    rig_input_midi(it->input, 0, 0x90, 60, 100);
    rig_check_number("process() on the main thread", CLAP_PROCESS_ERROR, rig_block_here(it, 16, NULL));
    rig_check_number("which is told", 4, it->misuses);
    rig_check_number("and plays nothing", 0, it->output->count);
    check_a_note(it, "a note after all that");
    rig_stop(it);
    rig_close(it);
}

/* A host without any extension still gets its notes. */
static void test_bare_host(const rig_library *library) {
    rig *it = rig_open_bare(library);
    rig_start(it, 44100, 64);
    check_a_note(it, "a note in a bare host");
    rig_input_value(it->input, 0, IDIOM_PRESET, 3);
    rig_block(it, 1, NULL);
    rig_serve(it);
    rig_check_number("a parameter in a bare host", 3, rig_value(it, IDIOM_PRESET));
    rig_check(!it->preset_load->from_location(it->plugin, 1, NULL, "no-such-preset"), "a preset that there isn't");
    rig_stop(it);
    rig_close(it);
}

/* ---- Two at once ---- */

enum { BLOCKS_AT_ONCE = 400 };

static void play_on(void *context) {
    rig *it = context;
    for (uint32_t i = 0; i < BLOCKS_AT_ONCE; i++) {
        uint8_t key = (uint8_t)(i % 128);
        rig_input_midi(it->input, 1, 0x90, key, 99);
        rig_input_midi(it->input, 2, 0x80, key, 64);
        rig_block_here(it, 32, NULL);
    }
}

static void test_two_at_once(const rig_library *library) {
    rig *one = rig_open(library);
    rig *other = rig_open(library);
    rig_start(one, 48000, 64);
    rig_start(other, 44100, 64);
    rig_worker_start(one->worker, play_on, one);
    rig_worker_start(other->worker, play_on, other);
    for (int i = 0; i < 50; i++) {
        rig_value(one, IDIOM_MIX);
        rig_value(other, IDIOM_MIX);
    }
    rig_worker_wait(one->worker);
    rig_worker_wait(other->worker);
    rig *both[] = {one, other};
    for (int i = 0; i < 2; i++) {
        rig_check_number("messages of one of two", 2 * BLOCKS_AT_ONCE, both[i]->output->count);
        for (uint32_t j = 0; j < BLOCKS_AT_ONCE; j++) {
            uint8_t key = (uint8_t)(j % 128);
            rig_check_midi("an on of one of two", both[i], 2 * j, j * 32 + 1, 0x90, key, 99);
            rig_check_midi("an off of one of two", both[i], 2 * j + 1, j * 32 + 2, 0x80, key, 64);
        }
    }
    rig_stop(one);
    rig_close(one);
    check_a_note(other, "a note after the other one has gone");
    rig_stop(other);
    rig_close(other);
}

void test_life(const char *path) {
    rig_library library;
    if (!rig_library_open(&library, path)) {
        return;
    }
    check_entry(&library, path);
    check_descriptor(&library);
    check_wrong_plugins(&library);
    test_cycles(&library);
    rig_library_close(&library);
    if (rig_library_open(&library, path)) {
        test_wrong_threads(&library);
        test_bare_host(&library);
        test_two_at_once(&library);
    }
    rig_library_close(&library);
}
