package idiom.training.ranking;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import idiom.training.data.DataException;
import idiom.training.published.PublishedFigures;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StudyTest {
    @TempDir
    private Path folder;

    @Test
    void shouldAgreeWithThePublishedStudy() {
        Study study = MetricTable.of(PublishedFigures.userStudy()).with("s_hr");
        Agreement agreement = study.agreement(0, 2000, 1);

        assertThat(study.metrics()).containsExactly("content_change");
        assertThat(agreement.points()).isEqualTo(32);
        // What the authors' notebook prints.
        assertThat(agreement.pearson().value()).isCloseTo(-0.80541761, within(1e-8));
        assertThat(agreement.spearman().value()).isBetween(-0.9, -0.7);
        assertThat(agreement.pearson().p()).isEqualTo(1 / 2001.0, within(1e-9));
        assertThat(agreement.pearson().low()).isBetween(-1.0, -0.80541761);
        assertThat(agreement.pearson().high()).isBetween(-0.80541761, 0.0);
    }

    @Test
    void shouldAverageThePublishedModels() {
        List<Study.ModelMean> models =
                MetricTable.of(PublishedFigures.userStudy()).with("s_hr").models();

        assertThat(models).extracting(Study.ModelMean::model).containsExactly("Baseline", "SN", "SA", "SN+SA");
        assertThat(models).extracting(Study.ModelMean::items).containsOnly(8);
        double[] scores = {.701, .865, .222, .212};
        double[] changes = {1.327, .809, 2.808, 2.777};
        for (int m = 0; m < 4; m++) {
            assertThat(models.get(m).score()).isCloseTo(scores[m], within(5e-4));
            assertThat(models.get(m).values()[0]).isCloseTo(changes[m], within(5e-4));
        }
    }

    @Test
    void shouldJoinRankingsWithMetrics() throws IOException {
        Path rankings =
                write("rankings.csv", "participant,item,model,rank", "p,1,A,1", "p,1,B,2", "p,2,A,1", "p,2,B,2");
        Path metrics = write(
                "metrics.csv",
                "model,item,kind,change,f1,judgements",
                "B,1,x,2,0.5,9",
                "A,1,x,1,,9",
                "A,2,x,1,0.25,9",
                "B,2,x,4,0.75,9",
                "C,9,x,7,1,9");
        Study study = MetricTable.read(metrics).with(HumanRanking.read(rankings));

        assertThat(study.metrics()).containsExactly("change", "f1");
        assertThat(study.points())
                .extracting(p -> p.subject().toString())
                .containsExactly("item 1, model A", "item 1, model B", "item 2, model A", "item 2, model B");
        // Scores 1, 0, 1, 0 and changes 1, 2, 1, 4: deviations (1, -1, 1, -1) / 2 and (-1, 0, -1, 2), so -2 over the
        // root of
        // 1 times 6.
        Agreement change = study.agreement(0, 500, 3);
        assertThat(change.points()).isEqualTo(4);
        assertThat(change.pearson().value()).isCloseTo(-2 / Math.sqrt(6), within(1e-12));
        // Two items: four ways to exchange within them, of which two are as far from 0 as this one, and no interval.
        assertThat(change.pearson().p()).isBetween(0.4, 0.6);
        assertThat(change.pearson().low()).isNaN();
        assertThat(study.agreement(1, 10, 3).points()).isEqualTo(3);
        assertThat(study.models().get(0).values()[1]).isEqualTo(0.25);
    }

    @Test
    void shouldExchangeWithinItemsOnly() {
        // Items differ, models within an item hardly: all of the correlation is between items, and no evidence.
        List<String> items = List.of("1", "1", "2", "2", "3", "3");
        double[] scores = {0, 0, 0.5, 0.5, 1, 1};
        double[] values = {1, 2, 5, 6, 9, 10};
        assertThat(new Resampling(items, 200, 1)
                        .measure(Correlation::pearson, scores, values)
                        .p())
                .isEqualTo(1);
        // The same as six items: 2 in 6! / 2!2!2! arrangements are as extreme.
        List<String> alone = IntStream.range(0, 6).mapToObj(String::valueOf).toList();
        assertThat(new Resampling(alone, 2000, 1)
                        .measure(Correlation::pearson, scores, values)
                        .p())
                .isBetween(0.008, 0.04);
    }

    @Test
    void shouldGiveTheSameForTheSameSeed() {
        Study study = MetricTable.of(PublishedFigures.userStudy()).with("s_hr");
        assertThat(study.agreement(0, 100, 5)).isEqualTo(study.agreement(0, 100, 5));
        assertThat(study.agreement(0, 100, 5)).isNotEqualTo(study.agreement(0, 100, 6));
    }

    @Test
    void shouldRefuseWhatHasNoCorrelation() throws IOException {
        assertThatThrownBy(() -> study("item,model,s_hr,x", "1,A,0.5,1").agreement(0, 10, 1))
                .isInstanceOf(DataException.class)
                .hasMessage("a correlation needs three points or more: column=x points=1");
        assertThatThrownBy(() -> study("item,model,s_hr,x", "1,A,0.5,3", "1,B,0.2,3", "1,C,0.8,3")
                        .agreement(0, 10, 1))
                .hasMessage("what is the same at all points has no correlation: column=x value=3.0 points=3");
        assertThatThrownBy(() -> study("item,model,s_hr,x", "1,A,0.5,3", "1,B,0.5,2", "1,C,0.5,1")
                        .agreement(0, 10, 1))
                .hasMessage(
                        "what is the same at all points has no correlation: column=the human score value=0.5 points=3");
    }

    @Test
    void shouldSayWhatIsWrongWithMetrics() throws IOException {
        Path file = folder.resolve("m.csv");
        assertThatThrownBy(() -> study("item,model,x", "1,A,1"))
                .hasMessage(file + ": must have a column of human scores: missing=s_hr; rankings are given apart, with"
                        + " --rankings");
        assertThatThrownBy(() -> study("item,model,s_hr", "1,A,1.5"))
                .hasMessage(file + ": s_hr must be from 0 to 1: item 1, model A, s_hr=1.5");
        assertThatThrownBy(() -> study("item,model,s_hr", "1,A,1", "2,A,"))
                .hasMessage(file + ": s_hr must be from 0 to 1: item 2, model A, s_hr=NaN");
        assertThatThrownBy(() -> study("item,model,s_hr", "1,A,1", "1,A,0"))
                .hasMessage(file + ":3: each item and model must be there once: item 1, model A, as in line 2");
        assertThatThrownBy(() -> study("item,model,s_hr,x", "1,A,1,2", "1,B,0,much"))
                .hasMessage(file + ":3: x must be a number such as 3 or 0.75: x=much");
        assertThatThrownBy(() -> study("item,model,note", "1,A,good"))
                .hasMessage(file + ": must have a column of numbers beside item and model: columns=item,model,note");
        Path rankings = write("r.csv", "participant,item,model,rank", "p,1,A,1", "p,1,B,2");
        assertThatThrownBy(() -> MetricTable.read(write("m.csv", "item,model,x", "1,A,1"))
                        .with(HumanRanking.read(rankings)))
                .hasMessage(file + ": must have a row for each item and model that was ranked: missing item 1, model B;"
                        + " rows=1 ranked=2");
    }

    private Study study(String... lines) throws IOException {
        return MetricTable.read(write("m.csv", lines)).with("s_hr");
    }

    private Path write(String name, String... lines) throws IOException {
        return Files.writeString(folder.resolve(name), String.join("\n", lines));
    }
}
