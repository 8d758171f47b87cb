package idiom.engine.onnx;

/** Makes one line of what libraries say at length. */
final class OneLine {
    private static final int LONGEST = 240;

    private OneLine() {}

    /** The message of the innermost cause, on one line of at most 240 characters. */
    static String of(Throwable failure) {
        Throwable cause = failure;
        for (int depth = 0; depth < 16 && cause.getCause() != null; depth++) {
            cause = cause.getCause();
        }
        String message = cause.getMessage();
        if (message == null || message.isBlank()) {
            return cause.getClass().getSimpleName();
        }
        String line = message.strip().replaceAll("[\\p{Cntrl}\\s]+", " ");
        return line.length() <= LONGEST ? line : line.substring(0, LONGEST - 3) + "...";
    }
}
