package idiom.presets;

import java.nio.file.Path;

/**
 * A preset's ONNX model.
 *
 * @param path the file, absolute
 * @param sha256 its SHA-256, 64 lower-case hexadecimal digits
 */
public record ModelFile(Path path, String sha256) {}
