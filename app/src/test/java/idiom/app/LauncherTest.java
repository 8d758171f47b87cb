package idiom.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The launcher scripts, in a project folder whose Java and Maven only say how they were called. */
@DisabledOnOs(OS.WINDOWS)
class LauncherTest {
    private record Run(int exit, String out, String err) {}

    @TempDir
    private Path root;

    private Path project;
    private Path tools;

    @BeforeEach
    void setUp() throws IOException {
        project = Files.createDirectory(root.resolve("a project"));
        tools = Files.createDirectory(root.resolve("tools"));
        // Surefire runs in the module's folder.
        for (String name : new String[] {"idiom", "idiom-train", ".launcher.sh"}) {
            Files.copy(
                    Path.of("..", name),
                    project.resolve(name),
                    StandardCopyOption.COPY_ATTRIBUTES,
                    StandardCopyOption.REPLACE_EXISTING);
        }
        for (String source : new String[] {"app", "engine", "presets", "training"}) {
            Files.createDirectories(project.resolve(source).resolve("src/main"));
            Files.createFile(project.resolve(source).resolve("pom.xml"));
        }
        Files.createFile(project.resolve("pom.xml"));
        jdk("99");
    }

    /** A JDK newer than any other on this machine, so that it is the one chosen to run. */
    private void jdk(String version) throws IOException {
        Path bin = Files.createDirectories(root.resolve("jdk/bin"));
        script(bin.resolve("java"), "echo ran; for a in \"$@\"; do echo \"$a\"; done");
        script(bin.resolve("javac"), "exit 1");
        Files.writeString(root.resolve("jdk/release"), "JAVA_VERSION=\"" + version + ".0.1\"\n");
    }

    private static void script(Path file, String body) throws IOException {
        Files.writeString(file, "#!/bin/sh\n" + body + "\n");
        assertThat(file.toFile().setExecutable(true)).isTrue();
    }

    private void built(Instant when) throws IOException {
        Path target = Files.createDirectories(project.resolve("app/target"));
        Files.writeString(target.resolve("idiom.jar"), "");
        Path stamp = Files.writeString(target.resolve(".built"), "");
        Files.setLastModifiedTime(stamp, FileTime.from(when));
    }

