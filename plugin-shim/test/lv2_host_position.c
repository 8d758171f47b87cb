/* The position: expected steps are worked out by hand. */
#include <lv2/time/time.h>
#include <math.h>
#include <string.h>

#include "lv2_host.h"
#include "position.h"

static idiom_uris uris;

static idiom_position fresh(void) {
    idiom_position position;
    idiom_uris_map(&uris, host_urid_map());
    idiom_position_init(&position, HOST_RATE);
    return position;
}

static bool hear(idiom_position *position, const object *told) {
    return idiom_position_hear(position, &told->atom, &uris);
}

static void check_step(const idiom_position *position, double step, const char *of) {
    idiom_transport transport = idiom_position_transport(position, false);
    check(transport.known && fabs(transport.step - step) < 1e-6, "%s: step=%f expected=%f known=%d", of, transport.step, step,
          transport.known);
}

static void check_speed(const idiom_position *position, bool rolls, double steps_per_second, const char *of) {
    idiom_transport transport = idiom_position_transport(position, false);
    check(transport.rolling == rolls && fabs(transport.steps_per_second - steps_per_second) < 1e-9,
          "%s: rolling=%d steps_per_second=%f expected=%f", of, transport.rolling, transport.steps_per_second,
          steps_per_second);
}

static object told(double bar, double bar_beat, double beats_per_bar, double unit, double tempo, double speed) {
    object position = object_begin(LV2_TIME__Position);
    object_add(&position, LV2_TIME__bar, AS_LONG, bar);
    object_add(&position, LV2_TIME__barBeat, AS_FLOAT, bar_beat);
    object_add(&position, LV2_TIME__beatsPerBar, AS_FLOAT, beats_per_bar);
    object_add(&position, LV2_TIME__beatUnit, AS_INT, unit);
    object_add(&position, LV2_TIME__beatsPerMinute, AS_FLOAT, tempo);
    object_add(&position, LV2_TIME__speed, AS_FLOAT, speed);
    return position;
}

/* Bar 2, beat 1 of 4/4 is 9 quarters in: step 36; 120 beats a minute are 8 steps a second; 6000 frames are 1 step. */
static void should_read_every_type(void) {
    for (number_type type = AS_INT; type < NUMBER_TYPES; type++) {
        idiom_position position = fresh();
        object all = object_begin(LV2_TIME__Position);
        const struct {
            const char *key;
            double number;
        } numbers[] = {
                {LV2_TIME__bar, 2},      {LV2_TIME__barBeat, 1},          {LV2_TIME__beatsPerBar, 4},
                {LV2_TIME__beatUnit, 4}, {LV2_TIME__beatsPerMinute, 120}, {LV2_TIME__speed, 1},
                {LV2_TIME__frame, 99},
        };
        for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++) {
            object_add(&all, numbers[i].key, type, numbers[i].number);
        }
        check(hear(&position, &all), "the first position is news: type=%d", (int)type);
        check_step(&position, 36, "bar and beat");
        check_speed(&position, true, 8, "tempo");
        idiom_position_advance(&position, 6000);
        check_step(&position, 37, "after 6000 frames");
        all.atom.type = host_map(LV2_ATOM__Blank);
        check(hear(&position, &all), "an object of old hosts is heard");
        check_step(&position, 36, "old object");
    }
}

static void should_follow_metre(void) {
    idiom_position position = fresh();
    object compound = told(1, 3, 6, 8, 120, 0); /* (6 + 3) eighths: 18 steps; 120 eighths a minute: 4 steps a second */
    hear(&position, &compound);
    check_step(&position, 18, "6/8");
    check_speed(&position, false, 4, "6/8");
    idiom_position_advance(&position, 48000);
    check_step(&position, 18, "standing");
    object halves = told(-1, 0.5, 3, 2, 60, 0.5); /* -3 + 0.5 halves: -20 steps; 60 halves: 8 steps, at half speed 4 */
    hear(&position, &halves);
    check_step(&position, -20, "3/2 before the song");
    check_speed(&position, true, 4, "half speed");
    object backwards = told(4, 0, 4, 4, 120, -1);
    hear(&position, &backwards);
    check_step(&position, 64, "backwards");
    check_speed(&position, false, 8, "backwards");
}

