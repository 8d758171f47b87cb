package idiom.training.run;

import idiom.engine.generator.Generator;
import idiom.training.gan.CycleGan;

/** One direction of a model in training, as the engine sees a generator. */
record GanGenerator(CycleGan gan, boolean towardsB) implements Generator {

    @Override
    public int maxBatch() {
        return 64;
    }

    @Override
    public void generate(float[] windows, float[] probabilities, int count) {
        float[] result = gan.infer(towardsB, windows, count);
        System.arraycopy(result, 0, probabilities, 0, result.length);
    }

    @Override
    public void close() {
        // The model belongs to the run.
    }
}
