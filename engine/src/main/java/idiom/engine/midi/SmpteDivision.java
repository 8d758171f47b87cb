package idiom.engine.midi;

/**
 * Time of the clock: ticks divide an SMPTE frame, whatever the tempo.
 *
 * @param frames 24, 25, 29 (drop frame: 30000/1001 frames a second) or 30
 * @param ticksPerFrame 1 to 255
 */
public record SmpteDivision(int frames, int ticksPerFrame) implements Division {
    public SmpteDivision {
        if (frames != 24 && frames != 25 && frames != 29 && frames != 30) {
            throw new IllegalArgumentException("SMPTE frames must be 24, 25, 29 or 30: frames=" + frames);
        }
        if (ticksPerFrame < 1 || ticksPerFrame > 255) {
            throw new IllegalArgumentException("ticks per frame must be from 1 to 255: ticksPerFrame=" + ticksPerFrame);
        }
    }

    /** Ticks in a second: a whole number except with 29 frames. */
    public double ticksPerSecond() {
        return (double) tickNumerator() / tickDenominator();
    }

    @Override
    public double quarterTicks() {
        return ticksPerSecond() / 2;
    }

    /** Ticks in {@link #tickDenominator} seconds. */
    long tickNumerator() {
        return (frames == 29 ? 30_000L : frames) * ticksPerFrame;
    }

    /** Seconds that hold a whole number of ticks. */
    long tickDenominator() {
        return frames == 29 ? 1001 : 1;
    }
}
