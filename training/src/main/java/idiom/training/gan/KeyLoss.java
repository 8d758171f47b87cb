package idiom.training.gan;

import idiom.engine.harmony.KeyFinder;
import idiom.engine.pianoroll.PianoRoll;
import idiom.training.net.Device;
import idiom.training.net.Tensors;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/**
 * How far fakes are from the key of what they were made of: the correlations that {@link KeyFinder} compares, as logits of
 * its 24 keys, in cross-entropy against the key found before. So the gradient asks for what the measure of key changes
 * asks for: that the right key stays the nearest.
 */
final class KeyLoss {
    private static final int CLASSES = 12;
    private static final int KEYS = 2 * CLASSES;
    private static final int OCTAVES = PianoRoll.PITCHES / CLASSES;
    /** What cross-entropy leaves out. */
    private static final long UNKNOWN = -100;
    /** The first and second key are some hundredths of correlation apart; times this they are a logit or more. */
    private static final double SHARPNESS = 50;
    /** Keeps silence from dividing by 0; inside the root, whose slope at 0 is infinite. */
    private static final double LEAST_SQUARE = 1e-3;

    private KeyLoss() {}

    /**
     * Mean loss of some fakes.
     *
     * @param fakes {@code (batch, 1, 64, 84)} of about 0 or 1
     * @param cells what they were made of, 0 or 1, in the same order
     * @return a scalar; 0 if no phrase has a key
     */
    static Tensor of(Tensor fakes, float[] cells) {
        long[] keys = keysOf(cells);
        if (!hasKey(keys)) {
            return fakes.mean().mul(Tensors.scalar(0));
        }
        int count = keys.length;
        Device device = Device.of(fakes);
        Tensor durations = fakes.view(count, PianoRoll.STEPS, OCTAVES, CLASSES).sum(1L, 2L);
        Tensor centred = durations.sub(durations.mean(1L).view(count, 1));
        Tensor length = centred.square()
                .sum(1L)
                .add(Tensors.scalar(LEAST_SQUARE))
                .sqrt()
                .view(count, 1);
        Tensor correlations = centred.div(length).matmul(profiles(device).t());
        return torch.cross_entropy_loss(correlations.mul(Tensors.scalar(SHARPNESS)), device.wholes(keys));
    }

    private static long[] keysOf(float[] cells) {
        long[] keys = new long[cells.length / PianoRoll.CELLS];
        for (int i = 0; i < keys.length; i++) {
            keys[i] = KeyFinder.standard()
                    .find(PianoRoll.ofCells(cells, i * PianoRoll.CELLS, 0.5f))
                    .map(estimate -> (long) KeyFinder.indexOf(estimate.key()))
                    .orElse(UNKNOWN);
        }
        return keys;
    }

    private static boolean hasKey(long[] keys) {
        for (long key : keys) {
            if (key != UNKNOWN) {
                return true;
            }
        }
        return false;
    }

    private static Tensor profiles(Device device) {
        float[] values = new float[KEYS * CLASSES];
        int i = 0;
        for (double[] profile : KeyFinder.standard().profiles()) {
            for (double weight : profile) {
                values[i++] = (float) weight;
            }
        }
        return device.tensor(values, KEYS, CLASSES);
    }
}
