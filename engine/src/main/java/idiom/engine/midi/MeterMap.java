package idiom.engine.midi;

import java.util.ArrayList;
import java.util.List;

/**
 * Meters and bars, from the time signatures of all tracks; 4/4 before the first. A time signature begins a bar, also
 * where it cuts the one before short. Of several at one tick the last holds (later track, later in the file). One that
 * states no meter is passed over: fewer than two bytes, no beats, or a beat shorter than a 64th.
 *
 * <p>The tracks of format 2 are pieces of their own: {@link #of(MidiFile)} takes the first, {@link #of(MidiFile, int)}
 * any. With an SMPTE division a quarter note is half a second, see {@link Division#quarterTicks}.
 *
 * <p>Bars and beats that begin between two ticks begin at the earlier one. Immutable; [any].
 */
public final class MeterMap {
    private static final int MAX_POWER = 6;

    /** A meter, its first bar, and the length of a bar as {@code barTicks / barParts} ticks. */
    private record Stretch(TimeSignature meter, int firstBar, long barTicks, long barParts) {
        /** First tick of bar {@code index} since the meter began. */
        long barStart(long index) {
            return meter.tick() + index * barTicks / barParts;
        }

        /** Index of the bar that {@code tick} is in, since the meter began. */
        int barAt(long tick) {
            // The last k with floor(k * barTicks / barParts) <= ticks.
            return Math.toIntExact(((tick - meter.tick() + 1) * barParts - 1) / barTicks);
        }
    }

    private final List<TimeSignature> declared;
    private final List<Stretch> stretches = new ArrayList<>();
    private final long quarterTicks;
    private final long quarterParts;

    private MeterMap(Division division, List<TimeSignature> declared) {
        this.declared = declared;
        if (division instanceof SmpteDivision smpte) {
            quarterTicks = smpte.tickNumerator();
            quarterParts = 2 * smpte.tickDenominator();
        } else {
            quarterTicks = ((TicksPerQuarter) division).ticks();
            quarterParts = 1;
        }
        begin(new TimeSignature(0, 4, 4));
        declared.forEach(this::begin);
    }

    /** The meter map of a file; in format 2 that of its first track. */
    public static MeterMap of(MidiFile file) {
        return of(file, 0);
    }

    /** The meter map that holds for a track: in format 2 its own, else the one of the file. */
    public static MeterMap of(MidiFile file, int track) {
        List<TimeSignature> declared = new ArrayList<>();
        for (MidiEvent event : MetaEvents.of(file, track, MetaMessage.TIME_SIGNATURE)) {
            MetaMessage meta = (MetaMessage) event.message();
            if (meta.length() >= 2 && meta.dataAt(0) > 0 && meta.dataAt(1) <= MAX_POWER) {
                declared.add(new TimeSignature(event.tick(), meta.dataAt(0), 1 << meta.dataAt(1)));
            }
        }
        return new MeterMap(file.division(), List.copyOf(declared));
    }

    private void begin(TimeSignature meter) {
        int firstBar = 0;
        if (!stretches.isEmpty()) {
            Stretch last = last();
            firstBar = last.firstBar;
            if (meter.tick() == last.meter.tick()) {
                stretches.remove(stretches.size() - 1);
            } else {
                int bars = last.barAt(meter.tick() - 1) + 1;
                firstBar += bars;
            }
        }
        long barTicks = 4L * meter.numerator() * quarterTicks;
        stretches.add(new Stretch(meter, firstBar, barTicks, meter.denominator() * quarterParts));
    }

    private Stretch last() {
        return stretches.get(stretches.size() - 1);
    }

    /** The time signatures of the file as they stand, by tick; unmodifiable, empty if there are none. */
    public List<TimeSignature> declared() {
        return declared;
    }

    /** The meters that hold, by tick, the first at 0; unmodifiable. */
    public List<TimeSignature> meters() {
        return stretches.stream().map(Stretch::meter).toList();
    }

    /** Whether every time signature of the file says 4/4; true also if there is none. */
    public boolean isFourFourThroughout() {
        return declared.stream().allMatch(TimeSignature::isFourFour);
    }

    /** Whether the file states a meter from its first tick on. */
    public boolean declaredFromStart() {
        return !declared.isEmpty() && declared.get(0).tick() == 0;
    }

    /** The meter at {@code tick}, at least 0. */
    public TimeSignature meterAt(long tick) {
        return stretchAt(tick).meter;
    }

    /** The bar that {@code tick}, at least 0, is in, from 0. */
    public int barAt(long tick) {
        Stretch stretch = stretchAt(tick);
        return stretch.firstBar + stretch.barAt(tick);
    }

    /** Bar, beat and the rest of {@code tick}, at least 0. */
    public BarPosition position(long tick) {
        Stretch stretch = stretchAt(tick);
        int bar = stretch.barAt(tick);
        long beats = stretch.meter.numerator();
        // Beats are bars in parts: beat k begins at floor(k * barTicks / (barParts * beats)).
        long beatParts = stretch.barParts * beats;
        long ticks = tick - stretch.meter.tick();
        long beat = Math.min(((ticks + 1) * beatParts - 1) / stretch.barTicks - bar * beats, beats - 1);
        double beatStart = (double) (bar * beats + beat) * stretch.barTicks / beatParts;
        return new BarPosition(stretch.firstBar + bar, (int) beat, Math.max(0, ticks - beatStart));
    }

    /** First tick of a bar, at least 0. */
    public long barStart(int bar) {
        if (bar < 0) {
            throw new IllegalArgumentException("bar must be >= 0: bar=" + bar);
        }
        int found = 0;
        for (int high = stretches.size() - 1; found < high; ) {
            int middle = (found + high + 1) >>> 1;
            if (stretches.get(middle).firstBar <= bar) {
                found = middle;
            } else {
                high = middle - 1;
            }
        }
        Stretch stretch = stretches.get(found);
        return stretch.barStart(bar - stretch.firstBar);
    }

    /** First ticks of all bars that begin in [0, endTick), ascending. */
    public long[] barStarts(long endTick) {
        if (endTick <= 0) {
            return new long[0];
        }
        long[] starts = new long[barAt(endTick - 1) + 1];
        for (int bar = 0; bar < starts.length; bar++) {
            starts[bar] = barStart(bar);
        }
        return starts;
    }

    private Stretch stretchAt(long tick) {
        if (tick < 0) {
            throw new IllegalArgumentException("tick must be >= 0: tick=" + tick);
        }
        int found = 0;
        for (int high = stretches.size() - 1; found < high; ) {
            int middle = (found + high + 1) >>> 1;
            if (stretches.get(middle).meter.tick() <= tick) {
                found = middle;
            } else {
                high = middle - 1;
            }
        }
        return stretches.get(found);
    }
}
