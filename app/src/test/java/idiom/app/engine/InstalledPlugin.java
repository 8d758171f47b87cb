package idiom.app.engine;

import idiom.app.transfer.Networks;
import idiom.bridge.jack.JackServer;
import idiom.presets.PresetLibrary;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/** The plugin, built and installed in a folder of its own, where only hosts of this test find it and their engine. */
final class InstalledPlugin {
    // From docs/plugin-protocol.md.
    private static final int HEADER_BYTES = 4096;
    private static final int AT_ACCEPTED_EPOCH = 144;
    private static final int AT_EPOCH = 272;
    private static final int AT_STATE = 312;
    private static final int AT_REMEMBERED = 512;
    private static final int READY = 1;

    /** Ends a host whose audio thread waits in the plugin; see its source in {@code plugin-shim/test}. */
    static final String WATCH = "librt_guard.so";

    private final Path root;
    private final Path runtime;
    private final PresetLibrary library;

    private InstalledPlugin(Path root, Path runtime) throws IOException {
        this.root = root;
        this.runtime = Files.createDirectory(
                runtime, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        this.library = EngineThread.presets(root);
    }

    /** Builds and installs it; skips the test where it can't be built. Nothing starts an engine by itself. */
    static InstalledPlugin in(Path root) throws IOException, InterruptedException {
        PluginBuild.assumePossible();
        InstalledPlugin plugin = new InstalledPlugin(root, root.resolve("runtime"));
        PluginConfiguration configuration = new PluginConfiguration(root.resolve("configuration"));
        PluginInstallation installation =
                new PluginInstallation(root.resolve("lv2"), root.resolve("clap"), root.resolve("built"), configuration);
        installation.install(Path.of("/bin/false"), plugin.library);
        Files.delete(configuration.engineFile());
        Assumptions.assumeTrue(Files.exists(installation.lv2Bundle()), "needs LV2's headers: apt install lv2-dev");
        return plugin;
    }

    /** One that {@link #in} has installed before, perhaps by another user: plugins and engine meet in a folder that is made. */
    static InstalledPlugin found(Path root, Path runtime) throws IOException {
        return new InstalledPlugin(root, runtime);
    }

    /** Where plugins and engine meet. */
    Path runtime() {
        return runtime;
    }

    /** The CLAP plugin. */
    Path clap() {
        return root.resolve("clap/Idiom.clap");
    }

    /** The bundled presets. */
    PresetLibrary library() {
        return library;
    }

    /** Starts an engine in this process. */
    EngineThread serve() throws IOException {
        return serve(Networks.onnx());
    }

    /** The same with other networks. */
    EngineThread serve(Networks networks) throws IOException {
        return new EngineThread(runtime, library, networks);
    }

    /** Starts one in a process of its own, as users have it: what it does is not in the way of this one's JACK clients. */
    AutoCloseable serveApart() throws IOException {
        ProcessBuilder builder = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin/java").toString(),
                        "-Xmx192m",
                        "-XX:+UseSerialGC",
                        "-cp",
                        System.getProperty("java.class.path"),
                        "idiom.app.Idiom",
                        "engine",
                        "--linger",
                        "0")
                .redirectErrorStream(true)
                .redirectOutput(root.resolve("engine.log").toFile());
        builder.environment().putAll(environment());
        Process engine = builder.start();
        return () -> {
            engine.destroy();
            engine.waitFor();
        };
    }

    /** Waits until so many instances have accepted an engine that is ready. */
    void awaitPlaying(int instances) {
        JackServer.await(instances + " instances play", () -> count(InstalledPlugin::isPlaying) == instances);
    }

    /** Waits until an instance plays the first windows of the song from memory, the number of which is below 64. */
    void awaitRemembered(int windows) {
        JackServer.await(
                windows + " windows are learnt",
                () -> count(header -> Long.numberOfTrailingZeros(~header.getLong(AT_REMEMBERED)) >= windows) > 0);
    }

    /** Of how many instances the header of the shared file is so. */
    private long count(Predicate<ByteBuffer> condition) {
        try (Stream<Path> files = Files.list(runtime)) {
            return files.filter(file -> file.toString().endsWith(".shm"))
                    .flatMap(file -> header(file).stream())
                    .filter(condition)
                    .count();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static Optional<ByteBuffer> header(Path shared) {
        try (FileChannel channel = FileChannel.open(shared)) {
            ByteBuffer header = ByteBuffer.allocate(HEADER_BYTES).order(ByteOrder.LITTLE_ENDIAN);
            return channel.read(header) == HEADER_BYTES ? Optional.of(header) : Optional.empty();
        } catch (IOException e) {
            return Optional.empty(); // It has gone.
        }
    }

    private static boolean isPlaying(ByteBuffer header) {
        return header.getLong(AT_EPOCH) != 0
                && header.getLong(AT_EPOCH) == header.getLong(AT_ACCEPTED_EPOCH)
                && header.getInt(AT_STATE) == READY;
    }

    /** What a host is to be told that shall end where the plugin's audio thread calls what may wait. Builds such a plugin. */
    Map<String, String> watchedEnvironment() throws IOException, InterruptedException {
        Path built = PluginBuild.makeFromRepository(
                root.resolve("watched"), "test/" + WATCH, "test/guarded/Idiom.lv2/Idiom.so");
        Map<String, String> environment = new HashMap<>(environment());
        environment.put("LV2_PATH", built.resolve("test/guarded").toString());
        environment.put("LD_PRELOAD", built.resolve("test/" + WATCH).toString());
        return environment;
    }

    /** What hosts are to be told. */
    Map<String, String> environment() {
        return Map.of(
                "LV2_PATH", root.resolve("lv2").toString(),
                "CLAP_PATH", root.resolve("clap").toString(),
                "IDIOM_RUNTIME_DIR", runtime.toString(),
                "IDIOM_CONFIG_DIR", root.resolve("configuration").toString(),
                "JACK_DEFAULT_SERVER", JackServer.name(),
                "JACK_NO_START_SERVER", "1");
    }
}
