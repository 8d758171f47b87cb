package idiom.bridge.coremidi;

/** What is used of libSystem: the clock. */
final class MachTime {
    private MachTime() {}

    static native long mach_absolute_time();

    /** Fills in numerator and denominator. */
    static native int mach_timebase_info(int[] info);
}
