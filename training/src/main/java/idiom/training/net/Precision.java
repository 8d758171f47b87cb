package idiom.training.net;

/** Number format of activations and of the weights that meet them; master weights are always fp32. */
public enum Precision {
    /** 32 bits. */
    FP32,
    /** bfloat16, for processors with AVX512-BF16 or AMX and for GPUs. */
    BF16
}
