package idiom.engine.onnx;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Makes one line of what libraries say at length. */
final class OneLine {
    private static final int LONGEST = 240;

    /** ONNX Runtime puts pages of C++ signatures before the words that matter. */
    private static final Pattern GPU_FAILURE = Pattern.compile("(?:CUDA|CUDNN|CUBLAS|CUFFT) failure [^;]+");

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
        String line = message.strip().replaceAll("[\\p{Cc}\\s]+", " ");
        Matcher gpu = GPU_FAILURE.matcher(line);
        if (gpu.find()) {
            return gpu.group().strip();
        }
        if (!line.contains(" ")) {
            // Such as the bare path of a NoSuchFileException.
            return cause.getClass().getSimpleName() + ": " + line;
        }
        return line.length() <= LONGEST ? line : line.substring(0, LONGEST - 3) + "...";
    }
}
