package idiom.training.data;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.sound.midi.InvalidMidiDataException;
import javax.sound.midi.MetaMessage;
import javax.sound.midi.MidiEvent;
import javax.sound.midi.MidiSystem;
import javax.sound.midi.Sequence;
import javax.sound.midi.ShortMessage;
import javax.sound.midi.Track;

/** Writes small MIDI files with the JDK's own writer, 480 ticks a quarter, 120 ticks a step. */
public final class MidiBytes {
    private final Sequence sequence;
    private final Track track;

    public MidiBytes() {
        try {
            sequence = new Sequence(Sequence.PPQ, 480);
            track = sequence.createTrack();
        } catch (InvalidMidiDataException e) {
            throw new IllegalStateException(e);
        }
    }

    public MidiBytes meter(long tick, int numerator, int log2Denominator) {
        try {
            byte[] data = {(byte) numerator, (byte) log2Denominator, 24, 8};
            track.add(new MidiEvent(new MetaMessage(0x58, data, 4), tick));
            return this;
        } catch (InvalidMidiDataException e) {
            throw new IllegalStateException(e);
        }
    }

    public MidiBytes note(int channel, int pitch, long on, long off) {
        try {
            track.add(new MidiEvent(new ShortMessage(ShortMessage.NOTE_ON, channel, pitch, 90), on));
            track.add(new MidiEvent(new ShortMessage(ShortMessage.NOTE_OFF, channel, pitch, 0), off));
            return this;
        } catch (InvalidMidiDataException e) {
            throw new IllegalStateException(e);
        }
    }

    public byte[] toBytes() {
        try {
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            MidiSystem.write(sequence, 0, out);
            return out.toByteArray();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    public Path write(Path file) throws IOException {
        Files.createDirectories(file.getParent());
        return Files.write(file, toBytes());
    }
}
