package idiom.engine.pianoroll;

import java.util.Arrays;

/**
 * Where the voices of a song strike one pitch, and which steps that hides: the step before a strike is silent in its voice
 * ({@link Rendering}). Immutable.
 */
final class Strikes {
    private static final int BIAS = SongRoll.MOST_STEPS + 1;

    /** Voice and step of each strike, ascending. */
    private final long[] strikes;
    /** For each strike, the last of the strikes of its voice that follow it step by step. */
    private final int[] lastOfRun;

    private Strikes(long[] strikes) {
        this.strikes = strikes;
        this.lastOfRun = new int[strikes.length];
        for (int i = strikes.length - 1; i >= 0; i--) {
            boolean goesOn = i + 1 < strikes.length && strikes[i + 1] == strikes[i] + 1;
            lastOfRun[i] = goesOn ? lastOfRun[i + 1] : stepOf(strikes[i]);
        }
    }

    /** Strikes of notes by voice and step, in any order. */
    static Strikes of(int[] voices, int[] steps) {
        long[] keys = new long[voices.length];
        for (int i = 0; i < keys.length; i++) {
            keys[i] = key(voices[i], steps[i]);
        }
        return new Strikes(Arrays.stream(keys).sorted().distinct().toArray());
    }

    /** Whether the step is silent in a voice because the voice strikes at the next. */
    boolean hides(int voice, int step) {
        return Arrays.binarySearch(strikes, key(voice, step + 1)) >= 0;
    }

    /** First step from {@code step} on that a voice does not hide. */
    int nextShown(int voice, int step) {
        int found = Arrays.binarySearch(strikes, key(voice, step + 1));
        return found < 0 ? step : lastOfRun[found];
    }

    /** First step in [{@code step}, {@code limit}) that a voice hides; {@code limit} if none. */
    int nextHidden(int voice, int step, int limit) {
        int found = Arrays.binarySearch(strikes, key(voice, step + 1));
        int next = found < 0 ? -found - 1 : found;
        boolean isOfVoice = next < strikes.length && strikes[next] >>> 32 == voice;
        return isOfVoice ? Math.min(limit, stepOf(strikes[next]) - 1) : limit;
    }

    private static long key(int voice, int step) {
        return (long) voice << 32 | step + BIAS;
    }

    private static int stepOf(long key) {
        return (int) key - BIAS;
    }
}
