package idiom.presets;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The presets inside the program: resources {@code NAME.toml} with their models, listed one name a line in
 * {@code index.txt}, and the genre classifier. Models are unpacked into the cache folder under their hash when first
 * needed, because ONNX Runtime loads files.
 *
 * <p>Immutable; [any].
 */
public final class BundledPresets {
    private static final String HOME = "/idiom/presets/";
    private static final String CLASSIFIER = "genre-classifier.onnx";

    private final Class<?> owner;
    private final String home;
    private final Path models;

    private BundledPresets(Class<?> owner, String home, Path cacheFolder) {
        this.owner = owner;
        this.home = home;
        this.models = cacheFolder.toAbsolutePath().resolve("models");
    }

    /** The presets that this program ships with; models are unpacked below {@code cacheFolder}. */
    public static BundledPresets shipped(Path cacheFolder) {
        return new BundledPresets(BundledPresets.class, HOME, cacheFolder);
    }

    /** Presets in resources of another place: tests bring their own. {@code home} begins and ends with a slash. */
    static BundledPresets in(Class<?> owner, String home, Path cacheFolder) {
        return new BundledPresets(owner, home, cacheFolder);
    }

    /** Names in the order of the index; empty while no model is bundled. */
    public List<String> names() {
        byte[] index = bytes("index.txt");
        if (index == null) {
            return List.of();
        }
        return new String(index, StandardCharsets.UTF_8)
                .lines()
                .map(String::strip)
                .filter(line -> !line.isEmpty() && !line.startsWith("#"))
                .toList();
    }

    /**
     * One bundled preset. Its models' paths are not yet where {@link #unpack} puts them: nothing is unpacked here.
     *
     * @throws PresetException if there is none of this name, or its text is wrong
     */
    Preset preset(String name) {
        String fileName = "bundled " + name + ".toml";
        byte[] text = bytes(name + ".toml");
        if (text == null) {
            throw new PresetException(fileName + " is in the index but not in the program: build it again");
        }
        Preset preset = PresetReader.parse(text, fileName, models);
        if (!preset.name().equals(name)) {
            throw new PresetException(fileName + ": name must be that of the file: name=" + preset.name());
        }
        return preset;
    }

    /**
     * Makes sure that the models of a preset of {@link #preset} are on disk and whole; a damaged copy is replaced.
     *
     * @return the preset with the paths that they are at now
     * @throws PresetException if the program's own copy is missing or wrong, or the cache folder cannot be written
     */
    Preset unpack(Preset preset) {
        return preset.withModels(unpack(preset.model()), preset.instant().map(this::unpack));
    }

    private ModelFile unpack(ModelFile bundled) {
        ModelFile unpacked = new ModelFile(models.resolve(bundled.sha256() + ".onnx"), bundled.sha256());
        unpack(String.valueOf(bundled.path().getFileName()), unpacked);
        return unpacked;
    }

    /**
     * The classifier that tells which genre a piece is of, unpacked; empty if none is bundled.
     *
     * @throws PresetException if the cache folder cannot be written
     */
    public Optional<ModelFile> classifier() {
        try (InputStream in = owner.getResourceAsStream(home + CLASSIFIER)) {
            if (in == null) {
                return Optional.empty();
            }
            String hash = Sha256.of(in);
            ModelFile model = new ModelFile(models.resolve(hash + ".onnx"), hash);
            unpack(CLASSIFIER, model);
            return Optional.of(model);
        } catch (IOException e) {
            throw new PresetException("the bundled " + CLASSIFIER + " cannot be read: " + e.getMessage(), e);
        }
    }

    private void unpack(String resource, ModelFile model) {
        try {
            if (Files.isRegularFile(model.path()) && Sha256.of(model.path()).equals(model.sha256())) {
                return;
            }
            try (InputStream in = owner.getResourceAsStream(home + resource)) {
                if (in == null) {
                    throw new PresetException(
                            "the bundled model " + resource + " is not in the program: build it again");
                }
                WholeFile.write(in, model.path());
            }
        } catch (IOException e) {
            throw new PresetException(
                    "the bundled model " + resource + " cannot be unpacked to " + model.path() + " (" + e
                            + "): make the folder writable or set XDG_CACHE_HOME",
                    e);
        }
        model.verify(Preset.MODEL);
    }

    private byte @Nullable [] bytes(String resource) {
        try (InputStream in = owner.getResourceAsStream(home + resource)) {
            return in == null ? null : in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
