package idiom.engine.pianoroll;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import idiom.engine.midi.Division;
import idiom.engine.midi.MetaMessage;
import idiom.engine.midi.MidiEvent;
import idiom.engine.midi.MidiFile;
import idiom.engine.midi.MidiTrack;
import idiom.engine.midi.SmpteDivision;
import idiom.engine.midi.TicksPerQuarter;
import java.util.List;
import org.junit.jupiter.api.Test;

class BeatGridTest {
    @Test
    void shouldRoundTicksDownAndUpToSixteenths() {
        BeatGrid grid = BeatGrid.ofQuarter(480);
        assertThat(grid.stepDown(0)).isZero();
        assertThat(grid.stepUp(0)).isZero();
        assertThat(grid.stepDown(119)).isZero();
        assertThat(grid.stepUp(119)).isEqualTo(1);
        assertThat(grid.stepDown(120)).isEqualTo(1);
        assertThat(grid.stepUp(120)).isEqualTo(1);
        assertThat(grid.stepUp(121)).isEqualTo(2);
        assertThat(grid.position(180)).isEqualTo(1.5);
        assertThat(grid.nearestTick(1.5)).isEqualTo(180);
    }

    @Test
    void shouldKeepStepsOfADivisionThatFourDoesNotDivide() {
        // 10 ticks a quarter: steps begin at 0, 2.5, 5, 7.5, 10.
        BeatGrid grid = BeatGrid.ofQuarter(10);
        assertThat(grid.stepDown(2)).isZero();
        assertThat(grid.stepDown(3)).isEqualTo(1);
        assertThat(grid.firstTick(1)).isEqualTo(3);
        assertThat(grid.endTick(1)).isEqualTo(2);
        assertThat(grid.firstTick(2)).isEqualTo(5);
        assertThat(grid.endTick(2)).isEqualTo(5);
        for (int step = 0; step < 100; step++) {
            assertThat(grid.stepDown(grid.firstTick(step))).isEqualTo(step);
            assertThat(grid.stepUp(grid.endTick(step))).isEqualTo(step);
        }
    }

    @Test
    void shouldCountAPickUpBelowZero() {
        BeatGrid grid = BeatGrid.ofQuarter(480).from(480);
        assertThat(grid.stepDown(0)).isEqualTo(-4);
        assertThat(grid.stepDown(479)).isEqualTo(-1);
        assertThat(grid.stepUp(479)).isZero();
        assertThat(grid.firstTick(-4)).isZero();
        assertThat(grid.firstTick(-5)).isZero();
        assertThat(grid.position(0)).isEqualTo(-4);
    }

    @Test
    void shouldRefuseAnEmptyQuarter() {
        assertThatThrownBy(() -> BeatGrid.ofQuarter(0)).hasMessageContaining("quarterTicks=0");
    }

    @Test
    void shouldLayHalfASecondOfFilmUnderAQuarter() {
        // 25 frames of 40 ticks: 1000 ticks a second, 500 a quarter, 125 a step.
        BeatGrid film = SongGrids.of(file(new SmpteDivision(25, 40)));
        assertThat(film.stepDown(124)).isZero();
        assertThat(film.stepDown(125)).isEqualTo(1);
        // 29.97 frames of 100 ticks: 2997.003 a second, 374.625 a step; after 1001 seconds exactly 8008 steps.
        BeatGrid drop = SongGrids.of(file(new SmpteDivision(29, 100)));
        assertThat(drop.stepDown(374)).isZero();
        assertThat(drop.stepDown(375)).isEqualTo(1);
        assertThat(drop.stepDown(3_000_000)).isEqualTo(8008);
        assertThat(drop.stepUp(3_000_000)).isEqualTo(8008);
        assertThat(drop.position(1_500_000)).isCloseTo(4004, within(1e-9));
    }

    @Test
    void shouldBeginAtTheFirstFullBar() {
        TicksPerQuarter division = new TicksPerQuarter(96);
        assertThat(SongGrids.of(file(division)).originTick()).isZero();
        assertThat(SongGrids.of(file(division, meter(0, 1, 4), meter(96, 4, 4))).originTick())
                .isEqualTo(96);
        // Two bars of 1/4 are no pick-up, a longer bar isn't one either.
        assertThat(SongGrids.of(file(division, meter(0, 1, 4), meter(192, 4, 4)))
                        .originTick())
                .isZero();
        assertThat(SongGrids.of(file(division, meter(0, 4, 4), meter(384, 3, 4)))
                        .originTick())
                .isZero();
    }

    private static MidiEvent meter(long tick, int numerator, int denominator) {
        return new MidiEvent(tick, MetaMessage.timeSignature(numerator, denominator));
    }

    private static MidiFile file(Division division, MidiEvent... events) {
        List<MidiEvent> all = new java.util.ArrayList<>(List.of(events));
        all.add(new MidiEvent(10_000, MetaMessage.endOfTrack()));
        return new MidiFile(0, division, List.of(new MidiTrack(all)));
    }
}
