package idiom.presets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class ModestTomlTest {
    @Test
    void shouldParseUpToEveryLimit() {
        // 1,000 lines; one of 4,096 characters; 200 brackets.
        String text = "a = 1\n" + "#".repeat(4096) + "\n#" + "[".repeat(200) + "\n".repeat(998);
        assertThat(text.lines()).hasSize(1000);
        assertThat(ModestToml.parse(text, "a preset").getLong("a")).isEqualTo(1);
    }

    @Test
    void shouldRefuseWhatIsBeyondThem() {
        assertThatThrownBy(() -> ModestToml.parse("\n".repeat(1001), "a preset"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("a preset must have at most 1000 lines: it has 1001");
        assertThatThrownBy(() -> ModestToml.parse("#".repeat(4097), "a recipe"))
                .hasMessage("a recipe must have at most 4096 characters a line: it has 4097");
        assertThatThrownBy(() -> ModestToml.parse("#" + "{[".repeat(101), "a manifest"))
                .hasMessage("a manifest must have at most 200 opening brackets: it has 202");
    }

    @Test
    void shouldLeaveErrorsToTheCaller() {
        assertThat(ModestToml.parse("a = \nb = 1", "a preset").errors()).isNotEmpty();
    }

    /** The parser asserts that what follows a backslash is an escape, and here it is not. */
    @Test
    void shouldSayInOneLineThatTheParserGaveUp() {
        assertThatThrownBy(() -> ModestToml.parse("a = \"\\u12\n", "a preset"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("not TOML: the parser gave up on it");
    }
}
