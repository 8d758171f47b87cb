package idiom.engine.transfer;

import static idiom.engine.transfer.Songs.note;
import static org.assertj.core.api.Assertions.assertThat;

import idiom.engine.midi.ChannelMessage;
import idiom.engine.midi.MetaMessage;
import idiom.engine.midi.MidiEvent;
import idiom.engine.midi.MidiFile;
import idiom.engine.midi.MidiTrack;
import idiom.engine.midi.Note;
import idiom.engine.midi.NoteTable;
import idiom.engine.midi.TicksPerQuarter;
import idiom.engine.pianoroll.BeatGrid;
import idiom.engine.pianoroll.PianoRoll;
import idiom.engine.pianoroll.Rolls;
import idiom.engine.pianoroll.SongRoll;
import idiom.presets.Decoding;
import idiom.presets.Feel;
import idiom.presets.Hop;
import idiom.presets.Output;
import idiom.presets.PitchRange;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

/** All with 120 ticks a step. */
class SongTransferTest {
    @Test
    void shouldKeepANoteWhoseCellsStay() {
        Note played = new Note(0, 3, 60, 77, 12, 7, 461);
        TransferResult result = transfer(Songs.of(played), Rolls.of(60, 0, 4));
        assertThat(notes(result)).containsExactly(played);
        assertThat(result.keptCount()).isEqualTo(1);
    }

    @Test
    void shouldShortenAndSplitNotes() {
        assertThat(notes(transfer(Songs.of(note(60, 0, 480)), Rolls.of(60, 0, 2))))
                .containsExactly(note(60, 0, 240));
        assertThat(notes(transfer(Songs.of(note(60, 5, 480)), Rolls.of(60, 2, 2))))
                .containsExactly(note(60, 240, 480));
        TransferResult split = transfer(Songs.of(note(60, 5, 475)), Rolls.of(60, 0, 1, 60, 2, 2));
        assertThat(notes(split)).containsExactly(note(60, 5, 120), note(60, 240, 475));
        assertThat(split.changedCount()).isEqualTo(1);
        assertThat(split.keptCount()).isZero();
        assertThat(split.addedCount()).isZero();
    }

    @Test
    void shouldRemoveANoteWhoseCellsGo() {
        TransferResult result = transfer(Songs.of(note(60, 0, 480), note(64, 0, 480)), Rolls.of(64, 0, 4));
        assertThat(notes(result)).containsExactly(note(64, 0, 480));
        assertThat(result.removedCount()).isEqualTo(1);
    }

    @Test
    void shouldNotLetACellOfLessThanHalfDecide() {
        // From 100 to 490: step 0 by a sixth, steps 1 to 3 whole, step 4 by a twelfth.
        Note played = note(60, 100, 490);
        assertThat(notes(transfer(Songs.of(played), Rolls.of(60, 1, 3)))).containsExactly(played);
        assertThat(notes(transfer(Songs.of(played), Rolls.of(60, 0, 1, 60, 4, 1))))
                .isEmpty();
        // The core's own end is the note's own end.
        assertThat(notes(transfer(Songs.of(played), Rolls.of(60, 2, 2)))).containsExactly(note(60, 240, 490));
        // A note of 70 ticks over an edge, 40 before it: the first cell decides.
        Note brief = note(60, 80, 150);
        assertThat(notes(transfer(Songs.of(brief), Rolls.of(60, 0, 1)))).containsExactly(brief);
        assertThat(notes(transfer(Songs.of(brief), Rolls.of(60, 1, 1)))).isEmpty();
        Note later = note(60, 100, 150);
        assertThat(notes(transfer(Songs.of(later), Rolls.of(60, 1, 1)))).containsExactly(later);
        assertThat(notes(transfer(Songs.of(later), Rolls.of(60, 0, 1)))).isEmpty();
    }

    @Test
    void shouldTakeTheStepAtANotesEndForNoneOfIt() {
        // Four steps on the grid are seen as five. That the fifth goes changes nothing, nor does it make a note alone.
        MidiFile song = Songs.of(note(60, 0, 480), note(40, 0, 1920));
        assertThat(notes(transfer(song, Rolls.of(60, 0, 4, 40, 0, 16))))
                .containsExactlyInAnyOrder(note(60, 0, 480), note(40, 0, 1920));
        assertThat(notes(transfer(song, Rolls.of(60, 4, 1, 40, 0, 16)))).containsExactly(note(40, 0, 1920));
        // With more after it, it is the beginning of a note of the generator's, and of a longer note if that stays.
        assertThat(notes(transfer(song, Rolls.of(60, 4, 3, 40, 0, 16))))
                .containsExactlyInAnyOrder(note(60, 480, 720), note(40, 0, 1920));
        assertThat(notes(transfer(song, Rolls.of(60, 0, 7, 40, 0, 16))))
                .containsExactlyInAnyOrder(note(60, 0, 720), note(40, 0, 1920));
    }

