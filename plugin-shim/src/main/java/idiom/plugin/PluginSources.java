package idiom.plugin;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;
import java.util.stream.Stream;

/** The C sources of the plugin, with a Makefile. */
public final class PluginSources {
    private static final String ROOT = "idiom/plugin/sources";

    private PluginSources() {}

    /** Writes all of them into a folder, which may be there already; files of the same name are replaced. */
    public static void unpack(Path folder) throws IOException {
        Path place = place();
        if (Files.isDirectory(place)) {
            copy(place.resolve(ROOT), folder);
            return;
        }
        try (FileSystem jar = FileSystems.newFileSystem(URI.create("jar:" + place.toUri()), Map.of())) {
            copy(jar.getPath(ROOT), folder);
        }
    }

    /** The jar, or the folder of classes, that this class comes from. */
    private static Path place() throws IOException {
        try {
            return Path.of(PluginSources.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI());
        } catch (URISyntaxException e) {
            throw new IOException("the plugin's sources cannot be found: " + e.getMessage(), e);
        }
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> all = Files.walk(from)) {
            all.forEach(
                    source -> copyOne(source, to.resolve(from.relativize(source).toString())));
        } catch (UncheckedIOException e) {
            throw new IOException(e.getMessage(), e);
        }
    }

    private static void copyOne(Path source, Path target) {
        try {
            if (Files.isDirectory(source)) {
                Files.createDirectories(target);
            } else {
                Files.copy(source, target, StandardCopyOption.REPLACE_EXISTING);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
