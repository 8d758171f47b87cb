package idiom.training.gan;

import idiom.engine.pianoroll.PianoRoll;
import idiom.engine.transfer.CellDecoder;
import idiom.presets.Decoding;

/**
 * A generator's probabilities as the preset will decode them. Unlike {@link LockMasks} it needs to know the probabilities:
 * which notes a density limit drops and which changes the key guard takes back depends on all others.
 */
final class DecodedCells {
    private DecodedCells() {}

    /**
     * Decodes windows.
     *
     * @param cells what came in: windows of {@code PianoRoll.CELLS} cells of 0 or 1 each
     * @param probabilities what the generator made of them, as many
     * @return as many cells of 0 or 1
     */
    static float[] of(float[] cells, float[] probabilities, Decoding decoding) {
        CellDecoder decoder = new CellDecoder(decoding);
        long[] before = new long[PianoRoll.PITCHES];
        long[] after = new long[PianoRoll.PITCHES];
        float[] decoded = new float[cells.length];
        for (int offset = 0; offset < cells.length; offset += PianoRoll.CELLS) {
            PianoRoll.masksOfCells(cells, offset, 0.5f, before);
            decoder.decode(before, before, probabilities, offset, LockMasks.keyOf(before), after);
            PianoRoll.ofPitches(after).toCells(decoded, offset);
        }
        return decoded;
    }
}
