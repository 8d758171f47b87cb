package idiom.training.gan;

import idiom.training.net.Device;
import idiom.training.net.Tensors;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.bytedeco.pytorch.Tensor;

/**
 * The judges of one direction that learn real target from real source alone and never meet a fake (the domain
 * classification loss of Choi et al. 2018, StarGAN, eq. 2 and 3). Several of them, of which one at a time begins anew, are
 * harder to talk round than one: what a generator has found that only one of them overlooks is lost with it. Those without
 * convolutions come after the others and do not share their blind spots: first those with attention, then those that know
 * statistics alone.
 */
final class GenreJudges implements AutoCloseable {
    private final Recipe recipe;
    private final long seed;
    private final List<Judge> judges;

    GenreJudges(Device device, Recipe recipe, int cells, long seed) {
        this.recipe = recipe;
        this.seed = seed;
        this.judges = IntStream.range(0, recipe.discriminators().allGenreJudges())
                .mapToObj(i -> judge(device, cells, i))
                .toList();
    }

    private Judge judge(Device device, int cells, int i) {
        Recipe.Discriminators shape = recipe.discriminators();
        double noise = isOfFirstKind(i) ? shape.noise() * (i + 1) / shape.genreJudges() : shape.attentionNoise();
        return new Judge(device, recipe, cells, kind(i), noise, seed(i, 0));
    }

    private boolean isOfFirstKind(int judge) {
        return judge < recipe.discriminators().genreJudges();
    }

    private Recipe.Kind kind(int judge) {
        Recipe.Discriminators shape = recipe.discriminators();
        if (isOfFirstKind(judge)) {
            return shape.kind();
        }
        return judge < shape.genreJudges() + shape.attentionJudges() ? Recipe.Kind.ATTENTION : Recipe.Kind.HISTOGRAM;
    }

    /** The mean of what those who have a say at this step want of a generator. */
    Tensor persuasion(Tensor fakes, int step, RandomGenerator random) {
        List<Judge> heard = IntStream.range(0, judges.size())
                .filter(i -> hasSay(i, step))
                .mapToObj(judges::get)
                .toList();
        Tensor sum = heard.get(0).persuasion(fakes, random);
        for (Judge judge : heard.subList(1, heard.size())) {
            sum = sum.add(judge.persuasion(fakes, random));
        }
        return sum.div(Tensors.scalar(heard.size()));
    }

    /** One step of learning; the one whose time has come begins anew first. */
    void learn(Tensor real, float[] source, int step, RandomGenerator random) {
        for (int i = 0; i < judges.size(); i++) {
            if (begins(i, step)) {
                judges.get(i).renew(recipe.discriminators(), seed(i, step));
            }
            double rate = isOfFirstKind(i)
                    ? recipe.schedule().genreRate()
                    : recipe.schedule().attentionRate();
            judges.get(i).learn(real, source.clone(), rate, random);
        }
    }

    /** Whether this is a step at which a judge begins anew: every so many steps, each at its own time. */
    private boolean begins(int judge, int step) {
        return step > recipe.schedule().warmup() && age(judge, step) == 0;
    }

    /** A judge of the first hour has a say all along; one that began anew learns first. */
    private boolean hasSay(int judge, int step) {
        int warmup = recipe.schedule().warmup();
        boolean renewed = step - age(judge, step) > warmup;
        return !renewed || age(judge, step) >= warmup;
    }

    /** Steps since a judge's last turn, which for the first round lies before the first step. */
    private int age(int judge, int step) {
        int life = recipe.discriminators().genreLife();
        if (life == 0) {
            return step + 1;
        }
        int turn = recipe.schedule().warmup() + (judge + 1) * life / judges.size();
        return Math.floorMod(step - turn, life);
    }

    private long seed(int judge, int step) {
        return seed + 100L * judge + 10_000L * step;
    }

    void addTo(Map<String, Judge> byName) {
        for (int i = 0; i < judges.size(); i++) {
            byName.put("genre-" + i, judges.get(i));
        }
    }

    @Override
    public void close() {
        judges.forEach(Judge::close);
    }
}