    @Test
    void shouldKeepTheStepHiddenBeforeAStrikeWithItsNote() {
        // Seen are 0 to 2 and 4 to 7; step 3 is hidden.
        Note first = note(60, 0, 480);
        Note again = note(60, 480, 960);
        MidiFile song = Songs.of(first, again);
        assertThat(notes(transfer(song, Rolls.of(60, 0, 3, 60, 4, 4)))).containsExactly(first, again);
        assertThat(notes(transfer(song, Rolls.of(60, 0, 3)))).containsExactly(first);
        assertThat(notes(transfer(song, Rolls.of(60, 4, 4)))).containsExactly(again);
        // The hidden step goes with the one before it, unless the generator says that it sounds.
        assertThat(notes(transfer(song, Rolls.of(60, 0, 2, 60, 4, 4)))).containsExactly(note(60, 0, 240), again);
        assertThat(notes(transfer(song, Rolls.of(60, 2, 1, 60, 4, 4)))).containsExactly(note(60, 240, 480), again);
        assertThat(notes(transfer(song, Rolls.of(60, 3, 5)))).containsExactly(note(60, 360, 480), again);
        assertThat(notes(transfer(song, Rolls.of(60, 0, 8)))).containsExactly(first, again);
    }

    @Test
    void shouldLetAHiddenNoteShareTheFateOfTheStrikeThatHidesIt() {
        // Four 16ths: only the last, at step 3, is seen, and over another part at step 3 and 4.
        List<Note> run = List.of(note(60, 0, 120), note(60, 120, 240), note(60, 240, 360), note(60, 360, 480));
        List<Note> all = new ArrayList<>(run);
        all.add(new Note(0, 1, 48, 80, 64, 0, 960));
        MidiFile song = Songs.of(all);
        assertThat(notes(transfer(song, Rolls.of(60, 3, 1, 48, 0, 8)))).containsExactlyInAnyOrderElementsOf(all);
        assertThat(notes(transfer(song, Rolls.of(48, 0, 8)))).containsExactly(all.get(4));
        // The first two are what the generator says by name.
        assertThat(notes(transfer(song, Rolls.of(60, 0, 1, 48, 0, 8))))
                .containsExactlyInAnyOrder(run.get(0), all.get(4));
    }

    @Test
    void shouldDecideAboutEachOfManyNotesInACell() {
        // Struck again at step 2, and a second channel that sounds over both.
        Note first = note(60, 0, 240);
        Note again = new Note(0, 0, 60, 40, 64, 240, 480);
        Note other = new Note(0, 5, 60, 100, 64, 0, 480);
        MidiFile song = Songs.of(first, again, other);
        assertThat(notes(transfer(song, Rolls.of(60, 0, 4)))).containsExactlyInAnyOrder(first, again, other);
        assertThat(notes(transfer(song, Rolls.of(60, 0, 2))))
                .containsExactlyInAnyOrder(first, new Note(0, 5, 60, 100, 64, 0, 240));
        assertThat(notes(transfer(song, Rolls.of(60, 2, 2))))
                .containsExactlyInAnyOrder(again, new Note(0, 5, 60, 100, 64, 240, 480));
    }

    @Test
    void shouldProlongTheNoteThatSoundsLast() {
        Note played = note(60, 3, 470);
        assertThat(notes(transfer(Songs.of(played), Rolls.of(60, 0, 6)))).containsExactly(note(60, 3, 600));
        // Not one whose end was taken away, nor one that a gap divides from the added cells.
        assertThat(notes(transfer(Songs.of(played), Rolls.of(60, 0, 3, 60, 4, 2))))
                .containsExactly(note(60, 3, 360), note(60, 480, 600));
        assertThat(notes(transfer(Songs.of(played), Rolls.of(60, 0, 4, 60, 5, 1))))
                .containsExactly(played, note(60, 600, 720));
    }

