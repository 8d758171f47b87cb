package idiom.training.project;

import java.nio.file.Path;

/** Words of a command line for people to copy. */
final class Shell {
    private Shell() {}

    /** A path as one word of a POSIX shell. */
    static String quoted(Path path) {
        String text = path.toString();
        return text.matches("[A-Za-z0-9_./+:@%,=-]+") ? text : "'" + text.replace("'", "'\\''") + "'";
    }
}
