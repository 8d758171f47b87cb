package idiom.engine.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import idiom.engine.harmony.Key;
import idiom.engine.harmony.KeyFinder;
import idiom.engine.pianoroll.PianoRoll;
import idiom.engine.pianoroll.Rolls;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class MetricsTest {
    /** Eight cells: four of C4, four of E4 above its second half and two steps beyond. */
    private final PianoRoll source = Rolls.of(60, 0, 4, 64, 2, 4);

    @Test
    void shouldCountContentChange() {
        // Three cells of C4 stay, E4 stays, G4 comes in for five steps: 8 before, 1 removed, 5 added.
        PianoRoll result = Rolls.of(60, 0, 3, 64, 2, 4, 67, 8, 5);
        ContentChange change = ContentChange.of(source, result);
        assertThat(change).isEqualTo(new ContentChange(8, 5, 1));
        assertThat(change.total()).isEqualTo(0.75);
        assertThat(change.added()).isEqualTo(0.625);
        assertThat(change.removed()).isEqualTo(0.125);
        assertThat(change.plus(new ContentChange(2, 0, 2)).total()).isEqualTo(0.8);
    }

    @Test
    void shouldCallContentChangeOfSilenceUndefined() {
        ContentChange change = ContentChange.of(PianoRoll.empty(), source);
        assertThat(change.addedCells()).isEqualTo(8);
        assertThat(change.total()).isNaN();
        assertThat(ContentChange.of(PianoRoll.empty(), PianoRoll.empty()).total())
                .isNaN();
        assertThat(ContentChange.leastOverShifts(PianoRoll.empty(), source).total())
                .isNaN();
        assertThat(ContentChange.of(source, PianoRoll.empty()).total()).isEqualTo(1);
        assertThatThrownBy(() -> new ContentChange(1, 0, 2)).hasMessageEndingWith("removedCells=2");
    }

    @Test
    void shouldForgiveAShiftOfPitch() {
        PianoRoll fifthUp = Rolls.of(67, 0, 4, 71, 2, 4);
        assertThat(ContentChange.of(source, fifthUp).total()).isEqualTo(2);
        assertThat(ContentChange.leastOverShifts(source, fifthUp).total()).isZero();
        assertThat(ContentChange.leastOverShifts(fifthUp, source).total()).isZero();
        // The top pitch goes over to the lowest: 107 and 103 are 24 and 104 a semitone up, round the edge.
        assertThat(ContentChange.leastOverShifts(Rolls.of(107, 0, 4, 103, 0, 2), Rolls.of(24, 0, 4, 104, 0, 2))
                        .total())
                .isZero();
        // A fifth up, the upper note two bars late and shorter: 4 cells stay, 4 go and 2 come.
        assertThat(ContentChange.leastOverShifts(source, Rolls.of(67, 0, 4, 72, 20, 2)))
                .isEqualTo(new ContentChange(8, 2, 4));
        // A fifth up and without two of the eight cells.
        assertThat(ContentChange.leastOverShifts(source, Rolls.of(67, 0, 4, 71, 2, 2))
                        .total())
                .isEqualTo(0.25);
    }

    @Test
    void shouldAgreeWithPlainLoops() {
        SplittableRandom random = new SplittableRandom(11);
        for (int round = 0; round < 20; round++) {
            PianoRoll a = Rolls.random(random, 0.05);
            PianoRoll b = Rolls.random(random, 0.05);
            int added = 0;
            int removed = 0;
            int shared = 0;
            for (int step = 0; step < 64; step++) {
                int topA = -1;
                int topB = -1;
                for (int pitch = 0; pitch < 84; pitch++) {
                    added += !a.isOn(step, pitch) && b.isOn(step, pitch) ? 1 : 0;
                    removed += a.isOn(step, pitch) && !b.isOn(step, pitch) ? 1 : 0;
                    topA = a.isOn(step, pitch) ? pitch : topA;
                    topB = b.isOn(step, pitch) ? pitch : topB;
                }
                shared += topA >= 0 && topA == topB ? 1 : 0;
            }
            assertThat(ContentChange.of(a, b)).isEqualTo(new ContentChange(a.cellCount(), added, removed));
            assertThat(Melody.of(a, b).sharedPairs()).isEqualTo(shared);
        }
    }

    @Test
    void shouldComputeTransferStrengthAsPublished() {
        // 2018 results, jazz/classic, base model: 88.09/20.62/88.18 and 92.53/20.71/92.53 give S_tot 69.7 %.
        TransferStrength jazz = new TransferStrength(0.8809, 0.2062, 0.8818);
        TransferStrength classic = new TransferStrength(0.9253, 0.2071, 0.9253);
        assertThat(jazz.value()).isCloseTo(0.67515, within(1e-12));
        assertThat(classic.value()).isCloseTo(0.7182, within(1e-12));
        assertThat(TransferStrength.total(jazz, classic)).isCloseTo(0.697, within(5e-4));
        assertThatThrownBy(() -> new TransferStrength(0.5, 1.5, 0))
                .hasMessage("transferred must be from 0 to 1: transferred=1.5");
    }

    @Test
    void shouldShareByArgmaxWithTheLowerIndexFirst() {
        float[] scores = {2, 1, 0, 3, 5, 5, -1, -2};
        assertThat(TransferStrength.share(scores, 2, 0)).isEqualTo(0.75);
        assertThat(TransferStrength.share(scores, 2, 1)).isEqualTo(0.25);
        assertThatThrownBy(() -> TransferStrength.share(scores, 3, 0))
                .hasMessageContaining("length=8 genres=3 genre=0");
    }

    @Test
    void shouldCompareTopLines() {
        // Source: C4 at 0-1, E4 at 2-5. Result: E4 at 0-3, nothing at 4-5: 6 pairs, 4 pairs, 2 shared (steps 2, 3).
        Melody melody = Melody.of(source, Rolls.of(64, 0, 4, 60, 0, 4));
        assertThat(melody).isEqualTo(new Melody(6, 4, 2));
        assertThat(melody.precision()).isEqualTo(0.5);
        assertThat(melody.recall()).isCloseTo(1.0 / 3, within(1e-12));
        assertThat(melody.f1()).isCloseTo(0.4, within(1e-12));
        // An inner voice that shares a pitch with the other's top line is no match.
        assertThat(Melody.of(Rolls.of(60, 0, 1, 72, 0, 1), Rolls.of(60, 0, 1)).sharedPairs())
                .isZero();
    }

    @Test
    void shouldCompareTopLinesOfSilence() {
        assertThat(Melody.of(PianoRoll.empty(), PianoRoll.empty()).f1()).isEqualTo(1);
        assertThat(Melody.of(source, PianoRoll.empty()).f1()).isZero();
        assertThat(Melody.of(PianoRoll.empty(), source).f1()).isZero();
        assertThat(Melody.of(source, source).f1()).isEqualTo(1);
    }

    @Test
    void shouldCompareChroma() {
        // (C 4, E 4) and (C 3, G 4): 12 / (sqrt(32) * 5).
        assertThat(Chroma.similarity(source, Rolls.of(72, 9, 3, 67, 20, 4)))
                .isCloseTo(12 / (Math.sqrt(32) * 5), within(1e-12));
        // Octaves and time don't matter, proportions do.
        assertThat(Chroma.similarity(source, Rolls.of(36, 60, 2, 100, 0, 2))).isCloseTo(1, within(1e-12));
        assertThat(Chroma.similarity(source, Rolls.of(61, 0, 9))).isZero();
        assertThat(Chroma.similarity(PianoRoll.empty(), PianoRoll.empty())).isEqualTo(1);
        assertThat(Chroma.similarity(source, PianoRoll.empty())).isZero();
    }

    @Test
    void shouldMeasureTexture() {
        // 8 cells over 6 sounding steps, 2 onsets in 4 bars, 3 bars empty; silence from step 6 on.
        assertThat(Texture.of(source)).isEqualTo(new Texture(0.125, 0.5, 8 / 6.0, 0.75, 58, 0, 0));
        assertThat(Texture.of(PianoRoll.empty())).isEqualTo(new Texture(0, 0, 0, 1, 64, 0, 0));
        // Two runs of one pitch, one of them over the bar line and up to the last step.
        assertThat(Texture.of(Rolls.of(60, 0, 1, 60, 47, 17)))
                .isEqualTo(new Texture(18 / 64.0, 0.5, 1, 0.25, 46, 0, 0));
    }

    @Test
    void shouldCountWhatAListenerStumblesOver() {
        // C major with a F# among eight onsets; nothing is struck again and again.
        PianoRoll chromatic =
                Rolls.of(60, 0, 8, 64, 0, 8, 67, 0, 8, 65, 8, 8, 69, 8, 8, 62, 16, 8, 71, 16, 8, 66, 20, 1);
        assertThat(Texture.of(chromatic).outOfKey()).isCloseTo(1 / 8.0, within(1e-12));
        assertThat(Texture.of(chromatic).rapidRepeats()).isZero();
        // Struck at 0, 2, 4, 6, 8: the last three are the third or a later one. At 20, 24, 28 it is no machine gun.
        PianoRoll gun = Rolls.of(60, 0, 1, 60, 2, 1, 60, 4, 1, 60, 6, 1, 60, 8, 1, 60, 20, 1, 60, 24, 1, 60, 28, 1);
        assertThat(Texture.of(gun).rapidRepeats()).isCloseTo(3 / 8.0, within(1e-12));
        // Longest silence is within, at the start or at the end.
        assertThat(Texture.of(Rolls.of(60, 10, 1, 60, 30, 34)).longestSilence()).isEqualTo(19);
        assertThat(Texture.of(Rolls.of(60, 10, 54)).longestSilence()).isEqualTo(10);
        assertThat(Texture.of(Rolls.of(60, 0, 64)).longestSilence()).isZero();
    }

    @Test
    void shouldCountAddedNotesOutOfKey() {
        // Added: G4 (in C major), F#4 twice (two runs).
        PianoRoll result = Rolls.of(60, 0, 4, 67, 0, 8, 66, 0, 2, 66, 3, 2);
        OutOfKey outOfKey = OutOfKey.of(source, result, new Key(0, Key.Mode.MAJOR));
        assertThat(outOfKey).isEqualTo(new OutOfKey(3, 2));
        assertThat(outOfKey.share()).isCloseTo(2.0 / 3, within(1e-12));
        assertThat(OutOfKey.of(source, source, new Key(0, Key.Mode.MAJOR)).share())
                .isZero();
    }

    @Test
    void shouldTellKeyChanges() {
        PianoRoll cMajor = Rolls.of(60, 0, 16, 64, 0, 16, 67, 0, 16, 65, 16, 8, 69, 16, 8, 62, 24, 8, 71, 24, 8);
        PianoRoll dMajor = Rolls.of(62, 0, 16, 66, 0, 16, 69, 0, 16, 67, 16, 8, 71, 16, 8, 64, 24, 8, 73, 24, 8);
        KeyFinder finder = KeyFinder.standard();
        assertThat(KeyChange.of(cMajor, dMajor, finder).isChange()).isTrue();
        assertThat(KeyChange.of(cMajor, cMajor, finder).isChange()).isFalse();
        KeyChange lost = KeyChange.of(cMajor, PianoRoll.empty(), finder);
        assertThat(lost.isChange()).isFalse();
        assertThat(lost.isKnown()).isFalse();
    }

    @Test
    void shouldAverageTextures() {
        // 8 and 18 cells; 2 and 2 onsets; 8/6 and 1 pitches; 3 and 1 bars empty.
        Texture mean = Texture.mean(List.of(source, Rolls.of(60, 0, 1, 60, 47, 17)));
        assertThat(mean).isEqualTo(new Texture(13 / 64.0, 0.5, (8 / 6.0 + 1) / 2, 0.5, (58 + 46) / 2.0, 0, 0));
        assertThat(Texture.mean(List.of())).isEqualTo(new Texture(0, 0, 0, 0, 0, 0, 0));
    }

    @Test
    void shouldReportASongOverItsSoundingWindows() {
        // First window: C4 and E4 stay, F#4 comes for 4 steps. Second silent. Third: 4 cells of G4 go.
        List<PianoRoll> before = List.of(source, PianoRoll.empty(), Rolls.of(67, 0, 4));
        List<PianoRoll> after = List.of(Rolls.of(60, 0, 4, 64, 2, 4, 66, 8, 4), PianoRoll.empty(), PianoRoll.empty());
        RollReport report = RollReport.of(before, after);
        assertThat(report.content()).isEqualTo(new ContentChange(12, 4, 4));
        assertThat(report.melody()).isEqualTo(new Melody(10, 10, 6));
        assertThat(report.key().before()).contains(new Key(0, Key.Mode.MAJOR));
        assertThat(report.outOfKey()).isEqualTo(new OutOfKey(1, 1));
        assertThat(report.before().cellsPerStep()).isEqualTo(12 / 128.0);
        assertThat(report.after().emptyBars()).isEqualTo((0.75 + 1) / 2);
        // C 4, E 4, G 4 before; C 4, E 4, F# 4 after.
        assertThat(report.chroma()).isCloseTo(2.0 / 3, within(1e-12));
        assertThatThrownBy(() -> RollReport.of(before, List.of())).hasMessageContaining("source=3 result=0");
    }
}
