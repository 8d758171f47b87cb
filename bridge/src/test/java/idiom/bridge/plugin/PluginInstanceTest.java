package idiom.bridge.plugin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import idiom.bridge.BackendException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PluginInstanceTest {
    @TempDir
    private Path folder;

    private PluginStandIn plugin;
    private SharedMemory memory;

    @BeforeEach
    void makeFile() throws IOException {
        plugin = PluginStandIn.in(folder, 0x00000001_1A2B3C4CL);
        memory = plugin.memory();
    }

    @Test
    void shouldOfferAnEngineThatLoads() throws IOException {
        memory.store(Layout.AT_SETTLED_UNTIL, 77);
        memory.storeInt(Layout.AT_STATE, 1);
        long before = System.nanoTime();
        try (PluginInstance instance = PluginInstance.offer(plugin.open())) {
            // Both halves of the instance's number.
            assertThat(instance.name()).isEqualTo("Ardour 4711 1a2b3c4d");
            assertThat(memory.load(Layout.AT_EPOCH)).isPositive();
            assertThat(memory.loadInt(Layout.AT_STATE)).isZero();
            assertThat(memory.loadInt(Layout.AT_ENGINE_PID))
                    .isEqualTo((int) ProcessHandle.current().pid());
            assertThat(memory.load(Layout.AT_SETTLED_UNTIL)).isEqualTo(Long.MIN_VALUE);
            assertThat(memory.load(Layout.AT_HEARTBEAT_NS)).isBetween(before, System.nanoTime());
        }
        assertThat(memory.load(Layout.AT_EPOCH)).isZero();
    }

    @Test
    void shouldBeatUntilThePluginHasAcceptedAndToldSomething() throws IOException {
        try (PluginInstance instance = PluginInstance.offer(plugin.open())) {
            assertThat(instance.device()).isEmpty();
            memory.store(Layout.AT_ACCEPTED_EPOCH, memory.load(Layout.AT_EPOCH) ^ 1);
            memory.store(Layout.AT_HEARTBEAT_NS, 0);
            assertThat(instance.device()).isEmpty();
            assertThat(memory.load(Layout.AT_HEARTBEAT_NS)).isNotZero();

            // A host that has run for days.
            plugin.accept().rolls(1L << 40).midi((1L << 40) + 7, 0x90, 60, 80);
            assertThat(instance.device()).isEmpty();
            plugin.end((1L << 40) + 480);
            PluginDevice device = instance.device().orElseThrow();
            assertThat(device.now()).isEqualTo(1L << 40);
            assertThat(instance.device()).containsSame(device);
        }
    }

    /** What was told an engine before this one is none of its business; nor is what it sent. */
    @Test
    void shouldBeginWhereThePluginSays() throws IOException {
        PluginDevice dead = plugin.device();
        dead.send(5, new byte[] {(byte) 0x90, 60, 80}, 0, 3);
        plugin.rolls(0).midi(10, 0x90, 60, 80).end(480);
        try (PluginInstance instance = PluginInstance.offer(plugin.open())) {
            plugin.accept().midi(490, 0x90, 61, 80).end(960);
            PluginDevice device = instance.device().orElseThrow();
            assertThat(device.now()).isEqualTo(490);
            assertThat(device.receive(
                            (time, bytes, offset, length) -> assertThat(time).isEqualTo(490)))
                    .isEqualTo(2);
            device.send(6, new byte[] {(byte) 0x90, 62, 80}, 0, 3);
            assertThat(plugin.answers()).containsExactly("midi 6 903e50");
        }
    }

    /** A head from before may lie anywhere, also where there is no room for a record: the engine's own counts. */
    @Test
    void shouldNotMindWhereAnEngineBeforeHasStopped() throws IOException {
        memory.store(Layout.AT_TO_ENGINE_HEAD, -PluginStandIn.RING_BYTES);
        try (PluginInstance instance = PluginInstance.offer(plugin.open())) {
            plugin.accept();
            assertThat(instance.device()).isEmpty();
            assertThat(memory.load(Layout.AT_TO_ENGINE_HEAD)).isZero();
            plugin.end(480);
            assertThat(instance.device()).isPresent();
        }
    }

    @Test
    void shouldSayThatNobodyAnswersAnyMore() throws IOException {
        PluginInstance instance = PluginInstance.offer(plugin.open());
        plugin.accept().end(0);
        PluginDevice device = instance.device().orElseThrow();
        instance.close();

        assertThat(memory.load(Layout.AT_EPOCH)).isZero();
        assertThat(device.state()).isEqualTo(PluginDevice.State.CLOSED);
    }

    @Test
    void shouldRemoveWhatAPluginLeaves() throws IOException {
        PluginInstance instance = PluginInstance.offer(plugin.open());
        Path song = folder.resolve("plugin-4711-000000011a2b3c4c.song");
        Files.createFile(song);
        assertThat(instance.isThere()).isFalse();
        instance.delete();
        assertThat(plugin.path()).doesNotExist();
        assertThat(song).doesNotExist();

        Files.createDirectories(song.resolve("something"));
        assertThatThrownBy(instance::delete)
                .isInstanceOf(BackendException.class)
                .hasMessage(plugin.path() + ": cannot be removed: " + song);
        instance.close();
    }
}
