package idiom.training.data;

import idiom.engine.midi.MeterMap;
import idiom.engine.midi.TimeSignature;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Whether a file is in 4/4 from its first tick to its last, by its own time signatures.
 *
 * @param reason why not; null if it is
 * @param detail in the file's own numbers, empty if it is
 */
record MeterCheck(@Nullable SkipReason reason, String detail) {
    private static final MeterCheck FINE = new MeterCheck(null, "");

    static MeterCheck of(MeterMap meters, int quarterTicks, boolean acceptUnstated) {
        List<TimeSignature> stated = meters.declared();
        if (stated.isEmpty()) {
            return acceptUnstated ? FINE : new MeterCheck(SkipReason.METER_UNKNOWN, "time signatures=0");
        }
        long barTicks = 4L * quarterTicks;
        for (TimeSignature meter : stated) {
            if (!meter.isFourFour()) {
                return new MeterCheck(
                        SkipReason.NOT_FOUR_FOUR,
                        meter.numerator() + "/" + meter.denominator() + " at bar " + (meters.barAt(meter.tick()) + 1));
            }
        }
        if (!meters.declaredFromStart()) {
            return new MeterCheck(
                    SkipReason.METER_LATE,
                    "first time signature at tick " + stated.get(0).tick());
        }
        for (TimeSignature meter : stated) {
            if (meter.tick() % barTicks != 0) {
                return new MeterCheck(
                        SkipReason.BROKEN_BAR,
                        "time signature at tick " + meter.tick() + ", bars of " + barTicks + " ticks");
            }
        }
        return FINE;
    }
}
