package idiom.engine.live;

import static org.assertj.core.api.Assertions.assertThat;

import idiom.engine.generator.Generator;
import idiom.engine.midi.MidiFile;
import idiom.engine.midi.Note;
import idiom.engine.midi.NoteTable;
import idiom.engine.pianoroll.PianoRoll;
import idiom.engine.transfer.CellDecoder;
import idiom.engine.transfer.SongTransfer;
import idiom.engine.transfer.Songs;
import idiom.presets.Decoding;
import idiom.presets.Feel;
import idiom.presets.Hop;
import idiom.presets.Mode;
import idiom.presets.Output;
import idiom.presets.PitchRange;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Random songs, on the grid and off it, through a network that leaves out, cuts and adds at random: what {@code timeline}
 * plays once it has learnt them is what a transfer of the file gives, note for note.
 */
class TimelineTransferTest {
    /** In ticks, and in units of the session's clock. */
    private static final int STEP = 120;

    private static final int WINDOWS = 4;
    private static final int STEPS = WINDOWS * PianoRoll.STEPS;
    private static final int SEEDS = Integer.getInteger("idiom.fuzz.seeds", 40);

    /** Leaves out, cuts, prolongs and adds runs of cells, by what it sees. */
    private record Moody(long seed) implements Generator {
        @Override
        public int maxBatch() {
            return 1;
        }

        @Override
        public void generate(float[] windows, float[] probabilities, int count) {
            SplittableRandom random = new SplittableRandom(seed ^ Arrays.hashCode(windows));
            System.arraycopy(windows, 0, probabilities, 0, PianoRoll.CELLS);
            for (int pitch = 0; pitch < PianoRoll.PITCHES; pitch++) {
                for (int step = 0; step < PianoRoll.STEPS; step++) {
                    boolean begins = at(windows, step, pitch) > 0 && (step == 0 || at(windows, step - 1, pitch) == 0);
                    if (begins) {
                        change(windows, probabilities, step, pitch, random);
                    }
                }
            }
            for (int i = 0; i < 20; i++) {
                int begin = random.nextInt(PianoRoll.STEPS);
                int pitch = 20 + random.nextInt(40);
                fill(probabilities, begin, begin + 1 + random.nextInt(6), pitch, 1);
            }
        }

        private static void change(float[] in, float[] out, int begin, int pitch, SplittableRandom random) {
            int end = begin;
            while (end < PianoRoll.STEPS && at(in, end, pitch) > 0) {
                end++;
            }
            switch (random.nextInt(10)) {
                case 0 -> fill(out, begin, end, pitch, 0);
                case 1, 2 -> fill(out, begin, begin + 1, pitch, 0);
                case 3 -> fill(out, end - 1, end, pitch, 0);
                case 4 -> fill(out, begin + random.nextInt(end - begin), end, pitch, 0);
                case 5 -> fill(out, begin + (end - begin) / 2, begin + (end - begin) / 2 + 1, pitch, 0);
                case 6 -> fill(out, end, end + 1 + random.nextInt(3), pitch, 1);
                default -> {}
            }
        }

        private static float at(float[] cells, int step, int pitch) {
            return cells[step * PianoRoll.PITCHES + pitch];
        }

        private static void fill(float[] cells, int from, int end, int pitch, float value) {
            for (int step = from; step < Math.min(end, PianoRoll.STEPS); step++) {
                cells[step * PianoRoll.PITCHES + pitch] = value;
            }
        }

        @Override
        public void close() {}
    }

    /** Answers windows as the thread of inference does, as soon as they are asked for. */
    private static final class AtOnce implements WindowInference {
        private final Generator generator;
        private final CellDecoder decoder;
        private final Queue<WindowJob> answered = new ArrayDeque<>();
        private final float[] cells = new float[PianoRoll.CELLS];
        private final float[] probabilities = new float[PianoRoll.CELLS];

        AtOnce(Generator generator, Decoding decoding) {
            this.generator = generator;
            this.decoder = new CellDecoder(decoding);
        }

        @Override
        public boolean submit(WindowJob job) {
            job.toCells(cells);
            generator.generate(cells, probabilities, 1);
            decoder.decode(job.before, job.heard, probabilities, 0, null, job.mixes(), job.after);
            job.answered(1);
            return answered.add(job);
        }

        @Override
        public @Nullable WindowJob poll() {
            return answered.poll();
        }
    }

    /** A note without its velocity, which depends on how much of the song is known around it. */
    private record Heard(long on, long off, int channel, int pitch) {}

