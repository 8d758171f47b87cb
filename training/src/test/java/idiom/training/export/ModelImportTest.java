package idiom.training.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.assertj.core.api.Assertions.within;

import idiom.training.net.Device;
import idiom.training.net.GeneratorNetwork;
import idiom.training.net.GeneratorShape;
import idiom.training.net.RandomNetworks;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ModelImportTest {
    private static final GeneratorShape SHAPE = new GeneratorShape(2, 1, 1, true);

    @TempDir
    private Path folder;

    private Path exported(GeneratorShape shape, float[] values, WeightType type) throws IOException {
        return Files.write(
                folder.resolve("model.onnx"),
                ModelExport.generator(shape, GeneratorNetwork.layoutOf(shape), values, type, Map.of()));
    }

    private static float[] values(GeneratorShape shape) {
        try (GeneratorNetwork network = RandomNetworks.filled(new GeneratorNetwork(Device.CPU, shape, 1), 2)) {
            return network.values();
        }
    }

    @ParameterizedTest
    @CsvSource({"0, false, false", "1.5, true, false", "1, true, true"})
    void shouldGiveBackTheWeightsOfAnExport(double skip, boolean zeroMean, boolean attention) throws IOException {
        GeneratorShape shape = new GeneratorShape(4, 2, skip, zeroMean, false, attention);
        float[] values = values(shape);
        assertThat(ModelImport.generator(exported(shape, values, WeightType.FP32), shape))
                .isEqualTo(values);

        float[] rounded = ModelImport.generator(exported(shape, values, WeightType.FP16), shape);
        assertThat(rounded).hasSameSizeAs(values).isNotEqualTo(values);
        for (int i = 0; i < values.length; i++) {
            assertThat(rounded[i]).isCloseTo(values[i], within(Math.abs(values[i]) / 2048 + 1e-7f));
        }
    }

    @Test
    void shouldSayInOneLineWhatIsNoSuchGenerator() throws IOException {
        Path file = exported(SHAPE, values(SHAPE), WeightType.FP16);
        assertThatIOException()
                .isThrownBy(() -> ModelImport.generator(file, new GeneratorShape(3, 1, 1, true)))
                .withMessage(file
                        + ": not a generator of the recipe's shape (generator.width=3, generator.blocks=1): in must"
                        + " be [3, 1, 7, 7] and is [2, 1, 7, 7]");
        assertThatIOException()
                .isThrownBy(() -> ModelImport.generator(file, new GeneratorShape(2, 2, 1, true)))
                .withMessageEndingWith("res1.a must be [8, 8, 3, 3] and is missing");
        assertThatIOException()
                .isThrownBy(() -> ModelImport.generator(file, new GeneratorShape(2, 1, 0.5, true)))
                .withMessage(file
                        + ": not a generator as the recipe's (generator.skip=0.5, generator.zero-mean=true): its skip"
                        + " is 1.0, its zero-mean true");
        assertThatIOException()
                .isThrownBy(() -> ModelImport.generator(file, new GeneratorShape(2, 1, 1, true, true, false)))
                .withMessage(
                        file + ": a model can't be gone on from with generator.spectral-norm: it is folded into the"
                                + " weights");

        Path noise = Files.write(folder.resolve("noise.onnx"), new byte[] {7, 7, 7});
        assertThatIOException()
                .isThrownBy(() -> ModelImport.generator(noise, SHAPE))
                .withMessageStartingWith(noise + ": not an ONNX file (")
                .withMessageNotContaining("\n");
    }
}
