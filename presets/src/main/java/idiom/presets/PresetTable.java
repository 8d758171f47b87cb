package idiom.presets;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.tomlj.TomlArray;
import org.tomlj.TomlParseResult;
import org.tomlj.TomlPosition;
import org.tomlj.TomlTable;

/** The parsed text of a preset, read key by key into records; every refusal names file, line and key. */
final class PresetTable {
    private static final String PROVENANCE = "provenance";
    private static final List<String> TABLES =
            List.of("model", "instant", "live", "decoding", "decoding.range", "feel", "output", "controls");
    private static final List<String> KEYS = List.of(
            "format",
            "name",
            "program",
            "source",
            "target",
            "model.file",
            "model.sha256",
            "instant.file",
            "instant.sha256",
            "live.mode",
            "live.hop",
            "decoding.threshold",
            "decoding.mix",
            "decoding.melody-lock",
            "decoding.key-lock",
            "decoding.keep-key",
            "decoding.density-limit",
            "decoding.range.low",
            "decoding.range.high",
            "feel.swing",
            "feel.delay-steps",
            "feel.velocity-scale",
            "feel.accent",
            "output.channel",
            "output.program",
            "controls.mix",
            "controls.threshold",
            "controls.bypass",
            "controls.tap");

    private final TomlParseResult toml;
    private final String fileName;

    PresetTable(TomlParseResult toml, String fileName) {
        this.toml = toml;
        this.fileName = fileName;
    }

    /** The preset; its models are in {@code modelFolder}. */
    Preset preset(Path modelFolder) {
        requireFormat();
        refuseUnknownKeys(toml, List.of());
        try {
            return new Preset(
                    text("name"),
                    integer("program"),
                    text("source"),
                    text("target"),
                    model(Preset.MODEL, modelFolder),
                    instant(modelFolder),
                    choice("live.mode", Mode.values(), Mode.PHRASE),
                    choice("live.hop", Hop.values(), Hop.BAR),
                    decoding(),
                    output(),
                    controls(),
                    provenance());
        } catch (RangeException e) {
            throw refusal(path(e.key()), Objects.requireNonNull(e.getMessage()));
        }
    }

    private void requireFormat() {
        int format = integer("format");
        if (format != PresetReader.FORMAT) {
            throw refusal(
                    path("format"),
                    "format must be " + PresetReader.FORMAT + ", the one this version of Idiom reads: format="
                            + format);
        }
    }

    private ModelFile model(String table, Path folder) {
        String key = table + ".file";
        String file = text(key);
        if (!file.matches("[\\w][\\w .+-]{0,127}\\.onnx")) {
            throw refusal(
                    path(key),
                    key + " must be the plain name of an .onnx file beside the preset, without folders: " + key + "="
                            + file);
        }
        String sha256 = text(table + ".sha256");
        ModelFile.requireHash(table + ".sha256", sha256);
        return new ModelFile(folder.resolve(file).toAbsolutePath(), sha256);
    }

    private Optional<ModelFile> instant(Path folder) {
        return toml.contains(List.of(Preset.INSTANT)) ? Optional.of(model(Preset.INSTANT, folder)) : Optional.empty();
    }

    private Decoding decoding() {
        Decoding plain = Decoding.PLAIN;
        Feel straight = Feel.STRAIGHT;
        Feel feel = new Feel(
                number("feel.swing", straight.swing()),
                number("feel.delay-steps", straight.delaySteps()),
                number("feel.velocity-scale", straight.velocityScale()),
                integer("feel.accent", straight.accent()));
        PitchRange range = new PitchRange(
                integer("decoding.range.low", PitchRange.FULL.low()),
                integer("decoding.range.high", PitchRange.FULL.high()));
        return new Decoding(
                number("decoding.threshold", plain.threshold()),
                number("decoding.mix", plain.mix()),
                truth("decoding.melody-lock", plain.melodyLock()),
                truth("decoding.key-lock", plain.keyLock()),
                truth("decoding.keep-key", plain.keepKey()),
                number("decoding.density-limit", plain.densityLimit()),
                feel,
                range);
    }

    private Output output() {
        OptionalInt channel = OptionalInt.empty();
        if (value("output.channel") != null) {
            // Musicians count channels from 1.
            int onScreen = integer("output.channel");
            Ranges.closed("output.channel", onScreen, 1, 16);
            channel = OptionalInt.of(onScreen - 1);
        }
        return new Output(channel, optional("output.program"));
    }

    private Controls controls() {
        return new Controls(
                optional("controls.mix"),
                optional("controls.threshold"),
                optional("controls.bypass"),
                optional("controls.tap"));
    }

    private Provenance provenance() {
        TomlTable table = toml.getTable(List.of(PROVENANCE));
        if (table == null) {
            return Provenance.UNKNOWN;
        }
        Map<String, String> facts = new LinkedHashMap<>();
        for (String key : inFileOrder(table)) {
            Object value = table.get(List.of(key));
            if (value instanceof TomlTable || value instanceof TomlArray) {
                throw refusal(
                        List.of(PROVENANCE, key),
                        PROVENANCE + "." + key + " must be a text, a number or a truth value, not " + typeOf(value));
            }
            facts.put(key, String.valueOf(value));
        }
        return new Provenance(facts);
    }

