package idiom.app.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import idiom.presets.BundledPresets;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What ships, end to end; sleeps while nothing is bundled. */
class ShippedPresetsRunTest {
    @TempDir
    private Path root;

    private Stage stage;

    @BeforeEach
    void setStage() {
        assumeThat(BundledPresets.shipped(root.resolve("cache")).names())
                .as("no preset is bundled yet: index.txt names none")
                .isNotEmpty();
        stage = new Stage(root);
    }

    @Test
    void shouldPassTheDoctor() {
        Stage.Run run = stage.run("doctor");
        assertThat(run.out()).doesNotContain("BROKEN").contains("classifier      tells ");
        assertThat(run.exit()).isZero();
    }

    @Test
    void shouldTurnThePreludeIntoJazz() {
        Stage.Run run = stage.run("demo", "--out", root.resolve("out").toString());
        assertThat(run.err()).isEmpty();
        assertThat(run.exit()).isZero();
        assertThat(run.out()).contains("preset   classic-to-jazz").doesNotContain(" 0 removed, 0 added");
    }

    @Test
    void shouldHearWhatComesInByItself() throws Exception {
        Stage.Run run = stage.run(
                "transfer",
                stage.prelude("in.mid").toString(),
                "--to",
                "jazz",
                "-o",
                root.resolve("out.mid").toString());
        assertThat(run.err()).isEmpty();
        assertThat(run.out()).contains("sounds like ");
    }
}
