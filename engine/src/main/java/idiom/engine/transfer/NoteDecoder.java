package idiom.engine.transfer;

import idiom.engine.midi.MidiTrack;
import idiom.engine.midi.Note;
import idiom.engine.pianoroll.BeatGrid;
import idiom.engine.pianoroll.Cells;
import idiom.engine.pianoroll.PianoRoll;
import idiom.engine.pianoroll.Rendering;
import idiom.engine.pianoroll.SongRoll;
import idiom.presets.Feel;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Comparator;
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
 *   <li>A note is judged by its <em>core</em> ({@link SongRoll}): its cells without those that only the rounding of {@link
 *       idiom.engine.pianoroll.Rendering} made, and with the steps hidden before a strike ({@link OwnCells}). If the whole
 *       core stays, the note stays, event for event. If none of it does, the note is gone. Otherwise each run of staying
 *       core steps becomes a note with the player's velocities, beginning and ending with the player's own ticks at the
 *       core's edges and on the grid elsewhere.
 *   <li>What no staying note covers, and the player's notes did not either, is added. A run of it that follows a player's
 *       last staying cell of that pitch makes her note longer. Any other is a new note with the velocity and voice of its
 *       {@link Surroundings}, placed by the preset's {@link Feel}, never over a note of the same pitch. Edges left of notes
 *       that are gone join the run they touch. Before silence a run of n cells sounds for n - 1 steps, for the roll shows a
 *       note that ends on the grid one cell too long; a single cell sounds for a step, and a run for n steps that is struck
 *       again one step later.
 * </ul>
 */
final class NoteDecoder {
    /** Most notes that a result may have in excess of the song's: broken files only come near. */
    private static final int MOST_NEW_NOTES = 1 << 18;

