package idiom.presets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PresetWriterTest {
    private static final Path FOLDER = Path.of("/models");

    @TempDir
    private Path folder;

    @Test
    void shouldWriteTheSameTextForTheSamePreset() {
        Preset preset = new Preset(
                "pop-to-jazz",
                5,
                "pop",
                "jazz",
                new ModelFile(FOLDER.resolve("pop-to-jazz.onnx"), Texts.SHA256),
                Mode.PHRASE,
                Hop.BAR,
                Decoding.PLAIN,
                new Output(OptionalInt.of(0), OptionalInt.empty()),
                new Provenance(Map.of("data set", "a \"quoted\" one\n")));
        assertThat(PresetWriter.toText(preset)).isEqualTo("""
                        format = 1
                        name = "pop-to-jazz"
                        program = 5
                        source = "pop"
                        target = "jazz"

                        [model]
                        file = "pop-to-jazz.onnx"
                        sha256 = "%s"

                        [live]
                        mode = "phrase"
                        hop = "bar"

                        [decoding]
                        threshold = 0.5
                        mix = 1.0
                        melody-lock = false
                        key-lock = false
                        keep-key = false
                        density-limit = 16.0

                        [decoding.range]
                        low = 24
                        high = 107

                        [feel]
                        swing = 0.5
                        delay-steps = 0.0
                        velocity-scale = 1.0
                        accent = 0

                        [output]
                        channel = 1

                        [provenance]
                        "data set" = "a \\"quoted\\" one\\u000a"
                        """.formatted(Texts.SHA256));
    }

    @Test
    void shouldReadBackEqual() {
        Random random = new Random(7);
        for (int i = 0; i < 500; i++) {
            Preset preset = anyPreset(random);
            byte[] text = PresetWriter.toText(preset).getBytes(StandardCharsets.UTF_8);
            Preset back = PresetReader.parse(text, "my.toml", FOLDER);
            assertThat(back).isEqualTo(preset);
            assertThat(back.provenance().facts().keySet())
                    .containsExactlyElementsOf(preset.provenance().facts().keySet());
        }
    }

    @Test
    void shouldWriteBesideTheModelOnly() throws IOException {
        Path model = Files.writeString(folder.resolve("my-jazz.onnx"), Texts.MODEL);
        Preset preset = PresetReader.parse(Texts.FULL.getBytes(StandardCharsets.UTF_8), "my.toml", folder);
        assertThat(ModelFile.of(model)).isEqualTo(preset.model());

        PresetWriter.write(preset, folder.resolve("my.toml"));
        assertThat(PresetReader.read(folder.resolve("my.toml"))).isEqualTo(preset);
        try (var files = Files.list(folder)) {
            assertThat(files).hasSize(2);
        }
        assertThatThrownBy(
                        () -> PresetWriter.write(preset, folder.resolve("sub").resolve("my.toml")))
                .isInstanceOf(PresetException.class)
                .hasMessageStartingWith("model.file must lie beside the preset: ");
    }

    private static Preset anyPreset(Random random) {
        Map<String, String> facts = new LinkedHashMap<>();
        for (int i = random.nextInt(5); i > 0; i--) {
            facts.put(anyText(random) + i, anyText(random));
        }
        int low = 24 + random.nextInt(84);
        return new Preset(
                "p" + random.nextInt(1000),
                random.nextInt(128),
                "a",
                "b-" + random.nextInt(9),
                new ModelFile(FOLDER.resolve("m.onnx"), Texts.SHA256),
                random.nextBoolean()
                        ? Optional.of(new ModelFile(FOLDER.resolve("m-small.onnx"), "0".repeat(64)))
                        : Optional.empty(),
                Mode.values()[random.nextInt(4)],
                Hop.values()[random.nextInt(4)],
                new Decoding(
                        Math.max(1e-9, random.nextDouble()),
                        random.nextDouble(),
                        random.nextBoolean(),
                        random.nextBoolean(),
                        random.nextBoolean(),
                        16 * random.nextDouble() * random.nextDouble() * 1e-3,
                        new Feel(
                                0.5 + random.nextDouble() / 4, random.nextDouble() - 0.5, 1.5, random.nextInt(65) - 32),
                        new PitchRange(low, low + random.nextInt(108 - low))),
                new Output(
                        random.nextBoolean() ? OptionalInt.of(random.nextInt(16)) : OptionalInt.empty(),
                        random.nextBoolean() ? OptionalInt.of(random.nextInt(128)) : OptionalInt.empty()),
                new Controls(
                        random.nextBoolean() ? OptionalInt.of(random.nextInt(30)) : OptionalInt.empty(),
                        random.nextBoolean() ? OptionalInt.of(30 + random.nextInt(30)) : OptionalInt.empty(),
                        random.nextBoolean() ? OptionalInt.of(60 + random.nextInt(30)) : OptionalInt.empty(),
                        random.nextBoolean() ? OptionalInt.of(90 + random.nextInt(30)) : OptionalInt.empty()),
                new Provenance(facts));
    }

    private static String anyText(Random random) {
        String letters = "ab.=# \"'\\\n\t\u0001\u00e9\u266d[]";
        StringBuilder text = new StringBuilder();
        for (int i = random.nextInt(12); i > 0; i--) {
            text.append(letters.charAt(random.nextInt(letters.length())));
        }
        return text.appendCodePoint(0x1D11E).toString();
    }
}
