/*
 * Describes the plugin to LV2 hosts: `idiom_turtle FOLDER` writes manifest.ttl, idiom.ttl and presets.ttl, with the presets
 * that are installed. Run by the build, and again by `idiom plugin install` when presets come or go.
 */
#include <errno.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>

#include "idiom.h"
#include "ports.h"

/*
 * Even and above zero: a release, in LV2's counting. The minor number rises by 2 when a port is added, which has to come
 * last and to be lv2:connectionOptional, since all versions of an URI are one plugin to the songs that name it; the micro
 * number when a description is mended. More presets are no other version.
 */
#define MINOR_VERSION 4
#define MICRO_VERSION 0

#ifndef IDIOM_LV2_BINARY
#define IDIOM_LV2_BINARY "Idiom.so"
#endif

enum { MOST_PRESETS = 128, PATH_BYTES = 4096 };

static const char prefixes[] =
        "@prefix atom: <http://lv2plug.in/ns/ext/atom#> .\n"
        "@prefix bufsz: <http://lv2plug.in/ns/ext/buf-size#> .\n"
        "@prefix doap: <http://usefulinc.com/ns/doap#> .\n"
        "@prefix foaf: <http://xmlns.com/foaf/0.1/> .\n"
        "@prefix log: <http://lv2plug.in/ns/ext/log#> .\n"
        "@prefix lv2: <http://lv2plug.in/ns/lv2core#> .\n"
        "@prefix midi: <http://lv2plug.in/ns/ext/midi#> .\n"
        "@prefix opts: <http://lv2plug.in/ns/ext/options#> .\n"
        "@prefix pprops: <http://lv2plug.in/ns/ext/port-props#> .\n"
        "@prefix pset: <http://lv2plug.in/ns/ext/presets#> .\n"
        "@prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> .\n"
        "@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .\n"
        "@prefix rsz: <http://lv2plug.in/ns/ext/resize-port#> .\n"
        "@prefix state: <http://lv2plug.in/ns/ext/state#> .\n"
        "@prefix time: <http://lv2plug.in/ns/ext/time#> .\n"
        "@prefix units: <http://lv2plug.in/ns/extensions/units#> .\n"
        "@prefix urid: <http://lv2plug.in/ns/ext/urid#> .\n"
        "\n";

static const char licence[] = "<http://www.apache.org/licenses/LICENSE-2.0>";

/* A file that is being written. */
typedef struct {
    FILE *file;
    const idiom_preset *presets; /* one for each program */
    size_t count;
} turtle;

/* ---- text ---- */

/* Bytes of the UTF-8 character there, or 0 if it is none: the rows of table 3-7 in the Unicode standard. */
static size_t utf8_length(const char *text) {
    static const struct {
        unsigned char first, first_end, second, second_end;
        size_t length;
    } rows[] = {
            {0x00, 0x7F, 0x00, 0xFF, 1}, {0xC2, 0xDF, 0x80, 0xBF, 2}, {0xE0, 0xE0, 0xA0, 0xBF, 3},
            {0xE1, 0xEC, 0x80, 0xBF, 3}, {0xED, 0xED, 0x80, 0x9F, 3}, {0xEE, 0xEF, 0x80, 0xBF, 3},
            {0xF0, 0xF0, 0x90, 0xBF, 4}, {0xF1, 0xF3, 0x80, 0xBF, 4}, {0xF4, 0xF4, 0x80, 0x8F, 4},
    };
    const unsigned char *bytes = (const unsigned char *)text;
    for (size_t row = 0; row < sizeof rows / sizeof *rows; row++) {
        if (bytes[0] >= rows[row].first && bytes[0] <= rows[row].first_end) {
            size_t length = rows[row].length;
            bool is_whole = length == 1 || (bytes[1] >= rows[row].second && bytes[1] <= rows[row].second_end);
            for (size_t i = 2; is_whole && i < length; i++) {
                is_whole = (bytes[i] & 0xC0) == 0x80;
            }
            return is_whole ? length : 0;
        }
    }
    return 0;
}

