package idiom.engine.live;

import idiom.engine.harmony.KeyFinder;
import idiom.engine.pianoroll.PianoRoll;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A song, cut into windows of 64 steps that each know what is played there. Makes a window when it is first asked for. [session] */
final class SongWindows {
    /** 2048 bars; nothing is known beyond them. */
    static final int MOST = 512;

    private static final int WINDOW = PianoRoll.STEPS;

    private final @Nullable SongWindow[] windows = new SongWindow[MOST];
    private final NoteLog asking = new NoteLog(3 * SongWindow.NOTES);
    private final long[] cells = new long[PianoRoll.PITCHES];
    private final long[] heard = new long[PianoRoll.PITCHES];
    private final double[] around = new double[12];
    private long revision;

    /** Counts what changes: as long as it is the same, so is all that is known. */
    long revision() {
        return revision;
    }

    /** Something that a window knows has changed. */
    void changed() {
        revision++;
    }

    /** A window that has been asked for before; null if it has not, or lies outside of the song. */
    @Nullable
    SongWindow known(long index) {
        return index < 0 || index >= MOST ? null : windows[(int) index];
    }

    /** A window; null if it lies outside of the song. */
    @Nullable
    SongWindow window(long index) {
        if (index < 0 || index >= MOST) {
            return null;
        }
        SongWindow window = windows[(int) index];
        if (window == null) {
            window = new SongWindow();
            windows[(int) index] = window;
        }
        return window;
    }

    /** What the window before one may know of it. */
    HopDecoder.Ahead ahead(long index) {
        SongWindow window = known(index);
        return window == null ? HopDecoder.Ahead.UNKNOWN : window.asAhead();
    }

    /** What a window says about the key, or lets sound on, is other than it was for the one at that place. */
    void neighbourChanged(long index) {
        SongWindow window = known(index);
        if (window != null) {
            window.doubtAnswer();
            changed();
        }
    }

    /** No answer is of use any more. */
    void forgetAnswers() {
        for (SongWindow window : windows) {
            if (window != null) {
                window.forgetAnswer();
            }
        }
        changed();
    }

    /** All are asked about again; what there is of answers holds until then. */
    void outdateAnswers() {
        for (SongWindow window : windows) {
            if (window != null) {
                window.outdateAnswer();
            }
        }
        changed();
    }

    /** Marks the windows that have an answer, a bit each, 64 in a number. */
    void answered(long[] bits) {
        Arrays.fill(bits, 0);
        for (int i = 0; i < MOST; i++) {
            SongWindow window = windows[i];
            if (window != null && window.hasAnswer()) {
                bits[i >> 6] |= 1L << i;
            }
        }
    }

    /** All that is to be kept. Allocates. */
    List<SongMemory.Window> remember(MixLane lane) {
        List<SongMemory.Window> kept = new ArrayList<>();
        for (int i = 0; i < MOST; i++) {
            SongWindow window = windows[i];
            if (window != null && window.notes().size() > 0) {
                boolean holds = !lane.differs((long) i * WINDOW, window.shares, (long) i * WINDOW);
                kept.add(window.remember(i, holds));
            }
        }
        return kept;
    }

    /** Takes over what was kept, in place of all that is known. Allocates. */
    void recall(List<SongMemory.Window> kept, boolean keepsAnswers, MixLane lane) {
        Arrays.fill(windows, null);
        for (SongMemory.Window one : kept) {
            SongWindow window = window(one.index());
            if (window != null) {
                window.recall(one, keepsAnswers);
                lane.fill((long) one.index() * WINDOW, window.shares);
            }
        }
        changed();
    }

    /**
     * The notes of a window, those of the one before that sound on in it, and those that are struck just as it ends. Good until
     * the next call.
     */
    NoteLog soundingIn(long index) {
        asking.clear();
        SongWindow before = known(index - 1);
        for (int i = 0; before != null && i < before.notes().size(); i++) {
            // Of a note whose end nobody knows all that is known is that it sounds to the end of its window.
            if (before.notes().offStep(i) != NoteLog.HELD && before.notes().offCell(i) >= index * WINDOW) {
                asking.insert(before.notes(), i);
            }
        }
        SongWindow window = known(index);
        for (int i = 0; window != null && i < window.notes().size(); i++) {
            asking.insert(window.notes(), i);
        }
        SongWindow after = known(index + 1);
        for (int i = 0; after != null && i < after.notes().size(); i++) {
            if (after.notes().onCell(i) == (index + 1) * WINDOW) {
                asking.insert(after.notes(), i);
            }
        }
        return asking;
    }

    /**
     * How long each pitch class sounds in the windows before and after one: as offline, the key is that of twelve bars. Good
     * until the next call.
     */
    double[] around(long index) {
        Arrays.fill(around, 0);
        for (long neighbour = index - 1; neighbour <= index + 1; neighbour += 2) {
            SongWindow window = known(neighbour);
            if (window != null) {
                window.notes().render(neighbour * WINDOW, cells, heard);
                KeyFinder.addDurations(cells, around);
            }
        }
        return around;
    }
}
