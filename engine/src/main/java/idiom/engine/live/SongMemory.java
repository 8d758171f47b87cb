package idiom.engine.live;

import idiom.engine.pianoroll.PianoRoll;
import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UTFDataFormatException;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.InflaterInputStream;
import java.util.zip.ZipException;
import org.jspecify.annotations.Nullable;

/**
 * What the mode {@code timeline} has learnt of a song, to be kept while nobody plays: the notes of each window and what the
 * network made of them. [any]
 *
 * @param sound what the answers depend on beside the notes: preset, network and decoding, as one line
 * @param windows in the order of the song
 * @param shares where in the song another share of the mix is wanted, in its order
 */
public record SongMemory(String sound, List<Window> windows, List<Share> shares) {
    private static final int MAGIC = 0x4964536D; // "IdSm"
    private static final int VERSION = 2;
    private static final int MOST_SOUND = 4096;
    private static final int MOST_WINDOWS = 4096;
    private static final int MOST_NOTES = 4096;
    private static final int MOST_SHARES = MOST_WINDOWS * PianoRoll.STEPS;
    /** Far above what a song of that many windows takes; a small file can unfold to anything. */
    private static final int MOST_BYTES = 16 << 20;

    public SongMemory {
        windows = List.copyOf(windows);
        shares = List.copyOf(shares);
    }

    /**
     * A change of the mix.
     *
     * @param step of the song from which on it holds, from 0 on
     * @param share of the preset's mix, 0 to 1
     */
    record Share(int step, double share) {}

    /**
     * One window of 64 steps.
     *
     * @param index of the window in the song, from 0 on
     * @param notes those struck in it, in the order of their onsets
     * @param answer what the network made of them; null if there is no answer that holds
     */
    record Window(
            int index, List<PlayedNote> notes, @Nullable Answer answer) {
        Window {
            notes = List.copyOf(notes);
        }
    }

    /**
     * A question and its answer.
     *
     * @param before cells as the network saw them
     * @param after cells of its answer
     */
    record Answer(PianoRoll before, PianoRoll after) {}

    /**
     * A note.
     *
     * @param on the note-on
     * @param off the note-off; 0 if it was still held
     * @param onStep song position of its onset
     * @param offStep of its end; infinite if it was still held
     */
    record PlayedNote(int on, int off, double onStep, double offStep) {}

