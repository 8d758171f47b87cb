package idiom.presets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PresetReaderTest {
    private static final Path FOLDER = Path.of("/models");

    @TempDir
    private Path folder;

    private static Preset parse(String text) {
        return PresetReader.parse(text.getBytes(StandardCharsets.UTF_8), "my.toml", FOLDER);
    }

    @Test
    void shouldReadEveryKey() {
        Preset preset = parse(Texts.FULL);
        assertThat(preset.name()).isEqualTo("my-jazz");
        assertThat(preset.program()).isEqualTo(9);
        assertThat(preset.source()).isEqualTo("pop");
        assertThat(preset.target()).isEqualTo("jazz");
        assertThat(preset.model()).isEqualTo(new ModelFile(FOLDER.resolve("my-jazz.onnx"), Texts.SHA256));
        assertThat(preset.mode()).isEqualTo(Mode.FOLLOW);
        assertThat(preset.hop()).isEqualTo(Hop.BEAT);
        assertThat(preset.decoding())
                .isEqualTo(new Decoding(
                        0.4, 1, true, true, true, 1.5, new Feel(0.62, 0.1, 0.9, 6), new PitchRange(36, 96)));
        assertThat(preset.output()).isEqualTo(new Output(OptionalInt.of(1), OptionalInt.of(26)));
        assertThat(List.copyOf(preset.provenance().facts().entrySet()))
                .containsExactly(
                        Map.entry("zebra", "first"),
                        Map.entry("data set", "jazz \"2018\" # not a comment"),
                        Map.entry("seed", "7"),
                        Map.entry("strength", "0.31"),
                        Map.entry("flagged", "false"));
    }

    @Test
    void shouldFillInWhatIsNotSaid() {
        Preset preset = parse(Texts.MINIMAL);
        assertThat(preset.mode()).isEqualTo(Mode.PHRASE);
        assertThat(preset.hop()).isEqualTo(Hop.BAR);
        assertThat(preset.decoding()).isEqualTo(Decoding.PLAIN);
        assertThat(preset.output()).isEqualTo(Output.AS_INPUT);
        assertThat(preset.provenance()).isEqualTo(Provenance.UNKNOWN);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            threshold = 0.4 | treshold = 0.4 | my.toml:16: decoding.treshold is no key of a preset: did you mean decoding.threshold?
            threshold = 0.4 | swing = 0.6    | my.toml:16: decoding.swing is no key of a preset: did you mean feel.swing?
            threshold = 0.4 | colour = 0.6   | my.toml:16: decoding.colour is no key of a preset: docs/presets.md lists them; free facts belong in [provenance]
            [feel]          | [feal]         | my.toml:27: feal is no key of a preset: did you mean feel?
            threshold = 0.4 | threshold = 1  | my.toml:16: decoding.threshold must be between 0 and 1: decoding.threshold=1
            threshold = 0.4 | threshold = nan| my.toml:16: decoding.threshold must be between 0 and 1: decoding.threshold=NaN
            threshold = 0.4 | threshold = "a"| my.toml:16: decoding.threshold must be a number, not a text: "a"
            melody-lock = true | melody-lock = 1 | my.toml:18: decoding.melody-lock must be true or false, not 1
            high = 96       | high = 20      | my.toml:25: decoding.range.high must be from 36 to 107: decoding.range.high=20
            low = 36        | low = 36.5     | my.toml:24: decoding.range.low must be a whole number, not 36.5
            accent = 6      | accent = 9999999999999 | my.toml:31: feel.accent must be from -32 to 32: feel.accent=2147483647
            channel = 2     | channel = 0    | my.toml:34: output.channel must be from 1 to 16: output.channel=0
            program = 26    | program = 128  | my.toml:35: output.program must be from 0 to 127: output.program=128
            hop = "beat"    | hop = "half"   | my.toml:13: live.hop must be one of step, beat, bar, window: live.hop=half
            mode = "follow" | mode = ["follow"] | my.toml:12: live.mode must be a text in quotes, not a list
            format = 1      | format = 2     | my.toml:1: format must be 1, the one this version of Idiom reads: format=2
            program = 9     | program = -1   | my.toml:3: program must be from 0 to 127: program=-1
            name = "my-jazz"| name = "My Jazz" | my.toml:2: name must be 1 to 64 lower-case letters, digits and inner hyphens: name=My Jazz
            source = "pop"  | # source       | my.toml: source is missing: write source = ... at the top (a text in quotes)
            file = "my-jazz.onnx" | # file   | my.toml: model.file is missing: write file = ... under [model] (a text in quotes)
            file = "my-jazz.onnx" | file = "../x.onnx" | my.toml:8: model.file must be the plain name of an .onnx file beside the preset, without folders: model.file=../x.onnx
            seed = 7        | seed = [7]     | my.toml:40: provenance.seed must be a text, a number or a truth value, not a list
            seed = 7        | seed = 7 8     | my.toml:40: not TOML: Unexpected '8', expected a newline or end-of-input (column 10)
            """)
    void shouldSayWhatIsWrongAndWhere(String right, String wrong, String message) {
        assertThat(Texts.FULL).contains(right);
        assertThatThrownBy(() -> parse(Texts.FULL.replace(right, wrong)))
                .isInstanceOf(PresetException.class)
                .hasMessage(message);
    }

    @Test
    void shouldRefuseAWrongHashInTheText() {
        assertThatThrownBy(() -> parse(Texts.MINIMAL.replace(Texts.SHA256, "ABC")))
                .hasMessage("my.toml:9: model.sha256 must be 64 lower-case hexadecimal digits (sha256sum prints them):"
                        + " model.sha256=ABC");
    }

    @Test
    void shouldRefuseATableWhereAValueBelongs() {
        assertThatThrownBy(() -> parse(Texts.MINIMAL.replace("program = 9", "program.x = 9")))
                .isInstanceOf(PresetException.class)
                .hasMessageContaining("program must be a whole number, not a table");
        assertThatThrownBy(() -> parse("feel = 1\n" + Texts.MINIMAL))
                .hasMessage("my.toml:1: feel must be a table: write [feel] and its keys below");
    }

    @Test
    void shouldReadAPresetWhoseModelIsTheRightOne() throws IOException {
        Path file = Texts.write(folder, "my.toml", Texts.FULL);
        assertThat(PresetReader.read(file).model().path()).isEqualTo(folder.resolve("my-jazz.onnx"));
    }

    @Test
    void shouldRefuseAMissingOrChangedModel() throws IOException {
        Path file = Texts.write(folder, "my.toml", Texts.FULL);
        Path model = folder.resolve("my-jazz.onnx");
        Files.writeString(model, "another model");
        assertThatThrownBy(() -> PresetReader.read(file))
                .isInstanceOf(PresetException.class)
                .hasMessageStartingWith(file + ": model.sha256 must be the hash of my-jazz.onnx, which is ")
                .hasMessageContaining("model.sha256=" + Texts.SHA256);
        Files.delete(model);
        assertThatThrownBy(() -> PresetReader.read(file))
                .hasMessage(file + ": model.file must lie beside the preset: there is no " + model);
        assertThatThrownBy(() -> PresetReader.read(folder.resolve("none.toml")))
                .hasMessage("there is no preset file " + folder.resolve("none.toml"));
    }

    @Test
    void shouldRefuseWhatIsNoTextOrTooMuchOfIt() {
        assertThatThrownBy(() -> PresetReader.parse(new byte[] {'a', (byte) 0xff}, "my.toml", FOLDER))
                .hasMessage("my.toml: a preset must be UTF-8 text; this is not");
        byte[] big = (Texts.MINIMAL + "#".repeat(65536 - Texts.MINIMAL.length() + 1)).getBytes(StandardCharsets.UTF_8);
        assertThatThrownBy(() -> PresetReader.parse(big, "my.toml", FOLDER))
                .hasMessage("my.toml: a preset must have at most 65536 bytes; this is no preset");
        assertThat(parse(Texts.MINIMAL + ("#".repeat(127) + "\n").repeat((65536 - Texts.MINIMAL.length()) / 128))
                        .name())
                .isEqualTo("my-jazz");
    }

    /** Texts that drive recursive parsers out of their stack or slow ones into the night. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "[", "{a=", ".a", "\"", "'''", "=", "\n[[k]]", "\nk", "\na=1", "\n\"", "[a.", "9", "\\u0041", "\u0000"
            })
    void shouldEndWithOneLineOnRepeatedText(String piece) {
        for (String start : List.of("", "a=", "a=[")) {
            for (int count : new int[] {150, 950, 60_000 / piece.length()}) {
                String text = start + piece.repeat(count);
                long startNs = cpuNs();
                assertThatThrownBy(() -> parse(text)).isInstanceOf(PresetException.class);
                assertThat(cpuNs() - startNs).as(piece).isLessThan(5_000_000_000L);
            }
        }
    }

    /** Of the processor, not of the clock: other work on the machine must not fail a test. */
    private static long cpuNs() {
        return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    }

    @Test
    void shouldGiveAPresetOrOneLineForEveryMutation() {
        Random random = new Random(20181);
        int read = 0;
        for (int i = 0; i < 2000; i++) {
            byte[] text = mutated(Texts.FULL.getBytes(StandardCharsets.UTF_8), random);
            try {
                Preset preset = PresetReader.parse(text, "my.toml", FOLDER);
                assertThat(parse(PresetWriter.toText(preset))).isEqualTo(preset);
                read++;
            } catch (PresetException e) {
                assertThat(e.getMessage()).startsWith("my.toml").doesNotContainPattern("\\p{Cntrl}");
            }
        }
        // Some changes fall into comments and free texts; most do not.
        assertThat(read).isBetween(30, 1900);
    }

    private static byte[] mutated(byte[] original, Random random) {
        byte[] text = original.clone();
        int changes = 1 + random.nextInt(4);
        for (int i = 0; i < changes; i++) {
            int at = random.nextInt(text.length);
            switch (random.nextInt(4)) {
                case 0 -> text[at] = (byte) random.nextInt(256);
                case 1 -> text[at] = (byte) "\"'[]{}=.#\n-_e\\".charAt(random.nextInt(14));
                case 2 -> text = java.util.Arrays.copyOf(text, at + 1);
                default -> {
                    int from = random.nextInt(text.length);
                    int length = random.nextInt(Math.min(40, text.length - Math.max(at, from)) + 1);
                    System.arraycopy(text.clone(), from, text, at, length);
                }
            }
        }
        return text;
    }
}
