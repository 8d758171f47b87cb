package idiom.training.export;

/** IEEE 754 binary16, which the JDK knows from version 20 on. */
final class HalfFloat {
    /** Largest finite half: (2 - 2^-10) * 2^15. */
    static final float MAX_VALUE = 65504f;

    private static final int INFINITY = 0x7c00;

    private HalfFloat() {}

    /**
     * The bits of the half nearest to {@code value}, ties to even, as IEEE 754 rounds: subnormal below 2^-14, zero at
     * 2^-25 and below, infinity from 65520 on; NaN stays NaN.
     */
    static short ofFloat(float value) {
        int bits = Float.floatToRawIntBits(value);
        int sign = bits >>> 16 & 0x8000;
        int magnitude = bits & 0x7fffffff;
        int half;
        if (magnitude > 0x7f800000) {
            half = INFINITY | 0x200;
        } else if (magnitude >= 0x47800000) { // 2^16
            half = INFINITY;
        } else if (magnitude >= 0x38800000) { // 2^-14, the smallest normal half
            // From bias 127 to bias 15; a carry out of the fraction correctly moves into the exponent.
            half = roundToEven(magnitude - ((127 - 15) << 23), 13);
        } else {
            half = subnormal(magnitude);
        }
        return (short) (sign | half);
    }

    /** The value of a half, which a float holds exactly. */
    static float toFloat(short half) {
        int exponent = half >>> 10 & 0x1f;
        int fraction = half & 0x3ff;
        float magnitude;
        if (exponent == 0x1f) {
            magnitude = fraction == 0 ? Float.POSITIVE_INFINITY : Float.NaN;
        } else if (exponent == 0) {
            magnitude = Math.scalb((float) fraction, -24);
        } else {
            magnitude = Math.scalb((float) (fraction | 0x400), exponent - 25);
        }
        return half < 0 ? -magnitude : magnitude;
    }

    private static int subnormal(int magnitude) {
        int exponent = (magnitude >>> 23) - 127;
        if (exponent < -25) {
            return 0;
        }
        int significand = (magnitude & 0x7fffff) | 0x800000;
        // A subnormal half counts units of 2^-24; the significand counts units of 2^(exponent - 23).
        return roundToEven(significand, -1 - exponent);
    }

    /** {@code value / 2^bits} to the nearest integer, ties to even; {@code bits} 1 to 24. */
    private static int roundToEven(int value, int bits) {
        int quotient = value >>> bits;
        int remainder = value & ((1 << bits) - 1);
        int tie = 1 << (bits - 1);
        boolean up = remainder > tie || (remainder == tie && (quotient & 1) != 0);
        return up ? quotient + 1 : quotient;
    }
}