/* Writes a string literal; bytes that are no UTF-8, as where a long title was cut, become U+FFFD. */
static void put_text(turtle *out, const char *text) {
    fputc('"', out->file);
    while (*text != '\0') {
        size_t length = utf8_length(text);
        if (length == 0) {
            fputs("\\uFFFD", out->file);
            length = 1;
        } else if (*text == '"' || *text == '\\') {
            fprintf(out->file, "\\%c", *text);
        } else if ((unsigned char)*text < 0x20 || *text == 0x7F) {
            fprintf(out->file, "\\u%04X", (unsigned)*text);
        } else {
            fwrite(text, 1, length, out->file);
        }
        text += length;
    }
    fputc('"', out->file);
}

/* Writes a number with its point, which says that it is a decimal. */
static void put_number(turtle *out, double number) {
    char text[32];
    snprintf(text, sizeof text, "%.6f", number);
    size_t length = strlen(text);
    while (text[length - 1] == '0' && text[length - 2] != '.') {
        text[--length] = '\0';
    }
    fputs(text, out->file);
}

static void put(turtle *out, const char *format, ...) __attribute__((format(printf, 2, 3)));
static void put(turtle *out, const char *format, ...) {
    va_list arguments;
    va_start(arguments, format);
    vfprintf(out->file, format, arguments);
    va_end(arguments);
}

static const char *title_of(const idiom_preset *preset) {
    return preset->title[0] != '\0' ? preset->title : preset->name;
}

/* ---- ports ---- */

static void put_port(turtle *out, int index, const char *types, const char *symbol, const char *name) {
    put(out, " ;\n    lv2:port [\n        a %s ;\n        lv2:index %d ;\n        lv2:symbol \"%s\" ;\n        lv2:name ", types,
        index, symbol);
    put_text(out, name);
}

static void put_range(turtle *out, double minimum, double maximum) {
    put(out, " ;\n        lv2:minimum ");
    put_number(out, minimum);
    put(out, " ;\n        lv2:maximum ");
    put_number(out, maximum);
}

static void put_default(turtle *out, double standard) {
    put(out, " ;\n        lv2:default ");
    put_number(out, standard);
}

static void put_point(turtle *out, bool is_first, const char *label, double value) {
    put(out, is_first ? " ;\n        lv2:portProperty lv2:enumeration ;\n        lv2:scalePoint [" : " , [");
    put(out, "\n            rdfs:label ");
    put_text(out, label);
    put(out, " ;\n            rdf:value ");
    put_number(out, value);
    put(out, "\n        ]");
}

static void put_labels(turtle *out, const char *const *labels, double minimum, size_t count) {
    for (size_t i = 0; i < count; i++) {
        put_point(out, i == 0, labels[i], minimum + (double)i);
    }
}

static void put_preset_points(turtle *out) {
    for (size_t i = 0; i < out->count; i++) {
        put_point(out, i == 0, title_of(&out->presets[i]), out->presets[i].program);
    }
}

static void put_atom_ports(turtle *out) {
    put_port(out, IDIOM_PORT_IN, "lv2:InputPort , atom:AtomPort", "in", "In");
    put(out, " ;\n        lv2:designation lv2:control ;\n        atom:bufferType atom:Sequence ;\n"
             "        atom:supports midi:MidiEvent , time:Position ;\n        rsz:minimumSize %d\n    ]",
        IDIOM_PORT_BYTES);
    put_port(out, IDIOM_PORT_OUT, "lv2:OutputPort , atom:AtomPort", "out", "Out");
    put(out, " ;\n        lv2:designation lv2:control ;\n        atom:bufferType atom:Sequence ;\n"
             "        atom:supports midi:MidiEvent ;\n        rsz:minimumSize %d\n    ]",
        IDIOM_PORT_BYTES);
}

/* 1 while the plugin plays: IDIOM_BYPASS turned round. */
static void put_enabled(turtle *out) {
    put_port(out, IDIOM_PORT_PARAMETERS + IDIOM_BYPASS, "lv2:InputPort , lv2:ControlPort", "enabled", "Enabled");
    put(out, " ;\n        lv2:designation lv2:enabled ;\n        lv2:portProperty lv2:toggled , lv2:integer");
    put_range(out, 0, 1);
    put_default(out, 1);
    put(out, "\n    ]");
}

