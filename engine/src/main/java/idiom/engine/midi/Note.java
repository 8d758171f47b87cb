package idiom.engine.midi;

/**
 * One note of a MIDI file, with everything its two events say.
 *
 * @param track index of its track in the file, from 0
 * @param channel 0 to 15; 9 is drums in General MIDI
 * @param pitch 0 to 127
 * @param velocity of the note-on, 1 to 127
 * @param releaseVelocity of the note-off, 0 to 127; 64 where the file says a note-on of velocity 0
 * @param onTick first tick, file time
 * @param offTick first tick after it, at least {@code onTick}
 */
public record Note(int track, int channel, int pitch, int velocity, int releaseVelocity, long onTick, long offTick) {
    /** Channel of drums in General MIDI. */
    public static final int DRUM_CHANNEL = 9;

    public Note {
        if (track < 0
                || (channel & ~15) != 0
                || (pitch & ~127) != 0
                || velocity < 1
                || velocity > 127
                || (releaseVelocity & ~127) != 0) {
            throw new IllegalArgumentException("note out of range: track=" + track + " channel=" + channel + " pitch="
                    + pitch + " velocity=" + velocity + " releaseVelocity=" + releaseVelocity);
        }
        if (onTick < 0 || offTick < onTick) {
            throw new IllegalArgumentException(
                    "note must not end before it begins: onTick=" + onTick + " offTick=" + offTick);
        }
    }

    /** Whether it belongs to the drum channel. */
    public boolean isDrum() {
        return channel == DRUM_CHANNEL;
    }

    /** The same note from and to other ticks. */
    public Note withTicks(long newOnTick, long newOffTick) {
        return new Note(track, channel, pitch, velocity, releaseVelocity, newOnTick, newOffTick);
    }

    /** Length in ticks. */
    public long ticks() {
        return offTick - onTick;
    }
}
