package idiom.engine.midi;

import java.util.ArrayList;
import java.util.List;

/** Reads Standard MIDI Files. Claims of a file never size anything: bytes that aren't there are not made room for. */
final class MidiReader {
    private static final int HEADER_BYTES = 6;
    private static final int CHUNK_HEADER_BYTES = 8;

    private final Warnings warnings = new Warnings();
    private final List<MidiTrack> tracks = new ArrayList<>();
    private final MidiLimits limits;
    private int leftChunks;

    private MidiReader(MidiLimits limits) {
        this.limits = limits;
    }

    static MidiFile read(byte[] bytes, MidiLimits limits) throws MidiFormatException {
        requireSize(bytes.length, limits);
        MidiReader reader = new MidiReader(limits);
        return reader.file(reader.unwrap(new ByteCursor(bytes, 0, bytes.length, "file")));
    }

    static void requireSize(long bytes, MidiLimits limits) throws MidiFormatException {
        if (bytes > limits.maxFileBytes()) {
            throw new MidiFormatException(
                    "the file has more than " + limits.maxFileBytes() + " bytes, the most that are read");
        }
    }

    /** The MIDI file within a RIFF RMID wrapper, or the input where there is none. */
    private ByteCursor unwrap(ByteCursor in) throws MidiFormatException {
        if (in.peek() != 'R') {
            return in;
        }
        requireId(in, "RIFF");
        in.u32LittleEndian();
        requireId(in, "RMID");
        while (in.remaining() >= CHUNK_HEADER_BYTES) {
            int at = in.position();
            String id = in.chunkId();
            long length = in.u32LittleEndian();
            if (id.equals("data")) {
                if (length > in.remaining()) {
                    warnings.add(in.describe(at, overrun("data", length, in)));
                }
                return in.slice((int) Math.min(length, in.remaining()), "file");
            }
            // Chunks of RIFF begin at even bytes.
            in.skip(length + (length & 1));
        }
        throw in.error(in.position(), "the RIFF file has no chunk \"data\" with MIDI in it");
    }

    private static void requireId(ByteCursor in, String expected) throws MidiFormatException {
        int at = in.position();
        if (in.remaining() < 4 || !in.chunkId().equals(expected)) {
            throw in.error(at, "no Standard MIDI File: it must have \"" + expected + "\" here");
        }
    }

    private MidiFile file(ByteCursor in) throws MidiFormatException {
        requireId(in, "MThd");
        int lengthAt = in.position();
        long length = in.u32();
        if (length < HEADER_BYTES || length > in.remaining()) {
            throw in.error(
                    lengthAt,
                    "a header has at least 6 bytes and no more than the file: length=" + length + " left="
                            + in.remaining());
        }
        ByteCursor header = in.slice((int) length, "header");
        int format = header.u16();
        if (format > 2) {
            throw header.error(header.position() - 2, "format must be 0, 1 or 2: format=" + format);
        }
        int promised = header.u16();
        Division division = division(header);
        tracks(in, new TrackReader.Shared(limits.maxEvents(), limits.maxTick(division), warnings));
        return new MidiFile(checkedFormat(format, promised), division, tracks, warnings.all());
    }

    private static Division division(ByteCursor header) throws MidiFormatException {
        int at = header.position();
        int high = header.u8();
        int low = header.u8();
        try {
            return high < 0x80 ? new TicksPerQuarter((high << 8) | low) : new SmpteDivision(0x100 - high, low);
        } catch (IllegalArgumentException e) {
            throw header.error(at, "no division: " + e.getMessage());
        }
    }

    private void tracks(ByteCursor in, TrackReader.Shared shared) throws MidiFormatException {
        while (in.remaining() >= CHUNK_HEADER_BYTES) {
            int at = in.position();
            String id = in.chunkId();
            long length = in.u32();
            boolean isTrack = id.equals("MTrk");
            if (length > in.remaining()) {
                warnings.add(in.describe(at, overrun(isTrack ? "MTrk" : "that is no track", length, in)));
            }
            if (isTrack) {
                track(in, at, length, shared);
            } else {
                leftChunks++;
                in.skip(length);
            }
        }
        if (in.remaining() > 0) {
            warnings.add(in.describe(in.position(), "left out " + in.remaining() + " bytes after the last chunk"));
        }
        if (tracks.isEmpty()) {
            throw in.error(in.position(), "the file has no track");
        }
    }

    private static String overrun(String chunk, long length, ByteCursor in) {
        return "chunk " + chunk + " announces " + length + " bytes, " + in.remaining() + " are left";
    }

    private void track(ByteCursor in, int at, long length, TrackReader.Shared shared) throws MidiFormatException {
        if (tracks.size() == MidiFile.MAX_TRACKS) {
            throw in.error(at, "the file has more than " + MidiFile.MAX_TRACKS + " tracks");
        }
        boolean isLast = length >= in.remaining();
        ByteCursor body = in.slice((int) Math.min(length, in.remaining()), "track " + (tracks.size() + 1));
        tracks.add(new TrackReader(body, shared, isLast).read());
    }

    /** The format, repaired where the tracks belie it. */
    private int checkedFormat(int format, int promised) {
        if (leftChunks > 0) {
            warnings.add(
                    "left out " + leftChunks + (leftChunks == 1 ? " chunk that is" : " chunks that are") + " no track");
        }
        if (promised != tracks.size()) {
            warnings.add("the header announces " + promised + " tracks, the file has " + tracks.size());
        }
        if (format == 0 && tracks.size() > 1) {
            warnings.add("format 0 has one track, the file has " + tracks.size() + ": taken as format 1");
            return 1;
        }
        return format;
    }
}
