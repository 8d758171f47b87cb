package idiom.bridge.plugin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import idiom.bridge.BackendException;
import idiom.bridge.DeviceSpec;
import idiom.bridge.Port;
import idiom.bridge.Port.Direction;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class PluginBackendTest {
    @TempDir
    private Path temporary;

    private Path folder;
    private PluginBackend backend;

    @BeforeEach
    void makeBackend() {
        folder = temporary.resolve("idiom");
        backend = new PluginBackend(folder);
    }

    private void makeFolder() throws BackendException {
        RuntimeFolder.of(folder);
    }

    private static Port port(String name, Direction direction) {
        return new Port("plugin", name, direction, Port.Kind.VIRTUAL);
    }

    /** Names and contents of all there is, and when it was last written to. */
    private Map<String, String> everything() throws IOException {
        Map<String, String> all = new TreeMap<>();
        all.put(".", Files.getLastModifiedTime(folder).toString());
        try (var files = Files.list(folder)) {
            for (Path file : files.toList()) {
                String content = HexFormat.of().formatHex(Files.readAllBytes(file));
                all.put(file.getFileName().toString(), Files.getLastModifiedTime(file) + " " + content);
            }
        }
        return all;
    }

    /** The folder belongs to whoever comes first and needs it. */
    @Test
    void shouldHaveNoPortsWhereThereIsNoFolder() throws BackendException {
        assertThat(backend.problem()).isEmpty();
        assertThat(backend.ports()).isEmpty();
        assertThat(folder).doesNotExist();
        makeFolder();
        assertThat(backend.problem()).isEmpty();
        assertThat(backend.ports()).isEmpty();
        backend.close();
    }

    @Test
    void shouldNameAnInputAndAnOutputOfEachPluginThatIsThere() throws IOException {
        makeFolder();
        PluginStandIn first = PluginStandIn.in(folder, 0x1A2B3C4DL);
        PluginStandIn second = PluginStandIn.in(folder, 2);
        try (LockHolder host = LockHolder.lock(first.path())) {
            try (LockHolder other = LockHolder.lock(second.path())) {
                assertThat(host.isHeld() && other.isHeld()).isTrue();
                assertThat(backend.ports())
                        .containsExactly(
                                port("Ardour 4711 00000002", Direction.INPUT),
                                port("Ardour 4711 1a2b3c4d", Direction.INPUT),
                                port("Ardour 4711 00000002", Direction.OUTPUT),
                                port("Ardour 4711 1a2b3c4d", Direction.OUTPUT));
            }
            // That host was killed; its file is the engine's to remove.
            assertThat(backend.ports()).extracting(Port::name).containsOnly("Ardour 4711 1a2b3c4d");
            assertThat(second.path()).exists();
        }
    }

    @Test
    void shouldLeaveEverythingAsItIs() throws IOException {
        makeFolder();
        PluginStandIn waits = PluginStandIn.in(folder, 1);
        PluginStandIn.in(folder, 2);
        Files.createFile(folder.resolve("plugin-4711-0000000000000002.song"));
        try (LockHolder host = LockHolder.lock(waits.path())) {
            assertThat(host.isHeld()).isTrue();
            Map<String, String> before = everything();

            assertThat(backend.problem()).isEmpty();
            assertThat(backend.ports()).hasSize(2);
            assertThatThrownBy(() -> backend.open(new DeviceSpec("to Jazz", "Ardour", "Ardour")))
                    .isInstanceOf(BackendException.class);
            backend.close();

            assertThat(everything()).isEqualTo(before);
        }
    }

    /** As in `idiom ports` beside an engine: what has been served is served on, from where it was. */
    @Test
    void shouldNotDisturbAnEngineThatPlays() throws IOException {
        makeFolder();
        PluginStandIn plugin = PluginStandIn.in(folder, 1);
        try (LockHolder host = LockHolder.lock(plugin.path());
                Plugins engine = new Plugins(RuntimeFolder.of(folder))) {
            assertThat(host.isHeld()).isTrue();
            PluginInstance instance = engine.arrivals().get(0);
            plugin.accept().end(0);
            PluginDevice device = instance.device().orElseThrow();
            device.receive((time, bytes, offset, length) -> {});
            long epoch = plugin.memory().load(Layout.AT_EPOCH);
            plugin.midi(7, 0x90, 60, 80).end(PluginStandIn.BLOCK);

            assertThat(backend.ports()).hasSize(2);

            assertThat(plugin.memory().load(Layout.AT_EPOCH)).isEqualTo(epoch);
            StringBuilder heard = new StringBuilder();
            device.receive((time, bytes, offset, length) ->
                    heard.append(time).append(' ').append(HexFormat.of().formatHex(bytes, offset, offset + length)));
            assertThat(heard).hasToString("7 903c50");
            device.send(500, new byte[] {(byte) 0x90, 64, 80}, 0, 3);
            assertThat(plugin.answers()).containsExactly("midi 500 904050");
            assertThat(engine.departures()).isEmpty();
            assertThat(backend.ports()).hasSize(2);
        }
    }

    @Test
    void shouldLeaveOutWhatAnEngineWouldRefuse() throws IOException {
        makeFolder();
        PluginStandIn old = PluginStandIn.in(folder, 1);
        old.memory().putInt(Layout.AT_MAJOR, 9);
        PluginStandIn open = PluginStandIn.in(folder, 2);
        Files.setPosixFilePermissions(open.path(), PosixFilePermissions.fromString("rw-r--r--"));
        Files.createSymbolicLink(folder.resolve("plugin-0.shm"), folder.resolve("nowhere"));
        PluginStandIn sound = PluginStandIn.in(folder, 3);
        try (LockHolder first = LockHolder.lock(old.path());
                LockHolder second = LockHolder.lock(open.path());
                LockHolder third = LockHolder.lock(sound.path())) {
            assertThat(first.isHeld() && second.isHeld() && third.isHeld()).isTrue();
            assertThat(backend.ports()).extracting(Port::name).containsOnly("Ardour 4711 00000003");
        }
    }

    @Test
    void shouldSayWhyAFolderCannotBeUsed() throws IOException {
        makeFolder();
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
        String problem = folder + ": must be a folder of yours that nobody else can enter (mode 0700)";
        assertThat(backend.problem()).contains(problem);
        assertThatThrownBy(backend::ports).isInstanceOf(BackendException.class).hasMessage(problem);
        Files.delete(folder);
        Files.createSymbolicLink(
                folder, RuntimeFolder.of(temporary.resolve("other")).path());
        assertThat(backend.problem()).contains(problem);
    }

    @Test
    void shouldSayWhoAnswersPlugins() {
        List<DeviceSpec> specs =
                List.of(new DeviceSpec("to Jazz", null, null), new DeviceSpec("to Jazz", "Ardour", "Ardour"));
        for (DeviceSpec spec : specs) {
            assertThatThrownBy(() -> backend.open(spec))
                    .isInstanceOf(BackendException.class)
                    .hasMessage(
                            "plugins are answered by 'idiom engine', which they start by themselves, all at once and each"
                                    + " by its own parameters; nothing else opens them (docs/plugin.md)");
        }
        assertThat(backend.canBeDefault()).isFalse();
        assertThat(backend.makesPorts()).isFalse();
    }
}
