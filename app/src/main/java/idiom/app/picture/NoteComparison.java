package idiom.app.picture;

import idiom.engine.midi.MidiFile;
import idiom.engine.midi.Note;
import idiom.engine.midi.NoteTable;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * How the notes of two versions of a piece differ. A note is kept if both have one of its channel and pitch that begins
 * at its tick, even if it lasts longer or shorter. Drums are left out: they pass through.
 *
 * @param keptBefore notes of the first version that are kept, by onset; as many as {@code keptAfter}
 * @param removed notes of the first version alone
 * @param keptAfter notes of the second version that the first had too
 * @param added notes of the second version alone
 */
public record NoteComparison(List<Note> keptBefore, List<Note> removed, List<Note> keptAfter, List<Note> added) {
    private record Onset(int channel, int pitch, long tick) {
        static Onset of(Note note) {
            return new Onset(note.channel(), note.pitch(), note.onTick());
        }
    }

    /** Compares two files of the same division. */
    public static NoteComparison between(MidiFile before, MidiFile after) {
        Map<Onset, Deque<Note>> unmatched = new HashMap<>();
        List<Note> second = pitched(after);
        for (Note note : second) {
            unmatched
                    .computeIfAbsent(Onset.of(note), onset -> new ArrayDeque<>(1))
                    .add(note);
        }
        NoteComparison changes =
                new NoteComparison(new ArrayList<>(), new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
        for (Note note : pitched(before)) {
            Deque<Note> same = unmatched.get(Onset.of(note));
            if (same == null || same.isEmpty()) {
                changes.removed.add(note);
            } else {
                changes.keptBefore.add(note);
                changes.keptAfter.add(same.remove());
            }
        }
        for (Note note : second) {
            Deque<Note> left = unmatched.get(Onset.of(note));
            if (left != null && !left.isEmpty()) {
                changes.added.add(left.remove());
            }
        }
        return changes;
    }

    private static List<Note> pitched(MidiFile file) {
        return NoteTable.of(file).notes().stream()
                .filter(note -> !note.isDrum())
                .toList();
    }
}
