package idiom.presets;

import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;

/**
 * Where this platform wants an application's files.
 *
 * @param presets the user's own presets; may not exist yet
 * @param cache what can be made again: bundled models, unpacked; may not exist yet
 */
public record Folders(Path presets, Path cache) {

    /** The folders of the person who runs this process. */
    public static Folders ofSystem() {
        return of(System.getProperty("os.name", ""), System.getenv(), Path.of(System.getProperty("user.home", ".")));
    }

    /**
     * The folders by platform: XDG base directories on Linux and other Unixes, Library on macOS, AppData on Windows.
     *
     * @param osName as in the system property {@code os.name}
     * @param environment environment variables
     * @param home the person's home folder
     */
    public static Folders of(String osName, Map<String, String> environment, Path home) {
        String os = osName.toLowerCase(Locale.ROOT);
        if (os.startsWith("mac")) {
            Path library = home.resolve("Library");
            return new Folders(library.resolve("Application Support/Idiom/presets"), library.resolve("Caches/Idiom"));
        }
        if (os.startsWith("windows")) {
            Path roaming = folder(environment, "APPDATA", home.resolve("AppData/Roaming"));
            Path local = folder(environment, "LOCALAPPDATA", home.resolve("AppData/Local"));
            return new Folders(
                    roaming.resolve("Idiom").resolve("presets"),
                    local.resolve("Idiom").resolve("cache"));
        }
        Path configuration = folder(environment, "XDG_CONFIG_HOME", home.resolve(".config"));
        Path cache = folder(environment, "XDG_CACHE_HOME", home.resolve(".cache"));
        return new Folders(configuration.resolve("idiom/presets"), cache.resolve("idiom"));
    }

    /** The XDG specification has relative paths ignored; so are empty ones. */
    private static Path folder(Map<String, String> environment, String variable, Path otherwise) {
        String value = environment.get(variable);
        if (value == null || value.isBlank()) {
            return otherwise;
        }
        Path path = Path.of(value);
        return path.isAbsolute() ? path : otherwise;
    }
}
