package idiom.bridge.qemu;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/**
 * What a program saw in a Linux guest with an ALSA sequencer, which bridge/src/test/qemu/guest makes and boots: facts, one to a
 * line, {@code name=value}, and files of its own.
 */
public final class Guest {
    private static final List<String> TOOLS = List.of("qemu-system-x86_64", "aconnect", "aplaymidi", "aseqdump");

    /** As other modules see it, too. */
    private static final String SCRIPT = "../bridge/src/test/qemu/guest";

    private static final int PATIENCE_MINUTES = 20;

    private final Path folder;
    private final List<String> facts;

    private Guest(Path folder, List<String> facts) {
        this.folder = folder;
        this.facts = facts;
    }

    /**
     * Runs the main method of a class in a guest, with one argument: the folder for its facts, in which it finds music.mid.
     * Skips the test where there is no such guest. The folder stays after the test, to be looked at.
     */
    public static Guest run(Class<?> program, List<String> music) throws IOException, InterruptedException {
        return run("", program, MusicFile.of(music));
    }

    /**
     * The same with a whole file, with more arguments, and at a pace at which nothing is late because this machine is busy: the
     * guest's clock counts what it has done.
     */
    public static Guest runSteadily(Class<?> program, byte[] music, String... arguments)
            throws IOException, InterruptedException {
        return run("steady", program, music, arguments);
    }

    private static Guest run(String pace, Class<?> program, byte[] music, String... arguments)
            throws IOException, InterruptedException {
        assumeTrue(
                System.getProperty("os.arch").equals("amd64"), "needs device: an x86-64 machine, as the guest is one");
        assumeTrue(
                TOOLS.stream().allMatch(Guest::isInstalled)
                        && script("ready").start().waitFor() == 0,
                "needs qemu: apt install qemu-system-x86 busybox-static alsa-utils, then bridge/src/test/qemu/guest build");
        Path folder = Path.of("target", program.getSimpleName()).toAbsolutePath();
        Files.createDirectories(folder);
        Files.deleteIfExists(folder.resolve("facts"));
        Files.write(folder.resolve("music.mid"), music);
        Files.writeString(folder.resolve("command"), command(program, arguments));
        boot(folder, pace);
        String console = Files.readString(folder.resolve("console"));
        assertThat(folder.resolve("facts")).as(console).exists();
        List<String> facts = Files.readAllLines(folder.resolve("facts"));
        assertThat(facts).as(console).contains("finished=yes");
        return new Guest(folder, facts);
    }

    private static void boot(Path folder, String pace) throws IOException, InterruptedException {
        Process process = script("run", folder.toString(), pace)
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("console").toFile())
                .start();
        try {
            assertThat(process.waitFor(PATIENCE_MINUTES, TimeUnit.MINUTES))
                    .as("the guest must switch itself off")
                    .isTrue();
        } finally {
            process.destroyForcibly().waitFor();
        }
    }

    private static boolean isInstalled(String tool) {
        return List.of("/usr/bin", "/usr/local/bin", "/bin").stream()
                .anyMatch(where -> Files.isExecutable(Path.of(where, tool)));
    }

    private static ProcessBuilder script(String... arguments) {
        List<String> command = new ArrayList<>(List.of("bash", SCRIPT));
        command.addAll(List.of(arguments));
        return new ProcessBuilder(command);
    }

    private static String command(Class<?> program, String... arguments) {
        String java = Path.of(System.getProperty("java.home"), "bin/java").toString();
        String classes = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
        return "exec '" + java + "' -Xmx256m -XX:+UseSerialGC -XX:TieredStopAtLevel=1 -cp '" + classes + "' "
                + program.getName() + " /idiom" + quoted(arguments) + "\n";
    }

    private static String quoted(String... arguments) {
        return Arrays.stream(arguments).map(argument -> " '" + argument + "'").collect(Collectors.joining());
    }

    /** All of them, in the order in which they were found. */
    public List<String> facts() {
        return facts;
    }

    /** The first fact of a name; "unknown" without one. */
    public String fact(String name) {
        return facts.stream()
                .filter(fact -> fact.startsWith(name + "="))
                .map(fact -> fact.substring(name.length() + 1))
                .findFirst()
                .orElse("unknown");
    }

    /** A file that the program wrote. */
    public String text(String file) throws IOException {
        return Files.readString(folder.resolve(file));
    }

    /** The lines of a file that the program wrote. */
    public List<String> lines(String file) throws IOException {
        return Files.readAllLines(folder.resolve(file));
    }
}
