package idiom.training.published;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import idiom.engine.metrics.TransferStrength;
import idiom.training.classifier.NoiseAccuracy;
import java.util.List;
import org.junit.jupiter.api.Test;

class PublishedFiguresTest {
    private static final List<Figure> ALL = PublishedFigures.all();

    @Test
    void shouldHaveEveryCellOfTheTables() {
        assertThat(ALL).hasSize(3 * 6 + 3 * 3 * (1 + 2 * 3) + 4 * 3 + 4 * 2 * 3 + 4);
        assertThat(of("classifier_accuracy")).extracting(Figure::setting).contains("sigma_C=0", "sigma_C=0.5");
        assertThat(of("classifier_accuracy")).hasSize(3 * NoiseAccuracy.SIGMAS.size());
        assertThat(ALL)
                .extracting(Figure::origin)
                .containsOnly(
                        "Brunner et al. 2018, classifier table",
                        "Brunner et al. 2018, transfer table",
                        "Brunner et al. 2019, figure 1",
                        "Brunner et al. 2019, table 1",
                        "Brunner et al. 2019, section 4.1");
    }

    /** The strengths that were published follow from the shares that were, within their rounding; two are off by more. */
    @Test
    void shouldHaveStrengthsThatFollowFromShares() {
        for (Figure total : of("strength_total")) {
            if (total.origin().contains("2018")) {
                double computed = TransferStrength.total(
                        strength(total, total.source(), total.target()),
                        strength(total, total.target(), total.source()));
                assertThat(total.value()).as(total.toString()).isCloseTo(computed, within(0.0015));
            }
        }
    }

    /** The text of the 2019 paper gives content change over both directions: 0.92, 0.52, 2.11, 2.19. */
    @Test
    void shouldHaveContentChangesThatAddUp() {
        double[] means = {0.92, 0.52, 2.11, 2.19};
        List<String> models = List.of("Baseline", "SN", "SA", "SN+SA");
        for (int m = 0; m < 4; m++) {
            double there = value("content_change", "classic", "pop", models.get(m));
            double back = value("content_change", "pop", "classic", models.get(m));
            assertThat((there + back) / 2).isCloseTo(means[m], within(0.0051));
        }
        for (Figure total : of("content_change")) {
            double parts = value("added", total.source(), total.target(), total.model())
                    + value("removed", total.source(), total.target(), total.model());
            // One cell is printed as 0.91 where the others leave 0.09.
            boolean isMisprint = total.model().equals("SN") && total.source().equals("classic");
            assertThat(parts).as(total.toString()).isCloseTo(total.value() + (isMisprint ? 0.82 : 0), within(0.011));
            assertThat(total.deviation()).isPositive();
        }
    }

    private static List<Figure> of(String measure) {
        return ALL.stream().filter(figure -> figure.measure().equals(measure)).toList();
    }

    private static double value(String measure, String source, String target, String model) {
        return of(measure).stream()
                .filter(figure ->
                        figure.isFrom(source, target) && figure.model().equals(model))
                .findFirst()
                .orElseThrow()
                .value();
    }

    private static TransferStrength strength(Figure total, String source, String target) {
        return new TransferStrength(
                value("p_before", source, target, total.model()),
                value("p_after", source, target, total.model()),
                value("p_back", source, target, total.model()));
    }
}
