package idiom.engine.sound;

import idiom.engine.midi.ChannelMessage;
import idiom.engine.midi.MidiEvent;
import idiom.engine.midi.MidiFile;
import idiom.engine.midi.MidiMessage;
import idiom.engine.midi.MidiTrack;
import idiom.engine.midi.SysExMessage;
import idiom.engine.midi.TempoMap;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;

/**
 * What an instrument hears of one piece, in the order of time: channel and system-exclusive messages of all tracks,
 * merged as they are asked for. One reader.
 */
final class EventStream {
    /** A track that is read from the front. */
    private static final class Cursor {
        private final int track;
        private final List<MidiEvent> events;
        private int next;

        Cursor(int track, List<MidiEvent> events) {
            this.track = track;
            this.events = events;
            skipSilent();
        }

        void skipSilent() {
            while (next < events.size() && !isHeard(events.get(next).message())) {
                next++;
            }
        }

        boolean isDone() {
            return next == events.size();
        }

        MidiEvent event() {
            return events.get(next);
        }
    }

    private final PriorityQueue<Cursor> cursors = new PriorityQueue<>(
            Comparator.comparingLong((Cursor cursor) -> cursor.event().tick())
                    .thenComparingInt(cursor -> cursor.track));
    private final TempoMap tempo;
    private final long lengthUs;

    /** {@code piece} must be of format 0 or 1: one of {@link MidiFile#sequences}. */
    EventStream(MidiFile piece) {
        tempo = TempoMap.of(piece);
        long last = 0;
        for (int i = 0; i < piece.tracks().size(); i++) {
            MidiTrack track = piece.tracks().get(i);
            for (MidiEvent event : track.events()) {
                if (isHeard(event.message())) {
                    last = Math.max(last, event.tick());
                }
            }
            Cursor cursor = new Cursor(i, track.events());
            if (!cursor.isDone()) {
                cursors.add(cursor);
            }
        }
        lengthUs = tempo.microseconds(last);
    }

    private static boolean isHeard(MidiMessage message) {
        return message instanceof ChannelMessage || message instanceof SysExMessage;
    }

    /** When the last message comes, in microseconds. */
    long lengthUs() {
        return lengthUs;
    }

    boolean hasNext() {
        return !cursors.isEmpty();
    }

    /** When the next message comes, in microseconds from the start of the piece. */
    long nextUs() {
        return tempo.microseconds(cursors.element().event().tick());
    }

    /** Takes the next message. */
    MidiMessage take() {
        Cursor cursor = cursors.remove();
        MidiMessage message = cursor.event().message();
        cursor.next++;
        cursor.skipSilent();
        if (!cursor.isDone()) {
            cursors.add(cursor);
        }
        return message;
    }
}
