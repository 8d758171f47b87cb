package idiom.engine.midi;

import java.util.Arrays;
import java.util.BitSet;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * The notes of a file, each tied to its two events, so that notes can be taken out, changed and added while all else
 * stays as it was.
 *
 * <p>A note-off ends the oldest note that still sounds on its track, channel and pitch (first in, first out). A note
 * without an off lasts to the end of its track. An off without a note stays an event like any other. Notes of different
 * tracks never pair, even on one channel. In format 2 each track has a time of its own.
 *
 * <p>Immutable; [any].
 */
public final class NoteTable {
    /** In place of an event's index: the note has no off. */
    static final int NO_EVENT = -1;

    private final MidiFile file;
    private final List<Note> notes;
    /** Of each note, indices into its track's events. */
    private final int[] onEvents;

    private final int[] offEvents;
    /** Of each track, indices of note-offs that end nothing. */
    private final List<BitSet> strayOffs;

    private NoteTable(MidiFile file, NotePairing pairing) {
        this.file = file;
        List<Note> found = pairing.notes();
        // Stable: what begins at one tick stays in the order of tracks and events.
        int[] order = IntStream.range(0, found.size())
                .boxed()
                .sorted(Comparator.comparingLong(i -> found.get(i).onTick()))
                .mapToInt(Integer::intValue)
                .toArray();
        this.notes = Arrays.stream(order).mapToObj(found::get).toList();
        this.onEvents = Arrays.stream(order).map(pairing::onEvent).toArray();
        this.offEvents = Arrays.stream(order).map(pairing::offEvent).toArray();
        this.strayOffs = pairing.strayOffs();
    }

    /** Finds the notes of a file. */
    public static NoteTable of(MidiFile file) {
        NotePairing pairing = new NotePairing();
        for (int track = 0; track < file.tracks().size(); track++) {
            pairing.pair(track, file.tracks().get(track));
        }
        return new NoteTable(file, pairing);
    }

    /** The file that the notes are of. */
    public MidiFile file() {
        return file;
    }

    /** All notes, by first tick, then track, then order in the file; unmodifiable. */
    public List<Note> notes() {
        return notes;
    }

    /** As {@link #edit(BitSet, Map, List)}, replacing none. */
    public MidiFile edit(BitSet removed, List<Note> added) {
        return edit(removed, Map.of(), added);
    }

    /**
     * The file without some of its notes, with some changed and with new ones; with nothing to do, the same file event
     * for event. Notes not named keep their events and their places; so does everything that is no note.
     *
     * <p>At one tick the offs of new notes come before all that was there and their ons after it (so a program change at
     * that tick holds for them); of a new note of no length on and off come last. An end-of-track moves later where a
     * new note lasts longer. An off that ended nothing is left out where it would end a new note.
     *
     * <p>Notes that overlap on one track, channel and pitch are told apart by order alone (MIDI cannot do better): when
     * the result is read, the first to begin is the first to end. Callers who add into a sounding note of the same
     * pitch should end that one first, by replacing it.
     *
     * @param removed indices into {@link #notes} to take out
     * @param replaced new notes by index into {@link #notes}; one that keeps track and ticks keeps its place among the
     *     events, another is taken out and added. An index also in {@code removed} is taken out.
     * @param added notes to put in, on tracks of the file
     * @throws IllegalArgumentException if an index is no note's, a track is not in the file, or a note ends beyond
     *     {@link MidiTrack#MAX_TICK}
     */
    public MidiFile edit(BitSet removed, Map<Integer, Note> replaced, List<Note> added) {
        NoteEditor editor = new NoteEditor(this);
        removed.stream().forEach(editor::remove);
        replaced.forEach((index, note) -> {
            if (!removed.get(index)) {
                editor.replace(index, note);
            }
        });
        added.forEach(editor::add);
        return editor.result();
    }

    int onEvent(int note) {
        return onEvents[note];
    }

    /** {@link #NO_EVENT} where the note has no off. */
    int offEvent(int note) {
        return offEvents[note];
    }

    BitSet strayOffs(int track) {
        return strayOffs.get(track);
    }
}
