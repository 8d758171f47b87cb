package idiom.engine.live;

import idiom.presets.Decoding;
import idiom.presets.Feel;

/**
 * How a musician wants presets to be played, whichever plays: what is said here is relative, so that it means the same for
 * all of them. Results are brought into the ranges of {@link Decoding} and {@link Feel}.
 *
 * @param mix times the preset's, 0 to 1
 * @param thresholdShift added to the preset's, -0.5 to 0.5
 * @param melodyLock whether the top line stays
 * @param keyLock whether added notes stay in the key
 * @param density times the preset's density limit, 0 to 2
 * @param swingShift added to the preset's, -0.25 to 0.25
 */
public record Adjustment(
        double mix, double thresholdShift, Lock melodyLock, Lock keyLock, double density, double swingShift) {
    /** Presets as they are. */
    public static final Adjustment NONE = new Adjustment(1, 0, Lock.AS_PRESET, Lock.AS_PRESET, 1, 0);

    /** Thresholds are between 0 and 1, both left out; a knob knows 128 places. */
    private static final double LEAST_THRESHOLD = 1 / 128.0;

    /** Whether something is held. */
    public enum Lock {
        /** If the preset says so. */
        AS_PRESET,
        /** No. */
        OFF,
        /** Yes. */
        ON;

        boolean of(boolean presets) {
            return this == AS_PRESET ? presets : this == ON;
        }
    }

    public Adjustment {
        require("mix", mix, 0, 1);
        require("thresholdShift", thresholdShift, -0.5, 0.5);
        require("density", density, 0, 2);
        require("swingShift", swingShift, -0.25, 0.25);
    }

    private static void require(String name, double value, double lowest, double highest) {
        if (!(value >= lowest && value <= highest)) {
            throw new IllegalArgumentException(
                    name + " must be from " + lowest + " to " + highest + ": " + name + "=" + value);
        }
    }

    /** A preset's decoding with the difference made. */
    Decoding of(Decoding decoding) {
        if (equals(NONE)) {
            return decoding;
        }
        Feel feel = decoding.feel();
        return new Decoding(
                clamp(decoding.threshold() + thresholdShift, LEAST_THRESHOLD, 1 - LEAST_THRESHOLD),
                decoding.mix() * mix,
                melodyLock.of(decoding.melodyLock()),
                keyLock.of(decoding.keyLock()),
                decoding.keepKey(),
                clamp(decoding.densityLimit() * density, 0, 16),
                new Feel(
                        clamp(feel.swing() + swingShift, 0.5, 0.75),
                        feel.delaySteps(),
                        feel.velocityScale(),
                        feel.accent()),
                decoding.range());
    }

    private static double clamp(double value, double lowest, double highest) {
        return Math.max(lowest, Math.min(highest, value));
    }
}
