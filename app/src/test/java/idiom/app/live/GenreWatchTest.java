package idiom.app.live;

import static org.assertj.core.api.Assertions.assertThat;

import idiom.engine.onnx.GenreEstimate;
import idiom.engine.pianoroll.PianoRoll;
import idiom.presets.Decoding;
import idiom.presets.Hop;
import idiom.presets.Mode;
import idiom.presets.ModelFile;
import idiom.presets.Output;
import idiom.presets.Preset;
import idiom.presets.Provenance;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class GenreWatchTest {
    private final List<Integer> chosen = new ArrayList<>();
    private final Map<String, Double> verdict = new LinkedHashMap<>();
    private long nowNs;
    private int closed;
    private final GenreWatch watch = new GenreWatch(
            window -> new GenreEstimate(verdict),
            () -> closed++,
            List.of(from("classic"), from("pop")),
            chosen::add,
            () -> nowNs);

    private static Preset from(String source) {
        return new Preset(
                source + "-to-jazz",
                0,
                source,
                "jazz",
                new ModelFile(Path.of("none.onnx"), "0".repeat(64)),
                Mode.FOLLOW,
                Hop.BEAT,
                Decoding.PLAIN,
                Output.AS_INPUT,
                Provenance.UNKNOWN);
    }

    private void hear(double classic, double jazz, double pop) {
        verdict.put("classic", classic);
        verdict.put("jazz", jazz);
        verdict.put("pop", pop);
        watch.accept(PianoRoll.empty());
        nowNs += 500_000_000;
    }

    @Test
    void shouldChangeItsMindAfterThreeVerdictsInARow() {
        hear(0.2, 0.1, 0.7);
        hear(0.2, 0.1, 0.7);
        assertThat(chosen).isEmpty();
        hear(0.2, 0.1, 0.7);
        assertThat(chosen).containsExactly(1);
        hear(0.2, 0.1, 0.7);
        assertThat(chosen).as("said once").containsExactly(1);
    }

    @Test
    void shouldNotBeTurnedRoundByOneStrangeBar() {
        for (int i = 0; i < 10; i++) {
            hear(0.2, 0.1, 0.7);
            hear(0.2, 0.1, 0.7);
            hear(0.7, 0.1, 0.2);
        }
        assertThat(chosen).isEmpty();
    }

    /** Nothing leads from jazz to jazz: the next likeliest genre counts. */
    @Test
    void shouldTakeTheLikeliestThatAPresetLeadsFrom() {
        for (int i = 0; i < 3; i++) {
            hear(0.1, 0.6, 0.3);
        }
        assertThat(chosen).containsExactly(1);
    }

    /** In the mode instant a window comes every few milliseconds, and each waits until the one before is done with. */
    @Test
    void shouldListenTwiceASecondAtMost() {
        hear(0.2, 0.1, 0.7);
        nowNs = 0;
        for (int window = 0; window < 100; window++) {
            nowNs += 10_000_000;
            assertThat(chosen).isEmpty();
            watch.accept(PianoRoll.empty());
        }
        assertThat(chosen).as("the third time, after a second").containsExactly(1);
    }

    @Test
    void shouldCloseItsClassifier() {
        watch.close();
        assertThat(closed).isOne();
    }
}