static void put_parameter(turtle *out, uint32_t parameter) {
    const idiom_parameter_info *info = idiom_parameter_at(parameter);
    put_port(out, IDIOM_PORT_PARAMETERS + (int)parameter, "lv2:InputPort , lv2:ControlPort", info->symbol, info->name);
    put_range(out, info->minimum, info->maximum);
    put_default(out, info->standard);
    bool is_switch = info->is_stepped && info->minimum == 0 && info->maximum == 1;
    if (info->is_stepped) {
        put(out, " ;\n        lv2:portProperty lv2:integer%s", is_switch ? " , lv2:toggled" : "");
    }
    if (parameter == IDIOM_PRESET) {
        put_preset_points(out);
    } else if (info->labels != NULL && !is_switch) {
        put_labels(out, info->labels, info->minimum, (size_t)(info->maximum - info->minimum) + 1);
    }
    if (parameter == IDIOM_DENSITY) {
        put(out, " ;\n        units:unit units:coef");
    }
    put(out, "\n    ]");
}

static void put_freewheeling(turtle *out) {
    put_port(out, IDIOM_PORT_FREEWHEELING, "lv2:InputPort , lv2:ControlPort", "freewheeling", "Freewheeling");
    put(out, " ;\n        lv2:designation lv2:freeWheeling ;\n"
             "        lv2:portProperty lv2:toggled , lv2:integer , lv2:connectionOptional , pprops:notOnGUI");
    put_range(out, 0, 1);
    put_default(out, 0);
    put(out, "\n    ]");
}

static void put_count(turtle *out, int index, const char *symbol, const char *name) {
    put_port(out, index, "lv2:OutputPort , lv2:ControlPort", symbol, name);
    put(out, " ;\n        lv2:portProperty lv2:integer , lv2:connectionOptional");
    put_range(out, 0, IDIOM_PORT_MOST);
    put(out, "\n    ]");
}

static void put_figures(turtle *out) {
    put_port(out, IDIOM_PORT_LATENCY, "lv2:OutputPort , lv2:ControlPort", "latency", "Latency");
    put(out, " ;\n        lv2:designation lv2:latency ;\n"
             "        lv2:portProperty lv2:reportsLatency , lv2:integer , lv2:connectionOptional , pprops:notOnGUI ;\n"
             "        units:unit units:frame");
    put_range(out, 0, 192000.0 * 120);
    put(out, "\n    ]");
    put_port(out, IDIOM_PORT_STATUS, "lv2:OutputPort , lv2:ControlPort", "status", "Status");
    put(out, " ;\n        lv2:portProperty lv2:integer , lv2:connectionOptional");
    put_range(out, 0, IDIOM_STATUSES - 1);
    put_labels(out, idiom_status_labels, 0, IDIOM_STATUSES);
    put(out, "\n    ]");
    put_port(out, IDIOM_PORT_PLAYING, "lv2:OutputPort , lv2:ControlPort", "playing", "Preset now playing");
    put(out, " ;\n        lv2:portProperty lv2:integer , lv2:connectionOptional");
    put_range(out, 0, 127);
    put_preset_points(out);
    put(out, "\n    ]");
    put_count(out, IDIOM_PORT_LATE, "late", "Late messages");
    put_count(out, IDIOM_PORT_DROPPED, "dropped", "Dropped messages");
}

/* ---- files ---- */

static void put_manifest(turtle *out) {
    put(out, "<" IDIOM_LV2_URI ">\n    a lv2:Plugin ;\n    lv2:minorVersion %d ;\n    lv2:microVersion %d ;\n"
             "    lv2:binary <" IDIOM_LV2_BINARY "> ;\n    rdfs:seeAlso <idiom.ttl> .\n",
        MINOR_VERSION, MICRO_VERSION);
    for (size_t i = 0; i < out->count; i++) {
        put(out, "\n<" IDIOM_LV2_URI "#preset-%u>\n    a pset:Preset ;\n    lv2:appliesTo <" IDIOM_LV2_URI "> ;\n"
                 "    rdfs:seeAlso <presets.ttl> .\n",
            out->presets[i].program);
    }
}

