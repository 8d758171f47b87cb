package idiom.bridge.plugin;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class PluginsTest {
    @TempDir
    private Path temporary;

    private Path folder;
    private Plugins plugins;

    @BeforeEach
    void makeFolder() throws IOException {
        folder = temporary.resolve("idiom");
        plugins = new Plugins(RuntimeFolder.of(folder));
    }

    private static long epoch(PluginStandIn plugin) {
        return plugin.memory().load(Layout.AT_EPOCH);
    }

    private List<String> left() throws IOException {
        try (var files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    @Test
    void shouldOfferAnEngineToPluginsThatCome() throws IOException {
        assertThat(plugins.arrivals()).isEmpty();
        PluginStandIn first = PluginStandIn.in(folder, 1);
        PluginStandIn second = PluginStandIn.in(folder, 2);
        try (LockHolder host = LockHolder.lock(first.path());
                LockHolder otherHost = LockHolder.lock(second.path())) {
            assertThat(host.isHeld() && otherHost.isHeld()).isTrue();
            assertThat(plugins.arrivals())
                    .extracting(PluginInstance::name)
                    .containsExactly("Ardour 4711 00000001", "Ardour 4711 00000002");
            assertThat(plugins.size()).isEqualTo(2);
            assertThat(epoch(first)).isPositive().isNotEqualTo(epoch(second));
            assertThat(plugins.arrivals()).isEmpty();
            assertThat(plugins.departures()).isEmpty();
            plugins.close();
        }
        assertThat(plugins.size()).isZero();
        assertThat(epoch(first)).isZero();
        assertThat(epoch(second)).isZero();
        // Who leaves removes nothing.
        assertThat(left()).hasSize(2);
    }

    @Test
    void shouldNoticePluginsThatGo() throws IOException {
        PluginStandIn first = PluginStandIn.in(folder, 1);
        PluginStandIn second = PluginStandIn.in(folder, 2);
        try (LockHolder host = LockHolder.lock(first.path())) {
            PluginInstance stays;
            try (LockHolder otherHost = LockHolder.lock(second.path())) {
                assertThat(otherHost.pid()).isNotEqualTo(host.pid());
                List<PluginInstance> come = plugins.arrivals();
                stays = come.get(0);
                Files.createFile(folder.resolve("plugin-4711-0000000000000002.song"));
            }
            // That host was killed.
            List<PluginInstance> gone = plugins.departures();
            assertThat(gone).extracting(PluginInstance::name).containsExactly("Ardour 4711 00000002");
            gone.forEach(PluginInstance::close);
            assertThat(plugins.size()).isEqualTo(1);
            assertThat(left()).containsExactly("plugin-4711-0000000000000001.shm");
            assertThat(stays.isThere()).isTrue();
            assertThat(plugins.departures()).isEmpty();

            // One that ends in order removes its files itself, before its lock goes.
            Files.delete(first.path());
            assertThat(plugins.departures()).isEmpty();
        }
        assertThat(plugins.departures()).hasSize(1);
        assertThat(plugins.size()).isZero();
        plugins.close();
    }

    @Test
    void shouldRemoveWhatAKilledHostHasLeft() throws IOException {
        PluginStandIn.in(folder, 1);
        Files.createFile(folder.resolve("plugin-4711-0000000000000001.song"));
        Files.createFile(folder.resolve("plugin-4711-0000000000000001.restore"));
        Files.createFile(folder.resolve("spawn.lock"));

        assertThat(plugins.arrivals()).isEmpty();
        assertThat(plugins.size()).isZero();
        assertThat(left()).containsExactly("spawn.lock");
    }

    /** What is refused stays where it is and is not looked at again, until it has gone and another one is there. */
    @Test
    void shouldRefuseAFileOnce() throws IOException {
        PluginStandIn old = PluginStandIn.in(folder, 1);
        old.memory().putInt(Layout.AT_MAJOR, 9);
        Files.createFile(folder.resolve("plugin-0.shm"));
        Files.setPosixFilePermissions(folder.resolve("plugin-0.shm"), PosixFilePermissions.fromString("rw-r--r--"));
        PluginStandIn sound = PluginStandIn.in(folder, 2);
        try (LockHolder host = LockHolder.lock(sound.path())) {
            assertThat(host.isHeld()).isTrue();
            assertThat(plugins.arrivals()).extracting(PluginInstance::name).containsExactly("Ardour 4711 00000002");
            old.memory().putInt(Layout.AT_MAJOR, 1);
            assertThat(plugins.arrivals()).isEmpty();
            assertThat(left()).hasSize(3).contains("plugin-0.shm");
            assertThat(epoch(old)).isZero();
            Files.delete(old.path());
            assertThat(plugins.arrivals()).isEmpty();
            PluginStandIn fresh = PluginStandIn.in(folder, 1);
            try (LockHolder other = LockHolder.lock(fresh.path())) {
                assertThat(other.isHeld()).isTrue();
                assertThat(plugins.arrivals()).extracting(PluginInstance::name).containsExactly("Ardour 4711 00000001");
            }
            plugins.close();
        }
    }
}
