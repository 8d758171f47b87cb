#include <math.h>
#include <stdio.h>
#include <string.h>

#include "plugin.h"
#include "text.h"

/* No parameter of the core's, and so neither set by events nor saved. */
static const idiom_parameter_info status_info = {
        "status", "Status", 0, IDIOM_STATUSES - 1, IDIOM_WAITING, true, idiom_status_labels};

static uint32_t count_parameters(const clap_plugin_t *plugin) {
    (void)plugin;
    return IDIOM_PARAMETERS + 1;
}

/* The status comes last. */
static clap_id id_at(uint32_t index) {
    return index < IDIOM_PARAMETERS ? index : index == IDIOM_PARAMETERS ? IDIOM_CLAP_STATUS : CLAP_INVALID_ID;
}

static const idiom_parameter_info *info_of(clap_id id) {
    return id == IDIOM_CLAP_STATUS ? &status_info : idiom_parameter_at(id);
}

static bool is_shown_in_percent(uint32_t parameter) {
    return parameter == IDIOM_MIX || parameter == IDIOM_DENSITY;
}

static clap_param_info_flags flags_of(clap_id id, const idiom_parameter_info *info) {
    clap_param_info_flags flags = 0;
    if (id == IDIOM_CLAP_STATUS) {
        flags |= CLAP_PARAM_IS_READONLY;
    } else if (id != IDIOM_COMPENSATE) {
        /* Compensation costs a restart, which is nothing to be done in the middle of a song. */
        flags |= CLAP_PARAM_IS_AUTOMATABLE;
    }
    if (info->is_stepped) {
        flags |= CLAP_PARAM_IS_STEPPED;
    } else {
        flags |= CLAP_PARAM_IS_MODULATABLE;
    }
    if (info->labels != NULL || id == IDIOM_PRESET) {
        flags |= CLAP_PARAM_IS_ENUM;
    }
    if (id == IDIOM_BYPASS) {
        flags |= CLAP_PARAM_IS_BYPASS;
    }
    return flags;
}

static bool get_info(const clap_plugin_t *plugin, uint32_t index, clap_param_info_t *out) {
    clap_id id = id_at(index);
    const idiom_parameter_info *info = info_of(id);
    if (!idiom_clap_is_main(idiom_clap_of(plugin)) || info == NULL || out == NULL) {
        return false;
    }
    memset(out, 0, sizeof *out);
    out->id = id;
    out->flags = flags_of(id, info);
    snprintf(out->name, sizeof out->name, "%s", info->name);
    out->min_value = info->minimum;
    out->max_value = info->maximum;
    out->default_value = info->standard;
    return true;
}

static bool get_value(const clap_plugin_t *plugin, clap_id id, double *out) {
    idiom_clap *self = idiom_clap_of(plugin);
    if (!idiom_clap_is_main(self) || info_of(id) == NULL || out == NULL) {
        return false;
    }
    *out = id == IDIOM_CLAP_STATUS ? (double)idiom_core_status(self->core) : idiom_core_get(self->core, id);
    return true;
}

/*
 * A value as the core takes it: within its range; of stepped ones the whole part, as the specification has it; of others
 * millionths, which are what a state holds, so that a value comes back as it was.
 */
static double settle(const idiom_parameter_info *info, double value) {
    /* A host that keeps values between 0 and 1 may miss a whole number by a hair. */
    static const double hair = 1e-4;
    static const double millionths = 1e6;
    double within = fmin(fmax(value, info->minimum), info->maximum);
    return info->is_stepped ? floor(fmin(within + hair, info->maximum)) : round(within * millionths) / millionths;
}

static void write_preset(const idiom_clap *self, uint32_t program, char *text, size_t room) {
    for (size_t i = 0; i < self->preset_count; i++) {
        if (self->presets[i].program == program) {
            snprintf(text, room, "%s", self->presets[i].title);
            return;
        }
    }
    snprintf(text, room, "Program %u (not installed)", (unsigned)program);
}