    @ParameterizedTest
    @CsvSource({
        // by how much notes begin and end off the grid at most, in ticks before and after it
        "0, 0, false",
        "0, 0, true",
        "0, 50, false",
        "50, 0, false",
        "60, 60, true"
    })
    void shouldPlayWhatATransferGives(int early, int late, boolean melodyLock) {
        int all = 0;
        int missing = 0;
        int inExcess = 0;
        for (long seed = 0; seed < SEEDS; seed++) {
            List<Note> song = song(new SplittableRandom(seed), early, late);
            Decoding decoding = new Decoding(0.5, 1, melodyLock, false, 16, Feel.STRAIGHT, PitchRange.FULL);
            List<Heard> expected = transferred(song, new Moody(seed), decoding);
            List<Heard> played = thirdPass(song, new Moody(seed), decoding);
            all += expected.size();
            missing += without(expected, played).size();
            inExcess += without(played, expected).size();
        }
        // What sounds around an added note, whose channel it takes, and what a note that begins with a piece is, is not
        // known across the edge of a window.
        assertThat(missing).isLessThan(all / 200);
        assertThat(inExcess).isLessThan(all / 200);
    }

    private static List<Heard> without(List<Heard> all, List<Heard> others) {
        List<Heard> left = new ArrayList<>(all);
        others.forEach(left::remove);
        return left;
    }

    private static List<Note> song(SplittableRandom random, int early, int late) {
        List<Note> notes = new ArrayList<>();
        for (int key = 0; key < 12; key++) {
            int channel = random.nextInt(2);
            int pitch = 48 + 2 * key;
            long last = 0;
            int step = random.nextInt(12);
            while (step < STEPS) {
                int length = 1 + random.nextInt(random.nextInt(4) == 0 ? 20 : 4);
                long on = Math.max(last, (long) step * STEP + offset(random, early, late));
                long off = Math.max(on + 1, (long) (step + length) * STEP + offset(random, early, late));
                if (step + length < STEPS) {
                    notes.add(new Note(0, channel, pitch, 1 + random.nextInt(127), 64, Math.max(0, on), off));
                }
                last = off;
                step += length + (random.nextInt(3) == 0 ? 0 : random.nextInt(12));
            }
        }
        // Nothing is added before the first bar and after the last in which somebody plays.
        notes.add(new Note(0, 0, 100, 80, 64, 0, 7 * STEP));
        notes.add(new Note(0, 0, 101, 80, 64, (STEPS - 8) * STEP, STEPS * STEP - 30));
        return notes;
    }

    /** Never less before the grid than what counts as on it, which only live sessions do. */
    private static long offset(SplittableRandom random, int early, int late) {
        long offset = -early + random.nextInt(early + late + 1);
        return offset < 0 && offset > -3 ? 0 : offset;
    }

    private static List<Heard> transferred(List<Note> song, Generator generator, Decoding decoding) {
        MidiFile result = new SongTransfer(generator, decoding, Output.AS_INPUT, Hop.WINDOW)
                .transfer(Songs.of(song))
                .file();
        return NoteTable.of(result).notes().stream()
                .map(note -> new Heard(note.onTick(), note.offTick(), note.channel(), note.pitch()))
                .toList();
    }

    private record Timed(long time, int message) {}

    private static List<Heard> thirdPass(List<Note> song, Generator generator, Decoding decoding) {
        List<Timed> events = new ArrayList<>();
        for (Note note : song) {
            events.add(new Timed(
                    note.onTick(), Message.of(Message.NOTE_ON | note.channel(), note.pitch(), note.velocity())));
            events.add(new Timed(note.offTick(), Message.of(Message.NOTE_OFF | note.channel(), note.pitch(), 64)));
        }
        events.sort(Comparator.comparingLong(Timed::time).thenComparing(event -> Message.isNoteOn(event.message())));
        List<Timed> sent = new ArrayList<>();
        LiveSession session = new LiveSession(
                List.of(Stage.preset(decoding)),
                new AtOnce(generator, decoding),
                (due, bytes, offset, length) -> sent.add(new Timed(due, Message.of(bytes, offset, length))),
                8 * STEP,
                2,
                LiveSettings.of(Mode.TIMELINE, 64, Sync.TRANSPORT),
                8);
        long length = (STEPS + 8) * STEP;
        for (int pass = 0; pass < 3; pass++) {
            sent.clear();
            session.locate(pass * length, 0, 8);
            int next = 0;
            for (long time = 0; time < length; time++) {
                for (; next < events.size() && events.get(next).time() == time; next++) {
                    byte[] bytes = new byte[3];
                    int size = Message.write(events.get(next).message(), bytes);
                    session.onMidi(pass * length + time, bytes, 0, size);
                }
                session.advance(pass * length + time);
            }
        }
        return heard(sent, 2 * length);
    }

    private static List<Heard> heard(List<Timed> sent, long start) {
        Map<Integer, Long> open = new HashMap<>();
        List<Heard> heard = new ArrayList<>();
        for (Timed event : sent) {
            int message = event.message();
            if (Message.isNoteOn(message)) {
                open.put(Message.key(message), event.time());
            } else if (Message.isNoteOff(message)) {
                Long on = open.remove(Message.key(message));
                if (on != null) {
                    heard.add(new Heard(
                            on - start, event.time() - start, Message.channel(message), Message.data1(message)));
                }
            }
        }
        return heard;
    }
}
