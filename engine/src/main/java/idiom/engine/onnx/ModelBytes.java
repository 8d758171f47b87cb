package idiom.engine.onnx;

import idiom.engine.generator.GeneratorException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/**
 * A model's bytes, read whole: the file may then be replaced while the model is in use, and ONNX Runtime is not led to
 * other files beside it.
 *
 * @param name what messages call it
 */
@SuppressWarnings("ArrayRecordComponent") // never compared; megabytes that nobody writes to
record ModelBytes(String name, byte[] bytes) {
    /** Far above any generator here (64 channels, 10 blocks: 47 MB), far below what would fill the heap. */
    static final long MAX_BYTES = 128L << 20;

    /** @throws GeneratorException if there is no such file, or it is no plausible model */
    static ModelBytes read(Path file) {
        try {
            if (Files.exists(file) && !Files.isRegularFile(file)) {
                throw new GeneratorException("model must be a file: file=" + file);
            }
            long size = Files.size(file);
            if (size == 0 || size > MAX_BYTES) {
                throw new GeneratorException(
                        "model must have 1 to " + MAX_BYTES + " bytes: file=" + file + " bytes=" + size);
            }
            return new ModelBytes(file.toString(), Files.readAllBytes(file));
        } catch (NoSuchFileException e) {
            throw new GeneratorException("model must exist: file=" + file, e);
        } catch (IOException e) {
            throw new GeneratorException("model must be readable: file=" + file + " reason=" + OneLine.of(e), e);
        }
    }
}
