package idiom.presets;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

class FoldersTest {
    private static final Path HOME = Path.of("/home/ada");

    @Test
    void shouldFollowXdgOnLinux() {
        assertThat(Folders.of("Linux", Map.of(), HOME))
                .isEqualTo(new Folders(Path.of("/home/ada/.config/idiom/presets"), Path.of("/home/ada/.cache/idiom")));
        assertThat(Folders.of("Linux", Map.of("XDG_CONFIG_HOME", "/c", "XDG_CACHE_HOME", "/k"), HOME))
                .isEqualTo(new Folders(Path.of("/c/idiom/presets"), Path.of("/k/idiom")));
        assertThat(Folders.of("Linux", Map.of("XDG_CONFIG_HOME", "relative", "XDG_CACHE_HOME", ""), HOME))
                .isEqualTo(Folders.of("Linux", Map.of(), HOME));
    }

    @Test
    void shouldUseLibraryOnMacAndAppDataOnWindows() {
        assertThat(Folders.of("Mac OS X", Map.of(), HOME).presets())
                .isEqualTo(Path.of("/home/ada/Library/Application Support/Idiom/presets"));
        assertThat(Folders.of("Windows 11", Map.of("APPDATA", "/appdata"), HOME).presets())
                .isEqualTo(Path.of("/appdata/Idiom/presets"));
        assertThat(Folders.of("Windows 11", Map.of(), HOME).cache())
                .isEqualTo(Path.of("/home/ada/AppData/Local/Idiom/cache"));
    }
}
