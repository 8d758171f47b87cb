package idiom.training.evaluate;

import idiom.engine.generator.Generator;
import idiom.training.data.Progress;

/** A generator that tells a progress of each phrase it has answered. Closes the generator it is made of. */
public record ProgressGenerator(Generator generator, Progress progress) implements Generator {

    @Override
    public int maxBatch() {
        return generator.maxBatch();
    }

    @Override
    public void generate(float[] windows, float[] probabilities, int count) {
        generator.generate(windows, probabilities, count);
        for (int i = 0; i < count; i++) {
            progress.step();
        }
    }

    @Override
    public void close() {
        generator.close();
    }
}
