package idiom.engine.transfer;

import idiom.engine.pianoroll.Cells;
import idiom.engine.pianoroll.SongRoll;
import java.util.ArrayList;
import java.util.List;

/**
 * What is left of a note's core ({@link SongRoll}) once cells have been decided. Steps that the roll shows stay if their
 * cell does. A step hidden before a strike has no cell to judge by. It stays if the result has that cell; else it shares
 * the fate of the step before it, and at the beginning of a note, or where a whole note is hidden, of the strike that hides
 * it: its note is seen through that one only.
 */
final class OwnCells {
    /** Steps [first, end) that stay. */
    record Run(int first, int end) {}

    private final SongRoll song;
    private final Cells after;
    private final Cells lost;
    private int voiceOf = -1;
    private int pitch;
    private Cells gone;

    /** The cells of {@code song} against those of the result. */
    OwnCells(SongRoll song, Cells after) {
        this.song = song;
        this.after = after;
        this.lost = song.cells().minus(after);
        this.gone = lost;
    }

    /** Turns to the notes of a voice on a pitch index, of which {@code note} is one. */
    void turnTo(int note, int pitch) {
        this.voiceOf = note;
        this.pitch = pitch;
        boolean hides = song.nextHidden(note, song.firstStep(), song.endStep()) < song.endStep();
        this.gone = hides ? goneOfVoice() : lost;
    }

    /** What stays of the core of a note of that voice and pitch, in order; runs do not touch each other. */
    List<Run> stayingRuns(int note) {
        int first = song.coreFirstStep(note);
        int end = song.coreEndStep(note);
        int strike = song.nextShown(note, first);
        int headEnd = Math.min(strike, end);
        boolean headStays =
                first < headEnd && (!lost.isOn(strike, pitch) || after.next(pitch, first, headEnd, true) < headEnd);
        List<Run> runs = new ArrayList<>(1);
        int begin = headStays ? first : gone.next(pitch, headEnd, end, false);
        while (begin < end) {
            int runEnd = gone.next(pitch, Math.max(begin, headEnd), end, true);
            runs.add(new Run(begin, runEnd));
            begin = gone.next(pitch, runEnd, end, false);
        }
        return runs;
    }

    /** Whether no cell of the steps [{@code from}, {@code end}) is lost. */
    boolean isWhole(int from, int end) {
        return lost.next(pitch, from, end, true) == end;
    }

    /** The lost cells, the hidden ones of the voice with the fate of the step before them. */
    private Cells goneOfVoice() {
        Cells result = new Cells(song.firstStep(), song.endStep());
        int end = song.endStep();
        for (int at = song.firstStep(); at < end; ) {
            int hidden = song.nextHidden(voiceOf, at, end);
            copyLost(result, at, hidden);
            at = hidden;
            if (hidden < end) {
                at = Math.min(end, song.nextShown(voiceOf, hidden));
                if (hidden > song.firstStep() && result.isOn(hidden - 1, pitch)) {
                    result.set(pitch, hidden, after.next(pitch, hidden, at, true));
                }
            }
        }
        return result;
    }

    private void copyLost(Cells result, int first, int end) {
        for (int from = lost.next(pitch, first, end, true); from < end; ) {
            int to = lost.next(pitch, from, end, false);
            result.set(pitch, from, to);
            from = lost.next(pitch, to, end, true);
        }
    }
}
