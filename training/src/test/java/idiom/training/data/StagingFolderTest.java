package idiom.training.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StagingFolderTest {
    @TempDir
    Path parent;

    @Test
    void shouldLeaveNothingWithoutCommit() throws IOException {
        try (StagingFolder staging = new StagingFolder(parent.resolve("ds"), false)) {
            Files.createDirectories(staging.folder().resolve("a/b"));
            Files.writeString(staging.folder().resolve("a/b/c"), "x");
            assertThat(entries()).hasSize(1);
        }
        assertThat(entries()).isEmpty();
    }

    @Test
    void shouldPutTheWholeFolderInPlaceOfTheOldOne() throws IOException {
        Path old = Files.createDirectory(parent.resolve("ds"));
        Files.writeString(old.resolve(DatasetManifest.FILE_NAME), "old");
        Files.writeString(old.resolve("gone"), "old");
        try (StagingFolder staging = new StagingFolder(old, true)) {
            Files.writeString(staging.folder().resolve(DatasetManifest.FILE_NAME), "new");
            assertThat(old.resolve("gone")).exists();
            staging.commit();
        }
        assertThat(old.resolve(DatasetManifest.FILE_NAME)).hasContent("new");
        assertThat(old.resolve("gone")).doesNotExist();
        assertThat(entries()).containsExactly("ds");
    }

    @Test
    void shouldRefuseWhatIsInTheWay() throws IOException {
        Path file = Files.writeString(parent.resolve("file"), "x");
        assertThatThrownBy(() -> new StagingFolder(file, true).close())
                .isInstanceOf(DataException.class)
                .hasMessage(file + ": is a file; the data set needs a folder of its own");
        assertThat(entries()).containsExactly("file");
    }

    @Test
    void shouldNotReplaceWhatCameInTheMeantime() throws IOException {
        Path target = parent.resolve("ds");
        try (StagingFolder staging = new StagingFolder(target, true)) {
            Files.createDirectory(target);
            Files.writeString(target.resolve("mine"), "x");
            assertThatThrownBy(staging::commit).isInstanceOf(DataException.class);
        }
        assertThat(target.resolve("mine")).hasContent("x");
        assertThat(entries()).containsExactly("ds");
    }

    private List<String> entries() throws IOException {
        try (Stream<Path> entries = Files.list(parent)) {
            return entries.map(path -> path.getFileName().toString()).sorted().toList();
        }
    }
}
