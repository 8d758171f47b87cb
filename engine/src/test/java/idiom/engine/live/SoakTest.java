package idiom.engine.live;

import static org.assertj.core.api.Assertions.assertThat;

import idiom.engine.pianoroll.PianoRoll;
import idiom.presets.Feel;
import idiom.presets.Mode;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.BitSet;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Hours of dense playing on an accelerated clock, with everything that goes wrong on a stage. The short version runs always;
 * {@code -Didiom.soak.hours=24 -Dtest=SoakTest} runs the long one. A failure names its seed by the parameters.
 */
class SoakTest {
    private static final double HOURS = Double.parseDouble(System.getProperty("idiom.soak.hours", "0.25"));
    /** Steps of the song in an hour at 8 a second. */
    private static final double STEPS = HOURS * 3600 * 8;

    /** What the listener has heard: keys that sound, and what must not have happened. */
    private static final class Listener {
        private final int[] open = new int[2048];
        private final int[] played = new int[2048];
        /** What the session takes for sounding, but was sent while the port was gone. */
        private final int[] unheard = new int[2048];

        private int offsWithoutOn;
        private int doubled;
        private long lastDue = Long.MIN_VALUE;
        private boolean isOrdered = true;

        void hear(Stage.Sent event) {
            isOrdered &= event.due() >= lastDue;
            lastDue = event.due();
            int key = Message.key(event.message());
            if (event.isOn()) {
                // Struck twice by the player is struck twice; more than the player ever did is not.
                doubled += open[key]++ > played[key] ? 1 : 0;
            } else if (event.isOff()) {
                end(key);
            } else if (event.message()
                    == Message.of(Message.CONTROL | Message.channel(event.message()), Message.ALL_NOTES_OFF, 0)) {
                // Of what was sent while the port was gone, no off was heard.
                int channel = Message.channel(event.message());
                Arrays.fill(open, channel << 7, channel + 1 << 7, 0);
                Arrays.fill(unheard, channel << 7, channel + 1 << 7, 0);
            }
        }

        private void end(int key) {
            if (open[key] > 0) {
                open[key]--;
            } else if (unheard[key] > 0) {
                unheard[key]--;
            } else {
                offsWithoutOn++;
            }
        }

        void missed(int message) {
            int key = Message.key(message);
            if (Message.isNoteOn(message)) {
                unheard[key]++;
            } else if (Message.isNoteOff(message) && unheard[key] > 0) {
                unheard[key]--;
            }
        }

        int sounding() {
            int sum = 0;
            for (int count : open) {
                sum += count;
            }
            return sum;
        }
    }

    @ParameterizedTest
    @CsvSource({"PHRASE, 64, 1", "FOLLOW, 16, 2", "FOLLOW, 4, 3", "FOLLOW, 1, 4", "INSTANT, 1, 5", "TIMELINE, 64, 6"})
    void shouldLeaveNothingSounding(Mode mode, int hop, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        Stage stage = new Stage(mode, hop, new Feel(0.66, 0.1, 1, 5));
        stage.answerer.network = window -> scribble(window, random);
        stage.answerer.remembers = false;
        Listener listener = new Listener();
        BitSet held = new BitSet();
        long heapBefore = 0;
        for (double step = 0; step < STEPS; step += 0.05 + random.nextDouble() * 0.9) {
            if (heapBefore == 0 && step > STEPS / 8) {
                heapBefore = usedHeap();
            }
            stage.until(step);
            happen(stage, random, held, listener);
            stage.sent.forEach(listener::hear);
            stage.sent.clear();
            stage.vanished.forEach(listener::missed);
            stage.vanished.clear();
        }
        stage.room = Integer.MAX_VALUE;
        stage.find();
        stage.answerer.isStuck = false;
        held.stream().forEach(key -> stage.play(0x80 | key >> 7, key & 0x7F, 0));
        if (mode == Mode.TIMELINE) {
            // Where nothing has been learnt: elsewhere, what has been goes on though nobody plays.
            stage.session.locate(stage.now(), 400.0 * 64, stage.session.stepsPerSecond());
        }
        stage.until(STEPS + 3 * 64 + 3);
        stage.sent.forEach(listener::hear);

        assertThat(listener.sounding()).as("notes that still sound").isZero();
        assertThat(listener.offsWithoutOn).as("offs without an on").isZero();
        assertThat(listener.doubled)
                .as("notes sounded more often than they were struck")
                .isZero();
        assertThat(listener.isOrdered).as("in the order of their due times").isTrue();
        assertThat(stage.session.counters().notesOut()).isGreaterThan((long) (STEPS / 4));
        assertThat(usedHeap() - heapBefore).as("bytes that came to stay").isLessThan(16 << 20);
        if (mode != Mode.TIMELINE) {
            assertThat(stage.session.counters().lateWindows()).isPositive();
        }
    }

    private static long usedHeap() {
        System.gc();
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }

    /** One thing that happens: mostly a note. */
    private static void happen(Stage stage, SplittableRandom random, BitSet held, Listener listener) {
        int what = random.nextInt(1000);
        if (what < 900) {
            int key = random.nextInt(2) << 7 | 20 + random.nextInt(40) * 2;
            if (held.get(key) || what < 100) {
                stage.play(0x80 | key >> 7, key & 0x7F, random.nextInt(128));
                held.clear(key);
            } else {
                stage.play(0x90 | key >> 7, key & 0x7F, 1 + random.nextInt(127));
                held.set(key);
                listener.played[key] = 1;
            }
        } else if (what < 940) {
            stage.play(0xB0, random.nextBoolean() ? 64 : 20 + random.nextInt(3), random.nextInt(128));
        } else if (what < 950) {
            stage.play(0xE0 | random.nextInt(16), random.nextInt(128), random.nextInt(128));
        } else if (what < 955) {
            stage.play(0xF0, 1, 2, 3, 4, 5, 0xF7);
            stage.play(random.ints(1 + random.nextInt(5), 0, 256).toArray());
        } else if (what < 965) {
            stage.answerer.isStuck = !stage.answerer.isStuck;
        } else if (what < 970) {
            stage.answerer.fails = !stage.answerer.fails;
        } else if (what < 975) {
            stage.answerer.isFull = !stage.answerer.isFull;
        } else if (what < 980) {
            stage.session.bypass(random.nextBoolean());
        } else if (what < 985) {
            stage.session.select(random.nextInt(2));
        } else if (what < 988) {
            stage.room = random.nextInt(20);
        } else if (what < 993) {
            stage.room = Integer.MAX_VALUE;
            stage.find();
        } else if (what < 995) {
            stage.session.tempo(stage.now(), 4 + random.nextInt(12));
        } else if (what < 997) {
            stage.session.locate(stage.now(), random.nextInt(1000) / 10.0, 4 + random.nextInt(12));
        } else if (what == 997 && random.nextInt(4) == 0) {
            stage.lose();
        } else if (what < 998) {
            stage.find();
            stage.play(0xB0 | random.nextInt(16), random.nextBoolean() ? 120 : 123, 0);
        } else {
            stage.session.panic(stage.now());
        }
    }

    /** Adds and removes runs at random, so that everything is cut, prolonged and joined at one time or another. */
    private static PianoRoll scribble(PianoRoll window, SplittableRandom random) {
        long[] masks = new long[PianoRoll.PITCHES];
        for (int pitch = 0; pitch < PianoRoll.PITCHES; pitch++) {
            masks[pitch] = window.steps(pitch) ^ (random.nextLong() & random.nextLong() & random.nextLong());
        }
        return PianoRoll.ofPitches(masks);
    }
}
