package idiom.training.report;

import idiom.engine.midi.ChannelMessage;
import idiom.engine.midi.MetaMessage;
import idiom.engine.midi.MidiEvent;
import idiom.engine.midi.MidiFile;
import idiom.engine.midi.MidiTrack;
import idiom.engine.midi.TicksPerQuarter;
import idiom.engine.pianoroll.PianoRoll;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * A phrase as a MIDI file: piano, 120 quarters a minute, every note as loud as every other. A roll doesn't tell a long note from
 * one that is struck again, so what sounds without a gap is one note.
 */
final class PhraseMidi {
    private static final int TICKS_PER_QUARTER = 480;
    private static final int TICKS_PER_STEP = TICKS_PER_QUARTER / 4;
    private static final int QUARTER_US = 500_000;
    private static final int VELOCITY = 80;

    private PhraseMidi() {}

    /** Four bars, named. */
    static MidiFile of(PianoRoll roll, String name) {
        List<MidiEvent> notes = new ArrayList<>();
        for (int pitch = 0; pitch < PianoRoll.PITCHES; pitch++) {
            addNotes(notes, roll.steps(pitch), pitch + PianoRoll.LOWEST_PITCH);
        }
        // Of one tick, ends come first: the next note may be of the same pitch's neighbour, and nothing sounds too
        // long.
        notes.sort(Comparator.comparingLong(MidiEvent::tick).thenComparing(event -> isOn(event) ? 1 : 0));
        List<MidiEvent> events = new ArrayList<>();
        events.add(new MidiEvent(0, MetaMessage.text(MetaMessage.TRACK_NAME, name)));
        events.add(new MidiEvent(0, MetaMessage.setTempo(QUARTER_US)));
        events.add(new MidiEvent(0, MetaMessage.timeSignature(4, 4)));
        events.add(new MidiEvent(0, ChannelMessage.program(0, 0)));
        events.addAll(notes);
        events.add(new MidiEvent((long) PianoRoll.STEPS * TICKS_PER_STEP, MetaMessage.endOfTrack()));
        return new MidiFile(0, new TicksPerQuarter(TICKS_PER_QUARTER), List.of(new MidiTrack(events)));
    }

    private static boolean isOn(MidiEvent event) {
        return event.message() instanceof ChannelMessage message && message.kind() == ChannelMessage.NOTE_ON;
    }

    private static void addNotes(List<MidiEvent> notes, long steps, int pitch) {
        for (int step = 0; step < PianoRoll.STEPS; step++) {
            boolean sounds = (steps >>> step & 1) != 0;
            boolean sounded = step > 0 && (steps >>> (step - 1) & 1) != 0;
            if (sounds && !sounded) {
                notes.add(at(step, ChannelMessage.noteOn(0, pitch, VELOCITY)));
            } else if (sounded && !sounds) {
                notes.add(at(step, ChannelMessage.noteOff(0, pitch, 0)));
            }
        }
        if (steps < 0) {
            notes.add(at(PianoRoll.STEPS, ChannelMessage.noteOff(0, pitch, 0)));
        }
    }

    private static MidiEvent at(int step, ChannelMessage message) {
        return new MidiEvent((long) step * TICKS_PER_STEP, message);
    }
}