    /** The parser's tables are hash maps; the file's order is in the positions. */
    private static List<String> inFileOrder(TomlTable table) {
        Map<Long, String> ordered = new TreeMap<>();
        for (String key : table.keySet()) {
            TomlPosition at = Objects.requireNonNull(table.inputPositionOf(List.of(key)));
            ordered.put((long) at.line() << 32 | at.column(), key);
        }
        return new ArrayList<>(ordered.values());
    }

    private void refuseUnknownKeys(TomlTable table, List<String> prefix) {
        for (String key : inFileOrder(table)) {
            List<String> path = Stream.concat(prefix.stream(), Stream.of(key)).toList();
            String dotted = String.join(".", path);
            boolean isTable = table.get(List.of(key)) instanceof TomlTable;
            if (prefix.isEmpty() && key.equals(PROVENANCE)) {
                requireTable(isTable, path, dotted);
            } else if (TABLES.contains(dotted)) {
                requireTable(isTable, path, dotted);
                refuseUnknownKeys(Objects.requireNonNull(table.getTable(List.of(key))), path);
            } else if (!KEYS.contains(dotted) || key.indexOf('.') >= 0) {
                throw refusal(path, dotted + " is no key of a preset: " + suggestion(dotted));
            }
        }
    }

    private void requireTable(boolean isTable, List<String> path, String dotted) {
        if (!isTable) {
            throw refusal(path, dotted + " must be a table: write [" + dotted + "] and its keys below");
        }
    }

    private static String suggestion(String dotted) {
        List<String> known = Stream.concat(KEYS.stream(), Stream.concat(TABLES.stream(), Stream.of(PROVENANCE)))
                .toList();
        // The right key in the wrong table is as common as a slip of the finger: compare the last words first.
        String table = table(dotted);
        List<String> byTable = Stream.concat(
                        known.stream().filter(key -> table(key).equals(table)),
                        known.stream().filter(key -> !table(key).equals(table)))
                .toList();
        List<String> leaves = byTable.stream().map(PresetTable::leaf).toList();
        Optional<String> nearest = Nearest.to(leaf(dotted), leaves).map(leaf -> byTable.get(leaves.indexOf(leaf)));
        return nearest.map(key -> "did you mean " + key + "?")
                .orElse("docs/presets.md lists them; free facts belong in [provenance]");
    }

    private static String leaf(String dotted) {
        return dotted.substring(dotted.lastIndexOf('.') + 1);
    }

    private static String table(String dotted) {
        return dotted.substring(0, Math.max(0, dotted.lastIndexOf('.')));
    }

    private @Nullable Object value(String key) {
        return toml.get(path(key));
    }

    private String text(String key) {
        Object value = required(key, "a text in quotes");
        if (!(value instanceof String text)) {
            throw wrongType(key, "a text in quotes", value);
        }
        return text;
    }

    private int integer(String key) {
        Object value = required(key, "a whole number");
        if (!(value instanceof Long number)) {
            throw wrongType(key, "a whole number", value);
        }
        // Out of int is out of every range; the range check that follows says so.
        return (int) Math.max(Integer.MIN_VALUE, Math.min(Integer.MAX_VALUE, number));
    }

    private int integer(String key, int otherwise) {
        return value(key) == null ? otherwise : integer(key);
    }

    private OptionalInt optional(String key) {
        return value(key) == null ? OptionalInt.empty() : OptionalInt.of(integer(key));
    }

    private double number(String key, double otherwise) {
        Object value = value(key);
        if (value == null) {
            return otherwise;
        }
        if (!(value instanceof Number number)) {
            throw wrongType(key, "a number", value);
        }
        return number.doubleValue();
    }

    private boolean truth(String key, boolean otherwise) {
        Object value = value(key);
        if (value == null) {
            return otherwise;
        }
        if (!(value instanceof Boolean truth)) {
            throw wrongType(key, "true or false", value);
        }
        return truth;
    }

    private <E extends Enum<E>> E choice(String key, E[] choices, E otherwise) {
        if (value(key) == null) {
            return otherwise;
        }
        String text = text(key);
        for (E choice : choices) {
            if (word(choice).equals(text)) {
                return choice;
            }
        }
        String words = Stream.of(choices).map(PresetTable::word).collect(Collectors.joining(", "));
        throw refusal(path(key), key + " must be one of " + words + ": " + key + "=" + text);
    }

    /** How a choice is written in a preset: {@code "bar"}. */
    static String word(Enum<?> choice) {
        return choice.name().toLowerCase(Locale.ROOT);
    }

    private Object required(String key, String what) {
        Object value = value(key);
        if (value == null) {
            throw new PresetException(fileName + ": " + key + " is missing: write " + example(key) + " (" + what + ")");
        }
        return value;
    }

    private static String example(String key) {
        String line = leaf(key) + " = ...";
        return table(key).isEmpty() ? line + " at the top" : line + " under [" + table(key) + "]";
    }

    private PresetException wrongType(String key, String wanted, Object value) {
        return refusal(path(key), key + " must be " + wanted + ", not " + typeOf(value));
    }

    private static String typeOf(Object value) {
        if (value instanceof TomlTable) {
            return "a table";
        }
        if (value instanceof TomlArray) {
            return "a list";
        }
        return value instanceof String ? "a text: \"" + value + "\"" : String.valueOf(value);
    }

    private PresetException refusal(List<String> path, String what) {
        TomlPosition at = toml.inputPositionOf(path);
        return new PresetException(fileName + (at == null ? "" : ":" + at.line()) + ": " + what);
    }

    private static List<String> path(String dotted) {
        return List.of(dotted.split("\\.", -1));
    }
}
