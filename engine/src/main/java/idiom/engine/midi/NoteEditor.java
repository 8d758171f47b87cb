package idiom.engine.midi;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Collects changes to the notes of a file, then applies them track by track; see {@link NoteTable#edit}. */
final class NoteEditor {
    /** What happens to one track. */
    private static final class Changes {
        final BitSet dropped = new BitSet();
        final Map<Integer, ChannelMessage> rewritten = new HashMap<>();
        final List<Note> added = new ArrayList<>();
    }

    private final NoteTable table;
    private final Map<Integer, Changes> changes = new HashMap<>();

    NoteEditor(NoteTable table) {
        this.table = table;
    }

    void remove(int index) {
        Objects.checkIndex(index, table.notes().size());
        Changes track = changes(table.notes().get(index).track());
        track.dropped.set(table.onEvent(index));
        if (table.offEvent(index) != NoteTable.NO_EVENT) {
            track.dropped.set(table.offEvent(index));
        }
    }

    void add(Note note) {
        if (note.track() >= table.file().tracks().size() || note.offTick() > MidiTrack.MAX_TICK) {
            throw new IllegalArgumentException("a new note must be on a track of the file and end by tick "
                    + MidiTrack.MAX_TICK + ": " + note + " tracks="
                    + table.file().tracks().size());
        }
        changes(note.track()).added.add(note);
    }

    void replace(int index, Note to) {
        Objects.checkIndex(index, table.notes().size());
        Note from = table.notes().get(index);
        if (from.equals(to)) {
            return;
        }
        int off = table.offEvent(index);
        boolean staysInPlace =
                from.track() == to.track() && from.onTick() == to.onTick() && from.offTick() == to.offTick();
        // Another key would meet that key's notes in an order of its own: only new events are sure to be in order.
        if (!staysInPlace || from.channel() != to.channel() || from.pitch() != to.pitch()) {
            remove(index);
            add(to);
            return;
        }
        Map<Integer, ChannelMessage> rewritten = changes(to.track()).rewritten;
        rewritten.put(table.onEvent(index), on(to));
        if (off != NoteTable.NO_EVENT && from.releaseVelocity() != to.releaseVelocity()) {
            rewritten.put(off, off(to));
        }
    }

    MidiFile result() {
        List<MidiTrack> tracks = new ArrayList<>(table.file().tracks());
        changes.forEach((track, change) -> tracks.set(track, new MidiTrack(merged(track, change))));
        return new MidiFile(
                table.file().format(),
                table.file().division(),
                tracks,
                table.file().warnings());
    }

    private Changes changes(int track) {
        return changes.computeIfAbsent(track, ignored -> new Changes());
    }

    private List<MidiEvent> merged(int track, Changes change) {
        MidiTrack original = table.file().tracks().get(track);
        long end = change.added.stream().mapToLong(Note::offTick).reduce(original.endTick(), Math::max);
        Merge merge = new Merge(change.added);
        List<MidiEvent> events = original.events();
        for (int i = 0; i < events.size() - 1; i++) {
            if (change.dropped.get(i)) {
                continue;
            }
            MidiEvent event = events.get(i);
            merge.advance(event.tick());
            if (!table.strayOffs(track).get(i) || !merge.endsNewNote(event)) {
                ChannelMessage message = change.rewritten.get(i);
                merge.result.add(message == null ? event : new MidiEvent(event.tick(), message));
            }
        }
        merge.finish(original.endTick(), endings(track, change, original, end));
        MidiEvent endOfTrack = events.get(events.size() - 1);
        merge.result.add(end == endOfTrack.tick() ? endOfTrack : new MidiEvent(end, endOfTrack.message()));
        return merge.result;
    }

    /** Notes that last to the end of the track, where that moves and they need an off to stay as long as they were. */
    private List<Note> endings(int track, Changes change, MidiTrack original, long end) {
        List<Note> endings = new ArrayList<>();
        for (int i = 0; end > original.endTick() && i < table.notes().size(); i++) {
            Note note = table.notes().get(i);
            if (note.track() == track
                    && table.offEvent(i) == NoteTable.NO_EVENT
                    && !change.dropped.get(table.onEvent(i))) {
                endings.add(note);
            }
        }
        return endings;
    }

    private static ChannelMessage on(Note note) {
        return ChannelMessage.noteOn(note.channel(), note.pitch(), note.velocity());
    }

    private static ChannelMessage off(Note note) {
        return ChannelMessage.noteOff(note.channel(), note.pitch(), note.releaseVelocity());
    }

    /** Puts the events of new notes between those that stay. */
    private static final class Merge {
        final List<MidiEvent> result = new ArrayList<>();
        private final List<Note> ons;
        private final List<Note> offs;
        private final int[] sounding = new int[16 * 128];
        private int nextOn;
        private int nextOff;

        Merge(List<Note> added) {
            ons = sorted(added, Comparator.comparingLong(Note::onTick));
            List<Note> all = new ArrayList<>(added);
            all.removeIf(note -> note.ticks() == 0);
            offs = sorted(all, Comparator.comparingLong(Note::offTick));
        }

        private static List<Note> sorted(List<Note> notes, Comparator<Note> order) {
            return notes.stream().sorted(order).toList();
        }

        /** Emits all that comes before the original events of {@code tick}: also the offs, but not the ons, at it. */
        void advance(long tick) {
            while (true) {
                @Nullable Note on = nextOn < ons.size() ? ons.get(nextOn) : null;
                @Nullable Note off = nextOff < offs.size() ? offs.get(nextOff) : null;
                if (off != null && off.offTick() <= tick && (on == null || off.offTick() <= on.onTick())) {
                    emit(off.offTick(), off(off), -1);
                    nextOff++;
                } else if (on != null && on.onTick() < tick) {
                    begin(on);
                } else {
                    return;
                }
            }
        }

        private void begin(Note on) {
            emit(on.onTick(), on(on), 1);
            nextOn++;
            if (on.ticks() == 0) {
                emit(on.offTick(), off(on), -1);
            }
        }

        /** Emits the rest, the {@code endings} at the end the track had: after all that was there. */
        void finish(long endTick, List<Note> endings) {
            advance(endTick);
            endings.forEach(note -> emit(note.offTick(), off(note), -1));
            advance(Long.MAX_VALUE);
        }

        boolean endsNewNote(MidiEvent event) {
            return sounding[NotePairing.key((ChannelMessage) event.message())] > 0;
        }

        private void emit(long tick, ChannelMessage message, int change) {
            sounding[NotePairing.key(message)] += change;
            result.add(new MidiEvent(tick, message));
        }
    }
}
