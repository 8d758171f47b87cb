package idiom.training.project;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProjectSettingsTest {
    @TempDir
    private Path temporary;

    private ProjectFolder folder;
    private ProjectSettings settings;

    @BeforeEach
    void askForOne() throws IOException {
        folder = new ProjectFolder(temporary.resolve("p"));
        settings = request(temporary.resolve("Smooth \"Jazz\""), false, null, null, List.of("losses.genre=6"))
                .settings(null);
    }

    private ProjectRequest request(
            @Nullable Path a, boolean quick, @Nullable Integer steps, @Nullable Long seed, List<String> changes) {
        return new ProjectRequest(
                "bossa", a, temporary.resolve("bossa"), null, null, quick, steps, null, seed, false, null, changes);
    }

    @Test
    void shouldComeBackFromItsFile() throws IOException {
        ProjectFolder.write(folder.settings(), settings.toToml());

        ProjectSettings read = ProjectSettings.read(folder).orElseThrow();

        assertThat(read).isEqualTo(settings);
        assertThat(read.music().genreA()).isEqualTo("smooth-jazz");
        assertThat(read.recipe().losses().genre()).isEqualTo(6);
        assertThat(folder.settings()).content().contains("[versions]\n", "schedule.steps = 1500\n");
    }

    @Test
    void shouldSayInOneLineWhatIsNoProject() throws IOException {
        assertThat(ProjectSettings.read(folder)).isEmpty();
        ProjectFolder.write(folder.settings(), settings.toToml().replace("seed = \"1\"\n", ""));
        refuses("seed is missing");
        ProjectFolder.write(folder.settings(), "format = 2\n");
        refuses("format must be 1: format=2");
        Files.writeString(folder.settings(), settings.toToml().replace("judge-steps = \"800\"", "judge-steps = \"x\""));
        refuses("For input string: \"x\"");
    }

    private void refuses(String what) {
        assertThatExceptionOfType(IOException.class)
                .isThrownBy(() -> ProjectSettings.read(folder))
                .withMessage(folder.settings() + ": not what idiom-train new writes: " + what);
    }

    @Test
    void shouldTakeWhatIsLeftOutFromBefore() throws IOException {
        ProjectSettings again = new ProjectRequest(
                        "bossa", null, null, null, null, false, null, null, null, false, null, List.of())
                .settings(settings);

        assertThat(again).isEqualTo(settings);
        assertThat(settings.differences(again)).isEmpty();
    }

    @Test
    void shouldTellWhatDiffersAndWhichStageItTouches() throws IOException {
        assertThat(settings.differences(
                        request(null, false, 300, null, List.of()).settings(settings)))
                .extracting(ProjectSettings.Difference::toString)
                .containsExactly(
                        "recipe.schedule.steps was 1500 and is now 300",
                        "recipe.schedule.warmup was 200 and is now 60");
        assertThat(settings.differences(
                        request(null, false, 300, null, List.of()).settings(settings)))
                .allMatch(difference -> difference.first() == Stage.TRAINING);
        assertThat(settings.differences(
                        request(null, true, null, null, List.of()).settings(settings)))
                .anyMatch(difference -> difference.first() == Stage.JUDGE);
        assertThat(settings.differences(
                        request(null, false, null, 2L, List.of()).settings(settings)))
                .extracting(ProjectSettings.Difference::toString)
                .containsExactly("seed was 1 and is now 2", "recipe.seed was 1 and is now 2");
    }

    @Test
    void shouldCallGenresAfterFolders() {
        assertThat(Music.genreOf(Path.of("/x/Bossa Nova (60s)"))).isEqualTo("bossa-nova-60s");
        assertThat(Music.genreOf(Path.of("/x/jazz/."))).isEqualTo("jazz");
        assertThat(Music.genreOf(Path.of("/x/" + "a".repeat(29) + " b"))).isEqualTo("a".repeat(29));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Music(temporary, Music.genreOf(Path.of("/x/\u30dc\u30b5")), temporary, "b"))
                .withMessage("a genre's name is at most 30 lower-case letters, digits and inner hyphens; give one with"
                        + " --genre-a NAME: --genre-a=");
    }

    @Test
    void shouldSayWhatANewProjectLacks() {
        assertThatExceptionOfType(IOException.class)
                .isThrownBy(() -> request(null, false, null, null, List.of()).settings(null))
                .withMessage(
                        "a new project needs two folders of MIDI files, --a FOLDER and --b FOLDER: --a is missing");
        Path nowhere = temporary.resolve("no.toml");
        ProjectRequest other = new ProjectRequest(
                "bossa",
                temporary,
                temporary.resolve("b"),
                "a",
                null,
                false,
                null,
                null,
                null,
                false,
                nowhere,
                List.of());
        assertThatExceptionOfType(IOException.class)
                .isThrownBy(() -> other.settings(null))
                .withMessageStartingWith(nowhere + ": no such file; --recipe must be a recipe");
    }
}
