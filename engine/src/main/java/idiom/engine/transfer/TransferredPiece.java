package idiom.engine.transfer;

import idiom.engine.metrics.RollReport;
import idiom.engine.pianoroll.Cells;
import idiom.engine.pianoroll.SongRoll;
import java.util.List;

/**
 * What became of one piece of music.
 *
 * @param before the piece as it came in
 * @param cells what was decided to sound on the grid, over the steps of {@code before}; not to be written to. Swing and the
 *     player's own timing are not in it, and it is what {@code report} measures
 * @param changes what that did to the notes, by index into {@code before.notes()}
 * @param report measures
 * @param remarks what the listener should know, a sentence each: other metres, nothing to do
 */
public record TransferredPiece(
        SongRoll before, Cells cells, NoteChanges changes, RollReport report, List<String> remarks) {
    public TransferredPiece {
        remarks = List.copyOf(remarks);
    }
}
