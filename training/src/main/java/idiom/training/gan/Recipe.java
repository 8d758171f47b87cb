package idiom.training.gan;

import idiom.presets.Decoding;
import idiom.training.net.AttentionNetwork;
import idiom.training.net.GeneratorShape;
import idiom.training.net.Layout;
import idiom.training.net.Precision;

/**
 * Everything that decides what a training run computes, beside the data. Two runs of one recipe on one data set, one
 * machine and one number of threads give the same numbers.
 *
 * @param generator both generators
 * @param discriminators all discriminators
 * @param losses terms and weights
 * @param schedule steps, rates, averages
 * @param locks what no generator may change, in training as in the presets that come of it
 * @param batch phrases per genre and step; the papers' is 16
 * @param precision of activations
 * @param layout of activations in memory: a matter of speed alone
 * @param seed of weights, order, noise and pools
 */
public record Recipe(
        GeneratorShape generator,
        Discriminators discriminators,
        Losses losses,
        Schedule schedule,
        Locks locks,
        int batch,
        Precision precision,
        Layout layout,
        long seed) {

    /** Which further discriminators there are (Brunner et al. 2018, section III-C). */
    public enum Variant {
        /** None: CycleGAN as it is. */
        BASE,
        /** One more per direction, on phrases of both genres of the pair. */
        PARTIAL,
        /** One more per direction, on phrases of all genres. */
        FULL
    }

    /** What a discriminator is built like. */
    public enum Kind {
        /** The papers' patch discriminator. */
        PATCH,
        /** Like the genre classifier. */
        OCTAVE,
        /** Like the classifier that knows no convolution: self-attention over steps. */
        ATTENTION,
        /** Like the classifier that counts and knows no order. */
        HISTOGRAM
    }

    /** How the way back is compared with the original. */
    public enum CycleLoss {
        /** Mean absolute difference of probabilities, the papers'. */
        L1,
        /** Binary cross-entropy, whose gradient does not fade where the network is sure and wrong. */
        BCE
    }

    /**
     * The discriminators.
     *
     * @param variant which there are
     * @param kind what they are built like
     * @param width channels after the first convolution; the papers' is 64
     * @param spectralNorm whether their convolutions are normalised (Brunner et al. 2019, section 3.2); of patch and octave
     *     discriminators alone
     * @param selfAttention whether there is self-attention after the first two hidden layers (same place); of patch and octave
     *     discriminators alone
     * @param noise sigma_D: |N(0, sigma_D)| is added to all they see
     * @param pool past fakes kept, 0 for none; the papers' is 50
     * @param augment whether all they see is moved by a random interval and a random time, and a random stretch of it
     *     silenced (Zhao et al. 2020, DiffAugment), so that they judge what holds in every key and bar
     * @param sourceNegatives weight of real phrases of the source genre as further fakes: 0 is the papers'
     * @param genreJudges how many judges of the genre alone there are in each direction, if {@code losses.genre} asks for
     *     any; they start differently, and the noise on what they see rises in equal parts up to {@code noise}
     * @param attentionJudges how many more of them there are that are built without convolutions, so that a generator has to
     *     convince networks of two kinds
     * @param histogramJudges how many more that know statistics alone: how long and how often each pitch sounds, where in the
     *     bar, in which intervals. What is gained by more or shorter notes than the target genre has, they hear
     * @param attentionNoise deviation of the noise on what all judges without convolutions see: far less than the others', whose
     *     wide kernels average it away
     * @param genreLife steps after which a judge of the genre begins anew, one after another, so that generators can't
     *     specialise in what one of them overlooks; 0 for never. One that has just begun has no say for as long as the
     *     warm-up lasts
     */
    public record Discriminators(
            Variant variant,
            Kind kind,
            int width,
            boolean spectralNorm,
            boolean selfAttention,
            double noise,
            int pool,
            boolean augment,
            double sourceNegatives,
            int genreJudges,
            int attentionJudges,
            int histogramJudges,
            double attentionNoise,
            int genreLife) {
        public Discriminators {
            Checks.range("discriminators.width", width, 1, 512);
            Checks.range("discriminators.noise", noise, 0, 10);
            Checks.range("discriminators.pool", pool, 0, 1000);
            Checks.range("discriminators.source-negatives", sourceNegatives, 0, 10);
            Checks.range("discriminators.genre-judges", genreJudges, 1, 16);
            Checks.range("discriminators.attention-judges", attentionJudges, 0, 16);
            Checks.range("discriminators.histogram-judges", histogramJudges, 0, 16);
            Checks.range("discriminators.attention-noise", attentionNoise, 0, 10);
            Checks.range("discriminators.genre-life", genreLife, 0, 10_000_000);
            boolean convolves = kind == Kind.PATCH || kind == Kind.OCTAVE;
            if (spectralNorm && !convolves) {
                throw new IllegalArgumentException("discriminators.spectral-norm normalises convolutions, and kind "
                        + RecipeText.lower(kind) + " has none: discriminators.kind must be patch or octave");
            }
            if (selfAttention && !convolves) {
                throw new IllegalArgumentException(
                        "discriminators.self-attention adds attention to convolutions, and kind "
                                + RecipeText.lower(kind) + " has none: discriminators.kind must be patch or octave");
            }
            if ((kind == Kind.ATTENTION || attentionJudges > 0) && width % AttentionNetwork.HEADS != 0) {
                throw new IllegalArgumentException("discriminators.width must be a multiple of "
                        + AttentionNetwork.HEADS + " for judges with attention: discriminators.width=" + width);
            }
        }

        /** Judges of the genre alone, of all kinds. */
        int allGenreJudges() {
            return genreJudges + attentionJudges + histogramJudges;
        }
    }

    /**
     * The generators' loss.
     *
     * @param cycle weight of each way back (lambda); the papers' is 10
     * @param cycleLoss how the way back is compared
     * @param adversarial weight of the judges that tell real phrases of the target genre from fakes; the papers' is 1
     * @param mixed weight of the further discriminators (gamma); the papers' is 1
     * @param genre weight of a judge in each direction that learns real target from real source alone, never from fakes
     *     (the domain classification loss of Choi et al. 2018, StarGAN, eq. 2 and 3); 0 is the papers'
     * @param content weight of the binary cross-entropy between input and output, 0 is the papers'
     * @param tune further weight of that cross-entropy where it decides the top line: in the cells of the line and in all
     *     above it; 0 is the papers'
     * @param foreign further weight of it in silent cells, the more the less their pitch class sounds in the window; 0 is
     *     the papers'
     * @param crumbs weight of the beginnings and ends of changes, per cell: a change in many short pieces costs more than one in few
     *     long ones; 0 is the papers'
     * @param key weight of the cross-entropy that says how far the key after is from the key before; 0 is the papers'
     * @param unheard weight of the binary cross-entropy between output and what is heard of it, in the cells where the decoder
     *     decided otherwise; 0 is the papers'
     * @param straightThrough whether fakes are binarised on the way forward, so that discriminators see what is heard;
     *     the gradient passes as if they were not
     */
    public record Losses(
            double cycle,
            CycleLoss cycleLoss,
            double adversarial,
            double mixed,
            double genre,
            double content,
            double tune,
            double foreign,
            double crumbs,
            double key,
            double unheard,
            boolean straightThrough) {
        public Losses {
            Checks.range("losses.cycle", cycle, 0, 1000);
            Checks.range("losses.adversarial", adversarial, 0, 100);
            Checks.range("losses.mixed", mixed, 0, 100);
            Checks.range("losses.genre", genre, 0, 100);
            Checks.range("losses.content", content, 0, 1000);
            Checks.range("losses.tune", tune, 0, 1000);
            Checks.range("losses.foreign", foreign, 0, 1000);
            Checks.range("losses.crumbs", crumbs, 0, 1000);
            Checks.range("losses.key", key, 0, 1000);
            Checks.range("losses.unheard", unheard, 0, 1000);
        }
    }

    /**
     * Steps and rates.
     *
     * @param steps of generators and discriminators together
     * @param warmup steps before those in which discriminators alone learn real target from real source
     * @param rate Adam's learning rate for generators; the papers' is 2e-4
     * @param discriminatorRate the same for discriminators
     * @param genreRate the same for judges of the genre alone, whose task stays what it is: it never decays
     * @param attentionRate the same for those of them that are built without convolutions
     * @param beta1 Adam's; the papers' is 0.5
     * @param decayFrom share of {@code steps} after which rates fall linearly to 0, 1 for never
     * @param average decay of the moving average of the generators' weights that is evaluated and exported, 0 for none
     * @param clip largest Euclidean norm of a network's gradient, longer ones are shortened to it; 0 for no limit, the
     *     papers'
     */
    public record Schedule(
            int steps,
            int warmup,
            double rate,
            double discriminatorRate,
            double genreRate,
            double attentionRate,
            double beta1,
            double decayFrom,
            double average,
            double clip) {
        public Schedule {
            Checks.range("schedule.steps", steps, 1, 10_000_000);
            Checks.range("schedule.warmup", warmup, 0, 1_000_000);
            Checks.range("schedule.rate", rate, 0, 1);
            Checks.range("schedule.discriminator-rate", discriminatorRate, 0, 1);
            Checks.range("schedule.genre-rate", genreRate, 0, 1);
            Checks.range("schedule.attention-rate", attentionRate, 0, 1);
            Checks.range("schedule.beta1", beta1, 0, 0.999);
            Checks.range("schedule.decay-from", decayFrom, 0, 1);
            Checks.range("schedule.average", average, 0, 0.99999);
            Checks.range("schedule.clip", clip, 0, 1e9);
        }

        /** All steps, warm-up included. */
        public int allSteps() {
            return warmup + steps;
        }

        /** Factor of the learning rates at a step counted from the start of the warm-up. */
        public double rateFactor(int step) {
            double share = (step - warmup) / (double) steps;
            return share <= decayFrom ? 1 : (1 - share) / (1 - decayFrom);
        }
    }

    /**
     * What is held fast between a generator and all that see its output, as a preset's decoding does it.
     *
     * @param melody whether the top line stays and nothing is added above it
     * @param key whether nothing is added outside the scale of the window's key
     * @param keepKey whether what would make a window's key another one is taken back
     * @param densityLimitThere how much may sound towards the second genre, as a multiple of what came in: 1 to 16, 16 for any amount
     * @param densityLimitBack the same towards the first
     */
    public record Locks(
            boolean melody, boolean key, boolean keepKey, double densityLimitThere, double densityLimitBack) {
        public Locks {
            Checks.range("locks.density-limit-there", densityLimitThere, 1, 16);
            Checks.range("locks.density-limit-back", densityLimitBack, 1, 16);
        }

        /** Whether anything is held fast. */
        boolean any() {
            return melody || key || decidesTogether(true) || decidesTogether(false);
        }

        /** Whether what becomes of a cell depends on what is wanted of others, towards the second genre or back. */
        boolean decidesTogether(boolean towardsB) {
            return keepKey || densityLimit(towardsB) < Decoding.PLAIN.densityLimit();
        }

        private double densityLimit(boolean towardsB) {
            return towardsB ? densityLimitThere : densityLimitBack;
        }

        /** The decoding that the generator towards the second genre is trained for, or the one back. */
        public Decoding decoding(boolean towardsB) {
            Decoding plain = Decoding.PLAIN;
            return new Decoding(
                    plain.threshold(),
                    plain.mix(),
                    melody,
                    key,
                    keepKey,
                    densityLimit(towardsB),
                    plain.feel(),
                    plain.range());
        }
    }

    public Recipe {
        Checks.range("batch", batch, 1, 1024);
        int life = discriminators.genreLife();
        int judges = discriminators.allGenreJudges();
        if (life > 0 && (judges < 2 || life < schedule.warmup() * judges)) {
            throw new IllegalArgumentException(
                    "discriminators.genre-life must be 0, or there must be two genre-judges (attention-judges and histogram-judges counted in) or"
                            + " more and at least warm-up steps times judges, so that most have a say: genre-life="
                            + life + " judges=" + judges + " schedule.warmup=" + schedule.warmup());
        }
    }

    private static final class Checks {
        static void range(String key, double value, double low, double high) {
            if (!(value >= low && value <= high)) {
                throw new IllegalArgumentException(
                        key + " must be from " + low + " to " + high + ": " + key + "=" + value);
            }
        }
    }
}