    /** The memory as bytes, compressed. */
    public byte[] toBytes() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(new DeflaterOutputStream(bytes))) {
            out.writeInt(MAGIC);
            out.writeInt(VERSION);
            out.writeUTF(sound.length() > MOST_SOUND / 4 ? sound.substring(0, MOST_SOUND / 4) : sound);
            out.writeInt(windows.size());
            for (Window window : windows) {
                write(window, out);
            }
            out.writeInt(shares.size());
            for (Share share : shares) {
                out.writeInt(share.step());
                out.writeDouble(share.share());
            }
        } catch (IOException e) {
            throw new IllegalStateException(e); // Nothing is written anywhere.
        }
        return bytes.toByteArray();
    }

    private static void write(Window window, DataOutputStream out) throws IOException {
        out.writeInt(window.index());
        out.writeInt(window.notes().size());
        for (PlayedNote note : window.notes()) {
            out.writeInt(note.on());
            out.writeInt(note.off());
            out.writeDouble(note.onStep());
            out.writeDouble(note.offStep());
        }
        Answer answer = window.answer();
        out.writeBoolean(answer != null);
        if (answer != null) {
            for (int pitch = 0; pitch < PianoRoll.PITCHES; pitch++) {
                out.writeLong(answer.before().steps(pitch));
                out.writeLong(answer.after().steps(pitch));
            }
        }
    }

    /**
     * A memory from bytes.
     *
     * @throws IOException in one line, if these bytes are none
     */
    public static SongMemory of(byte[] bytes) throws IOException {
        try (DataInputStream in = new DataInputStream(
                new BufferedInputStream(new Limited(new InflaterInputStream(new ByteArrayInputStream(bytes)))))) {
            return read(in);
        } catch (EOFException e) {
            throw new IOException("a song ends before its end", e);
        } catch (ZipException | UTFDataFormatException e) {
            throw new IOException("a song is damaged: " + e.getMessage(), e);
        }
    }

    private static SongMemory read(DataInputStream in) throws IOException {
        if (in.readInt() != MAGIC || in.readInt() != VERSION) {
            throw new IOException("these bytes are no song that was learnt, or one of another version");
        }
        String sound = in.readUTF();
        int count = in.readInt();
        if (count < 0 || count > MOST_WINDOWS) {
            throw new IOException("a song has at most " + MOST_WINDOWS + " windows: windows=" + count);
        }
        List<Window> windows = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            windows.add(readWindow(in));
        }
        return new SongMemory(sound, windows, readShares(in));
    }

    private static List<Share> readShares(DataInputStream in) throws IOException {
        int count = in.readInt();
        if (count < 0 || count > MOST_SHARES) {
            throw new IOException("a song has at most " + MOST_SHARES + " changes of the mix: changes=" + count);
        }
        List<Share> shares = new ArrayList<>();
        int last = -1;
        for (int i = 0; i < count; i++) {
            Share share = new Share(in.readInt(), in.readDouble());
            if (share.step() <= last || !(share.share() >= 0 && share.share() <= 1)) {
                throw new IOException(
                        "a change of the mix is impossible: step=" + share.step() + ", share=" + share.share());
            }
            last = share.step();
            shares.add(share);
        }
        return shares;
    }

    private static Window readWindow(DataInputStream in) throws IOException {
        int index = in.readInt();
        int size = in.readInt();
        if (index < 0 || index >= MOST_WINDOWS || size < 0 || size > MOST_NOTES) {
            throw new IOException("a window is impossible: index=" + index + ", notes=" + size);
        }
        List<PlayedNote> notes = new ArrayList<>();
        double last = (double) index * PianoRoll.STEPS - NoteLog.EARLY;
        for (int i = 0; i < size; i++) {
            PlayedNote note = new PlayedNote(in.readInt(), in.readInt(), in.readDouble(), in.readDouble());
            boolean isInOrder = note.onStep() >= last && note.onStep() < ((double) index + 1) * PianoRoll.STEPS;
            if (!isInOrder || !isOne(note)) {
                throw new IOException("a note is impossible: window=" + index + ", note=" + i);
            }
            last = note.onStep();
            notes.add(note);
        }
        if (!in.readBoolean()) {
            return new Window(index, notes, null);
        }
        long[] before = new long[PianoRoll.PITCHES];
        long[] after = new long[PianoRoll.PITCHES];
        for (int pitch = 0; pitch < PianoRoll.PITCHES; pitch++) {
            before[pitch] = in.readLong();
            after[pitch] = in.readLong();
        }
        return new Window(index, notes, new Answer(PianoRoll.ofPitches(before), PianoRoll.ofPitches(after)));
    }

    private static boolean isOne(PlayedNote note) {
        boolean begins = isMessage(note.on()) && Message.isNoteOn(note.on());
        boolean ends = note.offStep() == NoteLog.HELD
                ? note.off() == 0
                : isMessage(note.off())
                        && Message.isNoteOff(note.off())
                        && Message.key(note.off()) == Message.key(note.on());
        return begins && ends && note.offStep() >= note.onStep();
    }

    private static boolean isMessage(int message) {
        return (message & 0xFF808000) == 0 && (message & 0x80) != 0;
    }

    /** Ends where no memory goes on. */
    private static final class Limited extends FilterInputStream {
        private int left = MOST_BYTES;

        Limited(InputStream in) {
            super(in);
        }

        @Override
        public int read() throws IOException {
            return left-- > 0 ? super.read() : -1;
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            int got = left <= 0 ? -1 : super.read(bytes, offset, Math.min(length, left));
            left -= Math.max(0, got);
            return got;
        }
    }

    /** A note log's notes. */
    static List<PlayedNote> notesOf(NoteLog log) {
        List<PlayedNote> notes = new ArrayList<>();
        for (int i = 0; i < log.size(); i++) {
            // Before a note ends, its place in the log may still hold another one's end.
            int off = log.offStep(i) == NoteLog.HELD ? 0 : log.off(i);
            notes.add(new PlayedNote(log.on(i), off, log.onStep(i), log.offStep(i)));
        }
        return notes;
    }
}
