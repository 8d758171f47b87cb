package idiom.engine.pianoroll;

import idiom.engine.midi.MeterMap;
import idiom.engine.midi.MidiFile;
import idiom.engine.midi.SmpteDivision;
import idiom.engine.midi.TicksPerQuarter;
import idiom.engine.midi.TimeSignature;
import java.util.List;

/** The grid that lies over a file, from its division and its meters. */
public final class SongGrids {
    private SongGrids() {}

    /**
     * The grid of a file, step 0 at the beginning of bar 1. Bar 1 begins at tick 0, or, if the first meter holds for one
     * bar only and that is shorter than the bars of the next meter, with that next meter: scores write a pick-up so. With
     * an SMPTE division a quarter is half a second, as in {@link idiom.engine.midi.Division#quarterTicks}.
     */
    public static BeatGrid of(MidiFile file) {
        return ofDivision(file).from(barOneTick(MeterMap.of(file)));
    }

    private static BeatGrid ofDivision(MidiFile file) {
        if (file.division() instanceof SmpteDivision smpte) {
            boolean isDropFrame = smpte.frames() == 29;
            long ticks = (isDropFrame ? 30_000L : smpte.frames()) * smpte.ticksPerFrame();
            return new BeatGrid(ticks, isDropFrame ? 2 * 1001 : 2, 0);
        }
        return BeatGrid.ofQuarter(((TicksPerQuarter) file.division()).ticks());
    }

    private static long barOneTick(MeterMap map) {
        List<TimeSignature> meters = map.meters();
        if (meters.size() < 2) {
            return 0;
        }
        long next = meters.get(1).tick();
        boolean lastsOneBar = map.barStart(1) == next;
        return lastsOneBar && isShorter(meters.get(0), meters.get(1)) ? next : 0;
    }

    private static boolean isShorter(TimeSignature a, TimeSignature b) {
        return a.numerator() * b.denominator() < b.numerator() * a.denominator();
    }
}
