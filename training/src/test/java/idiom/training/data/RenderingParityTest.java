package idiom.training.data;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import javax.sound.midi.InvalidMidiDataException;
import javax.sound.midi.MetaMessage;
import javax.sound.midi.MidiEvent;
import javax.sound.midi.MidiSystem;
import javax.sound.midi.Sequence;
import javax.sound.midi.ShortMessage;
import javax.sound.midi.Track;
import org.junit.jupiter.api.Test;

/** The rules of {@link SongReader} read a second time, plainly, over the JDK's reader, and compared on real files. */
class RenderingParityTest {
    @Test
    void shouldRenderTheSharedFilesAsThePlainReadingDoes() throws IOException {
        Path midi = SharedData.folder("midi");
        List<Path> files;
        try (Stream<Path> walk = Files.walk(midi)) {
            files = walk.filter(Files::isRegularFile).sorted().toList();
        }
        assertThat(files).hasSize(725);
        int compared = 0;
        int leftOut = 0;
        List<Path> unreadable = new ArrayList<>();
        for (Path file : files) {
            SongOutcome ours = new SongReader(false, RollRules.PRODUCT).read(file, file.toString());
            if (ours instanceof SongOutcome.Skipped skipped && skipped.reason() == SkipReason.UNREADABLE) {
                unreadable.add(file);
                continue;
            }
            List<boolean[][]> expected;
            try {
                expected = PlainReading.phrases(file);
            } catch (InvalidMidiDataException e) {
                unreadable.add(file);
                continue;
            }
            if (ours instanceof SongOutcome.Rendered song) {
                assertSame(file, song.phrases(), expected);
                compared++;
            } else {
                assertThat(expected).as("%s %s", file, ours).isEmpty();
                leftOut++;
            }
        }
        // One is broken, and one only the JDK refuses.
        assertThat(unreadable).as("%s", unreadable).hasSizeLessThanOrEqualTo(2);
        assertThat(compared).isGreaterThanOrEqualTo(720);
        assertThat(compared + leftOut + unreadable.size()).isEqualTo(725);
    }

    private static void assertSame(Path file, PhraseSet actual, List<boolean[][]> expected) {
        assertThat(actual.size()).as(file.toString()).isEqualTo(expected.size());
        for (int i = 0; i < actual.size(); i++) {
            float[] cells = new float[64 * 84];
            actual.toCells(i, cells, 0);
            for (int step = 0; step < 64; step++) {
                for (int pitch = 0; pitch < 84; pitch++) {
                    if (cells[step * 84 + pitch] != (expected.get(i)[step][pitch] ? 1 : 0)) {
                        assertThat(cells[step * 84 + pitch])
                                .as("%s: phrase %d step %d pitch %d", file, i, step, pitch + 24)
                                .isEqualTo(expected.get(i)[step][pitch] ? 1 : 0);
                    }
                }
            }
        }
    }

    /** Loops over steps and asks of each whether a note touches it; empty if the file is not in 4/4 from time 0. */
    private static final class PlainReading {
        private final Sequence sequence;
        /** Pitch, on, off and voice of each note. */
        private final List<long[]> notes = new ArrayList<>();

        private int tracks;
        private boolean meterAtZero;
        private boolean otherMeter;

        private PlainReading(Sequence sequence) {
            this.sequence = sequence;
        }

        static List<boolean[][]> phrases(Path file) throws IOException, InvalidMidiDataException {
            PlainReading reading = new PlainReading(MidiSystem.getSequence(file.toFile()));
            for (Track track : reading.sequence.getTracks()) {
                reading.read(track);
            }
            return reading.render();
        }

        private void read(Track track) {
            tracks++;
            Map<Integer, Deque<Long>> sounding = new HashMap<>();
            for (int i = 0; i < track.size(); i++) {
                MidiEvent event = track.get(i);
                if (event.getMessage() instanceof MetaMessage meta && meta.getType() == 0x58) {
                    boolean fourFour = meta.getData()[0] == 4 && meta.getData()[1] == 2;
                    otherMeter |= !fourFour || event.getTick() % (4L * sequence.getResolution()) != 0;
                    meterAtZero |= fourFour && event.getTick() == 0;
                }
                if (event.getMessage() instanceof ShortMessage message && message.getChannel() != 9) {
                    note(message, event.getTick(), sounding);
                }
            }
            sounding.forEach((key, onsets) -> onsets.forEach(
                    onset -> notes.add(new long[] {key % 128, onset, track.ticks(), tracks * 16 + key / 128})));
        }

        private void note(ShortMessage message, long tick, Map<Integer, Deque<Long>> sounding) {
            int command = message.getCommand();
            if (command != ShortMessage.NOTE_ON && command != ShortMessage.NOTE_OFF) {
                return;
            }
            int key = message.getChannel() * 128 + message.getData1();
            Deque<Long> onsets = sounding.computeIfAbsent(key, k -> new ArrayDeque<>());
            if (command == ShortMessage.NOTE_ON && message.getData2() > 0) {
                onsets.addLast(tick);
            } else if (!onsets.isEmpty()) {
                notes.add(new long[] {message.getData1(), onsets.removeFirst(), tick, tracks * 16 + message.getChannel()
                });
            }
        }

        private List<boolean[][]> render() {
            if (!meterAtZero || otherMeter) {
                return List.of();
            }
            double stepTicks = sequence.getResolution() / 4.0;
            List<boolean[]> steps = new ArrayList<>();
            for (long[] note : notes) {
                boolean shown = note[0] >= 24 && note[0] < 108;
                int first = (int) Math.floor(note[1] / stepTicks);
                for (int step = first; shown && (step == first || step * stepTicks < note[2]); step++) {
                    while (steps.size() <= step) {
                        steps.add(new boolean[84]);
                    }
                }
            }
            notes.stream().map(note -> note[3]).distinct().forEach(voice -> sound(voice, stepTicks, steps));
            while (steps.size() % 16 != 0) {
                steps.add(new boolean[84]);
            }
            List<boolean[][]> phrases = new ArrayList<>();
            for (int start = 0; start + 64 <= steps.size(); start += 64) {
                phrases.add(steps.subList(start, start + 64).toArray(new boolean[0][]));
            }
            return phrases;
        }

        /** One voice: first all steps that its notes touch, even by their end alone, then silence before each onset. */
        private void sound(long voice, double stepTicks, List<boolean[]> steps) {
            boolean[][] own = new boolean[steps.size()][84];
            for (long[] note : notes) {
                boolean shown = note[3] == voice && note[0] >= 24 && note[0] < 108;
                int first = (int) Math.floor(note[1] / stepTicks);
                for (int step = first; shown && step < own.length && step * stepTicks <= note[2]; step++) {
                    own[step][(int) note[0] - 24] = true;
                }
            }
            for (long[] note : notes) {
                int before = (int) Math.floor(note[1] / stepTicks) - 1;
                if (note[3] == voice && before >= 0 && note[0] >= 24 && note[0] < 108) {
                    own[before][(int) note[0] - 24] = false;
                }
            }
            for (int step = 0; step < own.length; step++) {
                for (int pitch = 0; pitch < 84; pitch++) {
                    steps.get(step)[pitch] |= own[step][pitch];
                }
            }
        }
    }
}
