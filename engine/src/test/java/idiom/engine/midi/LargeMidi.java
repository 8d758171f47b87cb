package idiom.engine.midi;

import java.io.BufferedOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.BitSet;
import java.util.List;

/** Reads the largest files there can be, and larger ones; run in a heap of its own. Prints how each ends. */
final class LargeMidi {
    private static final int HEADERS = 22;
    private static final byte[] END = {0, (byte) 0xFF, 0x2F, 0};

    private LargeMidi() {}

    /** Writes the events of one track. */
    private interface Body {
        void write(DataOutputStream out) throws IOException;
    }

    public static void main(String[] args) throws IOException {
        Path path = Path.of(args[0]).resolve("large.mid");
        int packet = (64 << 20) - HEADERS - 6 - END.length;
        attempt("one packet", path, out -> {
            out.write(new byte[] {0, (byte) 0xF0, (byte) (0x80 | packet >> 21), (byte) (0x80 | packet >> 14)});
            out.write(new byte[] {(byte) (0x80 | packet >> 7), (byte) (packet & 0x7F)});
            out.write(new byte[packet]);
        });
        byte[] text = new byte[64];
        System.arraycopy(new byte[] {0, (byte) 0xFF, 1, 60}, 0, text, 0, 4);
        attempt("texts", path, out -> repeat(out, text, 999_999));
        attempt("notes", path, out -> notes(out, 499_999, new byte[] {0, (byte) 0x90, 60, 1}));
        attempt("too many notes", path, out -> notes(out, 10_000_000, new byte[0]));
        tracks(path, 65_535);
        attempt("tracks", path);
        tracks(path, 70_000);
        attempt("too many tracks", path);
        attempt("too large", path, out -> repeat(out, new byte[1 << 10], 64 << 10));
    }

    private static void repeat(DataOutputStream out, byte[] unit, int times) throws IOException {
        for (int i = 0; i < times; i++) {
            out.write(unit);
        }
    }

    /** Notes of all velocities, channels and pitches in turn, so that few messages are alike, then something more. */
    private static void notes(DataOutputStream out, int pairs, byte[] more) throws IOException {
        out.write(new byte[] {0, (byte) 0x90, 0, 1});
        for (int i = 1; i < pairs * 2; i++) {
            out.write(new byte[] {0, (byte) (i % 2 == 0 ? i / 2 % 128 : (i - 1) / 2 % 128)});
            out.write(i % 2 == 0 ? 1 + i / 256 % 127 : 0);
        }
        out.write(more);
    }

    private static void tracks(Path path, int count) throws IOException {
        try (DataOutputStream out = open(path)) {
            out.write(new Bytes().header(1, count & 0xFFFF, 96).all());
            byte[] empty = new Bytes().chunk("MTrk", END).all();
            for (int i = 0; i < count; i++) {
                out.write(empty);
            }
        }
    }

    private static void attempt(String name, Path path, Body body) throws IOException {
        try (DataOutputStream out = open(path)) {
            // Claims too much; the reader must find the end itself.
            out.write(new Bytes()
                    .header(0, 1, 32_767)
                    .text("MTrk")
                    .u32(0xFFFF_FFFFL)
                    .all());
            body.write(out);
            out.write(END);
        }
        attempt(name, path);
    }

    private static void attempt(String name, Path path) throws IOException {
        try {
            MidiFile file = MidiFile.read(path);
            NoteTable table = NoteTable.of(file);
            if (!table.edit(new BitSet(), List.of()).equals(file)) {
                throw new AssertionError("an edit of nothing must change nothing");
            }
            System.out.println(name + ": " + file.eventCount() + " events, "
                    + table.notes().size() + " notes");
        } catch (MidiFormatException e) {
            System.out.println(name + ": " + e.getMessage());
        }
    }

    private static DataOutputStream open(Path path) throws IOException {
        OutputStream out = Files.newOutputStream(path);
        return new DataOutputStream(new BufferedOutputStream(out, 1 << 16));
    }
}
