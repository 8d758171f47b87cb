package idiom.training.data;

import org.jspecify.annotations.Nullable;

/** Data that cannot be used; the message is one line for the user: what, where, and what would be right. */
public final class DataException extends RuntimeException {
    private static final long serialVersionUID = 1L;
    /** Some messages name two paths. */
    private static final int LONGEST = 2000;

    /** With a message that stands for itself. */
    public DataException(String message) {
        this(message, null);
    }

    /** With the failure behind it. */
    public DataException(String message, @Nullable Throwable cause) {
        super(oneLine(message), cause);
    }

    /** What a hostile file put into a name or a value must not reach the terminal as control characters. */
    private static String oneLine(String message) {
        String cut = message.length() > LONGEST ? message.substring(0, LONGEST) + "..." : message;
        return cut.replaceAll("[\\p{Cc}\\u2028\\u2029]+", " ");
    }
}
