package idiom.training.project;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import idiom.presets.BundledPresets;
import idiom.presets.PresetException;
import idiom.presets.PresetLibrary;
import idiom.training.data.DataException;
import idiom.training.gan.Checkpoint;
import idiom.training.net.Device;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GenreProjectTest {
    private static final List<String> TINY = List.of(
            "generator.width=2",
            "generator.blocks=1",
            "batch=2",
            "discriminators.width=2",
            "discriminators.genre-judges=1",
            "discriminators.genre-life=0",
            "schedule.steps=3",
            "schedule.warmup=1",
            "precision=fp32");
    private static final List<Integer> NEVER = List.of();
    private static final int JUDGE_STEPS = 2;

    @TempDir
    private Path temporary;

    private final List<String> console = new ArrayList<>();
    private Path high;
    private Path low;

    @BeforeAll
    static void useOneThread() {
        Device.useThreads(1);
    }

    @BeforeEach
    void writeSongs() throws IOException {
        high = Songs.write(temporary.resolve("High Notes"), 8, 8, 72);
        low = Songs.write(temporary.resolve("low"), 8, 8, 36);
        Songs.writeWaltz(low.resolve("waltz.mid"));
    }

    @Test
    void shouldLeadFromMidiFilesToInstalledPresets() throws IOException {
        ProjectFolder folder = folder("p");

        assertThat(run(folder, request(), NEVER)).isTrue();

        PresetLibrary library = library(folder);
        assertThat(library.problems()).isEmpty();
        assertThat(library.load(library.named("deep")).source()).isEqualTo("high-notes");
        assertThat(library.load(library.named("deep-back")).target()).isEqualTo("high-notes");
        assertThat(library.named("deep").preset().provenance().facts())
                .containsKeys("transfer-strength", "calibrated-on", "data-sha256", "recipe", "pytorch");
        // 0 to 5 are the bundled presets'.
        assertThat(library.named("deep").preset().program()).isEqualTo(6);
        assertThat(library.named("deep-back").preset().program()).isEqualTo(7);
        assertThat(folder.run().plot()).isNotEmptyFile();
        assertThat(folder.evaluation("txt")).content().contains("| high-notes to low | ");
        assertThat(console)
                .anyMatch(line -> line.startsWith("low: files=9 songs=8 skipped=1 (1 x not in 4/4 throughout)"))
                .anyMatch(line -> line.startsWith("note: only 14 phrases of each genre to learn from"))
                .anyMatch(line ->
                        line.matches("deep: threshold 0\\.\\d+, was 0\\.5; density-limit \\d+\\.\\d+, was 16\\.0"))
                .contains("installed deep, program 6", "installed deep-back, program 7")
                .anyMatch(line -> line.matches("  \\./idiom transfer '.*/High Notes/song \\d\\.mid' --preset deep -o"
                        + " deep\\.mid --wav deep\\.wav"));
        assertThat(folder.log()).content().contains("installed deep, program 6\n");
        refuseAndRepeat(folder);
    }

    private void refuseAndRepeat(ProjectFolder folder) throws IOException {
        Map<String, String> before = contents(folder);
        console.clear();
        assertThat(run(folder, request(null, null, List.of()), NEVER)).isTrue();
        assertThat(contents(folder)).isEqualTo(before);
        assertThat(console).contains("deep is installed, program 6").noneMatch(line -> line.startsWith("computing"));

        assertThatExceptionOfType(IOException.class)
                .isThrownBy(() -> run(folder, request(high, low, List.of("losses.genre=6")), NEVER))
                .withMessage(
                        folder.path() + ": the project was begun with other settings (recipe.losses.genre was 4.0 and"
                                + " is now 6.0); leave them out to go on with it, choose another --name, or --force does again"
                                + " what they touch");
        try (Closeable lock = folder.lock()) {
            assertThat(lock).isNotNull();
            assertThatExceptionOfType(IOException.class)
                    .isThrownBy(() -> run(folder, request(), NEVER))
                    .withMessage(folder.path() + ": another process is at work on this project; stop it first");
        }
    }

    /** What a person does who stops it again and again, and what a machine does that is switched off. */
    @Test
    void shouldGoOnToTheFilesOfAnUnbrokenProject() throws IOException {
        ProjectFolder unbroken = folder("unbroken");
        assertThat(run(unbroken, request(), NEVER)).isTrue();

        ProjectFolder broken = folder("broken");
        killed(broken, line -> line.contains("== preparation"));
        killed(broken, line -> line.contains("== judge"));
        assertThat(run(broken, request(), List.of(1))).as("in the judge").isFalse();
        assertThat(console).last().isEqualTo("stopped at step 1 of 2 of the classifier");
        assertThat(run(broken, request(), List.of(9, 1)))
                .as("in the validating judge")
                .isFalse();
        assertThat(console).last().isEqualTo("stopped at step 0 of 4 of the training");
        assertThat(run(broken, request(), List.of(3))).as("in the training").isFalse();
        assertThat(Checkpoint.read(broken.run().checkpoint()).number("step")).isEqualTo(2);
        assertThat(console).last().isEqualTo("stopped at step 2 of 4 of the training");
        killed(broken, line -> line.contains("wrote") && line.contains("deep.toml"));
        killed(broken, line -> line.contains("== calibration"));
        killed(broken, line -> line.contains("== evaluation"));
        killed(broken, line -> line.contains("installed deep,"));
        assertThat(run(broken, request(), NEVER)).isTrue();

        assertThat(contents(broken)).isEqualTo(contents(unbroken)).containsKeys("run/best.ck", "presets/deep.onnx");
        assertThat(library(broken).named("deep-back").preset().model().sha256())
                .isEqualTo(library(unbroken).named("deep-back").preset().model().sha256());
    }

    private void killed(ProjectFolder folder, Predicate<String> at) {
        assertThatExceptionOfType(UncheckedIOException.class)
                .isThrownBy(() -> run(folder, request(), NEVER, line -> {
                    if (at.test(line)) {
                        throw new UncheckedIOException(new IOException("killed"));
                    }
                }));
    }

    @Test
    void shouldLookAtEverythingBeforeItWrites() throws IOException {
        refuses(
                temporary.resolve("no"),
                low,
                temporary.resolve("no") + ": no such folder; --a must be a folder of MIDI files");
        refuses(
                high,
                high.resolve("../High Notes"),
                "--a and --b are the same folder: " + high.toRealPath() + "; each genre needs a folder of its own");
        refuses(
                temporary,
                low,
                "one folder lies in the other, so its files would be in both genres: --a=" + temporary + " --b=" + low
                        + "; move one out");
        Path sameName = Songs.write(temporary.resolve("other/low"), 1, 4, 40);
        refuses(sameName, low, "both genres are called low; tell them apart with --genre-a NAME and --genre-b NAME");
        Path file = Files.writeString(temporary.resolve("file"), "");
        refuses(file, low, file + ": is a file; --a must be a folder of MIDI files");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> run(folder("p"), named("Deep"), NEVER))
                .withMessage(
                        "--name names presets: at most 59 lower-case letters, digits and inner hyphens: --name=Deep");
        assertThatExceptionOfType(PresetException.class)
                .isThrownBy(() -> run(folder("p"), named("jazz-to-pop"), NEVER))
                .withMessageContaining("name must not be that of a bundled preset: name=jazz-to-pop");
        assertThatExceptionOfType(IOException.class)
                .isThrownBy(() -> run(new ProjectFolder(low), request(), NEVER))
                .withMessage(low + ": holds something that is no project; name another folder with -o FOLDER");
        assertThat(folder("p").path()).doesNotExist();
    }

    private void refuses(Path a, Path b, String message) {
        assertThatExceptionOfType(IOException.class)
                .isThrownBy(() -> run(folder("p"), request(a, b, List.of()), NEVER))
                .withMessage(message);
    }

    /** A folder that turns out to be wrong must not bind the project to it. */
    @Test
    void shouldTakeOtherFoldersAfterAPreparationThatFailed() throws IOException {
        Path waltzes = temporary.resolve("waltzes");
        Songs.writeWaltz(waltzes.resolve("1.mid"));
        ProjectFolder folder = folder("p");
        assertThatExceptionOfType(DataException.class)
                .isThrownBy(() -> run(folder, request(high, waltzes, List.of()), NEVER))
                .withMessageContaining("waltzes: ")
                .withMessageContaining("skipped=1 (1 x not in 4/4 throughout)");
        Path two = Songs.write(temporary.resolve("two"), 2, 8, 36);
        assertThatExceptionOfType(DataException.class)
                .isThrownBy(() -> run(folder("q"), request(high, two, List.of()), NEVER))
                .withMessageContaining("too few songs or phrases to hold a validation part out")
                .withMessageEndingWith("; add songs and run it again with --force");

        assertThat(run(folder, request(high, low, List.of()), List.of(0))).isFalse();
        assertThat(console).anyMatch(line -> line.startsWith("low: files=9 songs=8"));
    }

    @Test
    void shouldDoAgainOnlyWhatOtherSettingsTouch() throws IOException {
        ProjectFolder folder = folder("p");
        assertThat(run(folder, request(), List.of(JUDGE_STEPS, JUDGE_STEPS + 1)))
                .isFalse();
        byte[] judge = Files.readAllBytes(folder.judge().file());
        Files.createDirectories(folder.presets());
        console.clear();

        GenreProject project = GenreProject.open(
                folder, request(null, null, List.of("losses.genre=6")), means(folder, List.of(0), line -> {}, true));
        assertThat(project.run()).isFalse();

        assertThat(console).contains("--force: done again from the training (3 of 7) on");
        assertThat(folder.judge().file()).hasBinaryContent(judge);
        assertThat(folder.presets()).doesNotExist();
        assertThat(ProjectSettings.read(folder).orElseThrow().recipe().losses().genre())
                .isEqualTo(6);
    }

    private ProjectFolder folder(String name) {
        return new ProjectFolder(temporary.resolve("projects").resolve(name));
    }

    private ProjectRequest request() {
        return request(high, low, List.of());
    }

    private ProjectRequest request(@Nullable Path a, @Nullable Path b, List<String> more) {
        List<String> changes = new ArrayList<>(TINY);
        changes.addAll(more);
        return new ProjectRequest("deep", a, b, null, null, false, null, JUDGE_STEPS, null, false, null, changes);
    }

    private ProjectRequest named(String name) {
        return new ProjectRequest(name, high, low, null, null, false, null, null, null, false, null, TINY);
    }

    private boolean run(ProjectFolder folder, ProjectRequest request, List<Integer> polls) throws IOException {
        return run(folder, request, polls, line -> {});
    }

    private boolean run(ProjectFolder folder, ProjectRequest request, List<Integer> polls, Consumer<String> listener)
            throws IOException {
        return GenreProject.open(folder, request, means(folder, polls, listener, false))
                .run();
    }

    /** Stops at the n-th question of the first, second ... signal; never where the list ends. */
    private Means means(ProjectFolder folder, List<Integer> polls, Consumer<String> listener, boolean force) {
        List<Integer> left = new ArrayList<>(polls);
        return new Means(
                () -> {
                    console.add("computing");
                    return Device.CPU;
                },
                1,
                List.of(),
                new Installation(installed(folder), temporary.resolve("cache")),
                force,
                line -> {
                    console.add(line);
                    listener.accept(line);
                },
                new PrintStream(new ByteArrayOutputStream(), true, StandardCharsets.UTF_8),
                () -> new CountedStop(left.isEmpty() ? Integer.MAX_VALUE : left.remove(0)));
    }

    private static final class CountedStop implements Means.Stop {
        private int left;

        CountedStop(int left) {
            this.left = left;
        }

        @Override
        public boolean getAsBoolean() {
            return left-- <= 0;
        }

        @Override
        public void close() {
            // Nothing is held.
        }
    }

    private Path installed(ProjectFolder folder) {
        return temporary
                .resolve("installed")
                .resolve(String.valueOf(folder.path().getFileName()));
    }

    private PresetLibrary library(ProjectFolder folder) {
        return new PresetLibrary(BundledPresets.shipped(temporary.resolve("cache")), installed(folder));
    }

    /** All that a project made, but for what was said, the picture, and locks. */
    private static Map<String, String> contents(ProjectFolder folder) throws IOException {
        Map<String, String> contents = new TreeMap<>();
        try (Stream<Path> files = Files.walk(folder.path())) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                String name = folder.path().relativize(file).toString();
                if (!name.matches(".*\\.(lock|png)|log\\.txt")) {
                    contents.put(name, new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1));
                }
            }
        }
        return contents;
    }
}