    @Test
    void shouldSoundAddedNotesForOneStepLessThanTheirCells() {
        // The player's C2 to step 16, and her C4 at steps 8 to 11, seen to step 12.
        Note held = note(36, 0, 1920);
        Note played = note(60, 960, 1440);
        MidiFile song = Songs.of(held, played);
        // 3 cells, 2 that are struck again one step later, and 1 before silence.
        PianoRoll says = Rolls.of(36, 0, 16, 60, 8, 5, 72, 0, 3, 72, 5, 2, 72, 8, 1);
        TransferResult result = transfer(song, says);
        assertThat(notes(result))
                .containsExactlyInAnyOrder(held, played, note(72, 0, 240), note(72, 600, 840), note(72, 960, 1080));
        // So the runs of 3 and 2 are seen again as they were said.
        SongRoll seen = SongRoll.of(notes(result), BeatGrid.ofQuarter(480));
        for (int step = 0; step < 8; step++) {
            assertThat(seen.cells().isOn(step, 72 - PianoRoll.LOWEST_PITCH))
                    .as("step %s", step)
                    .isEqualTo(says.isOn(step, 72 - PianoRoll.LOWEST_PITCH));
        }
        // A run that the player's note follows without a gap sounds to its beginning.
        assertThat(notes(transfer(song, Rolls.of(36, 0, 16, 60, 5, 8))))
                .containsExactlyInAnyOrder(held, played, note(60, 600, 960));
        // One that lasts to the end of the song's last bar does so, whether new or behind a note.
        assertThat(notes(transfer(song, Rolls.of(36, 0, 16, 60, 8, 8, 72, 12, 4))))
                .containsExactlyInAnyOrder(held, note(60, 960, 1920), note(72, 1440, 1920));
        // A note that ends within its last cell is drawn out to where the next begins, all that one more cell can say.
        assertThat(notes(transfer(Songs.of(held, note(60, 0, 470)), Rolls.of(36, 0, 16, 60, 0, 5))))
                .containsExactlyInAnyOrder(held, note(60, 0, 480));
    }

    @Test
    void shouldGiveAddedNotesTheVelocityAroundThem() {
        // At step 8, D5: the nearer E4 (steps 4-7, 1 step and 10 semitones away) weighs 1 / (1 + 1/4 + 10/12)^2 =
        // 0.2304, C3 (steps 0-3, 5 steps and 26 semitones) 1 / (1 + 5/4 + 26/12)^2 = 0.05126:
        // (0.2304 * 100 + 0.05126 * 40) / 0.28166 = 89.08.
        Note low = new Note(0, 2, 48, 40, 64, 0, 480);
        Note high = new Note(0, 7, 64, 100, 64, 480, 960);
        TransferResult result = transfer(Songs.of(low, high), Rolls.of(48, 0, 4, 64, 4, 4, 74, 8, 2));
        assertThat(notes(result)).containsExactly(low, high, new Note(0, 7, 74, 89, 64, 960, 1080));
        // Half as loud and 20 more on the beat: 64.54; off the beat 20 less.
        Feel feel = new Feel(0.5, 0, 0.5, 20);
        assertThat(added(Songs.of(low, high), Rolls.of(48, 0, 4, 64, 4, 4, 74, 8, 2), feel)
                        .velocity())
                .isEqualTo(65);
        assertThat(added(Songs.of(note(60, 0, 480)), Rolls.of(60, 0, 4, 72, 1, 1), feel)
                        .velocity())
                .isEqualTo(20);
    }

    @Test
    void shouldSwingAddedNotesOnly() {
        // Off-beat eighth at two thirds: step 2 lies at 2.668, step 3 at 3.334, both in 120 ticks; step 4 at 4.
        Feel swing = new Feel(0.667, 0, 1, 0);
        MidiFile song = Songs.of(note(60, 240, 480));
        TransferResult result = transfer(song, Rolls.of(60, 2, 2, 72, 2, 1, 74, 3, 1), swing, Output.AS_INPUT);
        assertThat(notes(result)).containsExactlyInAnyOrder(note(60, 240, 480), note(72, 320, 400), note(74, 400, 480));
        // Laid back by a quarter of a step.
        assertThat(added(song, Rolls.of(60, 2, 2, 72, 4, 2), new Feel(0.5, 0.25, 1, 0)))
                .isEqualTo(note(72, 510, 630));
    }