static void should_keep_what_is_not_told(void) {
    idiom_position position = fresh();
    object start = told(0, 0, 4, 4, 90, 1); /* 6 steps a second: 8000 frames a step */
    hear(&position, &start);
    idiom_position_advance(&position, 16000);
    object stop = object_begin(LV2_TIME__Position);
    object_add(&stop, LV2_TIME__speed, AS_FLOAT, 0);
    check(hear(&position, &stop), "a stop is news");
    check_step(&position, 2, "stopped");
    object beat = object_begin(LV2_TIME__Position);
    object_add(&beat, LV2_TIME__beat, AS_DOUBLE, 10.25);
    hear(&position, &beat);
    check_step(&position, 41, "beat without bar");
    object into_bar = object_begin(LV2_TIME__Position);
    object_add(&into_bar, LV2_TIME__barBeat, AS_FLOAT, 0); /* nearest bar to step 41: 48 */
    hear(&position, &into_bar);
    check_step(&position, 48, "beat of the nearest bar");
    object frame = object_begin(LV2_TIME__Position);
    object_add(&frame, LV2_TIME__frame, AS_LONG, 123456);
    check(hear(&position, &frame), "a host that lost the bar is news");
    check(!idiom_position_transport(&position, false).known, "a frame alone is no place in a song");
}

static void should_know_nothing_too_early(void) {
    idiom_position position = fresh();
    check(!idiom_position_transport(&position, true).known, "nothing is known at first");
    check(idiom_position_transport(&position, true).freewheeling, "rendering is known at first");
    object tempo = object_begin(LV2_TIME__Position);
    object_add(&tempo, LV2_TIME__beatsPerMinute, AS_FLOAT, 100);
    check(!hear(&position, &tempo), "a tempo alone is no news");
    check(!idiom_position_transport(&position, false).known, "a tempo is no place");
    idiom_position other = fresh();
    object bar = object_begin(LV2_TIME__Position);
    object_add(&bar, LV2_TIME__bar, AS_LONG, 3);
    hear(&other, &bar);
    check(!idiom_position_transport(&other, false).known, "a place without tempo is not known");
    hear(&other, &tempo);
    check_step(&other, 48, "place and tempo, one after the other");
}

static void should_leave_nonsense_out(void) {
    const double nonsense[] = {NAN, INFINITY, -INFINITY, 1e300, -1e300};
    const char *const keys[] = {LV2_TIME__bar,          LV2_TIME__barBeat,        LV2_TIME__beat, LV2_TIME__beatUnit,
                                LV2_TIME__beatsPerBar, LV2_TIME__beatsPerMinute, LV2_TIME__speed};
    for (size_t i = 0; i < sizeof keys / sizeof *keys; i++) {
        for (size_t j = 0; j < sizeof nonsense / sizeof *nonsense; j++) {
            for (number_type type = AS_FLOAT; type <= AS_DOUBLE; type++) {
                idiom_position position = fresh();
                object sound = told(2, 1, 4, 4, 120, 1);
                hear(&position, &sound);
                object one = object_begin(LV2_TIME__Position);
                object_add(&one, keys[i], type, nonsense[j]);
                check(!hear(&position, &one), "nonsense is no news: key=%s number=%f", keys[i], nonsense[j]);
                check_step(&position, 36, "after nonsense");
                check_speed(&position, true, 8, "after nonsense");
            }
        }
    }
    idiom_position position = fresh();
    object sound = told(2, 1, 4, 4, 120, 1);
    hear(&position, &sound);
    const double no_divisor[] = {0, -4};
    for (size_t i = 0; i < 2; i++) {
        object zero = object_begin(LV2_TIME__Position);
        object_add(&zero, LV2_TIME__beatUnit, AS_INT, no_divisor[i]);
        object_add(&zero, LV2_TIME__beatsPerBar, AS_FLOAT, no_divisor[i]);
        object_add(&zero, LV2_TIME__beatsPerMinute, AS_FLOAT, no_divisor[i]);
        check(!hear(&position, &zero), "zero is no news");
        check_speed(&position, true, 8, "after zero");
    }
}

