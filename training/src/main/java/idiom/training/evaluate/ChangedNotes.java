package idiom.training.evaluate;

import idiom.engine.pianoroll.PianoRoll;
import idiom.training.data.PhraseSet;

/**
 * Notes that sound in some phrases and not in others made of them, or the other way round. Such a note is a run of cells of one pitch.
 * All shares are of these notes, 0 to 1; all figures are 0 if there are none.
 *
 * @param perBar notes per bar of 16 steps
 * @param low share below C3 (MIDI 48), where basses play
 * @param high share from C5 (MIDI 72) on
 * @param onBeat share that begins on a quarter
 * @param doubling share whose pitch class sounds in another octave, in the phrase that does not have the note, as it begins
 * @param steps mean length in 16ths
 */
public record ChangedNotes(double perBar, double low, double high, double onBeat, double doubling, double steps) {
    private static final int BARS = PianoRoll.STEPS / PianoRoll.STEPS_PER_BAR;
    private static final int LOW = 48 - PianoRoll.LOWEST_PITCH;
    private static final int HIGH = 72 - PianoRoll.LOWEST_PITCH;
    private static final long BEATS = 0x1111_1111_1111_1111L;

    /** Notes that {@code others} have and {@code phrases} have not. */
    static ChangedNotes between(PhraseSet phrases, PhraseSet others) {
        Count count = new Count();
        for (int i = 0; i < phrases.size(); i++) {
            count.add(phrases.roll(i), others.roll(i));
        }
        double notes = Math.max(1, count.notes);
        return new ChangedNotes(
                count.notes / (double) Math.max(1, BARS * phrases.size()),
                count.low / notes,
                count.high / notes,
                count.onBeat / notes,
                count.doubling / notes,
                count.cells / notes);
    }

    private static final class Count {
        private long notes;
        private long low;
        private long high;
        private long onBeat;
        private long doubling;
        private long cells;

        void add(PianoRoll without, PianoRoll with) {
            long[] classes = new long[12];
            for (int pitch = 0; pitch < PianoRoll.PITCHES; pitch++) {
                classes[pitch % 12] |= without.steps(pitch);
            }
            for (int pitch = 0; pitch < PianoRoll.PITCHES; pitch++) {
                long only = with.steps(pitch) & ~without.steps(pitch);
                long begins = only & ~(only << 1);
                int here = Long.bitCount(begins);
                notes += here;
                low += pitch < LOW ? here : 0;
                high += pitch >= HIGH ? here : 0;
                onBeat += Long.bitCount(begins & BEATS);
                // A pitch that begins here does not sound here in the other, so what sounds of its class is an octave
                // away.
                doubling += Long.bitCount(begins & classes[pitch % 12]);
                cells += Long.bitCount(only);
            }
        }
    }
}
