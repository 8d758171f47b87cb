package idiom.training.export;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HalfFloatTest {

    @ParameterizedTest
    @CsvSource({
        "0x0p0, 0000",
        "-0x0p0, 8000",
        "0x1p0, 3c00",
        "-0x1p1, c000",
        "0x1.8p0, 3e00",
        "0x1.ffcp15, 7bff", // 65504, the largest
        "0x1p-14, 0400", // the smallest normal
        "0x1.ff8p-15, 03ff", // the largest subnormal, 1023 * 2^-24
        "0x1p-24, 0001", // the smallest subnormal
        "0x1.8p-23, 0003",
    })
    void shouldKeepWhatAHalfCanHold(String value, String bits) {
        assertThat(half(Float.parseFloat(value))).isEqualTo(bits);
    }

    @ParameterizedTest
    @CsvSource({
        "0x1.002p0, 3c00", // halfway from 1 to 1 + 2^-10: down to even
        "0x1.006p0, 3c02", // halfway from 1 + 2^-10 to 1 + 2^-9: up to even
        "0x1.002002p0, 3c01", // just above halfway
        "0x1.001ffep0, 3c00", // just below
        "0x1.ffep0, 4000", // rounds up into the next power of two
        "0x1.ffcp-15, 0400", // rounds up from subnormal into normal
        "0x1p-25, 0000", // halfway from 0 to the smallest: down to even
        "0x1.000002p-25, 0001",
        "0x1.8p-24, 0002", // 1.5 units: up to even
        "0x1.4p-23, 0002", // 2.5 units: down to even
        "-0x1.4p-23, 8002",
        "0x1p-26, 0000",
        "0x1p-126, 0000",
        "0x1p-149, 0000",
        "0x1.ffdp15, 7bff", // 65512
        "0x1.ffep15, 7c00", // 65520, halfway to 2^16
        "0x1p16, 7c00",
        "-0x1.fffffep127, fc00",
    })
    void shouldRoundToTheNearestAndTiesToEven(String value, String bits) {
        assertThat(half(Float.parseFloat(value))).isEqualTo(bits);
    }

    @Test
    void shouldKeepInfinityAndNaN() {
        assertThat(half(Float.POSITIVE_INFINITY)).isEqualTo("7c00");
        assertThat(half(Float.NEGATIVE_INFINITY)).isEqualTo("fc00");
        assertThat(half(Float.NaN)).isEqualTo("7e00");
    }

    @Test
    void shouldComeBackFromEveryFiniteHalf() {
        for (int bits = 0; bits < 0x7c00; bits++) {
            int exponent = bits >> 10;
            int fraction = bits & 0x3ff;
            // The definition in IEEE 754: fraction * 2^-24, or (1024 + fraction) * 2^(exponent - 25).
            float value = exponent == 0 ? Math.scalb(fraction, -24) : Math.scalb(1024f + fraction, exponent - 25);
            assertThat(HalfFloat.ofFloat(value) & 0xffff).isEqualTo(bits);
            assertThat(HalfFloat.toFloat((short) bits)).isEqualTo(value);
            assertThat(HalfFloat.toFloat((short) (bits | 0x8000))).isEqualTo(-value);
        }
        assertThat(HalfFloat.toFloat((short) 0x7c00)).isEqualTo(Float.POSITIVE_INFINITY);
        assertThat(HalfFloat.toFloat((short) 0xfc00)).isEqualTo(Float.NEGATIVE_INFINITY);
        assertThat(HalfFloat.toFloat((short) 0x7e00)).isNaN();
    }

    private static String half(float value) {
        return String.format("%04x", HalfFloat.ofFloat(value) & 0xffff);
    }
}
