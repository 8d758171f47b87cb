package idiom.engine.transfer;

import idiom.engine.midi.Note;
import java.util.BitSet;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a transfer does to the notes of a song, by their index in the song's list. A note named nowhere stays as it is.
 *
 * @param shownNotes notes that the rolls show: all that could have been changed
 * @param removed notes that are gone
 * @param replaced notes that begin later, end earlier or last longer than they did, with what they have become
 * @param pieces what else is left of notes in {@code replaced} that fell in several parts
 * @param added notes that only the generator put there
 */
public record NoteChanges(
        int shownNotes, BitSet removed, Map<Integer, Note> replaced, List<Note> pieces, List<Note> added) {

    public NoteChanges {
        removed = (BitSet) removed.clone();
        replaced = Collections.unmodifiableMap(new LinkedHashMap<>(replaced));
        pieces = List.copyOf(pieces);
        added = List.copyOf(added);
    }

    @Override
    public BitSet removed() {
        return (BitSet) removed.clone();
    }

    /** Notes of the rolls that stay as they are. */
    public int keptCount() {
        return shownNotes - removed.cardinality() - replaced.size();
    }

    /** Notes that changed in length. */
    public int changedCount() {
        return replaced.size();
    }

    /** Notes that are gone. */
    public int removedCount() {
        return removed.cardinality();
    }

    /** Notes that are new. */
    public int addedCount() {
        return added.size();
    }
}
