package idiom.engine.transfer;

import idiom.engine.midi.MidiFile;
import java.util.List;

/**
 * A transferred file and how it came about.
 *
 * @param file the result, of the same format, division and tracks
 * @param pieces one for a file of format 0 or 1; of format 2 one a track, for each is a piece of its own
 * @param windowNs time of each inference in nanoseconds, that of a batch shared out evenly; windows that are silent or have
 *     just been heard are not inferred
 */
public record TransferResult(MidiFile file, List<TransferredPiece> pieces, List<Long> windowNs) {
    public TransferResult {
        pieces = List.copyOf(pieces);
        windowNs = List.copyOf(windowNs);
    }

    /** Notes of all pieces that stay as they were; drums and pitches beyond the rolls don't count. */
    public int keptCount() {
        return pieces.stream().mapToInt(piece -> piece.changes().keptCount()).sum();
    }

    /** Notes of all pieces that changed in length. */
    public int changedCount() {
        return pieces.stream().mapToInt(piece -> piece.changes().changedCount()).sum();
    }

    /** Notes of all pieces that are gone. */
    public int removedCount() {
        return pieces.stream().mapToInt(piece -> piece.changes().removedCount()).sum();
    }

    /** Notes of all pieces that are new. */
    public int addedCount() {
        return pieces.stream().mapToInt(piece -> piece.changes().addedCount()).sum();
    }
}
