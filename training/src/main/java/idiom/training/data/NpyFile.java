package idiom.training.data;

import idiom.engine.pianoroll.PianoRoll;
import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * NumPy's array file, as far as packed phrases need it: dtype uint8, shape (N, 672), C order, format version 1, 2 or 3
 * (numpy.lib.format).
 *
 * <p>A header is believed only as far as the file's own size bears it out, so nothing is allocated that is not there to
 * be read.
 */
public final class NpyFile {
    private static final byte[] MAGIC = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y'};
    /** NumPy itself refuses longer headers. */
    private static final int LONGEST_HEADER_BYTES = 10_000;

    private static final int ALIGNMENT_BYTES = 64;

    private NpyFile() {}

    /**
     * The rows of a file, one after the other, 672 bytes each; empty when N is 0.
     *
     * @throws DataException if the file cannot be read or is anything else
     */
    public static byte[] read(Path file) {
        try {
            long fileBytes = Files.size(file);
            try (InputStream raw = Files.newInputStream(file);
                    DataInputStream in = new DataInputStream(new BufferedInputStream(raw, 1 << 16))) {
                return read(file, in, fileBytes);
            }
        } catch (EOFException e) {
            throw new DataException(file + ": ends inside its header; it must be a whole .npy file", e);
        } catch (IOException e) {
            throw new DataException(file + ": cannot be read: " + reason(e), e);
        }
    }

    /** Writes rows of 672 bytes as format version 1, moved into place when whole. */
    public static void write(Path file, byte[] rows) throws IOException {
        if (rows.length % PianoRoll.PACKED_BYTES != 0) {
            throw new IllegalArgumentException(
                    "rows must be a multiple of " + PianoRoll.PACKED_BYTES + " bytes: length=" + rows.length);
        }
        byte[] header = header("'|u1'", "(" + rows.length / PianoRoll.PACKED_BYTES + ", 672)", ALIGNMENT_BYTES);
        AtomicFile.write(file, out -> {
            out.write(header);
            out.write(rows);
        });
    }

    /** Everything before the data, format version 1, padded so that the data begins at a multiple of {@code align}. */
    static byte[] header(String descr, String shape, int align) {
        String text = "{'descr': " + descr + ", 'fortran_order': False, 'shape': " + shape + ", }";
        int unpadded = MAGIC.length + 4 + text.length() + 1;
        int total = (unpadded + align - 1) / align * align;
        byte[] header = new byte[total];
        Arrays.fill(header, (byte) ' ');
        System.arraycopy(MAGIC, 0, header, 0, MAGIC.length);
        header[6] = 1;
        header[7] = 0;
        int length = total - 10;
        header[8] = (byte) length;
        header[9] = (byte) (length >> 8);
        byte[] ascii = text.getBytes(StandardCharsets.US_ASCII);
        System.arraycopy(ascii, 0, header, 10, ascii.length);
        header[total - 1] = '\n';
        return header;
    }

    private static byte[] read(Path file, DataInputStream in, long fileBytes) throws IOException {
        for (byte expected : MAGIC) {
            if (in.readByte() != expected) {
                throw new DataException(file + ": not a .npy file; it must begin with \\x93NUMPY");
            }
        }
        int major = in.readUnsignedByte();
        in.readUnsignedByte();
        if (major < 1 || major > 3) {
            throw new DataException(file + ": .npy format version must be 1, 2 or 3: version=" + major);
        }
        long headerBytes = major == 1
                ? Short.toUnsignedInt(Short.reverseBytes(in.readShort()))
                : Integer.toUnsignedLong(Integer.reverseBytes(in.readInt()));
        int before = major == 1 ? 10 : 12;
        if (headerBytes > LONGEST_HEADER_BYTES || before + headerBytes > fileBytes) {
            throw new DataException(file + ": .npy header must be at most " + LONGEST_HEADER_BYTES
                    + " bytes and lie within the file: headerBytes=" + headerBytes + " fileBytes=" + fileBytes);
        }
        byte[] text = new byte[(int) headerBytes];
        in.readFully(text);
        long rows =
                NpyHeader.parse(file, new String(text, StandardCharsets.UTF_8)).rows();
        return rows(file, in, rows, fileBytes - before - headerBytes);
    }

    private static byte[] rows(Path file, DataInputStream in, long rows, long dataBytes) throws IOException {
        long wanted = Math.multiplyExact(Math.min(rows, Long.MAX_VALUE / 1024), PianoRoll.PACKED_BYTES);
        if (wanted != dataBytes) {
            throw new DataException(file + ": " + rows + " phrases need " + wanted
                    + " bytes after the header, so the file is " + (dataBytes < wanted ? "cut short" : "too long")
                    + ": dataBytes=" + dataBytes);
        }
        long most = Math.min(Integer.MAX_VALUE - 8, Runtime.getRuntime().maxMemory() / 2) / PianoRoll.PACKED_BYTES;
        if (rows > most) {
            throw new DataException(
                    file + ": at most " + most + " phrases fit into Java's memory (java -Xmx): phrases=" + rows);
        }
        byte[] data = new byte[(int) wanted];
        in.readFully(data);
        return data;
    }

    private static String reason(IOException e) {
        return e.getClass().getSimpleName().replace("Exception", "")
                + (e.getMessage() == null ? "" : " (" + e.getMessage() + ")");
    }
}
