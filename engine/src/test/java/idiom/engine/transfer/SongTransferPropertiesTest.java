package idiom.engine.transfer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import idiom.engine.midi.MidiFile;
import idiom.engine.midi.Note;
import idiom.engine.midi.NoteTable;
import idiom.engine.pianoroll.PianoRoll;
import idiom.engine.pianoroll.Rendering;
import idiom.engine.pianoroll.SongRoll;
import idiom.presets.Decoding;
import idiom.presets.Feel;
import idiom.presets.Hop;
import idiom.presets.Output;
import idiom.presets.PitchRange;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** What holds of every song and every generator. */
class SongTransferPropertiesTest {
    private static final Comparator<Note> ORDER = Comparator.comparingLong(Note::onTick)
            .thenComparingLong(Note::offTick)
            .thenComparingInt(Note::track)
            .thenComparingInt(Note::channel)
            .thenComparingInt(Note::pitch)
            .thenComparingInt(Note::velocity)
            .thenComparingInt(Note::releaseVelocity);

    @Test
    void shouldGiveBackEveryFileThatTheGeneratorReturns() {
        for (long seed = 0; seed < 120; seed++) {
            SplittableRandom random = new SplittableRandom(seed);
            MidiFile song = Songs.random(random, random.nextBoolean());
            Decoding decoding = CellDecoderTest.randomDecoding(random);
            for (Hop hop : Hop.values()) {
                TransferResult result =
                        new SongTransfer(ScriptedGenerator.identity(), decoding, Output.AS_INPUT, hop).transfer(song);
                assertThat(result.file().sameEvents(song))
                        .as("seed %s hop %s", seed, hop)
                        .isTrue();
                assertThat(result.file().toBytes()).isEqualTo(song.toBytes());
            }
        }
    }

    @Test
    void shouldGiveBackEveryFileAtMixNothing() {
        for (long seed = 0; seed < 60; seed++) {
            SplittableRandom random = new SplittableRandom(seed);
            MidiFile song = Songs.random(random, true);
            Decoding dry = new Decoding(0.5, 0, random.nextBoolean(), true, 16, Feel.STRAIGHT, PitchRange.FULL);
            TransferResult result =
                    new SongTransfer(ScriptedGenerator.random(seed), dry, Output.AS_INPUT, Hop.BAR).transfer(song);
            assertThat(result.file().sameEvents(song)).as("seed %s", seed).isTrue();
        }
    }

    @Test
    void shouldKeepItsPromisesForAnyGenerator() {
        long addedNotes = 0;
        for (long seed = 0; seed < 150; seed++) {
            SplittableRandom random = new SplittableRandom(seed);
            boolean overlapping = random.nextBoolean();
            MidiFile song = Songs.random(random, overlapping);
            Decoding decoding = CellDecoderTest.randomDecoding(random);
            Hop hop = Hop.values()[random.nextInt(4)];
            TransferResult result =
                    new SongTransfer(ScriptedGenerator.random(seed), decoding, Output.AS_INPUT, hop).transfer(song);
            addedNotes += result.addedCount();
            int track = 0;
            for (int i = 0; i < result.pieces().size(); i++) {
                TransferredPiece piece = result.pieces().get(i);
                List<Note> expected = expectedNotes(piece);
                NoteTable output = NoteTable.of(result.file().sequences().get(i));
                // As many notes as there should be, each with its end.
                assertThat(output.notes()).hasSize(expected.size());
                if (!overlapping) {
                    assertThat(sorted(output.notes())).as("seed %s", seed).isEqualTo(sorted(expected));
                }
                checkAdded(piece, expected, decoding);
                checkUntouched(piece, expected);
                if (decoding.melodyLock()) {
                    checkMelody(piece);
                }
                track++;
            }
            assertThat(track).isEqualTo(song.sequences().size());
        }
        assertThat(addedNotes).isGreaterThan(10_000);
    }

    private static List<Note> expectedNotes(TransferredPiece piece) {
        NoteChanges changes = piece.changes();
        List<Note> notes = new ArrayList<>();
        for (int i = 0; i < piece.before().notes().size(); i++) {
            if (!changes.removed().get(i)) {
                notes.add(changes.replaced()
                        .getOrDefault(i, piece.before().notes().get(i)));
            }
        }
        notes.addAll(changes.pieces());
        notes.addAll(changes.added());
        return notes;
    }

    private static void checkAdded(TransferredPiece piece, List<Note> all, Decoding decoding) {
        for (Note added : piece.changes().added()) {
            assertThat(decoding.range().contains(added.pitch())).isTrue();
            assertThat(added.isDrum()).isFalse();
            assertThat(added.ticks()).isPositive();
            long overlaps = all.stream()
                    .filter(note -> note.channel() == added.channel()
                            && note.pitch() == added.pitch()
                            && note.onTick() < added.offTick()
                            && added.onTick() < note.offTick())
                    .count();
            assertThat(overlaps).as("notes over %s", added).isEqualTo(1);
        }
    }

    private static void checkUntouched(TransferredPiece piece, List<Note> all) {
        List<Note> outside = piece.before().notes().stream()
                .filter(note -> !Rendering.shows(note))
                .toList();
        assertThat(all).containsAll(outside);
        int kept = piece.changes().keptCount();
        assertThat(kept).isNotNegative();
        assertThat(kept + piece.changes().removedCount() + piece.changes().changedCount())
                .isEqualTo(piece.before().notes().size() - outside.size());
    }

    private static void checkMelody(TransferredPiece piece) {
        SongRoll song = piece.before();
        for (int step = song.firstStep(); step < song.endStep(); step++) {
            boolean isAbove = true;
            boolean hasLine = false;
            for (int pitch = 0; pitch < PianoRoll.PITCHES; pitch++) {
                hasLine |= song.heard().isOn(step, pitch);
            }
            for (int pitch = PianoRoll.PITCHES - 1; pitch >= 0 && hasLine && isAbove; pitch--) {
                isAbove = !song.heard().isOn(step, pitch);
                boolean before = song.cells().isOn(step, pitch);
                boolean after = piece.cells().isOn(step, pitch);
                // The line stays where it is seen, and nothing comes above it.
                if (isAbove ? after && !before : before && !after) {
                    fail("step %s pitch %s isAbove=%s", step, pitch, isAbove);
                }
            }
        }
    }

    private static List<Note> sorted(List<Note> notes) {
        return notes.stream().sorted(ORDER).toList();
    }
}
