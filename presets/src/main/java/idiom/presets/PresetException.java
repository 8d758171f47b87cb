package idiom.presets;

import org.jspecify.annotations.Nullable;

/**
 * A preset cannot be read, found or installed. The message is one line: file and line where there is one, the key, its
 * value, and what would be right.
 */
public final class PresetException extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private static final int LONGEST = 500;

    public PresetException(String message) {
        this(message, null);
    }

    public PresetException(String message, @Nullable Throwable cause) {
        super(oneLine(message), cause);
    }

    /** What a hostile file put into a name or a value must not reach the terminal as control characters. */
    private static String oneLine(String message) {
        String cut = message.length() > LONGEST ? message.substring(0, LONGEST) + "..." : message;
        return cut.replaceAll("[\\p{Cc}\\u2028\\u2029]+", " ");
    }
}
