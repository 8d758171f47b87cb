package idiom.engine.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtProvider;
import idiom.engine.generator.GeneratorException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

class ProviderChoiceTest {

    @Test
    void shouldSayWhyNotTheBetterOnes() {
        Map<ExecutionProvider, String> refused = new LinkedHashMap<>();
        assertThat(ProviderChoice.of(ExecutionProvider.TENSORRT, 1, refused).description())
                .isEqualTo("TensorRT");
        refused.put(ExecutionProvider.TENSORRT, "TensorRT 10 is not installed");
        assertThat(ProviderChoice.of(ExecutionProvider.CUDA, 1, refused).description())
                .isEqualTo("CUDA (not TensorRT: TensorRT 10 is not installed)");
        refused.put(ExecutionProvider.CUDA, "out of memory");
        assertThat(ProviderChoice.of(ExecutionProvider.CPU, 4, refused).description())
                .isEqualTo("CPU, 4 threads (not TensorRT: TensorRT 10 is not installed; not CUDA: out of memory)");
        refused.replaceAll((provider, reason) -> "no NVIDIA driver");
        assertThat(ProviderChoice.of(ExecutionProvider.CPU, 1, refused).description())
                .isEqualTo("CPU, 1 thread (not TensorRT, CUDA: no NVIDIA driver)");
    }

    @Test
    void shouldPassOnTheCpusOwnFailure() {
        List<ExecutionProvider> tried = new ArrayList<>();
        InferenceOptions cpu = InferenceOptions.defaults().withProvider(ExecutionProvider.CPU);
        assertThatExceptionOfType(GeneratorException.class)
                .isThrownBy(() -> Providers.open("test", cpu, choice -> {
                    tried.add(choice.provider());
                    throw new GeneratorException("broken");
                }))
                .withMessage("broken");
        assertThat(tried).containsExactly(ExecutionProvider.CPU);
    }

    @Test
    void shouldRefuseAProviderThatIsNotThere() {
        DjlEngine.environment();
        Assumptions.assumeFalse(
                OrtEnvironment.getAvailableProviders().contains(OrtProvider.CUDA), "CPU build of ONNX Runtime only");
        InferenceOptions cuda = InferenceOptions.defaults().withProvider(ExecutionProvider.CUDA);
        assertThatThrownBy(() -> OnnxRuntimeGenerator.load("test", TestModels.identity(), cuda)
                        .close())
                .isInstanceOf(GeneratorException.class)
                .hasMessage(
                        "test: execution provider must work here, else choose auto or cpu: provider=CUDA reason=this"
                                + " is the CPU build of ONNX Runtime, -P gpu makes the one for NVIDIA");
    }
}
