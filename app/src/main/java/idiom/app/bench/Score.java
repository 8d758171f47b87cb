package idiom.app.bench;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;

/**
 * What is played: chords of one to four notes, fingers up to 2 ms apart, each key held for a while of its own, and controllers
 * in between; all gaps are random. No two messages have the same bytes, so that each is known again when it comes back.
 * Immutable.
 */
final class Score {
    /** More would run out of messages that differ. */
    static final int MOST = 50_000;

    private static final int NOTE_OFF = 0x80;
    private static final int NOTE_ON = 0x90;
    private static final int CONTROL = 0xB0;
    private static final int DRUMS = 9;
    private static final int[] SCALE = {0, 2, 4, 5, 7, 9, 11};
    private static final int LOWEST = 36;
    private static final int OCTAVES = 5;
    /** Sound controllers and effects: none that anybody obeys at once. */
    private static final int FIRST_CONTROLLER = 70;

    private static final int CONTROLLERS = 26;
    private static final int CONTROLS_A_CHORD = 3;
    private static final double SPREAD_NS = 2e6;

    private record Event(long timeNs, int message) {}

    private final List<Event> events;

    private Score(List<Event> events) {
        this.events = events;
    }

    /**
     * A score of at least {@code count} messages, some more so that every note ends.
     *
     * @param count 1 to {@link #MOST}
     * @param gapMs mean time from chord to chord
     * @param seed the same gives the same score
     */
    static Score of(int count, double gapMs, long seed) {
        Composer composer = new Composer(gapMs * 1e6, seed);
        composer.compose(count);
        composer.events.sort(Comparator.comparingLong(Event::timeNs));
        return new Score(List.copyOf(composer.events));
    }

    int size() {
        return events.size();
    }

    /** When a message is played, in ns from the start; ascending. */
    long timeNs(int index) {
        return events.get(index).timeNs();
    }

    /** Three bytes, the status in the lowest. */
    int message(int index) {
        return events.get(index).message();
    }

    static boolean isNoteOn(int message) {
        return (message & 0xF0) == NOTE_ON;
    }

    static boolean isControl(int message) {
        return (message & 0xF0) == CONTROL;
    }

    private static final class Composer {
        private final double gapNs;
        private final SplittableRandom random;
        private final List<Event> events = new ArrayList<>();
        private final Set<Integer> used = new HashSet<>();
        /** Until when a key is down, by channel and pitch. */
        private final double[] downUntilNs = new double[16 * 128];

        Composer(double gapNs, long seed) {
            this.gapNs = gapNs;
            this.random = new SplittableRandom(seed);
            Arrays.fill(downUntilNs, Double.NEGATIVE_INFINITY);
        }

        void compose(int count) {
            for (double nowNs = 0; events.size() < count; nowNs += around(gapNs)) {
                int notes = 1 + random.nextInt(4);
                for (int i = 0; i < notes; i++) {
                    note(nowNs + random.nextDouble() * SPREAD_NS);
                }
                for (int i = 0; i < CONTROLS_A_CHORD; i++) {
                    add(nowNs + random.nextDouble() * 2 * gapNs, control());
                }
            }
        }

        /** From a tenth of the mean to nearly twice. */
        private double around(double mean) {
            return mean * (0.1 + 1.8 * random.nextDouble());
        }

        private void note(double onNs) {
            int channel = channel();
            int pitch = pitch();
            while (downUntilNs[channel << 7 | pitch] + 2 * SPREAD_NS > onNs) {
                channel = channel();
                pitch = pitch();
            }
            double offNs = onNs + around(2 * gapNs);
            downUntilNs[channel << 7 | pitch] = offNs;
            add(onNs, unused(NOTE_ON | channel, pitch, 1));
            add(offNs, unused(NOTE_OFF | channel, pitch, 0));
        }

        private int control() {
            return unused(CONTROL | channel(), FIRST_CONTROLLER + random.nextInt(CONTROLLERS), 0);
        }

        /** A message that differs from all before in its last byte, which is at least {@code least}. */
        private int unused(int status, int data1, int least) {
            for (int tries = 0; tries < 10_000; tries++) {
                int message = status | data1 << 8 | (least + random.nextInt(128 - least)) << 16;
                if (used.add(message)) {
                    return message;
                }
            }
            throw new IllegalStateException("no message is left that differs: status=" + status + ", data1=" + data1);
        }

        private void add(double timeNs, int message) {
            events.add(new Event(Math.round(timeNs), message));
        }

        private int pitch() {
            return LOWEST + 12 * random.nextInt(OCTAVES) + SCALE[random.nextInt(SCALE.length)];
        }

        private int channel() {
            int channel = random.nextInt(15);
            return channel < DRUMS ? channel : channel + 1;
        }
    }
}
