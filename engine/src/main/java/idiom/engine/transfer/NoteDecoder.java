package idiom.engine.transfer;

import idiom.engine.midi.MidiTrack;
import idiom.engine.midi.Note;
import idiom.engine.pianoroll.BeatGrid;
import idiom.engine.pianoroll.Cells;
import idiom.engine.pianoroll.PianoRoll;
import idiom.engine.pianoroll.SongRoll;
import idiom.presets.Feel;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;

/**
 * Turns cells back into notes: the player's own where their cells stay, new ones where cells come in. A pure function of
 * the song and the cells decided for it; docs/decisions/0002-decoding.md gives the reasons.
 *
 * <ul>
 *   <li>A note's <em>core</em> is its cells without a first or last one that it covers by less than half: the rounding of
 *       {@link idiom.engine.pianoroll.Rendering} made those. If the whole core stays, the note stays, event for event. If
 *       none of it does, the note is gone. Otherwise each run of staying core cells becomes a note with the player's
 *       velocities, beginning and ending with the player's own ticks at the core's edges and on the grid elsewhere.
 *   <li>A run of added cells that follows a player's last staying cell of that pitch makes her note longer. Any other is a
 *       new note with the velocity and voice of its {@link Surroundings}, placed by the preset's {@link Feel}, never over
 *       a note of the same pitch.
 * </ul>
 */
final class NoteDecoder {
    /** Most notes that a result may have in excess of the song's: broken files only come near. */
    private static final int MOST_NEW_NOTES = 1 << 18;

    /** Steps [first, end) of a note that decide about it. */
    private record Core(int first, int end) {}

    private final SongRoll song;
    private final BeatGrid grid;
    private final Timing timing;
    private final OptionalInt channel;
    private final MpeZones zones;
    private final Cells added;
    private final Cells lost;

    private final BitSet removed = new BitSet();
    private final Map<Integer, Note> replaced = new LinkedHashMap<>();
    private final List<Note> pieces = new ArrayList<>();
    private final List<Note> newNotes = new ArrayList<>();
    private int shownNotes;

    /**
     * @param song the player's notes
     * @param after the cells that sound in the result
     * @param feel of added notes
     * @param channel of added notes; empty: that of the notes around them
     * @param zones of the song's file
     */
    NoteDecoder(SongRoll song, Cells after, Feel feel, OptionalInt channel, MpeZones zones) {
        this.song = song;
        this.grid = song.grid();
        this.timing = new Timing(feel);
        this.channel = channel;
        this.zones = zones;
        this.added = after.minus(song.cells());
        this.lost = song.cells().minus(after);
    }

    /** Decodes the whole song. */
    NoteChanges decode() {
        Surroundings surroundings = new Surroundings(song);
        for (int pitch = 0; pitch < PianoRoll.PITCHES; pitch++) {
            Map<Integer, Integer> ends = decodeOwn(pitch);
            decodeAdded(pitch, ends, surroundings);
        }
        return new NoteChanges(shownNotes, removed, replaced, pieces, newNotes);
    }

    /** Decides the player's notes of a pitch; returns, by end step, the note that sounds last there and may be prolonged. */
    private Map<Integer, Integer> decodeOwn(int pitch) {
        Map<Integer, Integer> ends = new HashMap<>();
        for (int index : song.notesOf(pitch)) {
            shownNotes++;
            Note note = song.notes().get(index);
            Core core = core(index, note);
            if (lost.next(pitch, core.first(), core.end(), true) < core.end()) {
                split(index, note, pitch, core);
            }
            boolean soundsToItsEnd = lost.next(pitch, core.end() - 1, song.endStep(index), true) == song.endStep(index);
            if (soundsToItsEnd && !removed.get(index)) {
                ends.merge(song.endStep(index), index, this::laterEnd);
            }
        }
        return ends;
    }

    private int laterEnd(int a, int b) {
        return song.notes().get(b).offTick() > song.notes().get(a).offTick() ? b : a;
    }

