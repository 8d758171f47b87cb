package idiom.training.export;

/** How an ONNX file stores weights. Either way the network computes in 32 bits. */
public enum WeightType {
    /** 32 bits a weight, exact. */
    FP32,
    /** 16 bits a weight (IEEE 754 binary16), widened when the file is loaded: half the size, the same speed. */
    FP16
}