/* Sizes that lie must not lead out of the atom; the sanitizers look on. */
static void should_stay_within_the_atom(void) {
    for (uint32_t i = 0; i < 20000; i++) {
        idiom_position position = fresh();
        object broken = told(2, 1, 4, 4, 120, 1);
        for (uint32_t j = 0; j < 1 + random_number(6); j++) {
            broken.bytes[sizeof(LV2_Atom) + random_number(broken.atom.size)] = (uint8_t)random_number(256);
        }
        if (random_number(4) == 0) {
            broken.atom.size = random_number(broken.atom.size + 1);
        }
        hear(&position, &broken);
        idiom_position_advance(&position, random_number(4096));
        idiom_transport transport = idiom_position_transport(&position, false);
        if (!isfinite(transport.step) || !(transport.steps_per_second > 0) || !isfinite(transport.steps_per_second)) {
            check(false, "a broken position gives no sound transport: round=%u", i);
            return;
        }
    }
    check(true, "broken positions");
}

/* Ardour tells a position of whole ticks in every block: no jump, and no step back. */
static void should_not_jump_at_rounded_ticks(void) {
    idiom_position position = fresh();
    object start = told(0, 0, 4, 4, 120, 1);
    hear(&position, &start);
    unsigned news = 0;
    double worst = 0;
    for (int block = 1; block <= 20000; block++) {
        idiom_position_advance(&position, 256);
        double beats = block * 256.0 / 24000;
        double rounded = floor(beats * 1920) / 1920;
        double bar = floor(rounded / 4);
        object now = told(bar, rounded - 4 * bar, 4, 4, 120, 1);
        news += hear(&position, &now) ? 1 : 0;
        worst = fmax(worst, fabs(idiom_position_transport(&position, false).step - 4 * beats));
    }
    check(news == 0, "rounded ticks are no news: news=%u", news);
    check(worst < 1e-6, "rounded ticks do not move the song: worst=%g", worst);
    object elsewhere = told(9, 0, 4, 4, 120, 1);
    check(hear(&position, &elsewhere), "a jump is news");
    check_step(&position, 144, "jump");
}

/*
 * 6/8 at 120. By LV2's word these are eighths, 4 steps a second. Ardour means quarters, 8 steps a second, and says how far an
 * eighth has gone in 1920ths of a quarter: 0 to 0.5. Both are found out, whether every block says where it is or every beat.
 */
static void should_find_out_what_is_counted(bool is_ardour, uint32_t block, bool every_block) {
    idiom_position position = fresh();
    const double steps_per_second = is_ardour ? 8 : 4;
    double last_eighth = -1;
    double step = 0;
    for (uint32_t frames = 0; frames < 48000 * 3; frames += block) {
        double eighth = floor(step / 2);
        double into_eighth = floor((step / 2 - eighth) * 960) / (is_ardour ? 1920 : 960);
        double bar = floor(eighth / 6);
        object now = told(bar, eighth - 6 * bar + into_eighth, 6, 8, 120, 1);
        if (every_block || eighth != last_eighth) {
            hear(&position, &now);
        }
        last_eighth = eighth;
        idiom_position_advance(&position, block);
        step += steps_per_second * block / HOST_RATE;
    }
    check_speed(&position, true, steps_per_second, "6/8");
    idiom_transport transport = idiom_position_transport(&position, false);
    check(fabs(transport.step - step) < 0.01, "6/8 goes on: step=%f expected=%f block=%u ardour=%d", transport.step, step,
          block, is_ardour);
}

void test_position(void) {
    should_read_every_type();
    should_follow_metre();
    should_keep_what_is_not_told();
    should_know_nothing_too_early();
    should_leave_nonsense_out();
    should_stay_within_the_atom();
    should_not_jump_at_rounded_ticks();
    const uint32_t blocks[] = {32, 256, 4096};
    for (size_t i = 0; i < sizeof blocks / sizeof *blocks; i++) {
        for (int kind = 0; kind < 4; kind++) {
            should_find_out_what_is_counted(kind % 2 == 0, blocks[i], kind < 2);
        }
    }
}
