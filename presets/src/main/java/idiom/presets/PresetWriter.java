package idiom.presets;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;

/**
 * Writes presets as text that {@link PresetReader} reads back equal. Every key is written, in a fixed order, so equal
 * presets give equal bytes. Stateless; [any].
 */
public final class PresetWriter {
    private PresetWriter() {}

    /** The preset as TOML; models are named by their file names alone. */
    public static String toText(Preset preset) {
        StringBuilder out = new StringBuilder(1024);
        line(out, "format", PresetReader.FORMAT);
        line(out, "name", quoted(preset.name()));
        line(out, "program", preset.program());
        line(out, "source", quoted(preset.source()));
        line(out, "target", quoted(preset.target()));
        model(out, Preset.MODEL, preset.model());
        preset.instant().ifPresent(file -> model(out, Preset.INSTANT, file));
        table(out, "live");
        line(out, "mode", quoted(PresetTable.word(preset.mode())));
        line(out, "hop", quoted(PresetTable.word(preset.hop())));
        decoding(out, preset.decoding());
        output(out, preset.output());
        controls(out, preset.controls());
        if (!preset.provenance().facts().isEmpty()) {
            table(out, "provenance");
            for (Map.Entry<String, String> fact : preset.provenance().facts().entrySet()) {
                line(out, key(fact.getKey()), quoted(fact.getValue()));
            }
        }
        return out.toString();
    }

    /**
     * Writes the preset to a file, which appears whole or not at all. The models must lie in the same folder.
     *
     * @throws IOException if the file cannot be written
     * @throws PresetException if the model lies elsewhere or the text would be longer than a preset may be
     */
    public static void write(Preset preset, Path file) throws IOException {
        Path folder = Objects.requireNonNull(file.toAbsolutePath().getParent());
        requireBeside(Preset.MODEL, preset.model(), file, folder);
        preset.instant().ifPresent(model -> requireBeside(Preset.INSTANT, model, file, folder));
        byte[] bytes = toText(preset).getBytes(StandardCharsets.UTF_8);
        PresetReader.parse(bytes, file.toString(), folder);
        WholeFile.write(new ByteArrayInputStream(bytes), file);
    }

    private static void requireBeside(String table, ModelFile model, Path file, Path folder) {
        if (!folder.equals(model.path().toAbsolutePath().getParent())) {
            throw new PresetException(
                    table + ".file must lie beside the preset: preset=" + file + " " + table + "=" + model.path());
        }
    }

    private static void model(StringBuilder out, String table, ModelFile file) {
        table(out, table);
        line(out, "file", quoted(String.valueOf(file.path().getFileName())));
        line(out, "sha256", quoted(file.sha256()));
    }

    private static void decoding(StringBuilder out, Decoding decoding) {
        table(out, "decoding");
        line(out, "threshold", decoding.threshold());
        line(out, "mix", decoding.mix());
        line(out, "melody-lock", decoding.melodyLock());
        line(out, "key-lock", decoding.keyLock());
        line(out, "keep-key", decoding.keepKey());
        line(out, "density-limit", decoding.densityLimit());
        table(out, "decoding.range");
        line(out, "low", decoding.range().low());
        line(out, "high", decoding.range().high());
        table(out, "feel");
        line(out, "swing", decoding.feel().swing());
        line(out, "delay-steps", decoding.feel().delaySteps());
        line(out, "velocity-scale", decoding.feel().velocityScale());
        line(out, "accent", decoding.feel().accent());
    }

    private static void output(StringBuilder out, Output output) {
        if (output.equals(Output.AS_INPUT)) {
            return;
        }
        table(out, "output");
        output.channel().ifPresent(channel -> line(out, "channel", channel + 1));
        output.program().ifPresent(program -> line(out, "program", program));
    }

    private static void controls(StringBuilder out, Controls controls) {
        if (controls.equals(Controls.NONE)) {
            return;
        }
        table(out, "controls");
        controls.mix().ifPresent(control -> line(out, "mix", control));
        controls.threshold().ifPresent(control -> line(out, "threshold", control));
        controls.bypass().ifPresent(control -> line(out, "bypass", control));
        controls.tap().ifPresent(control -> line(out, "tap", control));
    }

    private static void table(StringBuilder out, String name) {
        out.append("\n[").append(name).append("]\n");
    }

    private static void line(StringBuilder out, String key, Object value) {
        out.append(key).append(" = ").append(value).append('\n');
    }

    private static String key(String key) {
        return key.matches("[A-Za-z0-9_-]+") ? key : quoted(key);
    }

    private static String quoted(String text) {
        StringBuilder out = new StringBuilder(text.length() + 2).append('"');
        text.codePoints().forEach(c -> {
            if (c == '"' || c == '\\') {
                out.append('\\').appendCodePoint(c);
            } else if (Character.isISOControl(c)) {
                out.append(String.format("\\u%04x", c));
            } else {
                out.appendCodePoint(c);
            }
        });
        return out.append('"').toString();
    }
}