    @Test
    void shouldNotPlaceAddedNotesOverThePlayers() {
        // A4 is the player's at 4-7; added at 2-3 and 10-11, pushed and laid back by half a step.
        MidiFile song = Songs.of(note(69, 480, 960), note(60, 0, 1920));
        PianoRoll says = Rolls.of(60, 0, 16, 69, 2, 6);
        assertThat(added(song, says, new Feel(0.5, 0.5, 1, 0))).isEqualTo(note(69, 300, 480));
        // A player's note that goes still guards its place, which goes to step 8: right after it no push is possible.
        assertThat(added(song, Rolls.of(60, 0, 16, 69, 9, 2), new Feel(0.5, -0.5, 1, 0)))
                .isEqualTo(note(69, 1080, 1140));
    }

    @Test
    void shouldPutNewNotesOfAnMpeZoneOnItsManager() {
        // A lower zone of 5 members: a note on channel 3 is one, a note on channel 6 isn't.
        List<MidiEvent> zone = List.of(
                new MidiEvent(0, ChannelMessage.controller(0, 101, 0)),
                new MidiEvent(0, ChannelMessage.controller(0, 100, 6)),
                new MidiEvent(0, ChannelMessage.controller(0, 6, 5)));
        Note member = new Note(0, 3, 60, 80, 64, 0, 480);
        Note outside = new Note(0, 6, 90, 80, 64, 0, 480);
        List<MidiEvent> events = new ArrayList<>(zone);
        events.addAll(Songs.of(member, outside).tracks().get(0).events());
        MidiFile song = new MidiFile(0, new TicksPerQuarter(480), List.of(new MidiTrack(events)));
        // C4 and F#6 go on for two steps, E4 and G6 come in.
        TransferResult result = transfer(song, Rolls.of(60, 0, 6, 90, 0, 6, 64, 0, 4, 91, 0, 4));
        assertThat(notes(result))
                .containsExactlyInAnyOrder(
                        member,
                        note(60, 480, 600),
                        note(64, 0, 360),
                        new Note(0, 6, 90, 80, 64, 0, 600),
                        new Note(0, 6, 91, 80, 64, 0, 360));
    }

    @Test
    void shouldUseTheChannelAndProgramOfThePreset() {
        Output output = new Output(OptionalInt.of(5), OptionalInt.of(11));
        TransferResult result =
                transfer(Songs.of(note(60, 0, 480)), Rolls.of(60, 0, 4, 72, 0, 4), Feel.STRAIGHT, output);
        assertThat(notes(result)).containsExactlyInAnyOrder(note(60, 0, 480), new Note(0, 5, 72, 80, 64, 0, 360));
        assertThat(result.file().tracks().get(0).events())
                .contains(
                        new MidiEvent(0, ChannelMessage.program(0, 11)),
                        new MidiEvent(0, ChannelMessage.program(5, 11)));
    }

    @Test
    void shouldJoinRunsOverTheEdgeOfWindows() {
        // The generator lays D5 over everything: one note from the first bar to the last, not one a window.
        float[] cells = new float[PianoRoll.CELLS];
        Rolls.of(74, 0, 64, 60, 0, 64).toCells(cells, 0);
        ScriptedGenerator generator = new ScriptedGenerator(8, window -> cells);
        TransferResult result = new SongTransfer(generator, Decoding.PLAIN, Output.AS_INPUT, Hop.WINDOW)
                .transfer(Songs.of(note(60, 0, 130 * 120)));
        // 130 steps end in the ninth bar, at step 144.
        assertThat(notes(result)).containsExactlyInAnyOrder(note(60, 0, 144 * 120), note(74, 0, 144 * 120));
    }

    @Test
    void shouldAskForNoSilenceAndForNoWindowTwice() {
        // Windows 0 and 2 alike, 1 silent, 3 another; bars 16 apart hold nothing but them.
        List<Note> notes = List.of(note(60, 0, 480), note(60, 128 * 120, 132 * 120), note(62, 192 * 120, 193 * 120));
        ScriptedGenerator generator = ScriptedGenerator.identity();
        TransferResult result =
                new SongTransfer(generator, Decoding.PLAIN, Output.AS_INPUT, Hop.WINDOW).transfer(Songs.of(notes));
        assertThat(generator.asked).containsExactly(Rolls.of(60, 0, 5), Rolls.of(62, 0, 1));
        assertThat(generator.batches).containsExactly(2);
        assertThat(result.windowNs()).hasSize(2);
    }

