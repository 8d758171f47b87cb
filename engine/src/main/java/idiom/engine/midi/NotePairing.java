package idiom.engine.midi;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Pairs note-ons with note-offs, track after track; see {@link NoteTable} for the rule. */
final class NotePairing {
    private static final int KEYS = 16 * 128;
    private static final int NONE = -1;
    /** What a note-on of velocity 0 stands for (MIDI 1.0, "note-off velocity"). */
    private static final int DEFAULT_RELEASE = 64;

    private final List<@Nullable Note> notes = new ArrayList<>();
    private final List<BitSet> strayOffs = new ArrayList<>();
    private int[] onEvents = new int[64];
    private int[] offEvents = new int[64];
    /** Of each note, the next one to sound on its key. */
    private int[] next = new int[64];

    private final int[] oldest = new int[KEYS];
    private final int[] newest = new int[KEYS];
    private int count;

    /** Channel and pitch of a note message as one number below 2048. */
    static int key(ChannelMessage message) {
        return (message.channel() << 7) | message.data1();
    }

    void pair(int track, MidiTrack events) {
        Arrays.fill(oldest, NONE);
        BitSet stray = new BitSet();
        int firstOfTrack = count;
        for (int i = 0; i < events.events().size(); i++) {
            if (events.events().get(i).message() instanceof ChannelMessage message) {
                if (message.isNoteOn()) {
                    begin(key(message), i);
                } else if (message.isNoteOff() && !end(track, events, key(message), i)) {
                    stray.set(i);
                }
            }
        }
        for (int note = firstOfTrack; note < count; note++) {
            if (offEvents[note] == NoteTable.NO_EVENT) {
                ChannelMessage on = message(events, onEvents[note]);
                notes.set(note, note(track, events, note, on, DEFAULT_RELEASE, events.endTick()));
            }
        }
        strayOffs.add(stray);
    }

    private void begin(int key, int event) {
        if (count == onEvents.length) {
            onEvents = Arrays.copyOf(onEvents, count * 2);
            offEvents = Arrays.copyOf(offEvents, count * 2);
            next = Arrays.copyOf(next, count * 2);
        }
        onEvents[count] = event;
        offEvents[count] = NoteTable.NO_EVENT;
        next[count] = NONE;
        if (oldest[key] == NONE) {
            oldest[key] = count;
        } else {
            next[newest[key]] = count;
        }
        newest[key] = count;
        notes.add(null);
        count++;
    }

    private boolean end(int track, MidiTrack events, int key, int event) {
        int note = oldest[key];
        if (note == NONE) {
            return false;
        }
        oldest[key] = next[note];
        offEvents[note] = event;
        ChannelMessage off = message(events, event);
        int release = off.kind() == ChannelMessage.NOTE_OFF ? off.data2() : DEFAULT_RELEASE;
        long offTick = events.events().get(event).tick();
        notes.set(note, note(track, events, note, message(events, onEvents[note]), release, offTick));
        return true;
    }

    private Note note(int track, MidiTrack events, int note, ChannelMessage on, int release, long offTick) {
        long onTick = events.events().get(onEvents[note]).tick();
        return new Note(track, on.channel(), on.data1(), on.data2(), release, onTick, offTick);
    }

    private static ChannelMessage message(MidiTrack events, int event) {
        return (ChannelMessage) events.events().get(event).message();
    }

    /** Notes in the order of tracks and of their ons. */
    List<Note> notes() {
        List<Note> complete = new ArrayList<>(count);
        for (Note note : notes) {
            if (note == null) {
                throw new IllegalStateException("a note was left without its end: notes=" + count);
            }
            complete.add(note);
        }
        return complete;
    }

    int onEvent(int note) {
        return onEvents[note];
    }

    int offEvent(int note) {
        return offEvents[note];
    }

    List<BitSet> strayOffs() {
        return strayOffs;
    }
}
