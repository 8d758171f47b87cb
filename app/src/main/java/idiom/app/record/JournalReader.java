package idiom.app.record;

import idiom.app.transfer.Refusal;
import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UTFDataFormatException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Reads {@linkplain Journal journals}, also ones that break off; what comes after the first broken entry is left out. */
final class JournalReader {
    private static final int MOST_DEVICES = 64;
    private static final int MOST_PRESETS = 1024;
    private static final int LONGEST_ENTRY = 1 << 20;

    private JournalReader() {}

    /**
     * The session that a journal holds.
     *
     * @throws Refusal if it is no journal
     */
    static Take read(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            return read(file, in);
        }
    }

    /** As {@link #read(Path)}, from a stream; {@code file} is for messages. */
    static Take read(Path file, InputStream stream) throws IOException {
        try (DataInputStream in = new DataInputStream(new BufferedInputStream(stream))) {
            List<Take.Source> sources = sources(file, in);
            List<List<Entry>> entries = new ArrayList<>();
            sources.forEach(source -> entries.add(new ArrayList<>()));
            while (readEntry(in, entries)) {
                // All there is to do has been done.
            }
            List<Take.Part> parts = new ArrayList<>();
            for (int i = 0; i < sources.size(); i++) {
                parts.add(new Take.Part(sources.get(i), entries.get(i)));
            }
            return new Take(parts);
        }
    }

    private static List<Take.Source> sources(Path file, DataInputStream in) throws IOException {
        try {
            if (!Arrays.equals(in.readNBytes(Journal.MAGIC.length), Journal.MAGIC)) {
                throw new Refusal(file + " is no journal of a recording: it must begin with IDIOMJ01");
            }
            List<Take.Source> sources = new ArrayList<>();
            int count = count(file, in.readInt(), MOST_DEVICES);
            for (int i = 0; i < count; i++) {
                String name = in.readUTF();
                long rate = in.readLong();
                List<String> presets = new ArrayList<>();
                int presetCount = count(file, in.readInt(), MOST_PRESETS);
                for (int k = 0; k < presetCount; k++) {
                    presets.add(in.readUTF());
                }
                sources.add(new Take.Source(name, Math.max(1, rate), presets));
            }
            return sources;
        } catch (EOFException | UTFDataFormatException e) {
            throw new Refusal(file + " breaks off before anything was recorded", e);
        }
    }

    private static int count(Path file, int count, int most) {
        if (count < 1 || count > most) {
            throw new Refusal(file + " is no journal of a recording: a count must be from 1 to " + most + ": " + count);
        }
        return count;
    }

    private static boolean readEntry(DataInputStream in, List<List<Entry>> entries) throws IOException {
        try {
            int size = in.readInt();
            int device = in.readUnsignedByte();
            long time = in.readLong();
            if (size <= Journal.STAMP_BYTES || size > LONGEST_ENTRY || device >= entries.size()) {
                return false;
            }
            byte[] bytes = new byte[size - Journal.STAMP_BYTES];
            in.readFully(bytes);
            entries.get(device).add(Entry.of(time, bytes));
            return true;
        } catch (EOFException | IllegalArgumentException e) {
            return false;
        }
    }
}