    @Test
    void shouldTakeEachHopFromItsOwnWindow() {
        // A generator that sounds D5 in the second bar of each window, whatever it sees. At a hop of a bar, bars from
        // the
        // third on to the last but two lie in the second bar of their window; the first windows and the last are fixed.
        float[] cells = new float[PianoRoll.CELLS];
        Rolls.of(74, 16, 16).toCells(cells, 0);
        SongTransfer transfer =
                new SongTransfer(new ScriptedGenerator(2, window -> cells), Decoding.PLAIN, Output.AS_INPUT, Hop.BAR);
        TransferResult result = transfer.transfer(Songs.of(note(60, 0, 8 * 16 * 120)));
        // Windows of the 8 bars begin at bars 0 0 1 2 3 4 4 4: bars 1 to 5 are second bars, steps 16 to 95.
        assertThat(notes(result)).containsExactly(note(74, 16 * 120, 95 * 120));
    }

    @Test
    void shouldSayThatOtherMetresAreCutBySixteenths() {
        MidiTrack track = new MidiTrack(List.of(
                new MidiEvent(0, MetaMessage.timeSignature(3, 4)),
                new MidiEvent(0, ChannelMessage.noteOn(0, 60, 80)),
                new MidiEvent(480, ChannelMessage.noteOff(0, 60, 64)),
                new MidiEvent(480, MetaMessage.endOfTrack())));
        MidiFile waltz = new MidiFile(0, new TicksPerQuarter(480), List.of(track));
        TransferResult result = transfer(waltz, Rolls.of(60, 0, 4));
        assertThat(result.pieces().get(0).remarks())
                .containsExactly("not in 4/4 throughout (3/4): windows are 64 sixteenths from bar 1, not four bars; the"
                        + " models know 4/4 only");
        assertThat(transfer(Songs.of(note(60, 0, 480)), Rolls.of(60, 0, 4))
                        .pieces()
                        .get(0)
                        .remarks())
                .isEmpty();
    }

    @Test
    void shouldPassDrumsAndSilence() {
        MidiFile drums = Songs.of(new Note(0, 9, 40, 90, 64, 0, 100));
        ScriptedGenerator generator = ScriptedGenerator.saying(Rolls.of(60, 0, 64));
        TransferResult result = new SongTransfer(generator, Decoding.PLAIN, Output.AS_INPUT, Hop.STEP).transfer(drums);
        assertThat(result.file().sameEvents(drums)).isTrue();
        assertThat(generator.asked).isEmpty();
        assertThat(result.pieces().get(0).remarks())
                .containsExactly("no pitched notes from C1 to B7: nothing to transfer");
    }

    @Test
    void shouldReportWhatItDid() {
        // C4 (4 cells) stays, E4 (4 cells) goes, G4 (2 cells) comes: content change (2 + 4) / 8.
        TransferResult result = transfer(Songs.of(note(60, 0, 480), note(64, 0, 480)), Rolls.of(60, 0, 4, 67, 0, 2));
        TransferredPiece piece = result.pieces().get(0);
        assertThat(piece.report().content().total()).isEqualTo(0.75);
        assertThat(piece.report().melody().f1()).isZero();
        assertThat(piece.report().before().cellsPerStep()).isEqualTo(0.125);
        assertThat(List.of(result.keptCount(), result.removedCount(), result.addedCount(), result.changedCount()))
                .containsExactly(1, 1, 1, 0);
    }

    private static Note added(MidiFile song, PianoRoll says, Feel feel) {
        List<Note> added = new ArrayList<>(transfer(song, says, feel, Output.AS_INPUT)
                .pieces()
                .get(0)
                .changes()
                .added());
        assertThat(added).hasSize(1);
        return added.get(0);
    }

    private static TransferResult transfer(MidiFile song, PianoRoll says) {
        return transfer(song, says, Feel.STRAIGHT, Output.AS_INPUT);
    }

    private static TransferResult transfer(MidiFile song, PianoRoll says, Feel feel, Output output) {
        Decoding decoding = new Decoding(0.5, 1, false, false, 16, feel, PitchRange.FULL);
        return new SongTransfer(ScriptedGenerator.saying(says), decoding, output, Hop.WINDOW).transfer(song);
    }

    private static List<Note> notes(TransferResult result) {
        return NoteTable.of(result.file()).notes();
    }
}
