/*
 * A host without a format, driven by lines on its standard input; what leaves is told on its standard output.
 *
 *     set PARAMETER VALUE         from outside the audio thread
 *     at FRAME set PARAMETER VALUE   in the audio thread, at that frame
 *     at FRAME midi HEX           a message is played at that frame, counted from the first that is processed
 *     at FRAME go STEP BPM        the song rolls from there on
 *     at FRAME stop STEP BPM      it stands there
 *     play FRAMES                 processes so many frames, as fast as they would sound
 *     render FRAMES               the same as fast as it goes
 *     until STATUS SECONDS        plays until the plugin has that idiom_status
 *     save FILE, load FILE        the state
 *     status, latency, problem    tells them
 *     kill                        ends at once, as if the host were killed
 *
 * Messages that leave are told as `out FRAME HEX`. Usage: script_host [RATE [BLOCK]]
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "idiom.h"

enum { MOST_EVENTS = 200000, MOST_BYTES = 4096 };

typedef enum { MIDI, SET, GO } event_kind;

typedef struct {
    int64_t frame;
    event_kind kind;
    uint32_t parameter;
    double value;
    idiom_transport transport;
    uint32_t length;
    uint8_t bytes[16];
    uint8_t *longer;
} event;

typedef struct {
    idiom_core *core;
    double rate;
    uint32_t block;
    int64_t frame;
    idiom_transport transport;
    int64_t transport_frame;
    event *events;
    size_t count;
    size_t next;
    int64_t start_ns;
    int64_t longest_ns;
} host;

static int64_t now_ns(void) {
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000000000 + now.tv_nsec;
}

static bool tell(void *context, uint32_t offset, const uint8_t *bytes, uint32_t length) {
    const host *self = context;
    printf("out %lld ", (long long)(self->frame + offset));
    for (uint32_t i = 0; i < length; i++) {
        printf("%02x", bytes[i]);
    }
    putchar('\n');
    return true;
}

static void process(host *self, uint32_t frames, bool renders) {
    idiom_transport transport = self->transport;
    transport.freewheeling = renders;
    if (transport.rolling) {
        transport.step += (double)(self->frame - self->transport_frame) / self->rate * transport.steps_per_second;
    }
    int64_t begin = now_ns();
    idiom_process_begin(self->core, frames, &transport, tell, self);
    for (; self->next < self->count && self->events[self->next].frame < self->frame + frames; self->next++) {
        const event *now = &self->events[self->next];
        uint32_t offset = now->frame < self->frame ? 0 : (uint32_t)(now->frame - self->frame);
        if (now->kind == MIDI) {
            idiom_process_midi(self->core, offset, now->longer ? now->longer : now->bytes, now->length);
        } else if (now->kind == SET) {
            idiom_process_parameter(self->core, offset, now->parameter, now->value);
        } else {
            self->transport = now->transport;
            self->transport_frame = self->frame + offset;
            idiom_process_transport(self->core, offset, &self->transport);
        }
    }
    idiom_process_end(self->core);
    int64_t took = now_ns() - begin;
    self->longest_ns = took > self->longest_ns ? took : self->longest_ns;
    self->frame += frames;
}

/* As fast as it would sound, so that one block follows another at its time. */
static void play(host *self, int64_t frames) {
    int64_t start = now_ns();
    for (int64_t done = 0; done < frames;) {
        uint32_t now = frames - done < self->block ? (uint32_t)(frames - done) : self->block;
        process(self, now, false);
        done += now;
        int64_t due = start + (int64_t)((double)done / self->rate * 1e9);
        struct timespec until = {due / 1000000000, due % 1000000000};
        clock_nanosleep(CLOCK_MONOTONIC, TIMER_ABSTIME, &until, NULL);
    }
}

static void render(host *self, int64_t frames) {
    for (int64_t done = 0; done < frames;) {
        uint32_t now = frames - done < self->block ? (uint32_t)(frames - done) : self->block;
        process(self, now, true);
        done += now;
    }
}

static bool until(host *self, idiom_status status, double seconds) {
    int64_t end = now_ns() + (int64_t)(seconds * 1e9);
    while (idiom_core_status(self->core) != status && now_ns() < end) {
        play(self, self->block);
    }
    return idiom_core_status(self->core) == status;
}

static uint32_t parameter_of(const char *symbol) {
    for (uint32_t i = 0; i < IDIOM_PARAMETERS; i++) {
        if (strcmp(idiom_parameter_at(i)->symbol, symbol) == 0) {
            return i;
        }
    }
    fprintf(stderr, "script_host: there is no parameter %s\n", symbol);
    exit(2);
}

static void add(host *self, event added) {
    if (self->count == MOST_EVENTS) {
        fprintf(stderr, "script_host: too many events\n");
        exit(2);
    }
    size_t place = self->count++;
    for (; place > self->next && self->events[place - 1].frame > added.frame; place--) {
        self->events[place] = self->events[place - 1];
    }
    self->events[place] = added;
}

