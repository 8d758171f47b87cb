package idiom.engine.transfer;

import idiom.engine.midi.Note;
import idiom.engine.pianoroll.SongRoll;
import java.util.Comparator;
import java.util.stream.IntStream;

/**
 * The player's notes around a place in a song, from which an added note takes its voice and its loudness. Looked at are the
 * {@value #EACH_WAY} notes that begin last before it and the {@value #EACH_WAY} that begin first after it. Each weighs
 *
 * <pre>1 / (1 + steps / 4 + semitones / 12)^2</pre>
 *
 * <p>with the steps between its core ({@link SongRoll}) and the place (0 where it sounds there): a beat away counts as much as an octave.
 */
final class Surroundings {
    private static final int EACH_WAY = 16;

    /** What an added note takes over. */
    record Voice(int track, int channel, double velocity) {}

    private final SongRoll song;
    /** Notes that have cells, by first step. */
    private final int[] order;

    Surroundings(SongRoll song) {
        this.song = song;
        this.order = IntStream.range(0, song.notes().size())
                .filter(song::shows)
                .boxed()
                .sorted(Comparator.comparingInt(song::firstStep))
                .mapToInt(Integer::intValue)
                .toArray();
    }

    /**
     * Voice for a note at a step and MIDI pitch: track and channel of the note of most weight (of equal ones the first),
     * velocity the weighted mean of all.
     */
    Voice at(int step, int pitch) {
        int middle = firstFrom(step);
        double weights = 0;
        double velocities = 0;
        double most = 0;
        Note nearest = song.notes().get(order[0]);
        for (int i = Math.max(0, middle - EACH_WAY); i < Math.min(order.length, middle + EACH_WAY); i++) {
            Note note = song.notes().get(order[i]);
            double weight = weight(order[i], note, step, pitch);
            weights += weight;
            velocities += weight * note.velocity();
            if (weight > most) {
                most = weight;
                nearest = note;
            }
        }
        return new Voice(nearest.track(), nearest.channel(), velocities / weights);
    }

    private double weight(int index, Note note, int step, int pitch) {
        int before = song.coreFirstStep(index) - step;
        int after = step - (song.coreEndStep(index) - 1);
        double steps = Math.max(0, Math.max(before, after));
        double distance = 1 + steps / 4 + Math.abs(note.pitch() - pitch) / 12.0;
        return 1 / (distance * distance);
    }

    /** Position in {@link #order} of the first note that begins at {@code step} or later. */
    private int firstFrom(int step) {
        int low = 0;
        int high = order.length;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (song.firstStep(order[middle]) < step) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }
}
