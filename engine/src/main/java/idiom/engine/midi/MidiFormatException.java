package idiom.engine.midi;

import java.io.IOException;

/**
 * Bytes that are no Standard MIDI File, or one beyond a limit of {@link MidiLimits}.
 *
 * <p>The message is one line that says where and what, such as {@code track 2 at byte 0x1f3: data byte without a
 * status}; tracks count from 1 there, bytes from the start of the file. It does not name the file.
 */
public class MidiFormatException extends IOException {
    private static final long serialVersionUID = 1L;

    public MidiFormatException(String message) {
        super(message);
    }

    /** The input ends within something that it began: what the last track of a file may recover from. */
    static final class Truncated extends MidiFormatException {
        private static final long serialVersionUID = 1L;

        Truncated(String message) {
            super(message);
        }
    }
}
