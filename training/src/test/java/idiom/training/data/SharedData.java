package idiom.training.data;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;

/** Finds the shared data beside the project; tests that need it are skipped where it is not. */
final class SharedData {
    private SharedData() {}

    static Path folder(String name) {
        String property = System.getProperty("idiom.data");
        Path data = property != null
                ? Path.of(property)
                : projectRoot().resolve("../shared/data").normalize();
        Path folder = data.resolve(name);
        assumeTrue(
                Files.isDirectory(folder),
                () -> "skipped: no shared data at " + folder + " (-Didiom.data=FOLDER says where it is)");
        return folder;
    }

    private static Path projectRoot() {
        Path here = Path.of("").toAbsolutePath();
        return Files.isDirectory(here.resolve("engine")) || here.getParent() == null ? here : here.getParent();
    }
}
