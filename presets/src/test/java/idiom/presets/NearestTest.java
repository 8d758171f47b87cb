package idiom.presets;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class NearestTest {
    @Test
    void shouldCountEdits() {
        assertThat(Nearest.distance("", "abc")).isEqualTo(3);
        assertThat(Nearest.distance("kitten", "sitting")).isEqualTo(3);
        assertThat(Nearest.distance("jazz", "jazz")).isZero();
        assertThat(Nearest.distance("nmae", "name")).isEqualTo(1);
    }

    @Test
    void shouldFindOnlyWhatIsNear() {
        List<String> words = List.of("jazz", "classic", "pop");
        assertThat(Nearest.to("clasic", words)).hasValue("classic");
        assertThat(Nearest.to("pip", words)).hasValue("pop");
        assertThat(Nearest.to("polka", words)).isEmpty();
    }
}