    /** Cells of a note without edges that it covers by less than half; of two such edges alone the larger stays. */
    private Core core(int index, Note note) {
        int first = song.firstStep(index);
        int end = song.endStep(index);
        if (end - first == 1) {
            return new Core(first, end);
        }
        double inFirst = first + 1 - grid.position(note.onTick());
        double inLast = grid.position(note.offTick()) - (end - 1);
        boolean isPair = end - first == 2;
        boolean dropsFirst = inFirst < 0.5 && !(isPair && inFirst >= inLast);
        boolean dropsLast = inLast < 0.5 && !(isPair && inLast > inFirst);
        return new Core(dropsFirst ? first + 1 : first, dropsLast ? end - 1 : end);
    }

    private void split(int index, Note note, int pitch, Core core) {
        List<Note> left = new ArrayList<>();
        int end = core.end();
        for (int from = core.first(); from < end; ) {
            int begin = lost.next(pitch, from, end, false);
            from = lost.next(pitch, begin, end, true);
            long on = begin == core.first() ? note.onTick() : Math.max(note.onTick(), grid.firstTick(begin));
            long off = from == end ? note.offTick() : Math.min(note.offTick(), grid.endTick(from));
            if (begin < from && on < off) {
                left.add(withTicks(note, on, off));
            }
        }
        if (left.isEmpty()) {
            removed.set(index);
        } else {
            replaced.put(index, left.get(0));
            pieces.addAll(left.subList(1, left.size()));
            requireRoom();
        }
    }

    private void decodeAdded(int pitch, Map<Integer, Integer> ends, Surroundings surroundings) {
        int last = added.endStep();
        for (int from = added.next(pitch, added.firstStep(), last, true); from < last; ) {
            int end = added.next(pitch, from, last, false);
            Integer before = ends.get(from);
            if (before == null || !prolong(before, end)) {
                add(pitch, from, end, surroundings);
            }
            from = added.next(pitch, end, last, true);
        }
    }

    /**
     * Lets a player's note last to the beginning of a step, unless its last part is a piece of its own, or its channel is
     * free for another note's bend once it has ended.
     */
    private boolean prolong(int index, int end) {
        Note note = replaced.getOrDefault(index, song.notes().get(index));
        long off = Math.min(MidiTrack.MAX_TICK, grid.endTick(end));
        if (note.offTick() != song.notes().get(index).offTick()
                || off <= note.offTick()
                || zones.isMember(note.channel())) {
            return false;
        }
        replaced.put(index, withTicks(note, note.onTick(), off));
        return true;
    }

    private void add(int pitch, int begin, int end, Surroundings surroundings) {
        long on = Math.max(floor(pitch, begin), grid.nearestTick(timing.place(begin)));
        long off = Math.min(ceiling(pitch, end), grid.nearestTick(timing.place(end)));
        if (on >= off) {
            return;
        }
        int midiPitch = pitch + PianoRoll.LOWEST_PITCH;
        Surroundings.Voice voice = surroundings.at(begin, midiPitch);
        long velocity = Math.round(voice.velocity() * timing.feel().velocityScale()) + timing.accent(begin);
        newNotes.add(new Note(
                voice.track(),
                channel.orElse(zones.channelOfNewNotes(voice.channel())),
                midiPitch,
                (int) Math.max(1, Math.min(127, velocity)),
                64,
                on,
                off));
        requireRoom();
    }

    /** Earliest tick at which an added note may begin: after what the player has on that pitch just before it. */
    private long floor(int pitch, int begin) {
        for (int step = begin - 1; step >= begin - Timing.reach(); step--) {
            if (song.cells().isOn(step, pitch)) {
                return grid.firstTick(step + 1L);
            }
        }
        return 0;
    }

    /** Latest tick at which an added note may end: before what the player has on that pitch just after it. */
    private long ceiling(int pitch, int end) {
        for (int step = end; step < end + Timing.reach(); step++) {
            if (song.cells().isOn(step, pitch)) {
                return grid.endTick(step);
            }
        }
        return MidiTrack.MAX_TICK;
    }

    private void requireRoom() {
        if (pieces.size() + newNotes.size() > MOST_NEW_NOTES) {
            throw new IllegalArgumentException("a song may gain at most " + MOST_NEW_NOTES + " notes: notes="
                    + song.notes().size());
        }
    }

    private static Note withTicks(Note note, long on, long off) {
        return new Note(note.track(), note.channel(), note.pitch(), note.velocity(), note.releaseVelocity(), on, off);
    }
}
