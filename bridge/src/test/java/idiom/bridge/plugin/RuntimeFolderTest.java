package idiom.bridge.plugin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import idiom.bridge.BackendException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Collections;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class RuntimeFolderTest {
    @TempDir
    private Path temporary;

    private Path path() {
        return temporary.resolve("idiom");
    }

    @Test
    void shouldBeWhereThePluginLooks() throws IOException {
        assertThat(RuntimeFolder.pathOf(Map.of("IDIOM_RUNTIME_DIR", "/a/b", "XDG_RUNTIME_DIR", "/run/user/1000")))
                .isEqualTo(Path.of("/a/b"));
        assertThat(RuntimeFolder.pathOf(Map.of("XDG_RUNTIME_DIR", "/run/user/1000")))
                .isEqualTo(Path.of("/run/user/1000/idiom"));
        assertThat(RuntimeFolder.pathOf(Map.of("IDIOM_RUNTIME_DIR", "a/b", "XDG_RUNTIME_DIR", "/run/user/1000")))
                .isEqualTo(Path.of("/run/user/1000/idiom"));
        Path mine = Path.of("/tmp/idiom-" + Files.getAttribute(temporary, "unix:uid"));
        assertThat(RuntimeFolder.pathOf(Map.of())).isEqualTo(mine);
        assertThat(RuntimeFolder.pathOf(Map.of("IDIOM_RUNTIME_DIR", "", "XDG_RUNTIME_DIR", "run")))
                .isEqualTo(mine);
    }

    @Test
    void shouldMakeAFolderThatNobodyElseCanEnter() throws IOException {
        RuntimeFolder made = RuntimeFolder.of(path());
        Set<PosixFilePermission> permissions = Files.getPosixFilePermissions(path());
        assertThat(PosixFilePermissions.toString(permissions)).isEqualTo("rwx------");
        assertThat(made.path()).isEqualTo(path());
        assertThat(made.owner()).isEqualTo(Files.getOwner(path()));
        // What was needed to find out whose it is, is not left there.
        try (var left = Files.list(path())) {
            assertThat(left).isEmpty();
        }
        assertThat(RuntimeFolder.of(path()).path()).isEqualTo(path());
    }

    /** A host and its engine start at the same moment, and each makes the folder if it isn't there. */
    @Test
    void shouldNotMindThatAnotherMakesItAtTheSameTime() throws Exception {
        int threads = 4;
        ExecutorService starters = Executors.newFixedThreadPool(threads);
        try {
            CyclicBarrier together = new CyclicBarrier(threads);
            for (int round = 0; round < 300; round++) {
                Path folder = temporary.resolve("idiom-" + round);
                Callable<Path> start = () -> {
                    together.await();
                    return RuntimeFolder.of(folder).path();
                };
                for (Future<Path> made : starters.invokeAll(Collections.nCopies(threads, start))) {
                    assertThat(made.get()).isEqualTo(folder);
                }
            }
        } finally {
            starters.shutdownNow();
        }
    }

    @Test
    void shouldLookWithoutMakingAnything() throws IOException {
        assertThat(RuntimeFolder.existing(path())).isEmpty();
        assertThat(path()).doesNotExist();
        RuntimeFolder made = RuntimeFolder.of(path());
        FileTime then = FileTime.fromMillis(1_000_000_000_000L);
        Files.setLastModifiedTime(path(), then);

        RuntimeFolder found = RuntimeFolder.existing(path()).orElseThrow();

        assertThat(found.path()).isEqualTo(path());
        assertThat(found.owner()).isEqualTo(made.owner());
        // Not even for a moment was anything in it.
        assertThat(Files.getLastModifiedTime(path())).isEqualTo(then);
    }

    private void refused(String message) {
        assertThatThrownBy(() -> RuntimeFolder.of(path()))
                .isInstanceOf(BackendException.class)
                .hasMessage(message);
        assertThatThrownBy(() -> RuntimeFolder.existing(path()))
                .isInstanceOf(BackendException.class)
                .hasMessage(message);
    }

    @Test
    void shouldRefuseWhatOthersCanEnter() throws IOException {
        String message = path() + ": must be a folder of yours that nobody else can enter (mode 0700)";
        Files.createDirectory(path());
        for (String mode : new String[] {"rwxr-x---", "rwx-----x", "rwx---r--", "rwx-w----"}) {
            Files.setPosixFilePermissions(path(), PosixFilePermissions.fromString(mode));
            refused(message);
        }
        Files.delete(path());
        Files.createFile(path(), PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        refused(message);
        Files.delete(path());
        Path other = RuntimeFolder.of(temporary.resolve("other")).path();
        Files.createSymbolicLink(path(), other);
        refused(message);
    }

    @Test
    void shouldSayWhatToDoWhereThereCanBeNone() {
        Path lost = temporary.resolve("no/folder");
        assertThatThrownBy(() -> RuntimeFolder.of(lost))
                .isInstanceOf(BackendException.class)
                .hasMessage(lost + ": cannot be used for plugins: " + lost + "; set IDIOM_RUNTIME_DIR");
    }

    @Test
    void shouldFindFilesOfPluginsAlone() throws IOException {
        RuntimeFolder folder = RuntimeFolder.of(path());
        assertThat(folder.files()).isEmpty();
        for (String name : new String[] {
            "plugin-2-b.shm",
            "plugin-10-a.shm",
            "plugin-1-a.song",
            ".new-7",
            "engine.lock",
            "x.shm",
            "plugin-2-b.restore"
        }) {
            Files.createFile(path().resolve(name));
        }
        assertThat(folder.files()).containsExactly(path().resolve("plugin-10-a.shm"), path().resolve("plugin-2-b.shm"));
        try (var left = Files.list(path())) {
            left.forEach(file -> assertThat(file.toFile().delete()).isTrue());
        }
        Files.delete(path());
        assertThatThrownBy(folder::files)
                .isInstanceOf(BackendException.class)
                .hasMessage(path() + ": cannot be read: " + path());
    }

    @Test
    void shouldHaveAPlaceForOneEngine() throws Exception {
        RuntimeFolder folder = RuntimeFolder.of(path());
        Path place = path().resolve("engine.lock");
        try (LockHolder other = LockHolder.lock(place)) {
            assertThat(other.isHeld()).isTrue();
            assertThat(folder.lockEngine()).isEmpty();
        }
        try (AutoCloseable mine = folder.lockEngine().orElseThrow()) {
            assertThat(mine).isNotNull();
            try (LockHolder other = LockHolder.lock(place)) {
                assertThat(other.isHeld()).isFalse();
            }
        }
        try (LockHolder other = LockHolder.lock(place)) {
            assertThat(other.isHeld()).isTrue();
        }
        Files.delete(place);
        folder.lockEngine().orElseThrow().close();
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(place)))
                .isEqualTo("rw-------");
    }

    @Test
    void shouldNotFollowALinkToItsPlace() throws IOException {
        RuntimeFolder folder = RuntimeFolder.of(path());
        Path place = path().resolve("engine.lock");
        Files.createSymbolicLink(place, temporary.resolve("precious"));

        assertThatThrownBy(folder::lockEngine)
                .isInstanceOf(BackendException.class)
                .hasMessageStartingWith(place + ": cannot be locked: ");
        assertThat(temporary.resolve("precious")).doesNotExist();
    }
}
