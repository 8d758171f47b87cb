package idiom.presets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PresetLibraryTest {
    @TempDir
    private Path root;

    private Path user;
    private Path source;

    @BeforeEach
    void folders() {
        user = root.resolve("presets");
        source = root.resolve("source");
    }

    private PresetLibrary library() {
        return new PresetLibrary(BundledPresets.in(getClass(), "/idiom/testpresets/", root.resolve("cache")), user);
    }

    @Test
    void shouldListGoodPresetsAndReportBrokenOnes() throws IOException {
        Texts.write(user, "a-broken.toml", "format = 1\nname = ");
        Texts.write(user, "my-jazz.toml", Texts.MINIMAL);
        Texts.write(user, "same-name.toml", Texts.FULL);
        Texts.write(user, "takes-a-bundled-name.toml", Texts.MINIMAL.replace("\"my-jazz\"", "\"jazz-to-classic\""));
        Texts.write(user, ".hidden.toml", "");
        PresetLibrary library = library();
        assertThat(library.entries())
                .extracting(PresetLibrary.Entry::name)
                .containsExactly("jazz-to-classic", "my-jazz");
        assertThat(library.problems())
                .extracting(Throwable::getMessage)
                .containsExactly(
                        "bundled broken.toml:3: program must be a whole number, not a text: \"zero\"",
                        "bundled missing.toml is in the index but not in the program: build it again",
                        user.resolve("a-broken.toml")
                                + ":2: not TOML: Unexpected end of input, expected ', \", ''', \"\"\", a number, a"
                                + " boolean, a date/time, an array, or a table (column 8)",
                        user.resolve("same-name.toml")
                                + ": name must be one that no other preset has: name=my-jazz is in the folder twice",
                        user.resolve("takes-a-bundled-name.toml")
                                + ": name must be one that no other preset has: name=jazz-to-classic is a bundled preset");
    }

    @Test
    void shouldFindByNameAndDirection() throws IOException {
        Texts.write(user, "my-jazz.toml", Texts.MINIMAL);
        PresetLibrary library = library();
        assertThat(library.named("my-jazz").preset().program()).isEqualTo(9);
        assertThat(library.between("jazz", "classic"))
                .extracting(PresetLibrary.Entry::name)
                .containsExactly("jazz-to-classic");
        assertThat(library.between("classic", "jazz")).isEmpty();
        assertThat(library.targets()).isEqualTo(List.of("classic", "jazz"));
        assertThat(library.sources()).isEqualTo(List.of("jazz", "pop"));
        assertThatThrownBy(() -> library.named("my-jaz"))
                .isInstanceOf(PresetException.class)
                .hasMessage("there is no preset named my-jaz: did you mean my-jazz?");
        assertThatThrownBy(() -> library.named("polka"))
                .hasMessage("there is no preset named polka: there are jazz-to-classic, my-jazz");
    }

    @Test
    void shouldUnpackABundledModelAndMendADamagedCopy() throws IOException {
        PresetLibrary library = library();
        PresetLibrary.Entry entry = library.named("jazz-to-classic");
        assertThat(entry.preset().model().path()).doesNotExist();
        Path unpacked = library.load(entry).model().path();
        assertThat(unpacked).hasContent(Texts.MODEL);
        assertThat(unpacked).isEqualTo(root.resolve("cache/models/" + Texts.SHA256 + ".onnx"));
        Files.writeString(unpacked, "damaged");
        assertThat(library.load(entry).model().path()).hasContent(Texts.MODEL);
    }

    @Test
    void shouldUnpackTheClassifier() {
        assertThat(library().bundled().classifier())
                .hasValueSatisfying(model -> assertThat(model.path()).hasContent("a made-up classifier"));
    }

    @Test
    void shouldSayWhyABundledModelCannotBeUnpacked() throws IOException {
        Files.writeString(root.resolve("cache"), "a file where the folder should be");
        PresetLibrary library = library();
        assertThatThrownBy(() -> library.load(library.named("jazz-to-classic")))
                .isInstanceOf(PresetException.class)
                .hasMessageStartingWith("the bundled model jazz-to-classic.onnx cannot be unpacked to ");
    }

    @Test
    void shouldInstallPresetAndModel() throws IOException {
        Path file = Texts.write(source, "downloaded.toml", Texts.FULL);
        Preset installed = library().install(file, false);
        assertThat(library().entries()).extracting(PresetLibrary.Entry::preset).contains(installed);
        assertThat(PresetReader.read(user.resolve("my-jazz.toml"))).isEqualTo(installed);
        assertThat(installed.withModels(PresetReader.read(file).model(), Optional.empty()))
                .isEqualTo(PresetReader.read(file));
        assertThat(names(user)).containsExactly("my-jazz-" + Texts.SHA256.substring(0, 12) + ".onnx", "my-jazz.toml");
    }

    @Test
    void shouldInstallAndReplaceTheModelForInstantToo() throws IOException {
        Files.createDirectories(source);
        Files.writeString(source.resolve("small.onnx"), "a small model");
        String hash = ModelFile.of(source.resolve("small.onnx")).sha256();
        Path file = Texts.write(
                source,
                "downloaded.toml",
                Texts.MINIMAL + "\n[instant]\nfile = \"small.onnx\"\nsha256 = \"" + hash + "\"\n");
        Preset installed = library().install(file, false);
        String model = "my-jazz-" + Texts.SHA256.substring(0, 12) + ".onnx";
        assertThat(installed.modelFor(Mode.INSTANT).path()).hasContent("a small model");
        assertThat(installed.modelFor(Mode.PHRASE).path()).hasContent(Texts.MODEL);
        assertThat(PresetReader.read(user.resolve("my-jazz.toml"))).isEqualTo(installed);
        assertThat(names(user))
                .containsExactlyInAnyOrder(model, "my-jazz-" + hash.substring(0, 12) + ".onnx", "my-jazz.toml");

        Files.writeString(user.resolve("my-jazz-" + hash.substring(0, 12) + ".onnx"), "damaged");
        PresetLibrary library = library();
        assertThatThrownBy(() -> library.load(library.named("my-jazz")))
                .isInstanceOf(PresetException.class)
                .hasMessageStartingWith("instant.sha256 must be the hash of my-jazz-");

        library().install(Texts.write(source, "without.toml", Texts.MINIMAL), true);
        assertThat(names(user)).containsExactlyInAnyOrder(model, "my-jazz.toml");
    }

    @Test
    void shouldReplaceOnlyWhenForced() throws IOException {
        Path file = Texts.write(source, "downloaded.toml", Texts.MINIMAL);
        library().install(file, false);
        assertThatThrownBy(() -> library().install(file, false))
                .isInstanceOf(PresetException.class)
                .hasMessage("a preset named my-jazz is already installed: " + user.resolve("my-jazz.toml")
                        + "; --force replaces it");

        Files.writeString(source.resolve("my-jazz.onnx"), "a better model");
        String hash = ModelFile.of(source.resolve("my-jazz.onnx")).sha256();
        Files.writeString(file, Texts.MINIMAL.replace(Texts.SHA256, hash).replace("program = 9", "program = 10"));
        assertThat(library().install(file, true).model().path()).hasContent("a better model");
        assertThat(names(user)).containsExactly("my-jazz-" + hash.substring(0, 12) + ".onnx", "my-jazz.toml");
        assertThat(library().named("my-jazz").preset().program()).isEqualTo(10);
    }

    @Test
    void shouldNotInstallWhatIsBrokenOrTaken() throws IOException {
        Path wrong = Texts.write(source, "wrong.toml", Texts.MINIMAL.replace(Texts.SHA256, "0".repeat(64)));
        assertThatThrownBy(() -> library().install(wrong, true)).isInstanceOf(PresetException.class);
        Path bundledName =
                Texts.write(source, "bundled.toml", Texts.MINIMAL.replace("\"my-jazz\"", "\"jazz-to-classic\""));
        assertThatThrownBy(() -> library().install(bundledName, true))
                .hasMessage(
                        "name must not be that of a bundled preset: name=jazz-to-classic; give it a name of its own");
        Path program = Texts.write(source, "program.toml", Texts.MINIMAL.replace("program = 9", "program = 0"));
        assertThatThrownBy(() -> library().install(program, true))
                .hasMessage("program must be one that no other preset has: program=0 is jazz-to-classic; 1 is free");
        assertThat(user).doesNotExist();
    }

    private static List<String> names(Path folder) throws IOException {
        try (var files = Files.list(folder)) {
            return files.map(file -> String.valueOf(file.getFileName()))
                    .sorted()
                    .toList();
        }
    }
}
