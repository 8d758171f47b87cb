package idiom.training.evaluate;

import idiom.engine.generator.Generator;
import idiom.engine.pianoroll.PianoRoll;
import java.util.function.UnaryOperator;

/** Generators made by hand. */
final class Generators {
    private Generators() {}

    static Generator identity() {
        return of(UnaryOperator.identity());
    }

    static Generator silence() {
        return of(roll -> PianoRoll.empty());
    }

    /** Adds the highest cell of the last step, probabilities just above and just at the threshold. */
    static Generator oneMoreCell() {
        return of(roll -> {
            float[] cells = new float[PianoRoll.CELLS];
            roll.toCells(cells, 0);
            cells[PianoRoll.CELLS - 1] = 1;
            return PianoRoll.ofCells(cells, 0, 0.5f);
        });
    }

    /** Octaves 1 and 5 change places. */
    static Generator swapOctaves() {
        return of(roll -> {
            long[] pitches = new long[PianoRoll.PITCHES];
            for (int pitch = 0; pitch < pitches.length; pitch++) {
                int from = switch (pitch / 12) {
                    case 1 -> pitch + 48;
                    case 5 -> pitch - 48;
                    default -> pitch;
                };
                pitches[pitch] = roll.steps(from);
            }
            return PianoRoll.ofPitches(pitches);
        });
    }

    /** Takes two windows at a time; says 0.5 for silence, which is not above the threshold, and 0.51 for sound. */
    static Generator of(UnaryOperator<PianoRoll> change) {
        return new Generator() {
            @Override
            public int maxBatch() {
                return 2;
            }

            @Override
            public void generate(float[] windows, float[] probabilities, int count) {
                if (count < 1 || count > maxBatch()) {
                    throw new IllegalArgumentException("count=" + count);
                }
                for (int offset = 0; offset < count * PianoRoll.CELLS; offset += PianoRoll.CELLS) {
                    change.apply(PianoRoll.ofCells(windows, offset, 0.5f)).toCells(probabilities, offset);
                    for (int i = offset; i < offset + PianoRoll.CELLS; i++) {
                        probabilities[i] = 0.5f + 0.01f * probabilities[i];
                    }
                }
            }

            @Override
            public void close() {
                // Nothing is held.
            }
        };
    }
}