    private final SongRoll song;
    private final BeatGrid grid;
    private final Timing timing;
    private final OptionalInt channel;
    private final MpeZones zones;
    private final Cells after;
    private final OwnCells own;
    /** Cells that the staying notes account for. */
    private final Cells accounted;

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
        this.after = after;
        this.own = new OwnCells(song, after);
        this.accounted = new Cells(song.firstStep(), song.endStep());
    }

    /** Decodes the whole song. */
    NoteChanges decode() {
        List<Map<Integer, Integer>> ends = new ArrayList<>();
        for (int pitch = 0; pitch < PianoRoll.PITCHES; pitch++) {
            ends.add(decodeOwn(pitch));
        }
        Cells free = after.minus(accounted);
        Cells added = free.minus(song.covered());
        Surroundings surroundings = new Surroundings(song);
        for (int pitch = 0; pitch < PianoRoll.PITCHES; pitch++) {
            decodeAdded(pitch, free, added, ends.get(pitch), surroundings);
        }
        return new NoteChanges(shownNotes, removed, replaced, pieces, newNotes);
    }

    /** Decides the player's notes of a pitch; returns, by end step, the note that sounds last there and may be prolonged. */
    private Map<Integer, Integer> decodeOwn(int pitch) {
        Map<Integer, Integer> ends = new HashMap<>();
        int voice = -1;
        int accountedTo = Integer.MIN_VALUE;
        for (int index : byVoice(pitch)) {
            shownNotes++;
            if (Rendering.voice(song.notes().get(index)) != voice) {
                voice = Rendering.voice(song.notes().get(index));
                own.turnTo(index, pitch);
                accountedTo = Integer.MIN_VALUE;
            }
            List<OwnCells.Run> runs = own.stayingRuns(index);
            int coreEnd = song.coreEndStep(index);
            if (runs.size() == 1 && runs.get(0).equals(new OwnCells.Run(song.coreFirstStep(index), coreEnd))) {
                accounted.set(pitch, Math.max(accountedTo, song.firstStep(index)), song.endStep(index));
                accountedTo = Math.max(accountedTo, song.endStep(index));
            } else {
                split(index, pitch, runs);
            }
            boolean keepsItsEnd = !runs.isEmpty() && runs.get(runs.size() - 1).end() == coreEnd;
            if (keepsItsEnd && !removed.get(index) && own.isWhole(coreEnd, song.endStep(index))) {
                ends.merge(song.endStep(index), index, this::laterEnd);
            }
        }
        return ends;
    }

    /** Notes of a pitch voice after voice, each in order. */
    private int[] byVoice(int pitch) {
        return Arrays.stream(song.notesOf(pitch))
                .boxed()
                .sorted(Comparator.comparingInt(
                        index -> Rendering.voice(song.notes().get(index))))
                .mapToInt(Integer::intValue)
                .toArray();
    }

    private int laterEnd(int a, int b) {
        return song.notes().get(b).offTick() > song.notes().get(a).offTick() ? b : a;
    }

    private void split(int index, int pitch, List<OwnCells.Run> runs) {
        Note note = song.notes().get(index);
        List<Note> left = new ArrayList<>();
        for (OwnCells.Run run : runs) {
            boolean isFirst = run.first() == song.coreFirstStep(index);
            boolean isLast = run.end() == song.coreEndStep(index);
            long on = isFirst ? note.onTick() : Math.max(note.onTick(), grid.firstTick(run.first()));
            long off = isLast ? note.offTick() : Math.min(note.offTick(), grid.endTick(run.end()));
            if (on < off) {
                left.add(note.withTicks(on, off));
                accounted.set(
                        pitch, isFirst ? song.firstStep(index) : run.first(), isLast ? song.endStep(index) : run.end());
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

    /** Makes notes of the free runs of a pitch in which something is added; the rest is edges of notes that are gone. */
    private void decodeAdded(
            int pitch, Cells free, Cells added, Map<Integer, Integer> ends, Surroundings surroundings) {
        int last = free.endStep();
        for (int from = free.next(pitch, free.firstStep(), last, true); from < last; ) {
            int end = free.next(pitch, from, last, false);
            if (added.next(pitch, from, end, true) < end) {
                Integer before = ends.get(from);
                if (before == null || !prolong(before, heardEnd(pitch, end))) {
                    add(pitch, from, end, surroundings);
                }
            }
            from = free.next(pitch, end, last, true);
        }
    }

    /**
     * First step that an added run is not heard in any more. Its last cell is the one that a note ending on the grid covers
     * beyond its end ({@link Rendering}), unless something follows: the pitch sounds on, or is struck again after one step,
     * which then may be a hidden one; or the song's last bar ends there.
     */
    private int heardEnd(int pitch, int end) {
        int last = SongDecoder.endSounding(song);
        int soon = Math.min(last, end + 2);
        return end == last || after.next(pitch, end, soon, true) < soon ? end : end - 1;
    }

    /**
     * Lets a player's note last to the beginning of a step, unless its last part is a piece of its own, or its channel is
     * free for another note's bend once it has ended.
     */
    private boolean prolong(int index, int end) {
        Note note = replaced.getOrDefault(index, song.notes().get(index));
        long off = Math.min(MidiTrack.MAX_TICK, grid.endTick(end));
        if (note.offTick() != song.notes().get(index).offTick() || zones.isMember(note.channel())) {
            return false;
        }
        // Between the ticks of a coarse file it may have ended there already.
        if (off > note.offTick()) {
            replaced.put(index, note.withTicks(note.onTick(), off));
        }
        return true;
    }

    private void add(int pitch, int begin, int end, Surroundings surroundings) {
        long on = Math.max(floor(pitch, begin), grid.nearestTick(timing.place(begin)));
        // A single cell is what a note of less than a step shows, or a longer one that is struck again: a step.
        int heardEnd = Math.max(begin + 1, heardEnd(pitch, end));
        long off = Math.min(ceiling(pitch, end), grid.nearestTick(timing.place(heardEnd)));
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
            if (song.covered().isOn(step, pitch)) {
                return grid.firstTick(step + 1L);
            }
        }
        return 0;
    }

    /** Latest tick at which an added note may end: before what the player has on that pitch just after it. */
    private long ceiling(int pitch, int end) {
        for (int step = end; step < end + Timing.reach(); step++) {
            if (song.covered().isOn(step, pitch)) {
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
}