static bool value_to_text(const clap_plugin_t *plugin, clap_id id, double value, char *text, uint32_t room) {
    const idiom_clap *self = idiom_clap_of(plugin);
    const idiom_parameter_info *info = info_of(id);
    if (!idiom_clap_is_main(idiom_clap_of(plugin)) || info == NULL || isnan(value) || text == NULL || room == 0) {
        return false;
    }
    double settled = settle(info, value);
    if (id == IDIOM_PRESET) {
        write_preset(self, (uint32_t)settled, text, room);
    } else if (info->labels != NULL) {
        snprintf(text, room, "%s", info->labels[(uint32_t)(settled - info->minimum)]);
    } else if (is_shown_in_percent(id)) {
        idiom_clap_text_write(text, room, settled * 100, 1, false, " %");
    } else {
        idiom_clap_text_write(text, room, settled, 3, true, "");
    }
    return true;
}

static bool read_preset(const idiom_clap *self, const char *text, double *out) {
    for (size_t i = 0; i < self->preset_count; i++) {
        if (idiom_clap_text_equals(text, self->presets[i].title) || idiom_clap_text_equals(text, self->presets[i].name)) {
            *out = self->presets[i].program;
            return true;
        }
    }
    static const char word[] = "Program ";
    return idiom_clap_text_read(strncmp(text, word, sizeof word - 1) == 0 ? text + sizeof word - 1 : text, out);
}

static bool read_label(const idiom_parameter_info *info, const char *text, double *out) {
    uint32_t count = (uint32_t)(info->maximum - info->minimum) + 1;
    for (uint32_t i = 0; i < count; i++) {
        if (idiom_clap_text_equals(text, info->labels[i])) {
            *out = info->minimum + i;
            return true;
        }
    }
    return idiom_clap_text_read(text, out);
}

static bool text_to_value(const clap_plugin_t *plugin, clap_id id, const char *text, double *out) {
    const idiom_clap *self = idiom_clap_of(plugin);
    const idiom_parameter_info *info = info_of(id);
    if (!idiom_clap_is_main(idiom_clap_of(plugin)) || info == NULL || text == NULL || out == NULL) {
        return false;
    }
    double value;
    bool is_read = id == IDIOM_PRESET     ? read_preset(self, text, &value)
                   : info->labels != NULL ? read_label(info, text, &value)
                                          : idiom_clap_text_read(text, &value);
    if (is_read) {
        *out = settle(info, is_shown_in_percent(id) ? value / 100 : value);
    }
    return is_read;
}

bool idiom_clap_read_value(const clap_event_header_t *header, uint32_t *parameter, double *value) {
    if (header->space_id != CLAP_CORE_EVENT_SPACE_ID || header->type != CLAP_EVENT_PARAM_VALUE
            || header->size < sizeof(clap_event_param_value_t)) {
        return false;
    }
    const clap_event_param_value_t *event = (const clap_event_param_value_t *)header;
    const idiom_parameter_info *info = idiom_parameter_at(event->param_id);
    if (info == NULL || isnan(event->value)) {
        return false;
    }
    *parameter = event->param_id;
    *value = settle(info, event->value);
    return true;
}

/* Whether an event is for the parameter as a whole, and not for some of the notes; the one port there is means the same. */
static bool is_for_all(const clap_event_param_mod_t *event) {
    bool is_any_port = event->port_index == -1 || event->port_index == 0;
    return event->note_id == -1 && event->channel == -1 && event->key == -1 && is_any_port;
}

bool idiom_clap_read_modulation(const clap_event_header_t *header, uint32_t *parameter, double *amount) {
    if (header->space_id != CLAP_CORE_EVENT_SPACE_ID || header->type != CLAP_EVENT_PARAM_MOD
            || header->size < sizeof(clap_event_param_mod_t)) {
        return false;
    }
    const clap_event_param_mod_t *event = (const clap_event_param_mod_t *)header;
    /* We give out no cookies: one that comes back is of another plugin, and so perhaps is the number. */
    if (event->cookie != NULL || !is_for_all(event)) {
        return false;
    }
    *parameter = event->param_id;
    *amount = event->amount;
    return true;
}

