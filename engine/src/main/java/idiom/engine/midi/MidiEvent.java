package idiom.engine.midi;

import java.util.Objects;

/**
 * A message and when it comes.
 *
 * @param tick from the start of its track, 0 to {@link MidiTrack#MAX_TICK}
 * @param message what it says
 */
public record MidiEvent(long tick, MidiMessage message) {
    public MidiEvent {
        if (tick < 0 || tick > MidiTrack.MAX_TICK) {
            throw new IllegalArgumentException("tick must be from 0 to " + MidiTrack.MAX_TICK + ": tick=" + tick);
        }
        Objects.requireNonNull(message, "message");
    }
}
