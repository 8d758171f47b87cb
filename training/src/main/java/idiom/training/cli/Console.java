package idiom.training.cli;

import idiom.training.data.Progress;

/** Where progress goes: standard error, a line at a time, so that results on standard output stay clean. */
final class Console {
    private Console() {}

    /** Begins to tell how far a piece of work is. */
    static Progress progress(String what, int total) {
        return new Progress(System.err, System::nanoTime, what, total);
    }

    static void say(String line) {
        System.err.println(line);
    }
}