void idiom_clap_host_has_set(idiom_clap *self, uint32_t parameter, double value) {
    if (parameter == IDIOM_PRESET) {
        atomic_store_explicit(&self->host_preset, (uint32_t)value, memory_order_relaxed);
    }
}

/* False if the host has no room for it now. */
static bool push_value(const clap_output_events_t *out, uint32_t offset, clap_id id, double value) {
    /* Not to be recorded: a Program Change that it follows from is. Not live: no hand is on a knob, which hosts would show. */
    clap_event_param_value_t event = {
            .header = {sizeof event, offset, CLAP_CORE_EVENT_SPACE_ID, CLAP_EVENT_PARAM_VALUE, CLAP_EVENT_DONT_RECORD},
            .param_id = id,
            .note_id = -1,
            .port_index = -1,
            .channel = -1,
            .key = -1,
            .value = value,
    };
    return out->try_push(out, &event.header);
}

/* Tells the host of a value if it believes in another one. */
static void push_change(
        const clap_output_events_t *out, uint32_t offset, clap_id id, uint32_t value, _Atomic uint32_t *believed) {
    if (value != atomic_load_explicit(believed, memory_order_relaxed) && push_value(out, offset, id, value)) {
        atomic_store_explicit(believed, value, memory_order_relaxed);
    }
}

void idiom_clap_push_values(idiom_clap *self, const clap_output_events_t *out, uint32_t offset) {
    if (out != NULL) {
        push_change(out, offset, IDIOM_PRESET, (uint32_t)idiom_core_get(self->core, IDIOM_PRESET), &self->host_preset);
        push_change(out, offset, IDIOM_CLAP_STATUS, (uint32_t)idiom_core_status(self->core), &self->host_status);
    }
}

void idiom_clap_host_reads(idiom_clap *self) {
    atomic_store(&self->host_preset, (uint32_t)idiom_core_get(self->core, IDIOM_PRESET));
    atomic_store(&self->host_status, (uint32_t)idiom_core_status(self->core));
}

void idiom_clap_rescan_values(idiom_clap *self) {
    idiom_clap_host_reads(self);
    if (self->host_params != NULL) {
        self->host_params->rescan(self->host, CLAP_PARAM_RESCAN_VALUES);
    }
}

static void take(idiom_clap *self, const clap_event_header_t *header) {
    uint32_t parameter;
    double number;
    if (idiom_clap_read_value(header, &parameter, &number)) {
        idiom_core_set(self->core, parameter, number);
        idiom_clap_host_has_set(self, parameter, number);
    } else if (idiom_clap_read_modulation(header, &parameter, &number)) {
        idiom_core_modulate(self->core, parameter, number);
    }
}

/* On the audio thread while active, else on the main thread; never during a block. */
static void flush(const clap_plugin_t *plugin, const clap_input_events_t *in, const clap_output_events_t *out) {
    idiom_clap *self = idiom_clap_of(plugin);
    if (!(atomic_load(&self->is_active) ? idiom_clap_is_audio(self) : idiom_clap_is_main(self))) {
        return;
    }
    uint32_t count = in == NULL ? 0 : in->size(in);
    for (uint32_t i = 0; i < count; i++) {
        const clap_event_header_t *header = in->get(in, i);
        if (header != NULL) {
            take(self, header);
        }
    }
    idiom_clap_push_values(self, out, 0);
}

const clap_plugin_params_t idiom_clap_params = {
        .count = count_parameters,
        .get_info = get_info,
        .get_value = get_value,
        .value_to_text = value_to_text,
        .text_to_value = text_to_value,
        .flush = flush,
};
