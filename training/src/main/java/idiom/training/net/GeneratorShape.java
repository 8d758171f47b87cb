package idiom.training.net;

/**
 * What distinguishes one generator from another.
 *
 * @param width channels after the first convolution ({@code c}; the papers' is 64), 1 to 256
 * @param blocks residual blocks (the papers' is 10), 0 to 32
 * @param skip weight {@code a} of the path from input to output, {@code logits = net(x) + a (2x - 1)}; 0 is the papers'
 *     generator, more starts training at the identity
 * @param zeroMean whether the mean of {@code net(x)} is taken off per window, so that changing the overall density is
 *     not the easy way out
 * @param spectralNorm whether convolutions are normalised in training ({@link SpectralNorm}), those of self-attention
 *     included; Brunner et al. 2019, section 3.2
 * @param selfAttention whether there is self-attention after the last two residual blocks (same place), of which there must
 *     be two then
 */
public record GeneratorShape(
        int width, int blocks, double skip, boolean zeroMean, boolean spectralNorm, boolean selfAttention) {
    private static final int ATTENTIVE_BLOCKS = 2;

    /** With neither spectral normalization nor self-attention. */
    public GeneratorShape(int width, int blocks, double skip, boolean zeroMean) {
        this(width, blocks, skip, zeroMean, false, false);
    }

    public GeneratorShape {
        if (width < 1 || width > 256 || blocks < 0 || blocks > 32) {
            throw new IllegalArgumentException(
                    "generator must have width 1 to 256 and blocks 0 to 32: width=" + width + " blocks=" + blocks);
        }
        if (!(skip >= 0 && skip <= 20)) {
            throw new IllegalArgumentException("skip must be from 0 to 20: skip=" + skip);
        }
        if (selfAttention && blocks < ATTENTIVE_BLOCKS) {
            throw new IllegalArgumentException(
                    "a generator with self-attention needs two residual blocks or more: blocks=" + blocks);
        }
    }

    /** Whether self-attention follows residual block {@code i}, counted from 0. */
    public boolean isAttentive(int i) {
        return selfAttention && i >= blocks - ATTENTIVE_BLOCKS;
    }
}
