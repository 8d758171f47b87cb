package idiom.training.gan;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Looks into a model by way of its checkpoint. */
final class States {
    private States() {}

    static Checkpoint of(CycleGan gan) {
        try {
            Path file = Files.createTempFile("state", ".ck");
            try {
                gan.checkpoint().write(file);
                return Checkpoint.read(file);
            } finally {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    static byte[] bytes(CycleGan gan) {
        try {
            Path file = Files.createTempFile("state", ".ck");
            try {
                gan.checkpoint().write(file);
                return Files.readAllBytes(file);
            } finally {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
