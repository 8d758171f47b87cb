package idiom.training.net;

/** Order in which the values of activations and kernels lie in memory; results differ by rounding only. */
public enum Layout {
    /** Channel after channel, as PyTorch has it by default. */
    CONTIGUOUS,
    /** All channels of a cell side by side, which some convolution kernels prefer. */
    CHANNELS_LAST
}
