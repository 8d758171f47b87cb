package idiom.app.transfer;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.NoSuchFileException;

/** What went wrong, in one line for people. */
public final class Failures {
    private Failures() {}

    /** Says what went wrong, where, and what to do. */
    public static String line(Throwable failure) {
        return oneLine(text(failure));
    }

    private static String text(Throwable failure) {
        String message = failure.getMessage() == null ? "" : failure.getMessage();
        if (failure instanceof FileAlreadyExistsException) {
            return message + " is already there; --force replaces it";
        }
        if (failure instanceof NoSuchFileException) {
            return "there is no file " + message;
        }
        if (failure instanceof AccessDeniedException) {
            return message + " cannot be read or written: permission denied";
        }
        if (failure instanceof OutOfMemoryError) {
            return "out of memory: IDIOM_JAVA_OPTIONS=-Xmx1g ./idiom ... gives it more";
        }
        if (message.isEmpty()) {
            return failure.getClass().getSimpleName();
        }
        return isExpected(failure) ? message : failure.getClass().getSimpleName() + ": " + message;
    }

    /** Whether the message was written for people: our own exceptions, and those of files. */
    public static boolean isExpected(Throwable failure) {
        return failure instanceof IOException
                || failure.getClass().getName().startsWith("idiom.")
                || failure instanceof IllegalArgumentException
                || failure instanceof IllegalStateException;
    }

    private static String oneLine(String text) {
        return text.replaceAll("[\\p{Cc}\\u2028\\u2029]+", " ").strip();
    }
}
