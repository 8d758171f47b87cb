package idiom.training.calibrate;

import static org.assertj.core.api.Assertions.assertThat;

import idiom.presets.Decoding;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.ToDoubleFunction;
import org.junit.jupiter.api.Test;

class DecodingSearchTest {
    private static final Decodings PLAIN = new Decodings(Decoding.PLAIN, Decoding.PLAIN);

    private final AtomicInteger looks = new AtomicInteger();

    private Decodings search(ToDoubleFunction<Decodings> score) {
        return new DecodingSearch(score, looks::incrementAndGet, PLAIN).run();
    }

    private static double near(double value, double wanted) {
        return -Math.abs(value - wanted);
    }

    @Test
    void shouldFindEachNumberOfEachDirection() {
        Decodings found = search(decodings -> near(decodings.there().threshold(), 0.62)
                + near(decodings.back().threshold(), 0.43)
                + near(decodings.there().densityLimit(), 1.9)
                + near(decodings.back().densityLimit(), 1.5));

        // The grid has 0.6, 0.45, 2 and 1.5; steps of 0.02 and 0.01, 10 % and 5 % lead on from there.
        assertThat(found.there().threshold()).isEqualTo(0.62);
        assertThat(found.back().threshold()).isEqualTo(0.43);
        assertThat(found.there().densityLimit()).isBetween(1.85, 1.95);
        assertThat(found.back().densityLimit()).isEqualTo(1.5);
        assertThat(looks).hasValue(DecodingSearch.looks());
    }

    /** A threshold that is worth something under one density limit alone. */
    @Test
    void shouldFindWhatIsGoodTogetherAlone() {
        Decodings found = search(decodings ->
                decodings.back().threshold() == 0.4 && decodings.back().densityLimit() == 1.7 ? 1 : 0);

        assertThat(found)
                .isEqualTo(new Decodings(
                        Decoding.PLAIN, Decoding.PLAIN.with(0.4, 1).withDensityLimit(1.7)));
    }

    @Test
    void shouldNeverBeWorseThanTheStart() {
        Decodings found = search(
                decodings -> decodings.there().threshold() == decodings.back().threshold() ? 1 : 0);

        assertThat(found).isEqualTo(PLAIN);
    }

    @Test
    void shouldChangeNothingForAGainThatMayBeChance() {
        Decodings found =
                search(decodings -> decodings.there().threshold() == 0.55 ? DecodingSearch.LEAST_GAIN / 2 : 0);

        assertThat(found).isEqualTo(PLAIN);
        assertThat(looks).hasValue(DecodingSearch.looks());
    }

    /** What the musician has chosen otherwise is not asked about. */
    @Test
    void shouldLeaveLocksAndMixAlone() {
        Decoding plain = Decoding.PLAIN;
        Decoding chosen = new Decoding(0.5, 0.8, true, false, true, 16, plain.feel(), plain.range());
        Decodings found = new DecodingSearch(
                        decodings -> near(decodings.there().threshold(), 0.4),
                        looks::incrementAndGet,
                        new Decodings(chosen, chosen))
                .run();

        assertThat(found).isEqualTo(new Decodings(chosen.with(0.4, 0.8), chosen));
    }
}
