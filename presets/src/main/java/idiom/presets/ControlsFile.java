package idiom.presets;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalInt;
import java.util.Set;
import org.tomlj.TomlParseResult;

/**
 * Controls that were learnt from a player's own controller ({@code idiom learn}); they hold for every preset, before the
 * preset's own. A small TOML file in the configuration folder, with the keys of a preset's table {@code controls}. Stateless;
 * [any].
 */
public final class ControlsFile {
    private static final int MAX_BYTES = 4096;
    private static final Set<String> KEYS = Set.of("mix", "threshold", "bypass", "tap");

    private ControlsFile() {}

    /** Where it is: beside the folder of the player's own presets. */
    public static Path in(Folders folders) {
        return folders.presets().resolveSibling("controls.toml");
    }

    /**
     * Reads it; none are learnt if it is missing.
     *
     * @throws PresetException if anything in it is wrong
     * @throws IOException if it can't be read
     */
    public static Controls read(Folders folders) throws IOException {
        Path file = in(folders);
        if (!Files.exists(file)) {
            return Controls.NONE;
        }
        if (Files.size(file) > MAX_BYTES) {
            throw new PresetException(file + ": learnt controls must have at most " + MAX_BYTES + " bytes");
        }
        return parse(Files.readString(file, StandardCharsets.UTF_8), file);
    }

    private static Controls parse(String text, Path file) {
        try {
            TomlParseResult toml = ModestToml.parse(text, "learnt controls");
            if (toml.hasErrors()) {
                throw new IllegalArgumentException(
                        "not TOML: " + toml.errors().get(0).getMessage());
            }
            for (String key : toml.keySet()) {
                if (!KEYS.contains(key)) {
                    throw new IllegalArgumentException(key + " is no control: mix, threshold, bypass and tap are");
                }
            }
            return new Controls(
                    number(toml, "mix"), number(toml, "threshold"), number(toml, "bypass"), number(toml, "tap"));
        } catch (IllegalArgumentException e) {
            throw new PresetException(file + ": " + e.getMessage(), e);
        }
    }

    private static OptionalInt number(TomlParseResult toml, String key) {
        Object value = toml.get(key);
        if (value == null) {
            return OptionalInt.empty();
        }
        if (!(value instanceof Long number)) {
            throw new IllegalArgumentException(key + " must be a whole number: " + key + "=" + value);
        }
        return OptionalInt.of((int) Math.max(-1, Math.min(128, number)));
    }

    /** Writes it, whole or not at all. */
    public static void write(Controls controls, Folders folders) throws IOException {
        Path file = in(folders);
        Files.createDirectories(file.toAbsolutePath().getParent());
        StringBuilder text =
                new StringBuilder("# Learnt by idiom learn: numbers of control changes, for every preset.\n");
        line(text, "mix", controls.mix());
        line(text, "threshold", controls.threshold());
        line(text, "bypass", controls.bypass());
        line(text, "tap", controls.tap());
        WholeFile.write(new ByteArrayInputStream(text.toString().getBytes(StandardCharsets.UTF_8)), file);
    }

    private static void line(StringBuilder text, String key, OptionalInt control) {
        control.ifPresent(
                number -> text.append(key).append(" = ").append(number).append('\n'));
    }
}
