package idiom.training.gan;

import idiom.engine.pianoroll.PianoRoll;
import idiom.training.net.Adam;
import idiom.training.net.Average;
import idiom.training.net.Device;
import idiom.training.net.GeneratorNetwork;
import idiom.training.net.Tensors;
import idiom.training.net.Weights;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.jspecify.annotations.Nullable;

/** One of the two ways: its generator, the moving average of it, and the judges of what it makes. */
final class Direction implements AutoCloseable {
    private final Recipe recipe;
    private final GeneratorNetwork generator;
    private final Adam adam;
    private final Average average;
    private final Judge judge;
    private final @Nullable Judge mixedJudge;
    private final @Nullable GenreJudges genreJudges;

    Direction(Device device, Recipe recipe, long seed) {
        this.recipe = recipe;
        this.generator = new GeneratorNetwork(device, recipe.generator(), seed);
        this.adam = new Adam(
                generator.flat(), recipe.schedule().beta1(), recipe.schedule().clip());
        this.average = new Average(generator, recipe.schedule().average());
        this.judge = new Judge(device, recipe, PianoRoll.CELLS, seed + 1);
        this.mixedJudge = recipe.discriminators().variant() == Recipe.Variant.BASE
                ? null
                : new Judge(device, recipe, PianoRoll.CELLS, seed + 2);
        this.genreJudges =
                recipe.losses().genre() == 0 ? null : new GenreJudges(device, recipe, PianoRoll.CELLS, seed + 3);
    }

    /** Takes these for the generator's weights, and for their average. */
    void begin(float[] values) {
        generator.load(values);
        average.restore(0, values);
    }

    Weights trainable() {
        return generator.trainable(recipe.precision(), recipe.layout());
    }

    Tensor logits(Weights weights, Tensor x) {
        return generator.forward(weights, x);
    }

    /** What the next network sees of an output: probabilities, or binarised with the gradient of probabilities. */
    Tensor fakes(Tensor logits) {
        Tensor probabilities = torch.sigmoid(logits);
        if (!recipe.losses().straightThrough()) {
            return probabilities;
        }
        Tensor hard = logits.detach().gt(Tensors.scalar(0)).to(probabilities.scalar_type());
        return hard.sub(probabilities.detach()).add(probabilities);
    }

    /** The judges' part of the generator's loss. */
    Tensor persuasion(Tensor fakes, int step, RandomGenerator random) {
        Tensor loss = judge.persuasion(fakes, random)
                .mul(Tensors.scalar(recipe.losses().adversarial()));
        if (mixedJudge != null) {
            loss = loss.add(mixedJudge
                    .persuasion(fakes, random)
                    .mul(Tensors.scalar(recipe.losses().mixed())));
        }
        if (genreJudges != null) {
            loss = loss.add(genreJudges
                    .persuasion(fakes, step, random)
                    .mul(Tensors.scalar(recipe.losses().genre())));
        }
        return loss;
    }

    /** Updates the generator by the gradients it has gathered; returns their norm. */
    double step(double rate) {
        double norm = adam.step(rate);
        average.follow();
        return norm;
    }

    Judge judge() {
        return judge;
    }

    @Nullable
    Judge mixedJudge() {
        return mixedJudge;
    }

    @Nullable
    GenreJudges genreJudges() {
        return genreJudges;
    }

    /** All judges by the name they have in a checkpoint. */
    Map<String, Judge> judges() {
        Map<String, Judge> judges = new LinkedHashMap<>();
        judges.put("judge", judge);
        if (mixedJudge != null) {
            judges.put("mixed", mixedJudge);
        }
        if (genreJudges != null) {
            genreJudges.addTo(judges);
        }
        return judges;
    }

    /** Copy of the averaged weights. */
    float[] averageValues() {
        return average.values();
    }

    /** Probabilities by the averaged weights in fp32, as exported. */
    float[] infer(float[] windows, int count) {
        return generator.probabilities(average.vector(), windows, count);
    }

    void save(Checkpoint.Writer out, String name) {
        out.network(name, generator, adam);
        out.put(name + ".average", averageValues());
        judges().forEach((key, value) -> value.save(out, name + "." + key));
    }

    void restore(Checkpoint in, String name) {
        in.network(name, generator, adam);
        float[] values = in.get(name + ".average");
        try (PointerScope scope = new PointerScope()) {
            average.restore(adam.steps(), values);
        }
        judges().forEach((key, value) -> value.restore(in, name + "." + key));
    }

    @Override
    public void close() {
        generator.close();
        adam.close();
        average.close();
        judges().values().forEach(Judge::close);
    }
}
