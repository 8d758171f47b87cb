package idiom.training.data;

import idiom.presets.ModestToml;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.tomlj.TomlParseResult;
import org.tomlj.TomlTable;

/** The text file that says what a prepared data set was made of, by what, and what came out. */
public final class DatasetManifest {
    /** Its name in the data set's folder. */
    public static final String FILE_NAME = "dataset.toml";
    /** Version of its format. */
    public static final long FORMAT = 1;

    private static final long LARGEST_BYTES = 1L << 20;

    private DatasetManifest() {}

    /** SHA-256 of the packed phrases by {@code genre/split}; empty if the folder has no manifest. */
    static Map<String, String> readHashes(Path folder) {
        Path file = folder.resolve(FILE_NAME);
        if (!Files.exists(file)) {
            return Map.of();
        }
        TomlParseResult toml = parse(file);
        Long format = toml.get("format") instanceof Long number ? number : null;
        if (format == null || format != FORMAT) {
            throw new DataException(file + ": format must be " + FORMAT + ": format=" + toml.get("format"));
        }
        Map<String, String> hashes = new HashMap<>();
        if (toml.get("phrases") instanceof TomlTable phrases) {
            for (String key : phrases.keySet()) {
                TomlTable entry = phrases.get(List.of(key)) instanceof TomlTable table ? table : null;
                if (entry == null || !(entry.get("sha256") instanceof String sha256)) {
                    throw new DataException(file + ": [phrases.\"" + key + "\"] must have sha256, a text");
                }
                hashes.put(key, sha256);
            }
        }
        return Map.copyOf(hashes);
    }

    private static TomlParseResult parse(Path file) {
        try {
            if (Files.size(file) > LARGEST_BYTES) {
                throw new DataException(
                        file + ": a manifest is at most " + LARGEST_BYTES + " bytes: fileBytes=" + Files.size(file));
            }
            TomlParseResult toml = ModestToml.parse(Files.readString(file), "a manifest");
            if (toml.hasErrors()) {
                throw new DataException(
                        file + ": not valid TOML: " + toml.errors().get(0).getMessage());
            }
            return toml;
        } catch (IllegalArgumentException e) {
            throw new DataException(file + ": " + e.getMessage(), e);
        } catch (IOException e) {
            throw new DataException(file + ": cannot be read: " + e, e);
        }
    }
}
