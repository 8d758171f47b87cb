package idiom.app.picture;

import idiom.engine.midi.MidiFile;
import idiom.engine.midi.Note;
import idiom.engine.midi.NoteTable;
import idiom.engine.transfer.NoteChanges;
import idiom.engine.transfer.TransferResult;
import idiom.engine.transfer.TransferredPiece;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The notes of a piece before and after, sorted by what became of them. Drums are left out: they pass through.
 *
 * @param keptBefore what stays, as it is before; of a note that becomes shorter, the parts that stay
 * @param removed notes that go, whole: also those that stay in part
 * @param keptAfter what has stayed, as it is after
 * @param added notes that are new
 * @param legend what the colours stand for, with counts: kept, removed, added
 */
public record NoteComparison(
        List<Note> keptBefore, List<Note> removed, List<Note> keptAfter, List<Note> added, List<String> legend) {

    public NoteComparison {
        keptBefore = List.copyOf(keptBefore);
        removed = List.copyOf(removed);
        keptAfter = List.copyOf(keptAfter);
        added = List.copyOf(added);
        legend = List.copyOf(legend);
    }

    private static final class Builder {
        private final List<Note> keptBefore = new ArrayList<>();
        private final List<Note> removed = new ArrayList<>();
        private final List<Note> keptAfter = new ArrayList<>();
        private final List<Note> added = new ArrayList<>();

        NoteComparison build(String kept, int gone, int fresh) {
            return new NoteComparison(
                    keptBefore, removed, keptAfter, added, List.of(kept, gone + " removed", fresh + " added"));
        }
    }

    /** What a transfer did. */
    public static NoteComparison of(TransferResult result) {
        Builder lists = new Builder();
        for (TransferredPiece piece : result.pieces()) {
            NoteChanges changes = piece.changes();
            var removed = changes.removed();
            List<Note> notes = piece.before().notes();
            for (int i = 0; i < notes.size(); i++) {
                Note note = notes.get(i);
                Note replaced = changes.replaced().get(i);
                if (note.isDrum()) {
                    continue;
                }
                if (removed.get(i)) {
                    lists.removed.add(note);
                } else if (replaced == null) {
                    lists.keptBefore.add(note);
                    lists.keptAfter.add(note);
                } else {
                    lists.removed.add(note);
                    lists.keptBefore.add(within(replaced, note));
                    lists.keptAfter.add(replaced);
                }
            }
            lists.keptBefore.addAll(changes.pieces());
            lists.keptAfter.addAll(changes.pieces());
            lists.added.addAll(changes.added());
        }
        return lists.build(
                result.keptCount() + " kept, " + result.changedCount() + " shortened or lengthened",
                result.removedCount(),
                result.addedCount());
    }

    private static Note within(Note note, Note bounds) {
        long on = Math.max(note.onTick(), bounds.onTick());
        return note.withTicks(on, Math.max(on, Math.min(note.offTick(), bounds.offTick())));
    }

    private record Onset(int channel, int pitch, long tick) {
        static Onset of(Note note) {
            return new Onset(note.channel(), note.pitch(), note.onTick());
        }
    }

    /**
     * How two files of the same division differ. A note is kept if both have one of its channel and pitch that begins at
     * its tick, even if it lasts longer or shorter.
     */
    public static NoteComparison between(MidiFile before, MidiFile after) {
        Map<Onset, Deque<Note>> unmatched = new HashMap<>();
        List<Note> second = pitched(after);
        for (Note note : second) {
            unmatched
                    .computeIfAbsent(Onset.of(note), onset -> new ArrayDeque<>(1))
                    .add(note);
        }
        Builder lists = new Builder();
        for (Note note : pitched(before)) {
            Deque<Note> same = unmatched.get(Onset.of(note));
            if (same == null || same.isEmpty()) {
                lists.removed.add(note);
            } else {
                lists.keptBefore.add(note);
                lists.keptAfter.add(same.remove());
            }
        }
        for (Note note : second) {
            Deque<Note> left = unmatched.get(Onset.of(note));
            if (left != null && !left.isEmpty()) {
                lists.added.add(left.remove());
            }
        }
        return lists.build(lists.keptBefore.size() + " kept", lists.removed.size(), lists.added.size());
    }

    private static List<Note> pitched(MidiFile file) {
        return NoteTable.of(file).notes().stream()
                .filter(note -> !note.isDrum())
                .toList();
    }
}
