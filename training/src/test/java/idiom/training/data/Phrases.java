package idiom.training.data;

import idiom.engine.pianoroll.PianoRoll;
import java.util.ArrayList;
import java.util.List;

/** Phrases that can be told apart: number {@code n} has its binary digits as cells of step 0. */
final class Phrases {
    private Phrases() {}

    static PianoRoll roll(int n) {
        long[] pitches = new long[PianoRoll.PITCHES];
        for (int bit = 0; bit < 31; bit++) {
            pitches[bit] = n >> bit & 1;
        }
        return PianoRoll.ofPitches(pitches);
    }

    static PhraseSet set(int... numbers) {
        List<PianoRoll> rolls = new ArrayList<>();
        for (int n : numbers) {
            rolls.add(roll(n));
        }
        return PhraseSet.ofRolls(rolls);
    }

    /** Phrases {@code from}, ..., {@code to - 1}. */
    static PhraseSet range(int from, int to) {
        return set(java.util.stream.IntStream.range(from, to).toArray());
    }
}
