package idiom.engine.onnx;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.NoSuchFileException;
import org.junit.jupiter.api.Test;

class OneLineTest {

    @Test
    void shouldGiveTheInnermostMessageOnOneLine() {
        Exception cause = new IllegalStateException("first line\n\tsecond\u0007 line ");
        assertThat(OneLine.of(new RuntimeException("outer", new RuntimeException("middle", cause))))
                .isEqualTo("first line second line");
    }

    @Test
    void shouldNameTheExceptionWhereTheMessageAloneSaysLittle() {
        assertThat(OneLine.of(new NoSuchFileException("/tmp/x"))).isEqualTo("NoSuchFileException: /tmp/x");
        assertThat(OneLine.of(new OutOfMemoryError())).isEqualTo("OutOfMemoryError");
    }

    @Test
    void shouldFindTheWordsThatMatterInAGpuFailure() {
        assertThat(
                        OneLine.of(
                                new RuntimeException(
                                        "Error code - ORT_FAIL - message: cuda_call.cc:129 std::conditional_t<"
                                                + "THRW, void> CUDA failure 100: no CUDA-capable device is detected ; GPU=-1 ; hostname=x")))
                .isEqualTo("CUDA failure 100: no CUDA-capable device is detected");
    }

    @Test
    void shouldCutWhatIsTooLong() {
        assertThat(OneLine.of(new RuntimeException("word ".repeat(100))))
                .hasSize(240)
                .startsWith("word word")
                .endsWith("...");
    }
}
