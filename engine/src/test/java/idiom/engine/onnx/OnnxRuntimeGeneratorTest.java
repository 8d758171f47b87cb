package idiom.engine.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.sun.management.ThreadMXBean;
import idiom.engine.generator.GeneratorException;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Random;
import org.assertj.core.api.AbstractThrowableAssert;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OnnxRuntimeGeneratorTest {
    private static final int CELLS = 64 * 84;
    private static final InferenceOptions CPU = InferenceOptions.defaults().withProvider(ExecutionProvider.CPU);

    @TempDir
    Path folder;

    @Test
    void shouldGiveWhatTheNetworkComputes() {
        float[] windows = randomWindows(1);
        float[] probabilities = new float[CELLS];

        try (OnnxRuntimeGenerator generator = load(TestModels.affine(0.5f, 0.25f), CPU)) {
            generator.generate(windows, probabilities, 1);
        }

        for (int i = 0; i < CELLS; i++) {
            assertThat(probabilities[i]).isEqualTo(windows[i] == 1 ? 0.75f : 0.25f);
        }
    }

    @Test
    void shouldKeepStepsAndPitchesApart() {
        float[] windows = new float[CELLS];
        windows[10 * 84 + 20] = 1;
        float[] probabilities = new float[CELLS];

        try (OnnxRuntimeGenerator generator = load(TestModels.neighbours(), CPU)) {
            generator.generate(windows, probabilities, 1);
        }

        for (int step = 0; step < 64; step++) {
            for (int pitch = 0; pitch < 84; pitch++) {
                boolean near = Math.abs(step - 10) <= 1 && Math.abs(pitch - 20) <= 1;
                assertThat(probabilities[step * 84 + pitch]).isCloseTo(near ? 1 / 9f : 0, within(1e-6f));
            }
        }
    }

    @Test
    void shouldGiveTheSameInAnyBatch() {
        float[] windows = randomWindows(5);
        float[] singles = new float[5 * CELLS];
        try (OnnxRuntimeGenerator generator = load(TestModels.neighbours(), CPU.withMaxBatch(5))) {
            for (int i = 0; i < 5; i++) {
                float[] one = new float[CELLS];
                generator.generate(Arrays.copyOfRange(windows, i * CELLS, (i + 1) * CELLS), one, 1);
                System.arraycopy(one, 0, singles, i * CELLS, CELLS);
            }
            for (int count = 5; count >= 1; count--) {
                float[] together = new float[5 * CELLS];
                Arrays.fill(together, -1);
                generator.generate(windows, together, count);
                assertThat(Arrays.copyOf(together, count * CELLS))
                        .containsExactly(Arrays.copyOf(singles, count * CELLS), within(1e-6f));
                for (int i = count * CELLS; i < together.length; i++) {
                    assertThat(together[i]).isEqualTo(-1);
                }
            }
        }
    }

    @Test
    void shouldAllocateLessThanAKilobytePerWindow() {
        float[] windows = randomWindows(4);
        float[] probabilities = new float[4 * CELLS];
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        try (OnnxRuntimeGenerator generator = load(TestModels.neighbours(), CPU.withMaxBatch(4))) {
            for (int i = 0; i < 200; i++) {
                generator.generate(windows, probabilities, 1);
            }
            long before = threads.getCurrentThreadAllocatedBytes();
            for (int i = 0; i < 200; i++) {
                generator.generate(windows, probabilities, 1);
            }
            assertThat((threads.getCurrentThreadAllocatedBytes() - before) / 200)
                    .isBetween(0L, 1023L);
        }
    }

    @Test
    void shouldSayWhatRunsIt() {
        try (OnnxRuntimeGenerator generator = load(TestModels.affine(0.5f, 0.25f), CPU.withThreads(2))) {
            assertThat(generator.providerChoice())
                    .isEqualTo(new ProviderChoice(ExecutionProvider.CPU, "CPU, 2 threads"));
            assertThat(generator.metadata()).containsExactly(Map.entry("seed", "42"));
            assertThat(generator.maxBatch()).isEqualTo(1);
        }
    }

    @Test
    void shouldFallBackToTheCpuAndSayWhy() {
        try (OnnxRuntimeGenerator generator = load(TestModels.identity(), InferenceOptions.defaults())) {
            ProviderChoice choice = generator.providerChoice();
            if (choice.provider() == ExecutionProvider.CPU) {
                assertThat(choice.description())
                        .matches("CPU, 1 thread \\(not TensorRT, CUDA: .+\\)")
                        .doesNotContain("\n");
            } else {
                assertThat(choice.description()).matches("(TensorRT|CUDA)( \\(not .+\\))?");
            }
        }
    }

    @Test
    void shouldRefuseFilesThatAreNoModels() throws IOException {
        Path garbage = Files.writeString(folder.resolve("garbage.onnx"), "MThd this is no model");
        assertRefused(garbage).hasMessageStartingWith(garbage + ": model must be a valid ONNX file: bytes=21 reason=");

        byte[] whole = TestModels.neighbours();
        for (int length = 1; length < whole.length; length += 7) {
            Path cut = Files.write(folder.resolve("cut.onnx"), Arrays.copyOf(whole, length));
            assertRefused(cut).hasMessageStartingWith(cut + ": ").hasMessageNotContaining("\n");
        }

        Path empty = Files.createFile(folder.resolve("empty.onnx"));
        assertRefused(empty).hasMessage("model must have 1 to 134217728 bytes: file=" + empty + " bytes=0");
        assertRefused(folder).hasMessage("model must be a file: file=" + folder);
        Path missing = folder.resolve("missing.onnx");
        assertRefused(missing).hasMessage("model must exist: file=" + missing);
    }

    @Test
    void shouldRefuseNetworksOfAnotherKind() {
        assertModelRefused(TestModels.identity("x", "probabilities", 1, TestModels.WINDOWS))
                .hasMessage("test: a model must have one input called windows: inputs=[x]");
        assertModelRefused(TestModels.identity("windows", "y", 1, TestModels.WINDOWS))
                .hasMessage("test: a model must have one output called probabilities: outputs=[y]");
        assertModelRefused(TestModels.identity("windows", "probabilities", 11, TestModels.WINDOWS))
                .hasMessage("test: input windows must hold 32-bit floats: type=DOUBLE");
        assertModelRefused(TestModels.identity("windows", "probabilities", 1, -1, 1, 84, 64))
                .hasMessage("test: input windows must have the shape [batch, 1, 64, 84]: shape=[batch, 1, 84, 64]");
        assertModelRefused(TestModels.identity("windows", "probabilities", 1, 1, 1, 64, 84))
                .hasMessage("test: input windows must have the shape [batch, 1, 64, 84]: shape=[1, 1, 64, 84]");
        assertModelRefused(TestModels.classifier(Map.of("genres", "a,b"), 1, 2))
                .hasMessage("test: a model must have one output called probabilities: outputs=[logits]");
    }

    @Test
    void shouldRefuseValuesThatAreNoProbabilities() {
        float[] windows = new float[2 * CELLS];
        windows[CELLS + 85] = 1;
        try (OnnxRuntimeGenerator generator = load(TestModels.affine(2, 0), CPU.withMaxBatch(2))) {
            assertThatExceptionOfType(GeneratorException.class)
                    .isThrownBy(() -> generator.generate(windows, new float[2 * CELLS], 2))
                    .withMessage("test: probabilities must be 0 to 1: window=1 cell=85 value=2.0");
        }
        try (OnnxRuntimeGenerator generator = load(TestModels.affine(Float.NaN, 0), CPU)) {
            assertThatExceptionOfType(GeneratorException.class)
                    .isThrownBy(() -> generator.generate(windows, new float[CELLS], 1))
                    .withMessage("test: probabilities must be 0 to 1: window=0 cell=0 value=NaN");
        }
    }

    /** A sure network's sigmoid may come out as 1.0000001. */
    @Test
    void shouldTakeARoundingBeyondOneForOne() {
        float[] windows = new float[CELLS];
        windows[85] = 1;
        float[] probabilities = new float[CELLS];
        try (OnnxRuntimeGenerator generator = load(TestModels.affine(1.000001f, -0.0000002f), CPU)) {
            generator.generate(windows, probabilities, 1);
        }
        assertThat(probabilities[85]).isEqualTo(1);
        assertThat(probabilities[0]).isZero();
    }

    @Test
    void shouldRefuseWrongCalls() {
        OnnxRuntimeGenerator generator = load(TestModels.identity(), CPU.withMaxBatch(2));
        float[] two = new float[2 * CELLS];
        assertThatIllegalArgumentException()
                .isThrownBy(() -> generator.generate(two, two, 0))
                .withMessage("count must be 1 to 2: count=0");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> generator.generate(new float[3 * CELLS], new float[3 * CELLS], 3))
                .withMessage("count must be 1 to 2: count=3");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> generator.generate(new float[2 * CELLS - 1], two, 2))
                .withMessage("windows must have at least 10752 values: length=10751");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> generator.generate(two, new float[CELLS], 2))
                .withMessage("probabilities must have at least 10752 values: length=5376");
        generator.close();
        generator.close();
        assertThatIllegalStateException()
                .isThrownBy(() -> generator.generate(two, two, 1))
                .withMessage("model is closed: model=test");
    }

    @Test
    void shouldRefuseImpossibleOptions() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> CPU.withThreads(0))
                .withMessage("threads must be 1 to 256: threads=0");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> CPU.withMaxBatch(2000))
                .withMessage("maxBatch must be 1 to 1024: maxBatch=2000");
    }

    /** A broken file must never take the process along: every mutation ends in a network or in one line. */
    @Test
    void shouldSurviveMutatedModels() {
        byte[] model = TestModels.neighbours();
        Random random = new Random(20261123);
        int refused = 0;
        for (int i = 0; i < 300; i++) {
            byte[] mutated = model.clone();
            for (int flips = 1 + random.nextInt(3); flips > 0; flips--) {
                mutated[random.nextInt(mutated.length)] = (byte) random.nextInt(256);
            }
            try (OnnxRuntimeGenerator generator = load(mutated, CPU)) {
                assertThat(generator.maxBatch()).isEqualTo(1);
            } catch (GeneratorException e) {
                refused++;
                assertThat(e.getMessage()).startsWith("test: ").doesNotContain("\n");
            }
        }
        assertThat(refused).isBetween(150, 299);
    }

    private AbstractThrowableAssert<?, ?> assertRefused(Path file) {
        return assertThatThrownBy(() -> OnnxRuntimeGenerator.load(file, CPU).close())
                .isInstanceOf(GeneratorException.class);
    }

    private static AbstractThrowableAssert<?, ?> assertModelRefused(byte[] model) {
        return assertThatThrownBy(() -> load(model, CPU).close()).isInstanceOf(GeneratorException.class);
    }

    private static OnnxRuntimeGenerator load(byte[] model, InferenceOptions options) {
        return OnnxRuntimeGenerator.load("test", model, options);
    }

    private static float[] randomWindows(int count) {
        Random random = new Random(3);
        float[] windows = new float[count * CELLS];
        for (int i = 0; i < windows.length; i++) {
            windows[i] = random.nextInt(12) == 0 ? 1 : 0;
        }
        return windows;
    }
}
