package idiom.presets;

import org.tomlj.Toml;
import org.tomlj.TomlParseResult;

/**
 * TOML from files that may be hostile. The parser recurses into arrays and inline tables, takes time with the square of
 * wrong lines and of the digits in a number, and ends in its own assertions on some broken escapes; within these limits,
 * which no file of Idiom's comes near, it answers at once. Stateless; [any].
 */
public final class ModestToml {
    private static final int MAX_LINES = 1000;
    private static final int MAX_LINE_CHARS = 4096;
    /** Some may stand in texts and comments. */
    private static final int MAX_BRACKETS = 200;

    private ModestToml() {}

    /**
     * Parses a text.
     *
     * @param what the text is, for messages: {@code "a preset"}
     * @return the table, or the errors where it is no TOML
     * @throws IllegalArgumentException in one line, if the text is beyond the limits or too much for the parser
     */
    public static TomlParseResult parse(String text, String what) {
        requireAtMost(MAX_LINES, text.lines().count(), "lines", what);
        requireAtMost(
                MAX_LINE_CHARS, text.lines().mapToInt(String::length).max().orElse(0), "characters a line", what);
        requireAtMost(
                MAX_BRACKETS, text.chars().filter(c -> c == '[' || c == '{').count(), "opening brackets", what);
        try {
            return Toml.parse(text);
        } catch (RuntimeException | AssertionError | StackOverflowError e) {
            throw new IllegalArgumentException("not TOML: the parser gave up on it", e);
        }
    }

    private static void requireAtMost(long most, long count, String unit, String what) {
        if (count > most) {
            throw new IllegalArgumentException(what + " must have at most " + most + " " + unit + ": it has " + count);
        }
    }
}
