package idiom.engine.pianoroll;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import idiom.engine.midi.Note;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class SongRollTest {
    /** A step is 10 ticks. */
    private final BeatGrid grid = BeatGrid.ofQuarter(40);

    @Test
    void shouldCoverTheStepsOfOnsetAndEnd() {
        // 9 to 21 ticks: steps 0, 1 and 2. No length at 50: step 5. 60 to 70 on the grid: step 6, and 7 where it ends.
        // 80 to 90 ends with the song.
        SongRoll song = SongRoll.of(
                List.of(note(0, 60, 9, 21), note(0, 62, 50, 50), note(0, 64, 60, 70), note(0, 66, 80, 90)), grid);
        assertThat(song.cells().window(0)).isEqualTo(Rolls.of(60, 0, 3, 62, 5, 1, 64, 6, 2, 66, 8, 1));
        assertThat(song.covered().window(0)).isEqualTo(song.cells().window(0));
        // 60 fills step 0 and 2 by a tenth each.
        assertThat(song.heard().window(0)).isEqualTo(Rolls.of(60, 1, 1, 62, 5, 1, 64, 6, 1, 66, 8, 1));
        assertThat(song.firstStep()).isZero();
        assertThat(song.endStep()).isEqualTo(9);
    }

    @Test
    void shouldSilenceTheStepBeforeAStrikeOfTheSameVoice() {
        // 60: 0-3, again 4-5, by another channel 7-8 right after. 62: three 16ths in a row. 64: track 1 holds, track 0
        // strikes.
        List<Note> notes = List.of(
                note(0, 60, 0, 40),
                note(0, 60, 40, 60),
                note(1, 60, 70, 85),
                note(0, 62, 0, 10),
                note(0, 62, 10, 20),
                note(0, 62, 20, 30),
                note(0, 64, 0, 15),
                note(0, 64, 20, 30),
                new Note(1, 0, 64, 80, 64, 0, 25));
        SongRoll song = SongRoll.of(notes, grid);
        assertThat(song.cells().window(0)).isEqualTo(Rolls.of(60, 0, 3, 60, 4, 3, 60, 7, 2, 62, 2, 2, 64, 0, 4));
        assertThat(song.covered().window(0)).isEqualTo(Rolls.of(60, 0, 9, 62, 0, 4, 64, 0, 4));
        assertThat(song.heard().window(0)).isEqualTo(Rolls.of(60, 0, 6, 60, 7, 2, 62, 0, 3, 64, 0, 3));
        assertThat(song.notesAt(3, 36)).isEmpty();
        assertThat(song.notesAt(4, 36)).containsExactly(0, 1);
        assertThat(song.notesAt(1, 38)).isEmpty();
        assertThat(song.notesAt(2, 38)).containsExactlyInAnyOrder(4, 5);
        assertThat(song.notesAt(1, 40)).containsExactly(8);
        assertThat(song.nextShown(3, 0)).isEqualTo(2);
        assertThat(song.nextHidden(0, 0, 9)).isEqualTo(3);
        assertThat(song.nextHidden(2, 0, 9)).isEqualTo(6);
    }

    @Test
    void shouldLeaveInTheCoreTheOnlyCellThatIsSeen() {
        // 26 to 40 fills step 2 by four tenths, but step 3 is hidden by the strike at 4.
        SongRoll song = SongRoll.of(List.of(note(0, 60, 26, 40), note(0, 60, 40, 60)), grid);
        assertThat(song.cells().window(0)).isEqualTo(Rolls.of(60, 2, 1, 60, 4, 2));
        assertThat(song.coreFirstStep(0)).isEqualTo(2);
        assertThat(song.coreEndStep(0)).isEqualTo(4);
    }

    @Test
    void shouldLeaveOutDrumsAndPitchesBeyondTheRoll() {
        List<Note> notes = List.of(
                note(9, 60, 0, 10), note(0, 23, 0, 10), note(0, 108, 0, 10), note(0, 24, 0, 10), note(8, 107, 0, 10));
        SongRoll song = SongRoll.of(notes, grid);
        assertThat(song.cells().window(0)).isEqualTo(Rolls.of(24, 0, 1, 107, 0, 1));
        assertThat(song.notes()).isEqualTo(notes);
        assertThat(song.shows(0)).isFalse();
        assertThat(song.notesAt(0, 36)).isEmpty();
    }

    @Test
    void shouldLinkACellToAllItsNotes() {
        // Struck again within step 2, a second channel over both, a long one that ends before.
        List<Note> notes = List.of(note(0, 60, 0, 25), note(0, 60, 25, 40), note(3, 60, 20, 30), note(1, 60, 0, 10));
        SongRoll song = SongRoll.of(notes, grid);
        assertThat(song.notesAt(0, 36)).containsExactly(0, 3);
        assertThat(song.notesAt(1, 36)).containsExactly(3);
        assertThat(song.notesAt(2, 36)).containsExactlyInAnyOrder(0, 1, 2);
        assertThat(song.notesAt(3, 36)).containsExactlyInAnyOrder(1, 2);
        assertThat(song.notesAt(4, 36)).isEmpty();
        assertThat(song.notesAt(2, 37)).isEmpty();
    }

    @Test
    void shouldLinkEveryCellOfAnySong() {
        SplittableRandom random = new SplittableRandom(3);
        for (int round = 0; round < 30; round++) {
            List<Note> notes = new ArrayList<>();
            for (int i = 0; i < 60; i++) {
                int on = random.nextInt(2000);
                notes.add(note(random.nextInt(6), 58 + random.nextInt(4), on, on + random.nextInt(300)));
            }
            BeatGrid shifted = grid.from(random.nextInt(400));
            SongRoll song = SongRoll.of(notes, shifted);
            for (int step = song.cells().firstStep(); step < song.cells().endStep(); step++) {
                for (int pitch = 33; pitch < 40; pitch++) {
                    List<Integer> expected = new ArrayList<>();
                    for (int i = 0; i < notes.size(); i++) {
                        Note note = notes.get(i);
                        if (song.shows(i)
                                && note.pitch() - 24 == pitch
                                && Rendering.firstStep(note, shifted) <= step
                                && step < Rendering.endStep(note, shifted)
                                && step < song.endStep()
                                && !isStruck(notes, note, step + 1, shifted)) {
                            expected.add(i);
                        }
                    }
                    assertThat(song.notesAt(step, pitch)).containsExactlyInAnyOrderElementsOf(expected);
                    assertThat(song.cells().isOn(step, pitch)).isEqualTo(!expected.isEmpty());
                }
            }
        }
    }

    @Test
    void shouldCutWindowsAtAnyStep() {
        // One note over the edges of three blocks, the first of them in the pick-up.
        SongRoll song = SongRoll.of(List.of(note(0, 60, 0, 1400)), grid.from(100));
        assertThat(song.firstStep()).isEqualTo(-10);
        assertThat(song.endStep()).isEqualTo(130);
        assertThat(song.cells().firstStep()).isEqualTo(-64);
        assertThat(song.cells().endStep()).isEqualTo(192);
        assertThat(song.cells().count()).isEqualTo(140);
        assertThat(song.cells().window(-64)).isEqualTo(Rolls.of(60, 54, 10));
        assertThat(song.cells().window(-20)).isEqualTo(Rolls.of(60, 10, 54));
        assertThat(song.cells().window(0)).isEqualTo(Rolls.of(60, 0, 64));
        assertThat(song.cells().window(100)).isEqualTo(Rolls.of(60, 0, 30));
        assertThat(song.cells().window(-1000)).isEqualTo(PianoRoll.empty());
        assertThat(song.cells().window(130)).isEqualTo(PianoRoll.empty());
        assertThat(song.cells().next(36, -64, 192, true)).isEqualTo(-10);
        assertThat(song.cells().next(36, -10, 192, false)).isEqualTo(130);
        assertThat(song.cells().next(36, 130, 192, true)).isEqualTo(192);
    }

    @Test
    void shouldPutAndSubtractBlocks() {
        Cells cells = new Cells(0, 100);
        cells.put(64, Rolls.of(60, 0, 64));
        Cells fewer = new Cells(0, 100);
        fewer.set(36, 70, 128);
        assertThat(cells.minus(fewer).window(64)).isEqualTo(Rolls.of(60, 0, 6));
        cells.put(64, PianoRoll.empty());
        assertThat(cells.count()).isZero();
        assertThatThrownBy(() -> cells.put(3, PianoRoll.empty())).hasMessage("step must be a multiple of 64: step=3");
    }

    @Test
    void shouldHoldSilence() {
        SongRoll song = SongRoll.of(List.of(note(9, 40, 0, 10)), grid);
        assertThat(song.cells().blocks()).isEmpty();
        assertThat(song.endStep()).isZero();
        assertThat(Windows.over(song, 16).count()).isZero();
    }

    @Test
    void shouldRefuseASongThatLastsDays() {
        assertThatThrownBy(() -> SongRoll.of(List.of(note(0, 60, 0, 10), note(0, 60, 1L << 27, (1L << 27) + 1)), grid))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("1048576 steps")
                .hasMessageContaining("endStep=13421773");
    }

    @Test
    void shouldAnswerEachHopFromTheMiddleOfItsWindow() {
        SongRoll song = SongRoll.of(List.of(note(0, 60, 0, 1280)), grid);
        Windows bars = Windows.over(song, 16);
        assertThat(bars.count()).isEqualTo(8);
        assertThat(java.util.stream.IntStream.range(0, 8).map(bars::windowStep))
                .containsExactly(0, 0, 16, 32, 48, 64, 64, 64);
        Windows whole = Windows.over(song, 64);
        assertThat(java.util.stream.IntStream.range(0, 2).map(whole::windowStep))
                .containsExactly(0, 64);
        assertThat(Windows.over(song, 4).windowStep(15)).isEqualTo(60 - 28);
        assertThat(Windows.over(song, 1).windowStep(50)).isEqualTo(50 - 31);
    }

    @Test
    void shouldCoverPickUpAndLastPartialWindow() {
        SongRoll song = SongRoll.of(List.of(note(0, 60, 60, 1000)), grid.from(100));
        // Steps -4 to 90.
        assertThat(Windows.over(song, 64)).isEqualTo(new Windows(-64, 128, 64));
        assertThat(Windows.over(song, 16)).isEqualTo(new Windows(-16, 96, 16));
        assertThat(Windows.over(song, 4)).isEqualTo(new Windows(-4, 92, 4));
        assertThat(Windows.over(song, 16).windowStep(6)).isEqualTo(32);
        // Shorter than a window: padded.
        SongRoll brief = SongRoll.of(List.of(note(0, 60, 0, 200)), grid);
        assertThat(Windows.over(brief, 16).windowStep(1)).isZero();
        // Counted from bar 1 also if the music begins later.
        SongRoll late = SongRoll.of(List.of(note(0, 60, 500, 700)), grid);
        assertThat(Windows.over(late, 64)).isEqualTo(new Windows(0, 128, 64));
    }

    @Test
    void shouldPutEveryStepIntoItsWindow() {
        for (int hop : new int[] {1, 4, 16, 64}) {
            for (int end = hop; end < 300; end += hop) {
                Windows windows = new Windows(-hop, end, hop);
                for (int i = 0; i < windows.count(); i++) {
                    int inWindow = windows.hopStep(i) - windows.windowStep(i);
                    assertThat(inWindow).isBetween(0, 64 - hop);
                }
            }
        }
    }

    @Test
    void shouldRefuseOtherHops() {
        assertThatThrownBy(() -> new Windows(0, 64, 3)).hasMessageEndingWith("hopSteps=3");
        assertThatThrownBy(() -> new Windows(0, 65, 16)).hasMessageContaining("endStep=65");
    }

    private static boolean isStruck(List<Note> notes, Note voice, int step, BeatGrid grid) {
        return notes.stream()
                .anyMatch(note -> note.channel() == voice.channel()
                        && note.pitch() == voice.pitch()
                        && Rendering.firstStep(note, grid) == step);
    }

    private static Note note(int channel, int pitch, long on, long off) {
        return new Note(0, channel, pitch, 80, 64, on, off);
    }
}
