package idiom.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class PluginCommandTest {
    @TempDir
    private Path root;

    private Stage stage;
    private Path lv2;
    private Path clap;

    @BeforeEach
    void makeStage() {
        stage = new Stage(root);
        lv2 = root.resolve("lv2");
        clap = root.resolve("clap");
    }

    private Stage.Run run(String command, String... more) {
        List<String> arguments =
                new ArrayList<>(List.of("plugin", command, "--lv2", lv2.toString(), "--clap", clap.toString()));
        arguments.addAll(List.of(more));
        return stage.run(arguments.toArray(String[]::new));
    }

    private static void needsTools() {
        List<Path> path =
                List.of(System.getenv("PATH").split(":")).stream().map(Path::of).toList();
        for (String tool : List.of("make", "cc")) {
            Assumptions.assumeTrue(
                    path.stream().anyMatch(folder -> Files.isExecutable(folder.resolve(tool))),
                    "needs make and a C compiler: apt install make gcc libc6-dev");
        }
        Assumptions.assumeTrue(
                Files.exists(Path.of("/usr/include/lv2/core/lv2.h")), "needs the headers of LV2: apt install lv2-dev");
    }

    private Path launcher() throws IOException {
        Path launcher = Files.writeString(root.resolve("launcher"), "#!/bin/sh\nexit 1\n");
        assertThat(launcher.toFile().setExecutable(true)).isTrue();
        return launcher;
    }

    @Test
    void shouldInstallAndTakeAwayAgain() throws Exception {
        needsTools();
        Path launcher = launcher();

        Stage.Run installed = run("install", "--launcher", launcher.toString());

        assertThat(installed.err()).isEmpty();
        assertThat(installed.exit()).isZero();
        assertThat(lv2.resolve("Idiom.lv2/Idiom.so")).isRegularFile();
        assertThat(Files.readString(lv2.resolve("Idiom.lv2/manifest.ttl"))).contains("urn:idiom:transfer");
        assertThat(Files.readString(lv2.resolve("Idiom.lv2/idiom.ttl"))).contains("Pop to Jazz");
        assertThat(clap.resolve("Idiom.clap")).isRegularFile();
        assertThat(Files.readString(root.resolve("plugin/engine.conf"))).endsWith("launcher=" + launcher + "\n");
        assertThat(Files.readAllLines(root.resolve("plugin/presets.tsv")))
                .hasSize(6)
                .allMatch(line -> line.matches("[0-5]\t[a-z-]+\t[0-9a-f]{64}\t[A-Z][a-z]+ to [A-Z][a-z]+"));

        Stage.Run again = run("install", "--launcher", launcher.toString());

        assertThat(again.exit()).as(again.err()).isZero();

        Stage.Run removed = run("uninstall");

        assertThat(removed.exit()).isZero();
        assertThat(lv2.resolve("Idiom.lv2")).doesNotExist();
        assertThat(clap.resolve("Idiom.clap")).doesNotExist();
        assertThat(root.resolve("plugin/engine.conf")).doesNotExist();
        assertThat(run("uninstall").out()).contains("the plugin is not installed");
    }

    @Test
    void shouldSayWhatIsMissing() {
        Stage.Run run = run("doctor");

        assertThat(run.exit()).isEqualTo(1);
        assertThat(run.err()).isEmpty();
        assertThat(run.out())
                .contains("BROKEN  plugin")
                .contains("BROKEN  presets")
                .contains("BROKEN  engine")
                .contains("idiom plugin install")
                .doesNotContain("Exception");
    }

    @Test
    void shouldSayWhoStartsTheEngine() {
        Stage.Run run = run("install", "--launcher", root.resolve("nobody").toString());

        assertThat(run.exit()).isEqualTo(1);
        assertThat(run.err()).contains("--launcher must be a program: " + root.resolve("nobody"));
        assertThat(lv2).doesNotExist();
    }

    @Test
    void shouldRefuseAnEngineThatLingersForLessThanNothing() {
        Stage.Run run = stage.run("engine", "--linger", "-1");

        assertThat(run.exit()).isEqualTo(2);
        assertThat(run.err()).contains("--linger must be 0 or more seconds: --linger=-1");
    }
}
