package idiom.presets;

/**
 * MIDI pitches from {@code low} to {@code high}, both included.
 *
 * @param low lowest pitch, 24 to 107
 * @param high highest pitch, {@code low} to 107
 */
public record PitchRange(int low, int high) {
    /** All that the model sees: C1 to B7. */
    public static final PitchRange FULL = new PitchRange(24, 107);

    public PitchRange {
        Ranges.closed("decoding.range.low", low, 24, 107);
        Ranges.closed("decoding.range.high", high, low, 107);
    }

    /** Whether the pitch is inside. */
    public boolean contains(int pitch) {
        return low <= pitch && pitch <= high;
    }
}