static void add_midi(host *self, int64_t frame, const char *hex) {
    event added = {.frame = frame, .kind = MIDI, .length = (uint32_t)strlen(hex) / 2};
    uint8_t *bytes = added.bytes;
    if (added.length > sizeof added.bytes) {
        added.longer = malloc(added.length);
        bytes = added.longer;
    }
    for (uint32_t i = 0; i < added.length; i++) {
        char digits[3] = {hex[2 * i], hex[2 * i + 1], 0};
        bytes[i] = (uint8_t)strtoul(digits, NULL, 16);
    }
    add(self, added);
}

static void add_at(host *self, char *line) {
    long long frame;
    int read = 0;
    char word[32];
    if (sscanf(line, "%lld %31s %n", &frame, word, &read) != 2) {
        return;
    }
    double a = 0;
    double b = 0;
    char symbol[32];
    const char *rest = line + read;
    if (strcmp(word, "midi") == 0) {
        add_midi(self, frame, rest);
    } else if (strcmp(word, "set") == 0 && sscanf(rest, "%31s %lf", symbol, &a) == 2) {
        add(self, (event){.frame = frame, .kind = SET, .parameter = parameter_of(symbol), .value = a});
    } else if (sscanf(rest, "%lf %lf", &a, &b) == 2) {
        idiom_transport transport = {true, strcmp(word, "go") == 0, false, a, b / 15};
        add(self, (event){.frame = frame, .kind = GO, .transport = transport});
    }
}

static void save(const host *self, const char *path) {
    size_t length = 0;
    uint8_t *state = idiom_state_save(self->core, &length);
    FILE *file = fopen(path, "wb");
    bool is_saved = state != NULL && file != NULL && fwrite(state, 1, length, file) == length;
    printf("saved %d %zu\n", is_saved && fclose(file) == 0, length);
    free(state);
}

static void load(const host *self, const char *path) {
    static uint8_t state[32 << 20];
    FILE *file = fopen(path, "rb");
    size_t length = file == NULL ? 0 : fread(state, 1, sizeof state, file);
    printf("loaded %d\n", idiom_state_load(self->core, state, length));
    if (file != NULL) {
        fclose(file);
    }
}

static bool obey(host *self, char *line) {
    char word[32] = "";
    int read = 0;
    sscanf(line, "%31s %n", word, &read);
    char *rest = line + read;
    double value = 0;
    char symbol[32];
    int number = 0;
    if (strcmp(word, "at") == 0) {
        add_at(self, rest);
    } else if (strcmp(word, "set") == 0 && sscanf(rest, "%31s %lf", symbol, &value) == 2) {
        idiom_core_set(self->core, parameter_of(symbol), value);
    } else if (strcmp(word, "play") == 0) {
        play(self, atoll(rest));
        printf("played %lld\n", (long long)self->frame);
    } else if (strcmp(word, "render") == 0) {
        render(self, atoll(rest));
        printf("rendered %lld\n", (long long)self->frame);
    } else if (strcmp(word, "until") == 0 && sscanf(rest, "%d %lf", &number, &value) == 2) {
        bool is_reached = until(self, (idiom_status)number, value);
        printf("until %d %lld\n", is_reached, (long long)self->frame);
    } else if (strcmp(word, "save") == 0) {
        save(self, rest);
    } else if (strcmp(word, "load") == 0) {
        load(self, rest);
    } else if (strcmp(word, "status") == 0) {
        printf("status %d %u\n", (int)idiom_core_status(self->core), idiom_core_program(self->core));
    } else if (strcmp(word, "latency") == 0) {
        printf("latency %u\n", idiom_core_latency(self->core));
    } else if (strcmp(word, "problem") == 0) {
        printf("problem %s\n", idiom_core_problem(self->core));
    } else if (strcmp(word, "longest") == 0) {
        printf("longest %lld ns\n", (long long)self->longest_ns);
    } else if (strcmp(word, "kill") == 0) {
        _exit(9);
    } else if (word[0] != '\0') {
        fprintf(stderr, "script_host: what is this: %s\n", line);
        return false;
    }
    fflush(stdout);
    return true;
}

int main(int count, char **arguments) {
    host self = {.rate = count > 1 ? atof(arguments[1]) : 48000, .block = count > 2 ? (uint32_t)atoi(arguments[2]) : 256};
    self.transport.steps_per_second = 8;
    self.events = calloc(MOST_EVENTS, sizeof *self.events);
    self.core = idiom_core_open(self.rate, self.block, "script_host");
    if (self.events == NULL || self.core == NULL) {
        return 1;
    }
    if (idiom_core_problem(self.core)[0] != '\0') {
        printf("problem %s\n", idiom_core_problem(self.core));
    }
    static char line[2 * MOST_BYTES];
    bool is_right = true;
    while (is_right && fgets(line, sizeof line, stdin) != NULL) {
        line[strcspn(line, "\r\n")] = '\0';
        is_right = obey(&self, line);
    }
    idiom_core_close(self.core);
    for (size_t i = 0; i < self.count; i++) {
        free(self.events[i].longer);
    }
    free(self.events);
    return is_right ? 0 : 2;
}
