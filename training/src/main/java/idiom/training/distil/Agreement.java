package idiom.training.distil;

import idiom.engine.generator.Generator;
import idiom.engine.pianoroll.PianoRoll;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/**
 * How well a student says of the last step of a window what its teacher says of it.
 *
 * @param lessons how many were asked, one of each phrase
 * @param loss mean cross-entropy of a cell of the last step, in nats
 * @param precision share of the changed cells that the teacher changes as well
 * @param recall share of the teacher's changes that the student makes
 */
public record Agreement(int lessons, double loss, double precision, double recall) {
    private static final double LEAST = 1e-6;

    /** Asks a student; the same seed draws the same lessons. */
    public static Agreement of(Generator student, Lessons lessons, int most, long seed) {
        RandomGenerator random = new SplittableRandom(seed);
        int count = Math.min(most, lessons.size());
        float[] window = new float[PianoRoll.CELLS];
        float[] wanted = new float[PianoRoll.CELLS];
        float[] said = new float[PianoRoll.CELLS];
        double loss = 0;
        long changed = 0;
        long wantedChanges = 0;
        long both = 0;
        for (int i = 0; i < count; i++) {
            lessons.draw((int) ((long) i * lessons.size() / count), random, window, wanted, 0);
            student.generate(window, said, 1);
            for (int cell = PianoRoll.CELLS - PianoRoll.PITCHES; cell < PianoRoll.CELLS; cell++) {
                boolean sounds = window[cell] > 0.5f;
                boolean change = said[cell] > 0.5f != sounds;
                boolean wantedChange = wanted[cell] > 0.5f != sounds;
                loss += crossEntropy(wanted[cell], said[cell]);
                changed += change ? 1 : 0;
                wantedChanges += wantedChange ? 1 : 0;
                both += change && wantedChange ? 1 : 0;
            }
        }
        return new Agreement(
                count,
                loss / ((long) count * PianoRoll.PITCHES),
                both / (double) Math.max(1, changed),
                both / (double) Math.max(1, wantedChanges));
    }

    private static double crossEntropy(double wanted, double said) {
        double sure = Math.max(LEAST, Math.min(1 - LEAST, said));
        return -wanted * Math.log(sure) - (1 - wanted) * Math.log(1 - sure);
    }

    /** In one line. */
    public String summary() {
        return String.format(
                Locale.ROOT,
                "held out: loss %.4f; of its changes %.0f %% are the teacher's, of the teacher's it makes %.0f %%",
                loss,
                100 * precision,
                100 * recall);
    }
}
