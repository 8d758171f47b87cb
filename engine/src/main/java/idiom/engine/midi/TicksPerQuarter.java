package idiom.engine.midi;

/**
 * Metrical time: ticks divide a quarter note, set-tempo events say how long that is.
 *
 * @param ticks 1 to 32767
 */
public record TicksPerQuarter(int ticks) implements Division {
    public TicksPerQuarter {
        if (ticks < 1 || ticks > 0x7FFF) {
            throw new IllegalArgumentException("ticks per quarter must be from 1 to 32767: ticks=" + ticks);
        }
    }

    @Override
    public double quarterTicks() {
        return ticks;
    }
}
