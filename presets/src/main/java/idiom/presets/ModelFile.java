package idiom.presets;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.regex.Pattern;

/**
 * A preset's ONNX model.
 *
 * @param path the file, absolute
 * @param sha256 its SHA-256, 64 lower-case hexadecimal digits
 */
public record ModelFile(Path path, String sha256) {
    private static final Pattern SHA256 = Pattern.compile("[0-9a-f]{64}");

    public ModelFile {
        requireHash("model.sha256", sha256);
    }

    static void requireHash(String key, String sha256) {
        if (!SHA256.matcher(sha256).matches()) {
            throw new RangeException(
                    key,
                    key + " must be 64 lower-case hexadecimal digits (sha256sum prints them): " + key + "=" + sha256);
        }
    }

    /** The model at {@code path} as it is now. Reads the whole file. */
    public static ModelFile of(Path path) throws IOException {
        Path absolute = path.toAbsolutePath();
        return new ModelFile(absolute, Sha256.of(absolute));
    }

    /**
     * Reads the file and compares it with the hash.
     *
     * @param table of the preset that names it: {@code model} or {@code instant}
     * @throws PresetException if it is missing, unreadable or another one; names the file and both hashes
     */
    void verify(String table) {
        String actual;
        try (InputStream in = Files.newInputStream(path)) {
            actual = Sha256.of(in);
        } catch (NoSuchFileException e) {
            throw new PresetException(table + ".file must lie beside the preset: there is no " + path, e);
        } catch (IOException e) {
            throw new PresetException(table + ".file cannot be read: " + path + " (" + e.getMessage() + ")", e);
        }
        if (!actual.equals(sha256)) {
            throw new PresetException(
                    table + ".sha256 must be the hash of " + path.getFileName() + ", which is " + actual + ": " + table
                            + ".sha256=" + sha256 + " (another version of the model, or a damaged one)");
        }
    }
}