static void put_plugin(turtle *out) {
    put(out, "<urn:idiom>\n    a doap:Project ;\n    doap:name \"Idiom\" ;\n    doap:license %s ;\n"
             "    doap:shortdesc \"Plays what you play in another style\" ;\n"
             "    doap:maintainer [ a foaf:Person ; foaf:name \"Idiom\" ] .\n\n",
        licence);
    put(out, "<" IDIOM_LV2_URI ">\n    a lv2:Plugin , lv2:MIDIPlugin ;\n    doap:name \"Idiom\" ;\n    doap:license %s ;\n"
             "    doap:shortdesc \"Plays what you play in another style\" ;\n"
             "    lv2:project <urn:idiom> ;\n    lv2:requiredFeature urid:map ;\n"
             "    lv2:optionalFeature lv2:hardRTCapable , bufsz:boundedBlockLength , opts:options , log:log ;\n"
             "    opts:supportedOption bufsz:maxBlockLength , bufsz:nominalBlockLength ;\n"
             "    lv2:extensionData state:interface",
        licence);
    put_atom_ports(out);
    for (uint32_t i = 0; i < IDIOM_PARAMETERS; i++) {
        if (i == IDIOM_BYPASS) {
            put_enabled(out);
        } else {
            put_parameter(out, i);
        }
    }
    put_freewheeling(out);
    put_figures(out);
    put(out, " .\n");
}

static void put_presets(turtle *out) {
    for (size_t i = 0; i < out->count; i++) {
        const idiom_preset *preset = &out->presets[i];
        put(out, "%s<" IDIOM_LV2_URI "#preset-%u>\n    a pset:Preset ;\n    lv2:appliesTo <" IDIOM_LV2_URI "> ;\n"
                 "    rdfs:label ",
            i == 0 ? "" : "\n", preset->program);
        put_text(out, title_of(preset));
        put(out, " ;\n    lv2:port [\n        lv2:symbol \"%s\" ;\n        pset:value ",
            idiom_parameter_at(IDIOM_PRESET)->symbol);
        put_number(out, preset->program);
        put(out, "\n    ] .\n");
    }
}

/* Writes a file under another name and then gives it its own, so that a host that reads it meanwhile finds a whole one. */
static bool write_file(
        const char *folder, const char *name, const idiom_preset *presets, size_t count, void (*content)(turtle *)) {
    char path[PATH_BYTES];
    char made[PATH_BYTES];
    int length = snprintf(path, sizeof path, "%s/%s", folder, name);
    if (length < 0 || (size_t)length >= sizeof path - 4) {
        errno = ENAMETOOLONG;
        return false;
    }
    snprintf(made, sizeof made, "%.*s.new", length, path);
    turtle out = {fopen(made, "w"), presets, count};
    if (out.file == NULL) {
        return false;
    }
    put(&out, "%s", prefixes);
    content(&out);
    bool is_written = ferror(out.file) == 0;
    is_written = fclose(out.file) == 0 && is_written && rename(made, path) == 0;
    if (!is_written) {
        int reason = errno;
        remove(made);
        errno = reason;
    }
    return is_written;
}

/* Reads the presets, leaving out what asks for a program that is taken. */
static size_t read_presets(idiom_preset *presets) {
    bool is_taken[MOST_PRESETS] = {false};
    size_t found = idiom_presets_read(presets, MOST_PRESETS);
    size_t count = 0;
    for (size_t i = 0; i < found; i++) {
        uint32_t program = presets[i].program;
        if (program < MOST_PRESETS && !is_taken[program]) {
            is_taken[program] = true;
            presets[count++] = presets[i];
        }
    }
    return count;
}

int main(int count, char **arguments) {
    if (count != 2) {
        fputs("usage: idiom_turtle FOLDER\n", stderr);
        return 2;
    }
    static const struct {
        const char *name;
        void (*content)(turtle *);
    } files[] = {{"presets.ttl", put_presets}, {"idiom.ttl", put_plugin}, {"manifest.ttl", put_manifest}};
    static idiom_preset presets[MOST_PRESETS];
    size_t installed = read_presets(presets);
    for (size_t i = 0; i < sizeof files / sizeof *files; i++) {
        if (!write_file(arguments[1], files[i].name, presets, installed, files[i].content)) {
            fprintf(stderr, "idiom_turtle: cannot write file: path=%s/%s: %s\n", arguments[1], files[i].name, strerror(errno));
            return 1;
        }
    }
    return 0;
}
