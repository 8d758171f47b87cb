package idiom.bridge.coremidi;

/**
 * Host time: ticks of {@code mach_absolute_time}, the unit of CoreMIDI's stamps, so that nothing is converted on the way. A
 * tick is a nanosecond on Intel's processors and 125/3 of one on Apple's. [any]
 */
final class HostClock {
    private static final long NANOSECONDS = 1_000_000_000L;

    private final long numerator;
    private final long denominator;

    /** A tick is {@code numerator / denominator} nanoseconds. */
    HostClock(long numerator, long denominator) {
        if (numerator < 1 || denominator < 1) {
            throw new IllegalArgumentException(
                    "a tick must last: numerator=" + numerator + ", denominator=" + denominator);
        }
        this.numerator = numerator;
        this.denominator = denominator;
    }

    /** Asks the system how long a tick is. */
    static HostClock ofSystem() {
        int[] info = new int[2];
        MachTime.mach_timebase_info(info);
        return new HostClock(info[0], info[1]);
    }

    /** In ticks. Allocates nothing. */
    long now() {
        return MachTime.mach_absolute_time();
    }

    /** Ticks in a second, to the nearest: exact on both kinds of processor. */
    long rate() {
        return (NANOSECONDS * denominator + numerator / 2) / numerator;
    }

    /** For spans of up to 20 years. */
    long toNanoseconds(long ticks) {
        return ticks * numerator / denominator;
    }

    /** For spans of up to 20 years. */
    long toTicks(long nanoseconds) {
        return nanoseconds * denominator / numerator;
    }
}
