package idiom.app.record;

import idiom.engine.midi.ChannelMessage;
import idiom.engine.midi.MetaMessage;
import idiom.engine.midi.MidiEvent;
import idiom.engine.midi.MidiMessage;
import idiom.engine.midi.MidiTrack;
import idiom.engine.midi.SysExMessage;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Collects the events of a track in any order; those of one tick stay in the order in which they were added. */
final class TrackBuilder {
    private static final int KEYS = 16 * 128;
    private static final int RELEASE_VELOCITY = 64;
    private static final int SYSTEM = 0xF0;
    private static final int SYSEX_END = 0xF7;

    private final List<MidiEvent> events = new ArrayList<>();
    private final int[] held = new int[KEYS];
    private boolean hasTempo;

    void add(long tick, MidiMessage message) {
        hasTempo |= message instanceof MetaMessage meta && meta.type() == MetaMessage.SET_TEMPO;
        events.add(new MidiEvent(tick, message));
    }

    boolean hasTempo() {
        return hasTempo;
    }

    void mark(long tick, String text) {
        add(tick, MetaMessage.text(MetaMessage.MARKER, text));
    }

    /** Adds a message as a port has it. A file has no place for clock, Song Position and the like; they are left out. */
    void play(long tick, Passed passed) {
        int length = passed.length();
        int status = length == 0 ? 0 : passed.at(0);
        if (status == SYSTEM && passed.at(length - 1) == SYSEX_END) {
            add(tick, new SysExMessage(SysExMessage.START, passed.from(1)));
        } else if (status >= ChannelMessage.NOTE_OFF && status < SYSTEM && length >= 2) {
            boolean hasTwo = length > 2 && status >> 5 != 6; // Program and channel pressure, 0xC0 to 0xDF, have one.
            play(tick, new ChannelMessage(status, passed.at(1) & 0x7F, hasTwo ? passed.at(2) & 0x7F : 0));
        }
    }

    private void play(long tick, ChannelMessage message) {
        add(tick, message);
        int key = message.channel() << 7 | message.data1();
        if (message.isNoteOn()) {
            held[key]++;
        } else if (message.isNoteOff()) {
            held[key] = Math.max(0, held[key] - 1);
        }
    }

    /** The track; keys that are still held end where it ends. */
    MidiTrack build() {
        long end = events.stream().mapToLong(MidiEvent::tick).max().orElse(0);
        for (int key = 0; key < KEYS; key++) {
            for (; held[key] > 0; held[key]--) {
                add(end, ChannelMessage.noteOff(key >> 7, key & 0x7F, RELEASE_VELOCITY));
            }
        }
        events.sort(Comparator.comparingLong(MidiEvent::tick));
        events.add(new MidiEvent(end, MetaMessage.endOfTrack()));
        return new MidiTrack(events);
    }
}
