package idiom.engine.midi;

import java.util.Arrays;
import java.util.List;

/**
 * Ticks to time and back. With a metrical division it follows the set-tempo events of all tracks, 120 beats a minute
 * before the first; of several at one tick the last holds (later track, later in the file); those without three bytes
 * or of 0 microseconds are passed over. With an SMPTE division ticks have a fixed length and tempo means nothing.
 *
 * <p>The tracks of format 2 are pieces of their own: {@link #of(MidiFile)} takes the first, {@link #of(MidiFile, int)}
 * any.
 *
 * <p>Times are exact: they are kept as whole numbers of microseconds over the division. Immutable; [any].
 */
public final class TempoMap {
    /** Microseconds a quarter note where no tempo is stated: 120 beats a minute. */
    public static final int DEFAULT_QUARTER_US = 500_000;

    /** First ticks of the stretches of one tempo, ascending from 0. */
    private final long[] ticks;
    /** Microseconds times {@link #denominator} that a tick of each stretch lasts. */
    private final long[] tickTimes;
    /** Microseconds times {@link #denominator} from the start to each stretch. */
    private final long[] starts;

    private final long denominator;
    private final double quarterTicks;

    private TempoMap(long[] ticks, long[] tickTimes, long denominator, double quarterTicks) {
        this.ticks = ticks;
        this.tickTimes = tickTimes;
        this.denominator = denominator;
        this.quarterTicks = quarterTicks;
        this.starts = new long[ticks.length];
        for (int i = 1; i < ticks.length; i++) {
            starts[i] = starts[i - 1] + (ticks[i] - ticks[i - 1]) * tickTimes[i - 1];
        }
    }

    /** The tempo map of a file; in format 2 that of its first track. */
    public static TempoMap of(MidiFile file) {
        return of(file, 0);
    }

    /** The tempo map that holds for a track: in format 2 its own, else the one of the file. */
    public static TempoMap of(MidiFile file, int track) {
        Division division = file.division();
        if (division instanceof SmpteDivision smpte) {
            long[] tickTime = {1_000_000L * smpte.tickDenominator()};
            return new TempoMap(new long[1], tickTime, smpte.tickNumerator(), division.quarterTicks());
        }
        List<MidiEvent> tempos = MetaEvents.of(file, track, MetaMessage.SET_TEMPO);
        long[] ticks = new long[tempos.size() + 1];
        long[] tickTimes = new long[tempos.size() + 1];
        tickTimes[0] = DEFAULT_QUARTER_US;
        int count = 1;
        for (MidiEvent event : tempos) {
            long quarterUs = quarterUs((MetaMessage) event.message());
            if (quarterUs > 0) {
                count -= event.tick() == ticks[count - 1] ? 1 : 0;
                ticks[count] = event.tick();
                tickTimes[count++] = quarterUs;
            }
        }
        return new TempoMap(
                Arrays.copyOf(ticks, count),
                Arrays.copyOf(tickTimes, count),
                ((TicksPerQuarter) division).ticks(),
                division.quarterTicks());
    }

    private static long quarterUs(MetaMessage meta) {
        return meta.length() < 3 ? 0 : (meta.dataAt(0) << 16) | (meta.dataAt(1) << 8) | meta.dataAt(2);
    }

    /** Stretches of one tempo, at least 1. */
    public int stretches() {
        return ticks.length;
    }

    /** First tick of a stretch, 0 for the first. */
    public long stretchTick(int stretch) {
        return ticks[stretch];
    }

    /** Beats (quarter notes) a minute at {@code tick}; with an SMPTE division 120. */
    public double beatsPerMinute(long tick) {
        return 60e6 / ((double) tickTimes[stretchAt(tick)] / denominator * quarterTicks);
    }

    /** Microseconds from the start to {@code tick}, rounded to the nearest; {@code tick} at least 0. */
    public long microseconds(long tick) {
        return Math.floorDiv(2 * time(tick) + denominator, 2 * denominator);
    }

    /** Seconds from the start to {@code tick}; {@code tick} at least 0. */
    public double seconds(long tick) {
        return time(tick) / (denominator * 1e6);
    }

    /** The tick nearest to a time, a half rounded up; {@code microseconds} at least 0. */
    public long tickAtMicroseconds(long microseconds) {
        requirePositive(microseconds, "microseconds");
        long time = Math.multiplyExact(microseconds, denominator);
        int stretch = indexAtOrBefore(starts, time);
        long tickTime = tickTimes[stretch];
        return ticks[stretch] + Math.floorDiv(2 * (time - starts[stretch]) + tickTime, 2 * tickTime);
    }

    /** The tick, with its fraction, at a time; {@code seconds} at least 0. */
    public double tickAtSeconds(double seconds) {
        if (!(seconds >= 0 && seconds < 1e9)) {
            throw new IllegalArgumentException("seconds must be from 0 to 1e9: seconds=" + seconds);
        }
        double time = seconds * 1e6 * denominator;
        int stretch = indexAtOrBefore(starts, (long) time);
        return ticks[stretch] + (time - starts[stretch]) / tickTimes[stretch];
    }

    private long time(long tick) {
        int stretch = stretchAt(tick);
        return starts[stretch] + (tick - ticks[stretch]) * tickTimes[stretch];
    }

    private int stretchAt(long tick) {
        requirePositive(tick, "tick");
        return indexAtOrBefore(ticks, tick);
    }

    private static int indexAtOrBefore(long[] ascending, long value) {
        int found = Arrays.binarySearch(ascending, value);
        return found >= 0 ? found : -found - 2;
    }

    private static void requirePositive(long value, String name) {
        if (value < 0) {
            throw new IllegalArgumentException(name + " must be >= 0: " + name + "=" + value);
        }
    }
}