    private Run run(Path program, Map<String, String> environment, String... arguments)
            throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder();
        builder.command().add(program.toString());
        builder.command().addAll(List.of(arguments));
        builder.directory(root.toFile());
        builder.environment().put("JAVA_HOME", root.resolve("jdk").toString());
        builder.environment().putAll(environment);
        Path out = root.resolve("stdout");
        Path err = root.resolve("stderr");
        builder.redirectOutput(out.toFile()).redirectError(err.toFile());
        Process process = builder.start();
        assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        return new Run(
                process.exitValue(),
                Files.readString(out, StandardCharsets.UTF_8),
                Files.readString(err, StandardCharsets.UTF_8));
    }

    @Test
    void shouldRunWhatIsBuiltFromAnyFolderAndThroughALink() throws Exception {
        built(Instant.now().plusSeconds(60));
        Path link = Files.createSymbolicLink(tools.resolve("link"), project.resolve("idiom"));
        Path linkToLink = Files.createSymbolicLink(tools.resolve("again"), Path.of("link"));
        for (Path program : new Path[] {project.resolve("idiom"), link, linkToLink}) {
            Run run = run(program, Map.of(), "transfer", "my song.mid");
            assertThat(run.err()).isEmpty();
            assertThat(run.exit()).isZero();
            assertThat(run.out())
                    .startsWith("ran\n")
                    .contains("--enable-native-access=ALL-UNNAMED\n")
                    .endsWith("-jar\n" + project + "/app/target/idiom.jar\ntransfer\nmy song.mid\n");
        }
    }

    @Test
    void shouldPassJavaOptionsOnAndLeaveNewOnesFromOldJava() throws Exception {
        built(Instant.now().plusSeconds(60));
        Path old = Files.createDirectories(root.resolve("old/bin"));
        script(old.resolve("java"), "for a in \"$@\"; do echo \"$a\"; done");
        Files.writeString(root.resolve("old/release"), "JAVA_VERSION=\"17.0.15\"\n");
        Run run = run(
                project.resolve("idiom"),
                Map.of("IDIOM_JAVA", old.resolve("java").toString(), "IDIOM_JAVA_OPTIONS", "-Xmx1g"));
        assertThat(run.out()).contains("-Xmx1g\n").doesNotContain("native-access");
    }

    @Test
    void shouldBuildWhatIsMissingOrStaleAndSayHowToGetMaven() throws Exception {
        script(tools.resolve("mvn"), "echo \"mvn $*\"; mkdir -p app/target; touch app/target/idiom.jar");
        Map<String, String> withMaven = Map.of("PATH", tools + ":" + System.getenv("PATH"));
        Run first = run(project.resolve("idiom"), withMaven, "demo");
        assertThat(first.err()).contains("idiom: building app").contains("-pl app -am package");
        assertThat(first.out()).startsWith("ran\n").endsWith("demo\n");
        assertThat(run(project.resolve("idiom"), withMaven).err()).isEmpty();

        built(Instant.now().minusSeconds(3600));
        assertThat(run(project.resolve("idiom"), withMaven).err()).contains("idiom: building app");

        script(tools.resolve("mvn"), "echo broken; exit 1");
        built(Instant.now().minusSeconds(3600));
        Run failed = run(project.resolve("idiom"), withMaven);
        assertThat(failed.exit()).isEqualTo(1);
        assertThat(failed.out()).isEmpty();
        assertThat(failed.err()).contains("idiom: the build failed");
    }

    /** The second of two waits for the first and builds nothing more; the locks of the dead are no locks. */
    @Test
    void shouldBuildOnceWhenStartedTwice() throws Exception {
        script(tools.resolve("mvn"), "echo \"mvn $*\"; mkdir -p app/target; touch app/target/idiom.jar");
        Map<String, String> withMaven = Map.of("PATH", tools + ":" + System.getenv("PATH"));
        Path lock = Files.createDirectories(project.resolve("target/.lock"));
        Process builder = new ProcessBuilder(
                        "sh",
                        "-c",
                        "mkdir -p app/target; sleep 1; touch app/target/idiom.jar; sleep 0.1; touch app/target/.built;"
                                + " rm -r target/.lock")
                .directory(project.toFile())
                .start();
        Files.writeString(lock.resolve("pid"), Long.toString(builder.pid()));
        Run second = run(project.resolve("idiom"), withMaven);
        assertThat(second.err()).isEqualTo("idiom: another idiom is building; waiting for it ...\n");
        assertThat(second.out()).startsWith("ran\n");

        built(Instant.now().minusSeconds(3600));
        Files.createDirectories(lock);
        Files.writeString(lock.resolve("pid"), Long.toString(builder.pid()));
        assertThat(builder.waitFor(30, TimeUnit.SECONDS)).isTrue();
        assertThat(run(project.resolve("idiom"), withMaven).err()).startsWith("idiom: building app");
        assertThat(lock).doesNotExist();
    }

    @Test
    void shouldSayWhatIsMissing() throws Exception {
        Path bare = Files.createDirectory(root.resolve("bare"));
        for (String tool :
                new String[] {"dirname", "readlink", "sed", "find", "head", "mkdir", "touch", "rm", "cat", "sleep"}) {
            for (String folder : new String[] {"/bin", "/usr/bin"}) {
                Path there = Path.of(folder, tool);
                if (Files.exists(there) && !Files.exists(bare.resolve(tool))) {
                    script(bare.resolve(tool), "exec " + there + " \"$@\"");
                }
            }
        }
        Run noMaven = run(project.resolve("idiom"), Map.of("PATH", bare.toString()));
        assertThat(noMaven.exit()).isEqualTo(1);
        assertThat(noMaven.err())
                .isEqualTo("idiom: Maven is needed to build Idiom and was not found: apt install maven\n");
    }
}
