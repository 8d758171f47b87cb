package idiom.app.picture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import idiom.app.score.PreludeScore;
import idiom.engine.generator.Generator;
import idiom.engine.midi.MetaMessage;
import idiom.engine.midi.MeterMap;
import idiom.engine.midi.MidiEvent;
import idiom.engine.midi.MidiFile;
import idiom.engine.midi.MidiTrack;
import idiom.engine.midi.Note;
import idiom.engine.midi.NoteTable;
import idiom.engine.midi.TicksPerQuarter;
import idiom.engine.pianoroll.PianoRoll;
import idiom.engine.transfer.SongTransfer;
import idiom.engine.transfer.TransferResult;
import idiom.presets.Decoding;
import idiom.presets.Hop;
import idiom.presets.Output;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PianoRollPictureTest {
    private static final int KEPT = 0xFF0072B2;
    private static final int ADDED = 0xFFE69F00;
    private static final int REMOVED = 0xFFD55E00;
    /** Below title and legend. */
    private static final int HEAD = 84;

    @TempDir
    private Path folder;

    private static MidiFile empty() {
        List<MidiEvent> end = List.of(new MidiEvent(0, MetaMessage.endOfTrack()));
        return new MidiFile(0, new TicksPerQuarter(480), List.of(new MidiTrack(end)));
    }

    private static MidiFile of(Note... notes) {
        return NoteTable.of(empty()).edit(new BitSet(), List.of(notes));
    }

    private static Note note(int pitch, long on, long off) {
        return new Note(0, 0, pitch, 80, 64, on, off);
    }

    private static BufferedImage draw(MidiFile before, MidiFile after, String title) {
        return PianoRollPicture.draw(MeterMap.of(before), NoteComparison.between(before, after), title);
    }

    private static int count(BufferedImage image, int colour) {
        int count = 0;
        for (int y = HEAD; y < image.getHeight(); y++) {
            for (int x = 0; x < image.getWidth(); x++) {
                count += image.getRGB(x, y) == colour ? 1 : 0;
            }
        }
        return count;
    }

    @Test
    void shouldTellKeptRemovedAndAddedNotesApart() {
        MidiFile before = of(note(60, 0, 480), note(64, 480, 960));
        NoteComparison changes = NoteComparison.between(before, of(note(60, 0, 960), note(67, 480, 960)));
        assertThat(changes.keptBefore()).containsExactly(note(60, 0, 480));
        assertThat(changes.keptAfter()).containsExactly(note(60, 0, 960));
        assertThat(changes.removed()).containsExactly(note(64, 480, 960));
        assertThat(changes.added()).containsExactly(note(67, 480, 960));
    }

    @Test
    void shouldMatchEachOfTwoEqualNotesOnce() {
        MidiFile before = of(note(60, 0, 480));
        MidiFile after = of(note(60, 0, 480), new Note(0, 0, 60, 90, 64, 0, 960));
        NoteComparison changes = NoteComparison.between(before, after);
        assertThat(changes.keptAfter()).hasSize(1);
        assertThat(changes.added()).hasSize(1);
        assertThat(NoteComparison.between(after, before).removed()).hasSize(1);
    }

    /** A generator that drops the first half of a note and adds another: what stays of it is kept, its outline shown. */
    @Test
    void shouldShowWhatATransferDid() {
        MidiFile before = of(note(60, 0, 1920), note(64, 0, 480));
        Generator generator = new Halver();
        TransferResult result =
                new SongTransfer(generator, Decoding.PLAIN, Output.AS_INPUT, Hop.WINDOW).transfer(before);
        NoteComparison changes = NoteComparison.of(result);
        assertThat(changes.removed()).containsExactlyInAnyOrder(note(60, 0, 1920), note(64, 0, 480));
        assertThat(changes.keptBefore())
                .extracting(Note::pitch, Note::onTick, Note::offTick)
                .containsExactly(tuple(60, 960L, 1920L));
        assertThat(changes.keptAfter()).isEqualTo(changes.keptBefore());
        assertThat(changes.added())
                .extracting(Note::pitch, Note::onTick, Note::offTick)
                .as("four cells before silence are three steps")
                .containsExactly(tuple(72, 0L, 360L));
        assertThat(changes.legend()).containsExactly("0 kept, 1 shortened or lengthened", "1 removed", "1 added");
    }

    /** Keeps C4 from step 8 on, plays C5 in steps 0 to 3, and nothing else. */
    private static final class Halver implements Generator {
        @Override
        public int maxBatch() {
            return 1;
        }

        @Override
        public void generate(float[] windows, float[] probabilities, int count) {
            Arrays.fill(probabilities, 0, count * PianoRoll.CELLS, 0);
            for (int step = 0; step < PianoRoll.STEPS; step++) {
                int c4 = step * PianoRoll.PITCHES + 36;
                probabilities[c4] = step >= 8 ? windows[c4] : 0;
                probabilities[c4 + 12] = step < 4 ? 1 : 0;
            }
        }

        @Override
        public void close() {}
    }

    @Test
    void shouldPaintEachKindInItsColour() {
        MidiFile before = of(note(60, 0, 480));
        BufferedImage same = draw(before, before, "same");
        assertThat(count(same, KEPT)).isPositive();
        assertThat(count(same, ADDED)).isZero();
        assertThat(count(same, REMOVED)).isZero();
        BufferedImage changed = draw(before, of(note(72, 0, 480)), "changed");
        assertThat(count(changed, KEPT)).isZero();
        assertThat(count(changed, ADDED)).isPositive();
        assertThat(count(changed, REMOVED)).isPositive();
    }

    @Test
    void shouldDrawATickAtItsPlaceInTheBar() {
        // One bar fills 1500 pixels from x = 76: its second quarter begins at 451 and ends at 826.
        MidiFile music = of(note(60, 480, 960), note(60, 1919, 1920));
        BufferedImage image = draw(music, music, "a bar");
        // Pitches 57 to 63, seven pixels each: C4 is the fourth from above.
        int y = HEAD + 22 + 3 * 7 + 3;
        assertThat(image.getRGB(449, y)).isNotEqualTo(KEPT);
        assertThat(image.getRGB(452, y)).isEqualTo(KEPT);
        assertThat(image.getRGB(823, y)).isEqualTo(KEPT);
        assertThat(image.getRGB(828, y)).isNotEqualTo(KEPT);
    }

    @Test
    void shouldStayBoundedForLongAndStrangePieces() {
        MidiFile prelude = PreludeScore.bundled();
        assertThat(draw(prelude, prelude, "prelude").getHeight()).isLessThan(5000);
        MidiFile wide = of(note(0, 0, 480), note(127, 200_000_000, 200_000_480));
        BufferedImage image = draw(wide, wide, "x".repeat(5000));
        assertThat(image.getHeight()).isLessThan(5000);
        assertThat(draw(empty(), empty(), "").getHeight()).isPositive();
    }

    @Test
    void shouldWriteAPngAndNotOverwriteOneUnasked() throws IOException {
        Path file = folder.resolve("a.png");
        MidiFile music = of(note(60, 0, 480));
        PianoRollPicture.write(MeterMap.of(music), NoteComparison.between(music, music), "a", file, false);
        assertThat(ImageIO.read(file.toFile()).getWidth()).isEqualTo(1600);
        assertThatThrownBy(() -> PianoRollPicture.write(
                        MeterMap.of(music), NoteComparison.between(music, music), "a", file, false))
                .isInstanceOf(FileAlreadyExistsException.class);
        PianoRollPicture.write(MeterMap.of(music), NoteComparison.between(music, music), "a", file, true);
        try (var files = Files.list(folder)) {
            assertThat(files).containsExactly(file);
        }
    }
}
