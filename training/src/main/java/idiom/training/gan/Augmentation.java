package idiom.training.gan;

import idiom.engine.pianoroll.PianoRoll;
import java.util.random.RandomGenerator;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/**
 * Differentiable augmentation of what discriminators see (Zhao et al. 2020, "Differentiable Augmentation for
 * Data-Efficient GAN Training"), for piano rolls: a transposition of at most half an octave, a shift in time by whole
 * steps, and a silenced stretch. Rolls go round at the edges, where they are nearly always empty in pitch and where a
 * phrase of four bars may begin anywhere in time.
 *
 * <p>Judges that see no absolute pitch and place can't be fooled by patterns that sit at one.
 */
final class Augmentation {
    private static final int LARGEST_TRANSPOSITION = 6;
    private static final int LONGEST_SILENCE = 2 * PianoRoll.STEPS_PER_BAR;

    private Augmentation() {}

    /** A batch, moved and cut as a whole; shape {@code (batch, 1, 64, 84)} as it was. */
    static Tensor apply(Tensor x, RandomGenerator random) {
        long semitones = random.nextInt(-LARGEST_TRANSPOSITION, LARGEST_TRANSPOSITION + 1);
        long steps = random.nextInt(PianoRoll.STEPS);
        int silence = random.nextInt(LONGEST_SILENCE + 1);
        Tensor moved = torch.roll(x, new long[] {steps, semitones}, new long[] {2, 3});
        if (silence == 0) {
            return moved;
        }
        // Where the stretch lies is random already: the roll before it was.
        return torch.constant_pad_nd(moved.narrow(2, 0, PianoRoll.STEPS - silence), 0, 0, 0, silence);
    }
}
