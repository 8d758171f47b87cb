package idiom.training.data;

import org.jspecify.annotations.Nullable;

/** Data that cannot be used; the message is one line for the user: what, where, and what would be right. */
public final class DataException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** With a message that stands for itself. */
    public DataException(String message) {
        super(message);
    }

    /** With the failure behind it. */
    public DataException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
