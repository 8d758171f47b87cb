package idiom.training.data;

import idiom.engine.pianoroll.PianoRoll;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;

/**
 * The table of tab-separated values beside a file of phrases: the columns of the published tables, and the song after
 * them in data prepared here. Columns are found by name; {@code song}, {@code orig_index} and {@code blob_sha1} may be
 * absent.
 */
public final class PhraseTable {
    private static final Pattern TAB = Pattern.compile("\t");
    private static final String ROW = "row";
    private static final String ORIGINAL = "orig_index";
    private static final String BLOB = "blob_sha1";
    private static final String COMMON = "in_11216_1125_subset";
    private static final String DUPLICATE = "dup_of_row";
    private static final String OTHER_SPLIT = "in_other_split";
    private static final String OTHER_GENRE = "also_in_genre";
    private static final String SONG = "song";
    private static final List<String> COLUMNS =
            List.of(ROW, ORIGINAL, BLOB, COMMON, DUPLICATE, OTHER_SPLIT, OTHER_GENRE, SONG);
    private static final List<String> REQUIRED = List.of(ROW, DUPLICATE, OTHER_SPLIT, OTHER_GENRE);
    /** A line holds numbers, a hash, genre names and a path: more than this is not a table. */
    private static final long LONGEST_LINE_BYTES = 8192;

    private static final byte[] BLOB_HEADER = NpyFile.header("'|b1'", "(64, 84, 1)", 16);

    private PhraseTable() {}

    /**
     * Reads the table of a file of {@code phrases} phrases.
     *
     * @throws DataException if it is not such a table, line and column named
     */
    public static List<PhraseRow> read(Path file, int phrases) {
        try {
            long most = (phrases + 1L) * LONGEST_LINE_BYTES;
            if (Files.size(file) > most) {
                throw new DataException(file + ": a table of " + phrases + " rows must be at most " + most
                        + " bytes: fileBytes=" + Files.size(file));
            }
            try (BufferedReader in = Files.newBufferedReader(file)) {
                return read(file, in, phrases);
            }
        } catch (IOException e) {
            throw new DataException(file + ": cannot be read as UTF-8 text: " + e, e);
        }
    }

    /** Writes a table with all columns, moved into place when whole. */
    public static void write(Path file, List<PhraseRow> rows) throws IOException {
        AtomicFile.write(file, out -> {
            Writer writer = new OutputStreamWriter(out, StandardCharsets.UTF_8);
            writer.write(String.join("\t", COLUMNS) + "\n");
            for (PhraseRow row : rows) {
                writer.write(line(row));
            }
            writer.flush();
        });
    }

    /**
     * Git's blob hash (SHA-1) of a phrase as the papers' authors published it: a NumPy file of booleans, shape (64, 84,
     * 1), with an 80-byte header. It is what the column {@code blob_sha1} of the published tables holds.
     */
    public static String blobSha1(PhraseSet phrases, int i) {
        byte[] cells = new byte[PianoRoll.CELLS];
        byte[] packed = phrases.packed(i);
        for (int cell = 0; cell < cells.length; cell++) {
            cells[cell] = (byte) (packed[cell >> 3] >> (7 - (cell & 7)) & 1);
        }
        MessageDigest sha1 = Digests.algorithm("SHA-1");
        sha1.update(("blob " + (BLOB_HEADER.length + cells.length) + "\0").getBytes(StandardCharsets.US_ASCII));
        sha1.update(BLOB_HEADER);
        return Digests.hex(sha1.digest(cells));
    }

    private static String line(PhraseRow row) {
        RowFlags flags = row.flags();
        return String.join(
                        "\t",
                        Integer.toString(row.row()),
                        Integer.toString(row.originalIndex()),
                        row.blobSha1(),
                        row.inCommonShare() ? "1" : "0",
                        flags.isDuplicate() ? Integer.toString(flags.duplicateOf()) : "",
                        flags.inOtherSplit() ? "1" : "0",
                        flags.alsoInGenre(),
                        row.song().replaceAll("\\p{Cc}", "?"))
                + "\n";
    }

    private static List<PhraseRow> read(Path file, BufferedReader in, int phrases) throws IOException {
        String first = in.readLine();
        List<String> header = first == null ? List.of() : Arrays.asList(TAB.split(first, -1));
        if (!header.containsAll(REQUIRED)) {
            throw new DataException(file + ":1: the first line must name the columns " + String.join(", ", REQUIRED)
                    + ", tabs between");
        }
        List<PhraseRow> rows = new ArrayList<>(phrases);
        for (String line = in.readLine(); line != null; line = in.readLine()) {
            if (rows.size() == phrases) {
                throw new DataException(file + ": has more than the " + phrases + " rows of the .npy file beside it");
            }
            rows.add(new Line(file, rows.size(), header, Arrays.asList(TAB.split(line, -1)), phrases).toRow());
        }
        if (rows.size() != phrases) {
            throw new DataException(file + ": must have as many rows as the .npy file beside it: rows=" + rows.size()
                    + " phrases=" + phrases);
        }
        return List.copyOf(rows);
    }

    private record Line(Path file, int index, List<String> header, List<String> fields, int phrases) {
        PhraseRow toRow() {
            if (fields.size() != header.size()) {
                throw error("must have " + header.size() + " fields: fields=" + fields.size());
            }
            if (number(ROW, phrases) != index) {
                throw error("rows must be numbered from 0 without a gap: row=" + text(ROW) + " expected=" + index);
            }
            String duplicate = text(DUPLICATE);
            RowFlags flags = new RowFlags(
                    duplicate.isEmpty() ? RowFlags.NONE : number(DUPLICATE, phrases),
                    flag(OTHER_SPLIT),
                    text(OTHER_GENRE));
            return new PhraseRow(
                    index,
                    header.contains(ORIGINAL) ? number(ORIGINAL, Integer.MAX_VALUE) : index,
                    text(BLOB),
                    header.contains(COMMON) && flag(COMMON),
                    flags.isFlagged() ? flags : RowFlags.CLEAN,
                    text(SONG));
        }

        private String text(String column) {
            int at = header.indexOf(column);
            return at < 0 ? "" : fields.get(at);
        }

        private int number(String column, int below) {
            try {
                int value = Integer.parseInt(text(column));
                if (value >= 0 && value < below) {
                    return value;
                }
            } catch (NumberFormatException e) {
                throw error(column + " must be a number: " + column + "=" + text(column));
            }
            throw error(column + " must be in [0, " + below + "): " + column + "=" + text(column));
        }

        private boolean flag(String column) {
            return switch (text(column)) {
                case "0" -> false;
                case "1" -> true;
                default -> throw error(column + " must be 0 or 1: " + column + "=" + text(column));
            };
        }

        private DataException error(String what) {
            return new DataException(file + ":" + (index + 2) + ": " + what);
        }
    }
}
