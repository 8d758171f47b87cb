package idiom.training.export;

/**
 * The architecture of a generator (Brunner et al. 2018, table I, with a free width and depth).
 *
 * @param width channels after the first convolution (c in the paper), at least 1
 * @param blocks residual blocks, at least 0
 * @param skip a in {@code logits = delta + a (2x - 1)}: how strongly the output starts from the input; 0 is the paper
 * @param zeroMeanDelta whether the mean of delta over a window's cells is taken off it, so that the network cannot
 *     simply add or remove notes everywhere
 * @param selfAttention whether self-attention follows the last two residual blocks (Brunner et al. 2019, section 3.2)
 */
public record GeneratorSpec(int width, int blocks, double skip, boolean zeroMeanDelta, boolean selfAttention) {
    /** Without self-attention. */
    public GeneratorSpec(int width, int blocks, double skip, boolean zeroMeanDelta) {
        this(width, blocks, skip, zeroMeanDelta, false);
    }

    public GeneratorSpec {
        if (width < 1 || width > 1024) {
            throw new IllegalArgumentException("width must be 1 to 1024: width=" + width);
        }
        if (blocks < 0 || blocks > 256) {
            throw new IllegalArgumentException("blocks must be 0 to 256: blocks=" + blocks);
        }
        if (!Double.isFinite(skip)) {
            throw new IllegalArgumentException("skip must be finite: skip=" + skip);
        }
    }
}
