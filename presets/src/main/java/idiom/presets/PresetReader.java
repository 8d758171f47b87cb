package idiom.presets;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.tomlj.TomlParseError;
import org.tomlj.TomlParseResult;

/**
 * Reads preset files: TOML, format 1, described key by key in docs/presets.md. Whatever is wrong is refused with file,
 * line, key and what would be right. Stateless; [any].
 */
public final class PresetReader {
    /** Version of the format that is read and written; the key {@code format}. */
    public static final int FORMAT = 1;
    /** Largest preset file, in bytes. */
    public static final int MAX_BYTES = 64 * 1024;

    private PresetReader() {}

    /**
     * Reads a preset and compares its models, which lie beside it, with their hashes.
     *
     * @throws PresetException if the file or a model is missing, too big, or anything in it is wrong
     */
    public static Preset read(Path file) {
        Preset preset = readText(file);
        try {
            preset.verifyModels();
        } catch (PresetException e) {
            throw new PresetException(file + ": " + e.getMessage(), e);
        }
        return preset;
    }

    /**
     * Reads a preset without looking for its model.
     *
     * @throws PresetException if the file is missing, too big, or anything in it is wrong
     */
    public static Preset readText(Path file) {
        byte[] bytes;
        try (InputStream in = Files.newInputStream(file)) {
            bytes = in.readNBytes(MAX_BYTES + 1);
        } catch (NoSuchFileException e) {
            throw new PresetException("there is no preset file " + file, e);
        } catch (IOException e) {
            throw new PresetException("the preset file cannot be read: " + file + " (" + e.getMessage() + ")", e);
        }
        Path folder = file.toAbsolutePath().getParent();
        return parse(bytes, file.toString(), folder == null ? file.toAbsolutePath() : folder);
    }

    /**
     * Reads a preset from the bytes of a file, without looking for its model.
     *
     * @param bytes UTF-8 text
     * @param fileName what messages call the file
     * @param modelFolder folder that the models are in
     * @throws PresetException if anything in it is wrong
     */
    public static Preset parse(byte[] bytes, String fileName, Path modelFolder) {
        if (bytes.length > MAX_BYTES) {
            throw new PresetException(
                    fileName + ": a preset must have at most " + MAX_BYTES + " bytes; this is no preset");
        }
        String text = decode(bytes, fileName);
        TomlParseResult toml = parse(text, fileName);
        if (toml.hasErrors()) {
            TomlParseError error = toml.errors().get(0);
            throw new PresetException(
                    fileName + ":" + error.position().line() + ": not TOML: " + error.getMessage() + " (column "
                            + error.position().column() + ")",
                    error);
        }
        return new PresetTable(toml, fileName).preset(modelFolder);
    }

    private static TomlParseResult parse(String text, String fileName) {
        try {
            return ModestToml.parse(text, "a preset");
        } catch (IllegalArgumentException e) {
            throw new PresetException(fileName + ": " + e.getMessage(), e);
        }
    }

    private static String decode(byte[] bytes, String fileName) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new PresetException(fileName + ": a preset must be UTF-8 text; this is not", e);
        }
    }
}
