package idiom.app.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class JsonTest {
    @Test
    void shouldWriteNestedValuesInOrder() {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("b", 1);
        map.put("a", List.of(0.1234567, true, "x"));
        map.put("none", null);
        assertThat(Json.of(map)).isEqualTo("{\"b\":1,\"a\":[0.123457,true,\"x\"],\"none\":null}");
    }

    @Test
    void shouldEscapeTexts() {
        assertThat(Json.of("a\"b\\c\n\u0001")).isEqualTo("\"a\\\"b\\\\c\\u000a\\u0001\"");
        assertThat(Json.of("\ud834\udd1e")).isEqualTo("\"\ud834\udd1e\"");
        assertThat(Json.of("\ud834")).isEqualTo("\"\\ud834\"");
    }

    @Test
    void shouldHaveNoWordForWhatIsNoNumber() {
        assertThat(Json.of(Arrays.asList(Double.NaN, Double.POSITIVE_INFINITY, null)))
                .isEqualTo("[null,null,null]");
    }
}
