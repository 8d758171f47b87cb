package idiom.engine.midi;

/**
 * What {@link MidiFile#read} accepts at most; anything beyond is refused in one line.
 *
 * <p>The defaults let every file, hostile ones included, be read within a heap of 256 MB: the file's bytes, a copy of
 * their payloads and about 80 bytes of objects an event (33 in songs, whose messages repeat).
 *
 * @param maxFileBytes size of a file, at least 14 (a header)
 * @param maxEvents events of all tracks together, end-of-track included, at least 1
 * @param maxBeats quarter notes from the start to the last event, at least 1; with an SMPTE division half seconds. It
 *     keeps what walks the beats of a file finite, whatever its division says. No track goes beyond
 *     {@link MidiTrack#MAX_TICK} either way.
 */
public record MidiLimits(int maxFileBytes, int maxEvents, int maxBeats) {
    /** 64 MiB, 1,000,000 events, 200,000 beats (27 hours at 120 beats a minute). */
    public static final MidiLimits DEFAULT = new MidiLimits(64 << 20, 1_000_000, 200_000);

    public MidiLimits {
        if (maxFileBytes < 14 || maxEvents < 1 || maxBeats < 1) {
            throw new IllegalArgumentException("limits must allow a file with one event: maxFileBytes=" + maxFileBytes
                    + " maxEvents=" + maxEvents + " maxBeats=" + maxBeats);
        }
    }

    /** Last tick that a file of this division may reach. */
    long maxTick(Division division) {
        return (long) Math.min(MidiTrack.MAX_TICK, maxBeats * division.quarterTicks());
    }
}
