package idiom.bridge.plugin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import idiom.bridge.BackendException;
import java.io.IOException;
import java.nio.ReadOnlyBufferException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.nio.file.attribute.UserPrincipal;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class SharedFileTest {
    private static final int SIZE = Layout.HEADER_BYTES + 2 * PluginStandIn.RING_BYTES;
    private static final String WRONG_HEADER = "has a header that does not fit its size: bytes=" + SIZE;

    @TempDir
    private Path folder;

    private PluginStandIn plugin;

    @BeforeEach
    void makeFile() throws IOException {
        plugin = PluginStandIn.in(folder, 0x1A2B3C4DL);
    }

    @Test
    void shouldReadWhatThePluginHasWritten() throws IOException {
        try (SharedFile file = plugin.open()) {
            assertThat(file.path()).isEqualTo(folder.resolve("plugin-4711-000000001a2b3c4d.shm"));
            assertThat(file.pid()).isEqualTo(4711);
            assertThat(file.instance()).isEqualTo(0x1A2B3C4DL);
            assertThat(file.sampleRate()).isEqualTo(48000);
            assertThat(file.host()).isEqualTo("Ardour");
            assertThat(file.beside(".song")).isEqualTo(folder.resolve("plugin-4711-000000001a2b3c4d.song"));
        }
    }

    private void refused(String what) {
        assertThatThrownBy(plugin::open).isInstanceOf(BackendException.class).hasMessage(plugin.path() + ": " + what);
    }

    @Test
    void shouldRefuseWhatIsNotOfThisProtocol() {
        plugin.memory().putLong(0, 0x314D48534D494448L);
        refused("is no file of the Idiom plugin");
        plugin.memory().putLong(0, Layout.MAGIC);
        plugin.memory().putInt(8, 2);
        refused("speaks another version of the protocol; install plugin and engine of one version: plugin=2, engine=1");
    }

    /** Minor versions add, and change nothing. */
    @Test
    void shouldServeAnyMinorVersion() throws IOException {
        plugin.memory().putInt(12, 7);
        plugin.open().close();
    }

    @Test
    void shouldRefuseSizesThatDoNotFit() {
        plugin.memory().putInt(16, 4104);
        refused(WRONG_HEADER);
        plugin.memory().putInt(16, 4096);
        for (int at : new int[] {20, 24}) {
            for (int bytes : new int[] {0, 1, -1, 65528, 1 << 15, 1 << 17, 1 << 31, Integer.MAX_VALUE}) {
                plugin.memory().putInt(at, bytes);
                refused(WRONG_HEADER);
            }
            plugin.memory().putInt(at, 1 << 16);
        }
        // They fit their sum, but are no powers of two.
        plugin.memory().putInt(20, (1 << 16) - 4096);
        plugin.memory().putInt(24, (1 << 16) + 4096);
        refused(WRONG_HEADER);
    }

    @Test
    void shouldRefuseSampleRatesThatCannotBe() {
        for (double rate : new double[] {0, -48000, 0.9, 10_000_001, Double.NaN, Double.POSITIVE_INFINITY}) {
            plugin.memory().putLong(40, Double.doubleToLongBits(rate));
            refused("has an impossible sample rate: Hz=" + rate);
        }
    }

    @Test
    void shouldRefuseWhatWasCut() throws IOException {
        try (FileChannel channel = FileChannel.open(plugin.path(), StandardOpenOption.WRITE)) {
            channel.truncate(SIZE - 1);
            refused("has a header that does not fit its size: bytes=" + (SIZE - 1));
            channel.truncate(4096);
            refused("has a header that does not fit its size: bytes=4096");
            channel.truncate(4095);
            refused("has a wrong size: bytes=4095");
            channel.truncate(0);
            refused("has a wrong size: bytes=0");
        }
    }

    @Test
    void shouldRefuseWhatOthersMayRead() throws IOException {
        for (String mode : new String[] {"rw-r-----", "rw-----w-", "rw------x", "rwx------"}) {
            Files.setPosixFilePermissions(plugin.path(), PosixFilePermissions.fromString(mode));
            refused("must be for its owner alone (mode 0600)");
        }
        Files.setPosixFilePermissions(plugin.path(), PosixFilePermissions.fromString("rw-------"));
        plugin.open().close();
    }

    @Test
    void shouldRefuseWhatIsSomebodyElses() {
        UserPrincipal somebody = () -> "somebody";
        assertThatThrownBy(() -> SharedFile.open(plugin.path(), somebody))
                .isInstanceOf(BackendException.class)
                .hasMessage(plugin.path() + ": must be a file of somebody");
    }

    @Test
    void shouldRefuseWhatIsNoFile() throws IOException {
        Path file = plugin.path();
        Path moved = Files.move(file, folder.resolve("elsewhere.shm"));
        Files.createSymbolicLink(file, moved);
        refused("must be a file");
        Files.delete(file);
        Files.createDirectory(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        refused("must be a file");
        Files.delete(file);
        refused("cannot be read: " + file);
    }

    /** Control characters would do things on the screen of whoever is told the name. */
    @Test
    void shouldTakeTheHostsNameForWhatItIs() throws IOException {
        byte[] name = "A\u001B[31m\u009Bä\n\u007F".getBytes(StandardCharsets.UTF_8);
        plugin.memory().put(48, name, 0, name.length);
        plugin.memory().put(48 + name.length, new byte[64 - name.length], 0, 64 - name.length);
        try (SharedFile file = plugin.open()) {
            assertThat(file.host()).isEqualTo("A[31mä");
            plugin.memory().put(48, "x".repeat(64).getBytes(StandardCharsets.UTF_8), 0, 64);
            assertThat(file.host()).isEqualTo("x".repeat(64));
            plugin.memory().put(48, new byte[] {(byte) 0xC3, 0}, 0, 2);
            assertThat(file.host()).isEqualTo("\uFFFD");
            plugin.memory().put(48, new byte[1], 0, 1);
            assertThat(file.host()).isEmpty();
        }
    }

    @Test
    void shouldKnowWhetherAnotherProcessHoldsIt() throws IOException {
        try (SharedFile file = plugin.open()) {
            assertThat(file.isHeld()).isFalse();
            try (LockHolder host = LockHolder.lock(plugin.path())) {
                assertThat(host.isHeld()).isTrue();
                assertThat(file.isHeld()).isTrue();
                assertThat(file.isHeld()).isTrue();
            }
            assertThat(file.isHeld()).isFalse();
        }
    }

    @Test
    void shouldLookWithoutAWayToWrite() throws IOException {
        UserPrincipal owner = Files.getOwner(folder);
        try (SharedFile file = SharedFile.look(plugin.path(), owner);
                SharedFile other = plugin.open()) {
            assertThat(file.host()).isEqualTo("Ardour");
            assertThat(file.pid()).isEqualTo(4711);
            assertThatThrownBy(() -> file.memory().store(Layout.AT_EPOCH, 1))
                    .isInstanceOf(ReadOnlyBufferException.class);
            assertThat(other.memory().load(Layout.AT_EPOCH)).isZero();
            assertThat(file.isHeld()).isFalse();
            try (LockHolder host = LockHolder.lock(plugin.path())) {
                assertThat(host.isHeld()).isTrue();
                assertThat(file.isHeld()).isTrue();
            }
            assertThat(file.isHeld()).isFalse();
        }
        plugin.memory().putInt(8, 2);
        assertThatThrownBy(() -> SharedFile.look(plugin.path(), owner))
                .isInstanceOf(BackendException.class)
                .hasMessageContaining("speaks another version of the protocol");
    }

    /** Two that ask at once, an engine and whoever lists ports, must not take each other for the plugin. */
    @Test
    void shouldNotTakeALookForThePlugin() throws IOException {
        try (SharedFile file = plugin.open();
                LockHolder look = LockHolder.share(plugin.path())) {
            assertThat(look.isHeld()).isTrue();
            assertThat(file.isHeld()).isFalse();
        }
    }

    /** Looking must not leave a lock behind that keeps the plugin from taking one. */
    @Test
    void shouldHoldNoLockItself() throws IOException {
        try (SharedFile file = plugin.open()) {
            assertThat(file.isHeld()).isFalse();
            try (LockHolder host = LockHolder.lock(plugin.path())) {
                assertThat(host.isHeld()).isTrue();
            }
        }
    }

    @Test
    void shouldRemoveWhatLiesBesideIt() throws IOException {
        Path other = Files.createFile(folder.resolve("plugin-4711-00000000ffffffff.song"));
        try (SharedFile file = plugin.open()) {
            Files.createFile(file.beside(".song"));
            Files.createFile(file.beside(".restore"));
            file.delete();
        }
        try (var left = Files.list(folder)) {
            assertThat(left).containsExactly(other);
        }
    }
}
