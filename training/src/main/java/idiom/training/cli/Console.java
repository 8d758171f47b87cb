package idiom.training.cli;

/** Where progress goes: standard error, a line at a time, so that results on standard output stay clean. */
final class Console {
    private Console() {}

    static void say(String line) {
        System.err.println(line);
    }
}
