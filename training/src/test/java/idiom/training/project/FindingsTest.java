package idiom.training.project;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import idiom.engine.metrics.Texture;
import idiom.engine.metrics.TransferStrength;
import idiom.training.evaluate.ChangedNotes;
import idiom.training.evaluate.ContentSpread;
import idiom.training.evaluate.DirectionResult;
import idiom.training.evaluate.PairResult;
import idiom.training.evaluate.Spread;
import org.junit.jupiter.api.Test;

class FindingsTest {
    private static final ContentSpread CHANGED =
            new ContentSpread(new Spread(0.4, 0.1), new Spread(0.3, 0.1), new Spread(0.1, 0.1));

    private static DirectionResult direction(
            String source, String target, double before, double after, double tune, double foreign, double density) {
        return new DirectionResult(
                source,
                target,
                200,
                new TransferStrength(before, after, before),
                0.03,
                before - 0.05,
                CHANGED,
                CHANGED,
                CHANGED,
                tune,
                0.9,
                foreign,
                0.5,
                foreign,
                new Texture(2, 1, 1, 0, 0, 0, 0),
                new Texture(2 * density, 1, 1, 0, 0, 0, 0),
                new Texture(2, 1, 1, 0, 0, 0, 0),
                new ChangedNotes(0, 0, 0, 0, 0, 0),
                new ChangedNotes(0, 0, 0, 0, 0, 0));
    }

    @Test
    void shouldSayInWordsWhatIsStrongAndWhatIsWeak() {
        DirectionResult there = direction("jazz", "bossa", 0.9, 0.2, 0.95, 0.02, 1.1);
        DirectionResult back = direction("bossa", "jazz", 0.8, 0.72, 0.5, 0.3, 2);

        String text = Findings.of(new PairResult(0.85, there, back), "b", "b-back");

        assertThat(Findings.realMusic(new PairResult(0.85, there, back))).isCloseTo(0.7, within(1e-9));
        assertThat(text)
                .startsWith("The judge, which neither trained nor chose these models, is right on 85 % of real music")
                .contains("b, jazz as bossa, on 200 phrases: strong\n")
                .contains("strength        0.70 (error 0.03); real bossa would have 0.70, changes by chance 0.05\n")
                .contains("key changes     in 2 % of the phrases, by another key finder in 50 %\n")
                .contains("b-back, bossa as jazz, on 200 phrases: no more than chance\n")
                .doesNotContain("That is little");
        assertThat(text.substring(0, text.indexOf("b-back"))).doesNotContain("weak");
        assertThat(text.substring(text.indexOf("b-back")).lines().filter(line -> line.startsWith("  weak: ")))
                .hasSize(5)
                .anyMatch(line -> line.contains("changes the genre too little"))
                .anyMatch(line -> line.contains("loses the tune"))
                .anyMatch(line -> line.contains("changes keys"))
                .anyMatch(line -> line.contains("adds wrong notes"))
                .anyMatch(line -> line.contains("plays too much"));
    }

    @Test
    void shouldWarnOfAJudgeThatHardlyTells() {
        DirectionResult there = direction("jazz", "bossa", 0.6, 0.5, 1, 0, 1);
        DirectionResult back = direction("bossa", "jazz", 0.6, 0.5, 1, 0, 1);

        assertThat(Findings.of(new PairResult(0.6, there, back), "b", "b-back"))
                .contains("right on 60 %")
                .contains("That is little");
    }
}
