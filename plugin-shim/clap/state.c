/* What the host saves and brings back, through streams that may give and take less than asked. All of it is [main]. */
#include <stdlib.h>

#include "plugin.h"

/* The longest state that is read; a song is far shorter. */
enum { FIRST_BYTES = 1 << 16, MOST_BYTES = 16 << 20 };

static bool write_all(const clap_ostream_t *stream, const uint8_t *bytes, size_t length) {
    size_t written = 0;
    while (written < length) {
        size_t rest = length - written;
        int64_t count = stream->write(stream, bytes + written, rest);
        if (count <= 0 || (uint64_t)count > rest) {
            return false;
        }
        written += (size_t)count;
    }
    return true;
}

static bool save(const clap_plugin_t *plugin, const clap_ostream_t *stream) {
    idiom_clap *self = idiom_clap_of(plugin);
    if (!idiom_clap_is_main(self) || stream == NULL) {
        return false;
    }
    size_t length = 0;
    uint8_t *bytes = idiom_state_save(self->core, &length);
    bool is_saved = bytes != NULL && write_all(stream, bytes, length);
    free(bytes);
    return is_saved;
}

/* Bytes of a stream up to its end, to be freed. NULL if it fails, or is too long, or memory is out. */
static uint8_t *read_all(const clap_istream_t *stream, size_t *length) {
    size_t room = FIRST_BYTES;
    size_t have = 0;
    uint8_t *bytes = malloc(room);
    while (bytes != NULL) {
        int64_t count = stream->read(stream, bytes + have, room - have);
        if (count == 0) {
            *length = have;
            return bytes;
        }
        if (count < 0 || (uint64_t)count > room - have) {
            break;
        }
        have += (size_t)count;
        if (have == room) {
            uint8_t *more = room < MOST_BYTES ? realloc(bytes, room * 2) : NULL;
            if (more == NULL) {
                break;
            }
            bytes = more;
            room *= 2;
        }
    }
    free(bytes);
    return NULL;
}

static bool load(const clap_plugin_t *plugin, const clap_istream_t *stream) {
    idiom_clap *self = idiom_clap_of(plugin);
    if (!idiom_clap_is_main(self) || stream == NULL) {
        return false;
    }
    size_t length = 0;
    uint8_t *bytes = read_all(stream, &length);
    bool is_loaded = bytes != NULL && idiom_state_load(self->core, bytes, length);
    free(bytes);
    if (is_loaded) {
        self->has_memory = true;
        idiom_clap_log_problem(self);
        idiom_clap_rescan_values(self);
    }
    return is_loaded;
}

const clap_plugin_state_t idiom_clap_state = {.save = save, .load = load};
