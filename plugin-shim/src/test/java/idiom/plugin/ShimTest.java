package idiom.plugin;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Builds the plugin as it is and with sanitizers, and runs what tests it in C; then what other people's tools say of it. */
@Timeout(900)
class ShimTest {
    private static final Path BASE = Path.of("").toAbsolutePath();
    private static final long MOST_MINUTES = 12;

    @TempDir
    private Path folder;

    /** How a program ended and what it said. */
    private record Run(int exit, String said) {}

    @BeforeAll
    static void needsTools() {
        needs("make", "make");
        needs("cc", "gcc libc6-dev");
        Assumptions.assumeTrue(
                Files.exists(Path.of("/usr/include/stdio.h")), "needs the headers of C: apt install libc6-dev");
        Assumptions.assumeTrue(
                Files.exists(Path.of("/usr/include/lv2/core/lv2.h")), "needs the headers of LV2: apt install lv2-dev");
    }

    private static void needs(String tool, String packages) {
        boolean isThere = Arrays.stream(System.getenv("PATH").split(":"))
                .anyMatch(place -> Files.isExecutable(Path.of(place, tool)));
        Assumptions.assumeTrue(isThere, "needs " + tool + ": apt install " + packages);
    }

    private Run run(Map<String, String> environment, String... command) throws IOException, InterruptedException {
        Path log = Files.createTempFile(folder, "log", null);
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile());
        builder.environment().putAll(environment);
        // Nothing of this user's is read or started.
        builder.environment()
                .put(
                        "IDIOM_CONFIG_DIR",
                        Files.createDirectories(folder.resolve("config")).toString());
        Process process = builder.start();
        process.getOutputStream().close();
        if (!process.waitFor(MOST_MINUTES, TimeUnit.MINUTES)) {
            process.destroyForcibly().waitFor();
        }
        return new Run(process.exitValue(), Files.readString(log, StandardCharsets.UTF_8));
    }

    private Path make(String name, String... more) throws IOException, InterruptedException {
        Path built = BASE.resolve("target").resolve(name);
        List<String> command = new ArrayList<>(List.of("make", "-s", "-C", BASE.toString(), "BUILD=" + built));
        command.addAll(List.of(more));
        Run made = run(Map.of(), command.toArray(String[]::new));
        assertThat(made.exit()).as(made.said()).isZero();
        return built;
    }

    @Test
    void shouldPassItsTests() throws Exception {
        make("native", "check");
    }

    @ParameterizedTest
    @CsvSource({"asan, 'address,undefined'", "tsan, thread"})
    void shouldPassItsTestsWithSanitizers(String name, String sanitizers) throws Exception {
        make(name, "SANITIZE=" + sanitizers, "check");
    }

    @Test
    void shouldDescribeItselfInValidTurtle() throws Exception {
        needs("lv2_validate", "lv2-dev");
        needs("sord_validate", "sordi");
        Path bundle = make("native", "all").resolve("Idiom.lv2");

        Run validated = run(
                Map.of(),
                "lv2_validate",
                bundle.resolve("manifest.ttl").toString(),
                bundle.resolve("idiom.ttl").toString(),
                bundle.resolve("presets.ttl").toString());

        assertThat(validated.exit()).as(validated.said()).isZero();
        assertThat(validated.said()).contains("Found 0 errors");
    }

    /** What has hosts of LV2 look into a folder with the plugin and nothing else in it. */
    private Map<String, String> bundleAlone() throws IOException, InterruptedException {
        Path bundle = make("native", "all").resolve("Idiom.lv2");
        Path path = Files.createDirectory(folder.resolve("lv2"));
        Path copy = Files.createDirectory(path.resolve("Idiom.lv2"));
        for (String file : List.of("Idiom.so", "manifest.ttl", "idiom.ttl", "presets.ttl")) {
            Files.copy(bundle.resolve(file), copy.resolve(file));
        }
        return Map.of("LV2_PATH", path.toString());
    }

    @Test
    void shouldBeFoundAndRunByAHostOfLv2() throws Exception {
        needs("lv2bench", "lilv-utils");
        needs("lv2ls", "lilv-utils");
        Map<String, String> lv2 = bundleAlone();

        assertThat(run(lv2, "lv2ls").said()).isEqualTo("urn:idiom:transfer\n");
        Run bench = run(lv2, "lv2bench", "urn:idiom:transfer");
        assertThat(bench.exit()).as(bench.said()).isZero();
        assertThat(bench.said()).contains("urn:idiom:transfer");
    }

    /** Ardour gives an output the room that the longest name among them takes, and what it says is bold. */
    @Test
    void shouldSayWhoItIsAndHowItStandsInFewLetters() throws Exception {
        needs("lv2info", "lilv-utils");

        String said = run(bundleAlone(), "lv2info", "urn:idiom:transfer").said();

        assertThat(said).containsPattern("Author: +Idiom\n").containsPattern("Name: +Preset now playing\n");
        String status = said.substring(said.indexOf("Port 15:"), said.indexOf("Port 16:"));
        assertThat(Pattern.compile("[0-9.]+ = \"(.+)\"")
                        .matcher(status)
                        .results()
                        .map(label -> label.group(1)))
                .hasSize(6)
                .contains("Playing")
                .allSatisfy(label -> assertThat(label).hasSizeLessThan("Preset now playing".length() - 3));
    }

    @Test
    void shouldBeFoundByTheScannerOfQtractor() throws Exception {
        Path scanner = Path.of("/usr/lib/x86_64-linux-gnu/qtractor/qtractor_plugin_scan");
        Assumptions.assumeTrue(Files.isExecutable(scanner), "needs qtractor: apt install qtractor");
        Path plugin = make("native", "all").resolve("Idiom.clap");

        Run scanned = run(Map.of("QT_QPA_PLATFORM", "offscreen"), "sh", "-c", "echo CLAP:" + plugin + " | " + scanner);

        // Name, audio and MIDI in and out, parameters in and out.
        assertThat(scanned.said()).contains("CLAP|Idiom|0:0|1:1|11:1|");
    }
}
