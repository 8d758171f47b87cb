package idiom.engine.midi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class MapsTest {
    private static MidiTrack track(MidiEvent... events) {
        List<MidiEvent> all = new ArrayList<>(List.of(events));
        all.add(new MidiEvent(100_000, MetaMessage.endOfTrack()));
        return new MidiTrack(all);
    }

    private static MidiFile file(Division division, MidiTrack... tracks) {
        return new MidiFile(1, division, List.of(tracks));
    }

    private static MidiEvent tempo(long tick, int quarterUs) {
        return new MidiEvent(tick, MetaMessage.setTempo(quarterUs));
    }

    private static MidiEvent meter(long tick, int numerator, int denominator) {
        return new MidiEvent(tick, MetaMessage.timeSignature(numerator, denominator));
    }

    private static MidiEvent raw(long tick, int type, String hex) {
        return new MidiEvent(tick, new MetaMessage(type, Bytes.hex(hex)));
    }

    @Test
    void shouldTellTimeAcrossTempoChanges() {
        // 120 beats a minute for two beats, 60 for one, then 240; the second comes from another track.
        TempoMap map = TempoMap.of(file(
                new TicksPerQuarter(100), track(tempo(0, 500_000), tempo(300, 250_000)), track(tempo(200, 1_000_000))));

        assertThat(map.seconds(0)).isZero();
        assertThat(map.seconds(200)).isEqualTo(1.0);
        assertThat(map.seconds(250)).isEqualTo(1.5);
        assertThat(map.seconds(300)).isEqualTo(2.0);
        assertThat(map.microseconds(500)).isEqualTo(2_500_000);
        assertThat(map.tickAtMicroseconds(1_500_000)).isEqualTo(250);
        assertThat(map.tickAtMicroseconds(2_500_000)).isEqualTo(500);
        assertThat(map.tickAtSeconds(1.505)).isCloseTo(250.5, within(1e-9));
        assertThat(map.beatsPerMinute(0)).isEqualTo(120);
        assertThat(map.beatsPerMinute(299)).isEqualTo(60);
        assertThat(map.beatsPerMinute(300)).isEqualTo(240);
        assertThat(map.stretches()).isEqualTo(3);
        assertThat(map.stretchTick(2)).isEqualTo(300);
    }

    @Test
    void shouldAssume120BeatsAMinute() {
        TempoMap map = TempoMap.of(file(new TicksPerQuarter(96), track(tempo(96, 1_000_000))));

        assertThat(map.microseconds(96)).isEqualTo(500_000);
        assertThat(map.microseconds(192)).isEqualTo(1_500_000);
    }

    @Test
    void shouldLetTheLastTempoOfATickHold() {
        TempoMap map = TempoMap.of(
                file(new TicksPerQuarter(96), track(tempo(0, 1), tempo(0, 1_000_000)), track(tempo(0, 250_000))));

        assertThat(map.stretches()).isEqualTo(1);
        assertThat(map.beatsPerMinute(0)).isEqualTo(240);
    }

    @Test
    void shouldPassOverTemposThatAreNone() {
        TempoMap map = TempoMap.of(
                file(new TicksPerQuarter(96), track(raw(0, 0x51, "00 00 00"), raw(0, 0x51, "07"), raw(5, 0x51, ""))));

        assertThat(map.stretches()).isEqualTo(1);
        assertThat(map.beatsPerMinute(7)).isEqualTo(120);
    }

    @Test
    void shouldRoundToTheNearestMicrosecondAndTick() {
        // A tick of 500,000 / 96 = 5208.33 us.
        TempoMap map = TempoMap.of(file(new TicksPerQuarter(96), track()));

        assertThat(map.microseconds(1)).isEqualTo(5208);
        assertThat(map.microseconds(2)).isEqualTo(10_417);
        assertThat(map.tickAtMicroseconds(2604)).isZero();
        assertThat(map.tickAtMicroseconds(2605)).isEqualTo(1);
    }

    @Test
    void shouldGoBackAndForthBetweenTicksAndTime() {
        TempoMap map = TempoMap.of(
                file(new TicksPerQuarter(480), track(tempo(7, 333_333), tempo(1000, 789_012), tempo(1001, 100_003))));

        for (long tick = 0; tick < 3000; tick++) {
            assertThat(map.tickAtMicroseconds(map.microseconds(tick))).isEqualTo(tick);
            assertThat(map.tickAtSeconds(map.seconds(tick))).isCloseTo(tick, within(1e-6));
        }
    }

    @Test
    void shouldKeepSmpteTimeWhateverTheTempo() {
        TempoMap milliseconds = TempoMap.of(file(new SmpteDivision(25, 40), track(tempo(0, 1_000_000))));
        assertThat(milliseconds.microseconds(1234)).isEqualTo(1_234_000);
        assertThat(milliseconds.beatsPerMinute(0)).isEqualTo(120);

        // 30000/1001 frames of 2 ticks: 60,000 ticks in 1001 seconds.
        TempoMap dropFrame = TempoMap.of(file(new SmpteDivision(29, 2), track()));
        assertThat(dropFrame.seconds(60_000)).isCloseTo(1001, within(1e-9));
        assertThat(dropFrame.tickAtMicroseconds(1_001_000_000L)).isEqualTo(60_000);
    }

    @Test
    void shouldStayExactAtTheEndsOfTheRange() {
        TempoMap map = TempoMap.of(file(new TicksPerQuarter(32_767), track(tempo(0, 0xFFFFFF))));

        // 268,435,455 * 16,777,215 / 32,767 = 137,443,139,199.7 us
        assertThat(map.microseconds(MidiTrack.MAX_TICK)).isEqualTo(137_443_139_200L);
        assertThat(map.tickAtMicroseconds(137_443_139_200L)).isEqualTo(MidiTrack.MAX_TICK);
    }

    @Test
    void shouldTreatSequencesOfFormatTwoApart() {
        MidiFile file = new MidiFile(
                2,
                new TicksPerQuarter(96),
                List.of(
                        track(tempo(0, 250_000), meter(0, 3, 4)),
                        track(
                                tempo(0, 1_000_000),
                                meter(0, 5, 8),
                                new MidiEvent(0, MetaMessage.keySignature(2, false)))));

        assertThat(TempoMap.of(file).beatsPerMinute(0)).isEqualTo(240);
        assertThat(TempoMap.of(file, 1).beatsPerMinute(0)).isEqualTo(60);
        assertThat(MeterMap.of(file).meterAt(0)).isEqualTo(new TimeSignature(0, 3, 4));
        assertThat(MeterMap.of(file, 1).meterAt(0)).isEqualTo(new TimeSignature(0, 5, 8));
        assertThat(KeyMap.of(file).signatures()).isEmpty();
        assertThat(KeyMap.of(file, 1).signatures()).hasSize(1);
    }

    @Test
    void shouldCountBarsOfFourFourByDefault() {
        MeterMap map = MeterMap.of(file(new TicksPerQuarter(100), track()));

        assertThat(map.isFourFourThroughout()).isTrue();
        assertThat(map.declaredFromStart()).isFalse();
        assertThat(map.meters()).containsExactly(new TimeSignature(0, 4, 4));
        assertThat(map.barStarts(801)).containsExactly(0, 400, 800);
        assertThat(map.barStarts(800)).containsExactly(0, 400);
        assertThat(map.barStarts(0)).isEmpty();
        assertThat(map.position(0)).isEqualTo(new BarPosition(0, 0, 0));
        assertThat(map.position(399)).isEqualTo(new BarPosition(0, 3, 99));
        assertThat(map.position(400)).isEqualTo(new BarPosition(1, 0, 0));
    }

    @Test
    void shouldBeginABarAtATimeSignature() {
        // 3/4 from 0; 4/4 cuts the second bar short at 500; 6/8 from 900.
        MeterMap map =
                MeterMap.of(file(new TicksPerQuarter(100), track(meter(0, 3, 4), meter(500, 4, 4), meter(900, 6, 8))));

        assertThat(map.barStarts(1300)).containsExactly(0, 300, 500, 900, 1200);
        assertThat(map.position(450)).isEqualTo(new BarPosition(1, 1, 50));
        assertThat(map.position(1275)).isEqualTo(new BarPosition(4, 1, 25));
        assertThat(map.barAt(899)).isEqualTo(2);
        assertThat(map.barStart(5)).isEqualTo(1500);
        assertThat(map.meterAt(500)).isEqualTo(new TimeSignature(500, 4, 4));
        assertThat(map.isFourFourThroughout()).isFalse();
        assertThat(map.declaredFromStart()).isTrue();
    }

    @Test
    void shouldSeeADeclarationThatAnotherOverrides() {
        MeterMap map = MeterMap.of(file(new TicksPerQuarter(100), track(meter(0, 3, 4), meter(0, 4, 4))));

        assertThat(map.meters()).containsExactly(new TimeSignature(0, 4, 4));
        assertThat(map.declared()).hasSize(2);
        assertThat(map.isFourFourThroughout()).isFalse();
    }

    @Test
    void shouldPassOverMetersThatAreNone() {
        MeterMap map = MeterMap.of(file(
                new TicksPerQuarter(100),
                track(raw(0, 0x58, "00 02 18 08"), raw(0, 0x58, "04"), raw(0, 0x58, "04 FF"))));

        assertThat(map.declared()).isEmpty();
    }

    @Test
    void shouldFindBarsThatBeginBetweenTicks() {
        // A quarter is one tick, so a bar of 7/8 lasts 3.5: bars begin at 0, 3.5, 7, 10.5, each at the tick before.
        MeterMap map = MeterMap.of(file(new TicksPerQuarter(1), track(meter(0, 7, 8))));

        assertThat(map.barStarts(11)).containsExactly(0, 3, 7, 10);
        assertThat(map.barAt(2)).isZero();
        assertThat(map.barAt(3)).isEqualTo(1);
        assertThat(map.barAt(6)).isEqualTo(1);
        assertThat(map.barAt(7)).isEqualTo(2);
    }

    @Test
    void shouldAgreeWithItselfOnBars() {
        int[][] meters = {{1, 64}, {7, 8}, {5, 16}, {255, 1}, {4, 4}, {3, 32}};
        for (int division : new int[] {1, 3, 7, 96, 0}) {
            for (int[] each : meters) {
                Division ticks = division == 0 ? new SmpteDivision(29, 1) : new TicksPerQuarter(division);
                MeterMap map = MeterMap.of(file(ticks, track(meter(0, each[0], each[1]), meter(777, 4, 4))));
                for (long tick = 0; tick < 1500; tick++) {
                    int bar = map.barAt(tick);
                    assertThat(map.barStart(bar)).isLessThanOrEqualTo(tick);
                    assertThat(map.barStart(bar + 1)).isGreaterThan(tick);
                    assertThat(map.position(tick).bar()).isEqualTo(bar);
                    assertThat(map.position(tick).beat())
                            .isBetween(0, map.meterAt(tick).numerator() - 1);
                }
            }
        }
    }

    @Test
    void shouldTakeAQuarterForHalfASecondInSmpteTime() {
        MeterMap map = MeterMap.of(file(new SmpteDivision(25, 40), track()));

        assertThat(map.barStarts(4001)).containsExactly(0, 2000, 4000);
    }

    @Test
    void shouldReadKeys() {
        KeyMap map = KeyMap.of(file(
                new TicksPerQuarter(100),
                track(
                        new MidiEvent(5, MetaMessage.keySignature(-3, true)),
                        raw(6, 0x59, "08 00"),
                        raw(6, 0x59, "00 02"),
                        raw(6, 0x59, "00"),
                        new MidiEvent(9, MetaMessage.keySignature(2, false)))));

        assertThat(map.at(4)).isNull();
        assertThat(map.at(8)).isEqualTo(new KeySignature(5, -3, true));
        assertThat(map.at(9)).isEqualTo(new KeySignature(9, 2, false));
        assertThat(new KeySignature(5, -3, true).tonic()).isZero(); // C minor
        assertThat(new KeySignature(0, 2, false).tonic()).isEqualTo(2); // D major
        assertThat(new KeySignature(0, 3, true).tonic()).isEqualTo(6); // F sharp minor
    }

    @Test
    void shouldRefuseTimesBeforeTheStart() {
        MidiFile file = file(new TicksPerQuarter(100), track());
        assertThatThrownBy(() -> TempoMap.of(file).seconds(-1)).hasMessage("tick must be >= 0: tick=-1");
        assertThatThrownBy(() -> TempoMap.of(file).tickAtSeconds(Double.NaN))
                .hasMessage("seconds must be from 0 to 1e9: seconds=NaN");
        assertThatThrownBy(() -> MeterMap.of(file).barAt(-1)).hasMessage("tick must be >= 0: tick=-1");
        assertThatThrownBy(() -> MeterMap.of(file).barStart(-1)).hasMessage("bar must be >= 0: bar=-1");
    }
}
