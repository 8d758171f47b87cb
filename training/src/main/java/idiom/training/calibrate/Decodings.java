package idiom.training.calibrate;

import idiom.presets.Decoding;

/**
 * How two presets that lead to one another's genre decode; each is measured with the other, for what went there has to come back.
 *
 * @param there from the first genre to the second
 * @param back from the second to the first
 */
public record Decodings(Decoding there, Decoding back) {
    Decoding get(boolean isThere) {
        return isThere ? there : back;
    }

    Decodings with(boolean isThere, Decoding other) {
        return isThere ? new Decodings(other, back) : new Decodings(there, other);
    }
}
