/*
 * Holds clap_abi.h against the CLAP 1.2 specification: the numbers below were printed by a program that was compiled
 * with the specification's own headers (free-audio/clap 195b42a, version 1.2.10), for 64-bit machines of the System V ABI.
 *
 * Prints each difference and exits with 1, or prints how many things agree.
 */
#include "clap_abi.h"

#include <stddef.h>
#include <stdio.h>
#include <string.h>

static unsigned checks;
static unsigned failures;

static void check_number(const char *what, long long expected, long long actual) {
    checks++;
    if (expected != actual) {
        failures++;
        printf("abi_test: %s: expected=%lld actual=%lld\n", what, expected, actual);
    }
}

static void check_string(const char *what, const char *expected, const char *actual) {
    checks++;
    if (strcmp(expected, actual) != 0) {
        failures++;
        printf("abi_test: %s: expected=%s actual=%s\n", what, expected, actual);
    }
}

#define STRUCT(type, size) check_number("sizeof " #type, size, (long long)sizeof(type));
#define FIELD(type, field, offset, size) \
    check_number("offset of " #type "." #field, offset, (long long)offsetof(type, field)); \
    check_number("size of " #type "." #field, size, (long long)sizeof(((type *)0)->field));
#define NUMBER(name, value) check_number(#name, value, (long long)(name));
#define STRING(name, value) check_string(#name, value, name);

static void check_structs(void) {
    STRUCT(clap_version_t, 12)
    FIELD(clap_version_t, major, 0, 4)
    FIELD(clap_version_t, minor, 4, 4)
    FIELD(clap_version_t, revision, 8, 4)

    STRUCT(clap_plugin_entry_t, 40)
    FIELD(clap_plugin_entry_t, clap_version, 0, 12)
    FIELD(clap_plugin_entry_t, init, 16, 8)
    FIELD(clap_plugin_entry_t, deinit, 24, 8)
    FIELD(clap_plugin_entry_t, get_factory, 32, 8)

    STRUCT(clap_host_t, 88)
    FIELD(clap_host_t, clap_version, 0, 12)
    FIELD(clap_host_t, host_data, 16, 8)
    FIELD(clap_host_t, name, 24, 8)
    FIELD(clap_host_t, vendor, 32, 8)
    FIELD(clap_host_t, url, 40, 8)
    FIELD(clap_host_t, version, 48, 8)
    FIELD(clap_host_t, get_extension, 56, 8)
    FIELD(clap_host_t, request_restart, 64, 8)
    FIELD(clap_host_t, request_process, 72, 8)
    FIELD(clap_host_t, request_callback, 80, 8)

    STRUCT(clap_event_header_t, 16)
    FIELD(clap_event_header_t, size, 0, 4)
    FIELD(clap_event_header_t, time, 4, 4)
    FIELD(clap_event_header_t, space_id, 8, 2)
    FIELD(clap_event_header_t, type, 10, 2)
    FIELD(clap_event_header_t, flags, 12, 4)

    STRUCT(clap_event_note_t, 40)
    FIELD(clap_event_note_t, header, 0, 16)
    FIELD(clap_event_note_t, note_id, 16, 4)
    FIELD(clap_event_note_t, port_index, 20, 2)
    FIELD(clap_event_note_t, channel, 22, 2)
    FIELD(clap_event_note_t, key, 24, 2)
    FIELD(clap_event_note_t, velocity, 32, 8)

    STRUCT(clap_event_param_value_t, 56)
    FIELD(clap_event_param_value_t, header, 0, 16)
    FIELD(clap_event_param_value_t, param_id, 16, 4)
    FIELD(clap_event_param_value_t, cookie, 24, 8)
    FIELD(clap_event_param_value_t, note_id, 32, 4)
    FIELD(clap_event_param_value_t, port_index, 36, 2)
    FIELD(clap_event_param_value_t, channel, 38, 2)
    FIELD(clap_event_param_value_t, key, 40, 2)
    FIELD(clap_event_param_value_t, value, 48, 8)

    STRUCT(clap_event_param_mod_t, 56)
    FIELD(clap_event_param_mod_t, header, 0, 16)
    FIELD(clap_event_param_mod_t, param_id, 16, 4)
    FIELD(clap_event_param_mod_t, cookie, 24, 8)
    FIELD(clap_event_param_mod_t, note_id, 32, 4)
    FIELD(clap_event_param_mod_t, port_index, 36, 2)
    FIELD(clap_event_param_mod_t, channel, 38, 2)
    FIELD(clap_event_param_mod_t, key, 40, 2)
    FIELD(clap_event_param_mod_t, amount, 48, 8)

    STRUCT(clap_event_transport_t, 104)
    FIELD(clap_event_transport_t, header, 0, 16)
    FIELD(clap_event_transport_t, flags, 16, 4)
    FIELD(clap_event_transport_t, song_pos_beats, 24, 8)
    FIELD(clap_event_transport_t, song_pos_seconds, 32, 8)
    FIELD(clap_event_transport_t, tempo, 40, 8)
    FIELD(clap_event_transport_t, tempo_inc, 48, 8)
    FIELD(clap_event_transport_t, loop_start_beats, 56, 8)
    FIELD(clap_event_transport_t, loop_end_beats, 64, 8)
    FIELD(clap_event_transport_t, loop_start_seconds, 72, 8)
    FIELD(clap_event_transport_t, loop_end_seconds, 80, 8)
    FIELD(clap_event_transport_t, bar_start, 88, 8)
    FIELD(clap_event_transport_t, bar_number, 96, 4)
    FIELD(clap_event_transport_t, tsig_num, 100, 2)
    FIELD(clap_event_transport_t, tsig_denom, 102, 2)

    STRUCT(clap_event_midi_t, 24)
    FIELD(clap_event_midi_t, header, 0, 16)
    FIELD(clap_event_midi_t, port_index, 16, 2)
    FIELD(clap_event_midi_t, data, 18, 3)

    STRUCT(clap_event_midi_sysex_t, 40)
    FIELD(clap_event_midi_sysex_t, header, 0, 16)
    FIELD(clap_event_midi_sysex_t, port_index, 16, 2)
    FIELD(clap_event_midi_sysex_t, buffer, 24, 8)
    FIELD(clap_event_midi_sysex_t, size, 32, 4)

    STRUCT(clap_input_events_t, 24)
    FIELD(clap_input_events_t, ctx, 0, 8)
    FIELD(clap_input_events_t, size, 8, 8)
    FIELD(clap_input_events_t, get, 16, 8)

    STRUCT(clap_output_events_t, 16)
    FIELD(clap_output_events_t, ctx, 0, 8)
    FIELD(clap_output_events_t, try_push, 8, 8)

    STRUCT(clap_audio_buffer_t, 32)
    FIELD(clap_audio_buffer_t, data32, 0, 8)
    FIELD(clap_audio_buffer_t, data64, 8, 8)
    FIELD(clap_audio_buffer_t, channel_count, 16, 4)
    FIELD(clap_audio_buffer_t, latency, 20, 4)
    FIELD(clap_audio_buffer_t, constant_mask, 24, 8)

    STRUCT(clap_process_t, 64)
    FIELD(clap_process_t, steady_time, 0, 8)
    FIELD(clap_process_t, frames_count, 8, 4)
    FIELD(clap_process_t, transport, 16, 8)
    FIELD(clap_process_t, audio_inputs, 24, 8)
    FIELD(clap_process_t, audio_outputs, 32, 8)
    FIELD(clap_process_t, audio_inputs_count, 40, 4)
    FIELD(clap_process_t, audio_outputs_count, 44, 4)
    FIELD(clap_process_t, in_events, 48, 8)
    FIELD(clap_process_t, out_events, 56, 8)

    STRUCT(clap_plugin_descriptor_t, 88)
    FIELD(clap_plugin_descriptor_t, clap_version, 0, 12)
    FIELD(clap_plugin_descriptor_t, id, 16, 8)
    FIELD(clap_plugin_descriptor_t, name, 24, 8)
    FIELD(clap_plugin_descriptor_t, vendor, 32, 8)
    FIELD(clap_plugin_descriptor_t, url, 40, 8)
    FIELD(clap_plugin_descriptor_t, manual_url, 48, 8)
    FIELD(clap_plugin_descriptor_t, support_url, 56, 8)
    FIELD(clap_plugin_descriptor_t, version, 64, 8)
    FIELD(clap_plugin_descriptor_t, description, 72, 8)
    FIELD(clap_plugin_descriptor_t, features, 80, 8)

    STRUCT(clap_plugin_t, 96)
    FIELD(clap_plugin_t, desc, 0, 8)
    FIELD(clap_plugin_t, plugin_data, 8, 8)
    FIELD(clap_plugin_t, init, 16, 8)
    FIELD(clap_plugin_t, destroy, 24, 8)
    FIELD(clap_plugin_t, activate, 32, 8)
    FIELD(clap_plugin_t, deactivate, 40, 8)
    FIELD(clap_plugin_t, start_processing, 48, 8)
    FIELD(clap_plugin_t, stop_processing, 56, 8)
    FIELD(clap_plugin_t, reset, 64, 8)
    FIELD(clap_plugin_t, process, 72, 8)
    FIELD(clap_plugin_t, get_extension, 80, 8)
    FIELD(clap_plugin_t, on_main_thread, 88, 8)

    STRUCT(clap_plugin_factory_t, 24)
    FIELD(clap_plugin_factory_t, get_plugin_count, 0, 8)
    FIELD(clap_plugin_factory_t, get_plugin_descriptor, 8, 8)
    FIELD(clap_plugin_factory_t, create_plugin, 16, 8)

    STRUCT(clap_note_port_info_t, 268)
    FIELD(clap_note_port_info_t, id, 0, 4)
    FIELD(clap_note_port_info_t, supported_dialects, 4, 4)
    FIELD(clap_note_port_info_t, preferred_dialect, 8, 4)
    FIELD(clap_note_port_info_t, name, 12, 256)

    STRUCT(clap_plugin_note_ports_t, 16)
    FIELD(clap_plugin_note_ports_t, count, 0, 8)
    FIELD(clap_plugin_note_ports_t, get, 8, 8)

    STRUCT(clap_host_note_ports_t, 16)
    FIELD(clap_host_note_ports_t, supported_dialects, 0, 8)
    FIELD(clap_host_note_ports_t, rescan, 8, 8)

    STRUCT(clap_note_name_t, 262)
    FIELD(clap_note_name_t, name, 0, 256)
    FIELD(clap_note_name_t, port, 256, 2)
    FIELD(clap_note_name_t, key, 258, 2)
    FIELD(clap_note_name_t, channel, 260, 2)

    STRUCT(clap_plugin_note_name_t, 16)
    FIELD(clap_plugin_note_name_t, count, 0, 8)
    FIELD(clap_plugin_note_name_t, get, 8, 8)

    STRUCT(clap_param_info_t, 1320)
    FIELD(clap_param_info_t, id, 0, 4)
    FIELD(clap_param_info_t, flags, 4, 4)
    FIELD(clap_param_info_t, cookie, 8, 8)
    FIELD(clap_param_info_t, name, 16, 256)
    FIELD(clap_param_info_t, module, 272, 1024)
    FIELD(clap_param_info_t, min_value, 1296, 8)
    FIELD(clap_param_info_t, max_value, 1304, 8)
    FIELD(clap_param_info_t, default_value, 1312, 8)

    STRUCT(clap_plugin_params_t, 48)
    FIELD(clap_plugin_params_t, count, 0, 8)
    FIELD(clap_plugin_params_t, get_info, 8, 8)
    FIELD(clap_plugin_params_t, get_value, 16, 8)
    FIELD(clap_plugin_params_t, value_to_text, 24, 8)
    FIELD(clap_plugin_params_t, text_to_value, 32, 8)
    FIELD(clap_plugin_params_t, flush, 40, 8)

    STRUCT(clap_host_params_t, 24)
    FIELD(clap_host_params_t, rescan, 0, 8)
    FIELD(clap_host_params_t, clear, 8, 8)
    FIELD(clap_host_params_t, request_flush, 16, 8)

    STRUCT(clap_istream_t, 16)
    FIELD(clap_istream_t, ctx, 0, 8)
    FIELD(clap_istream_t, read, 8, 8)

    STRUCT(clap_ostream_t, 16)
    FIELD(clap_ostream_t, ctx, 0, 8)
    FIELD(clap_ostream_t, write, 8, 8)

    STRUCT(clap_plugin_state_t, 16)
    FIELD(clap_plugin_state_t, save, 0, 8)
    FIELD(clap_plugin_state_t, load, 8, 8)

    STRUCT(clap_plugin_latency_t, 8)
    FIELD(clap_plugin_latency_t, get, 0, 8)

    STRUCT(clap_host_latency_t, 8)
    FIELD(clap_host_latency_t, changed, 0, 8)

    STRUCT(clap_plugin_render_t, 16)
    FIELD(clap_plugin_render_t, has_hard_realtime_requirement, 0, 8)
    FIELD(clap_plugin_render_t, set, 8, 8)

    STRUCT(clap_remote_controls_page_t, 552)
    FIELD(clap_remote_controls_page_t, section_name, 0, 256)
    FIELD(clap_remote_controls_page_t, page_id, 256, 4)
    FIELD(clap_remote_controls_page_t, page_name, 260, 256)
    FIELD(clap_remote_controls_page_t, param_ids, 516, 32)
    FIELD(clap_remote_controls_page_t, is_for_preset, 548, 1)

    STRUCT(clap_plugin_remote_controls_t, 16)
    FIELD(clap_plugin_remote_controls_t, count, 0, 8)
    FIELD(clap_plugin_remote_controls_t, get, 8, 8)

    STRUCT(clap_plugin_preset_load_t, 8)
    FIELD(clap_plugin_preset_load_t, from_location, 0, 8)

    STRUCT(clap_host_preset_load_t, 16)
    FIELD(clap_host_preset_load_t, on_error, 0, 8)
    FIELD(clap_host_preset_load_t, loaded, 8, 8)

    STRUCT(clap_host_log_t, 8)
    FIELD(clap_host_log_t, log, 0, 8)

    STRUCT(clap_host_thread_check_t, 16)
    FIELD(clap_host_thread_check_t, is_main_thread, 0, 8)
    FIELD(clap_host_thread_check_t, is_audio_thread, 8, 8)

    STRUCT(clap_universal_plugin_id_t, 16)
    FIELD(clap_universal_plugin_id_t, abi, 0, 8)
    FIELD(clap_universal_plugin_id_t, id, 8, 8)

    STRUCT(clap_preset_discovery_metadata_receiver_t, 88)
    FIELD(clap_preset_discovery_metadata_receiver_t, receiver_data, 0, 8)
    FIELD(clap_preset_discovery_metadata_receiver_t, on_error, 8, 8)
    FIELD(clap_preset_discovery_metadata_receiver_t, begin_preset, 16, 8)
    FIELD(clap_preset_discovery_metadata_receiver_t, add_plugin_id, 24, 8)
    FIELD(clap_preset_discovery_metadata_receiver_t, set_soundpack_id, 32, 8)
    FIELD(clap_preset_discovery_metadata_receiver_t, set_flags, 40, 8)
    FIELD(clap_preset_discovery_metadata_receiver_t, add_creator, 48, 8)
    FIELD(clap_preset_discovery_metadata_receiver_t, set_description, 56, 8)
    FIELD(clap_preset_discovery_metadata_receiver_t, set_timestamps, 64, 8)
    FIELD(clap_preset_discovery_metadata_receiver_t, add_feature, 72, 8)
    FIELD(clap_preset_discovery_metadata_receiver_t, add_extra_info, 80, 8)

    STRUCT(clap_preset_discovery_filetype_t, 24)
    FIELD(clap_preset_discovery_filetype_t, name, 0, 8)
    FIELD(clap_preset_discovery_filetype_t, description, 8, 8)
    FIELD(clap_preset_discovery_filetype_t, file_extension, 16, 8)

    STRUCT(clap_preset_discovery_location_t, 32)
    FIELD(clap_preset_discovery_location_t, flags, 0, 4)
    FIELD(clap_preset_discovery_location_t, name, 8, 8)
    FIELD(clap_preset_discovery_location_t, kind, 16, 4)
    FIELD(clap_preset_discovery_location_t, location, 24, 8)

    STRUCT(clap_preset_discovery_soundpack_t, 64)
    FIELD(clap_preset_discovery_soundpack_t, flags, 0, 4)
    FIELD(clap_preset_discovery_soundpack_t, id, 8, 8)
    FIELD(clap_preset_discovery_soundpack_t, name, 16, 8)
    FIELD(clap_preset_discovery_soundpack_t, description, 24, 8)
    FIELD(clap_preset_discovery_soundpack_t, homepage_url, 32, 8)
    FIELD(clap_preset_discovery_soundpack_t, vendor, 40, 8)
    FIELD(clap_preset_discovery_soundpack_t, image_path, 48, 8)
    FIELD(clap_preset_discovery_soundpack_t, release_timestamp, 56, 8)

    STRUCT(clap_preset_discovery_provider_descriptor_t, 40)
    FIELD(clap_preset_discovery_provider_descriptor_t, clap_version, 0, 12)
    FIELD(clap_preset_discovery_provider_descriptor_t, id, 16, 8)
    FIELD(clap_preset_discovery_provider_descriptor_t, name, 24, 8)
    FIELD(clap_preset_discovery_provider_descriptor_t, vendor, 32, 8)

    STRUCT(clap_preset_discovery_provider_t, 48)
    FIELD(clap_preset_discovery_provider_t, desc, 0, 8)
    FIELD(clap_preset_discovery_provider_t, provider_data, 8, 8)
    FIELD(clap_preset_discovery_provider_t, init, 16, 8)
    FIELD(clap_preset_discovery_provider_t, destroy, 24, 8)
    FIELD(clap_preset_discovery_provider_t, get_metadata, 32, 8)
    FIELD(clap_preset_discovery_provider_t, get_extension, 40, 8)

    STRUCT(clap_preset_discovery_indexer_t, 88)
    FIELD(clap_preset_discovery_indexer_t, clap_version, 0, 12)
    FIELD(clap_preset_discovery_indexer_t, name, 16, 8)
    FIELD(clap_preset_discovery_indexer_t, vendor, 24, 8)
    FIELD(clap_preset_discovery_indexer_t, url, 32, 8)
    FIELD(clap_preset_discovery_indexer_t, version, 40, 8)
    FIELD(clap_preset_discovery_indexer_t, indexer_data, 48, 8)
    FIELD(clap_preset_discovery_indexer_t, declare_filetype, 56, 8)
    FIELD(clap_preset_discovery_indexer_t, declare_location, 64, 8)
    FIELD(clap_preset_discovery_indexer_t, declare_soundpack, 72, 8)
    FIELD(clap_preset_discovery_indexer_t, get_extension, 80, 8)

    STRUCT(clap_preset_discovery_factory_t, 24)
    FIELD(clap_preset_discovery_factory_t, count, 0, 8)
    FIELD(clap_preset_discovery_factory_t, get_descriptor, 8, 8)
    FIELD(clap_preset_discovery_factory_t, create, 16, 8)
}

static void check_types(void) {
    STRUCT(clap_id, 4)
    STRUCT(clap_beattime, 8)
    STRUCT(clap_sectime, 8)
    STRUCT(clap_process_status, 4)
    STRUCT(clap_param_info_flags, 4)
    STRUCT(clap_param_rescan_flags, 4)
    STRUCT(clap_param_clear_flags, 4)
    STRUCT(clap_plugin_render_mode, 4)
    STRUCT(clap_log_severity, 4)
    STRUCT(clap_timestamp, 8)
}

static void check_numbers(void) {
    NUMBER(CLAP_NAME_SIZE, 256)
    NUMBER(CLAP_PATH_SIZE, 1024)
    NUMBER(CLAP_EVENT_IS_LIVE, 1)
    NUMBER(CLAP_EVENT_DONT_RECORD, 2)
    NUMBER(CLAP_EVENT_NOTE_ON, 0)
    NUMBER(CLAP_EVENT_NOTE_OFF, 1)
    NUMBER(CLAP_EVENT_NOTE_CHOKE, 2)
    NUMBER(CLAP_EVENT_NOTE_END, 3)
    NUMBER(CLAP_EVENT_NOTE_EXPRESSION, 4)
    NUMBER(CLAP_EVENT_PARAM_VALUE, 5)
    NUMBER(CLAP_EVENT_PARAM_MOD, 6)
    NUMBER(CLAP_EVENT_PARAM_GESTURE_BEGIN, 7)
    NUMBER(CLAP_EVENT_PARAM_GESTURE_END, 8)
    NUMBER(CLAP_EVENT_TRANSPORT, 9)
    NUMBER(CLAP_EVENT_MIDI, 10)
    NUMBER(CLAP_EVENT_MIDI_SYSEX, 11)
    NUMBER(CLAP_EVENT_MIDI2, 12)
    NUMBER(CLAP_TRANSPORT_HAS_TEMPO, 1)
    NUMBER(CLAP_TRANSPORT_HAS_BEATS_TIMELINE, 2)
    NUMBER(CLAP_TRANSPORT_HAS_SECONDS_TIMELINE, 4)
    NUMBER(CLAP_TRANSPORT_HAS_TIME_SIGNATURE, 8)
    NUMBER(CLAP_TRANSPORT_IS_PLAYING, 16)
    NUMBER(CLAP_TRANSPORT_IS_RECORDING, 32)
    NUMBER(CLAP_TRANSPORT_IS_LOOP_ACTIVE, 64)
    NUMBER(CLAP_TRANSPORT_IS_WITHIN_PRE_ROLL, 128)
    NUMBER(CLAP_PROCESS_ERROR, 0)
    NUMBER(CLAP_PROCESS_CONTINUE, 1)
    NUMBER(CLAP_PROCESS_CONTINUE_IF_NOT_QUIET, 2)
    NUMBER(CLAP_PROCESS_TAIL, 3)
    NUMBER(CLAP_PROCESS_SLEEP, 4)
    NUMBER(CLAP_NOTE_DIALECT_CLAP, 1)
    NUMBER(CLAP_NOTE_DIALECT_MIDI, 2)
    NUMBER(CLAP_NOTE_DIALECT_MIDI_MPE, 4)
    NUMBER(CLAP_NOTE_DIALECT_MIDI2, 8)
    NUMBER(CLAP_PARAM_IS_STEPPED, 1)
    NUMBER(CLAP_PARAM_IS_READONLY, 8)
    NUMBER(CLAP_PARAM_IS_BYPASS, 16)
    NUMBER(CLAP_PARAM_IS_AUTOMATABLE, 32)
    NUMBER(CLAP_PARAM_IS_MODULATABLE, 1024)
    NUMBER(CLAP_PARAM_IS_MODULATABLE_PER_NOTE_ID, 2048)
    NUMBER(CLAP_PARAM_IS_MODULATABLE_PER_KEY, 4096)
    NUMBER(CLAP_PARAM_IS_MODULATABLE_PER_CHANNEL, 8192)
    NUMBER(CLAP_PARAM_IS_MODULATABLE_PER_PORT, 16384)
    NUMBER(CLAP_PARAM_IS_ENUM, 65536)
    NUMBER(CLAP_PARAM_RESCAN_VALUES, 1)
    NUMBER(CLAP_PARAM_RESCAN_TEXT, 2)
    NUMBER(CLAP_PARAM_RESCAN_INFO, 4)
    NUMBER(CLAP_PARAM_RESCAN_ALL, 8)
    NUMBER(CLAP_RENDER_REALTIME, 0)
    NUMBER(CLAP_RENDER_OFFLINE, 1)
    NUMBER(CLAP_REMOTE_CONTROLS_COUNT, 8)
    NUMBER(CLAP_LOG_DEBUG, 0)
    NUMBER(CLAP_LOG_INFO, 1)
    NUMBER(CLAP_LOG_WARNING, 2)
    NUMBER(CLAP_LOG_ERROR, 3)
    NUMBER(CLAP_LOG_FATAL, 4)
    NUMBER(CLAP_LOG_HOST_MISBEHAVING, 5)
    NUMBER(CLAP_LOG_PLUGIN_MISBEHAVING, 6)
    NUMBER(CLAP_PRESET_DISCOVERY_LOCATION_FILE, 0)
    NUMBER(CLAP_PRESET_DISCOVERY_LOCATION_PLUGIN, 1)
    NUMBER(CLAP_PRESET_DISCOVERY_IS_FACTORY_CONTENT, 1)
    NUMBER(CLAP_PRESET_DISCOVERY_IS_USER_CONTENT, 2)
    NUMBER(CLAP_PRESET_DISCOVERY_IS_DEMO_CONTENT, 4)
    NUMBER(CLAP_PRESET_DISCOVERY_IS_FAVORITE, 8)
    NUMBER(CLAP_INVALID_ID, 4294967295)
    NUMBER(CLAP_BEATTIME_FACTOR, 2147483648)
    NUMBER(CLAP_SECTIME_FACTOR, 2147483648)
    NUMBER(CLAP_CORE_EVENT_SPACE_ID, 0)
}

static void check_strings(void) {
    STRING(CLAP_PLUGIN_FEATURE_NOTE_EFFECT, "note-effect")
    STRING(CLAP_PLUGIN_FEATURE_UTILITY, "utility")
    STRING(CLAP_PLUGIN_FACTORY_ID, "clap.plugin-factory")
    STRING(CLAP_EXT_NOTE_PORTS, "clap.note-ports")
    STRING(CLAP_EXT_NOTE_NAME, "clap.note-name")
    STRING(CLAP_EXT_PARAMS, "clap.params")
    STRING(CLAP_EXT_STATE, "clap.state")
    STRING(CLAP_EXT_LATENCY, "clap.latency")
    STRING(CLAP_EXT_RENDER, "clap.render")
    STRING(CLAP_EXT_REMOTE_CONTROLS, "clap.remote-controls/2")
    STRING(CLAP_EXT_REMOTE_CONTROLS_COMPAT, "clap.remote-controls.draft/2")
    STRING(CLAP_EXT_PRESET_LOAD, "clap.preset-load/2")
    STRING(CLAP_EXT_PRESET_LOAD_COMPAT, "clap.preset-load.draft/2")
    STRING(CLAP_EXT_LOG, "clap.log")
    STRING(CLAP_EXT_THREAD_CHECK, "clap.thread-check")
    STRING(CLAP_PRESET_DISCOVERY_FACTORY_ID, "clap.preset-discovery-factory/2")
    STRING(CLAP_PRESET_DISCOVERY_FACTORY_ID_COMPAT, "clap.preset-discovery-factory/draft-2")
}

int main(void) {
    check_structs();
    check_types();
    check_numbers();
    check_strings();
    if (failures > 0) {
        printf("abi_test: %u of %u checks failed\n", failures, checks);
        return 1;
    }
    printf("abi_test: %u checks passed\n", checks);
    return 0;
}
