package idiom.training.table;

import idiom.training.data.DataException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;

/**
 * Comma-separated values with a header, as a spreadsheet writes them (RFC 4180): UTF-8, with or without a byte order mark,
 * fields in quotes if they have commas or quotes in them. Spaces around fields, empty lines and lines that begin with {@code #}
 * count for nothing. A field cannot have a line break in it.
 *
 * @param name what the table is called in messages: its file
 * @param header names of the columns, none of them twice
 * @param rows as they come
 */
public record CsvTable(String name, List<String> header, List<Row> rows) {
    private static final long MOST_BYTES = 64L << 20;
    private static final CSVFormat FORMAT =
            CSVFormat.RFC4180.builder().setIgnoreSurroundingSpaces(true).get();

    public CsvTable {
        header = List.copyOf(header);
        rows = List.copyOf(rows);
    }

    /**
     * A row and where it stands.
     *
     * @param table the file's name
     * @param line counted from 1
     * @param header names of the columns
     * @param fields as many as there are columns
     */
    public record Row(String table, int line, List<String> header, List<String> fields) {
        public Row {
            header = List.copyOf(header);
            fields = List.copyOf(fields);
        }

        /** The field of a column, which must be there; may be empty. */
        public String text(String column) {
            int at = header.indexOf(column);
            if (at < 0) {
                throw new IllegalArgumentException("no such column: column=" + column + " header=" + header);
            }
            return fields.get(at);
        }

        /**
         * The field of a column that must not be empty.
         *
         * @throws DataException if it is
         */
        public String required(String column) {
            String text = text(column);
            if (text.isEmpty()) {
                throw error(column + " must not be empty");
            }
            return text;
        }

        /**
         * The field of a column as a number.
         *
         * @throws DataException if it is none, or is not finite
         */
        public double number(String column) {
            String text = text(column);
            if (!isNumber(text)) {
                throw error(column + " must be a number such as 3 or 0.75: " + column + "=" + text);
            }
            return Double.parseDouble(text);
        }

        /** Something that is wrong with this row: file and line, then the message. */
        public DataException error(String message) {
            return new DataException(table + ":" + line + ": " + message);
        }
    }

    /** Whether a field is a finite number. */
    public static boolean isNumber(String text) {
        try {
            return Double.isFinite(Double.parseDouble(text)) && !Character.isLetter(text.charAt(text.length() - 1));
        } catch (NumberFormatException e) {
            return false;
        }
    }

    /**
     * Reads a file.
     *
     * @param columns that must be there; others may be
     * @throws DataException in one line if it is no such table, with the line and what would be right
     */
    public static CsvTable read(Path file, String... columns) {
        try {
            long bytes = Files.size(file);
            if (bytes > MOST_BYTES) {
                throw new DataException(file + ": a table must be at most " + MOST_BYTES + " bytes: bytes=" + bytes);
            }
            return parse(file.toString(), Files.readAllBytes(file), columns);
        } catch (IOException e) {
            throw new DataException(file + ": cannot be read: " + e, e);
        }
    }

    /** Reads a resource that lies beside a class. */
    public static CsvTable resource(Class<?> beside, String resource, String... columns) {
        try (InputStream in = beside.getResourceAsStream(resource)) {
            if (in == null) {
                throw new IllegalStateException("missing from the program: " + resource);
            }
            return parse(resource, in.readAllBytes(), columns);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static CsvTable parse(String name, byte[] bytes, String... columns) {
        List<String> header = List.of();
        List<Row> rows = new ArrayList<>();
        int line = 0;
        for (String text : decode(name, bytes).lines().toList()) {
            line++;
            if (text.isBlank() || text.startsWith("#")) {
                continue;
            }
            List<String> fields = fields(name, line, text);
            if (header.isEmpty()) {
                header = header(name, line, fields, List.of(columns));
            } else if (fields.size() != header.size()) {
                throw new DataException(name + ":" + line + ": must have " + header.size()
                        + " fields, as the header has: " + "fields=" + fields.size());
            } else {
                rows.add(new Row(name, line, header, fields));
            }
        }
        if (rows.isEmpty()) {
            throw new DataException(
                    name + ": must have a header (" + String.join(",", columns) + ") and at least one row: rows=0");
        }
        return new CsvTable(name, header, rows);
    }

    private static String decode(String name, byte[] bytes) {
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
            return text.startsWith("\uFEFF") ? text.substring(1) : text;
        } catch (CharacterCodingException e) {
            throw new DataException(name + ": must be UTF-8 text", e);
        }
    }

    private static List<String> header(String name, int line, List<String> fields, List<String> columns) {
        if (!fields.containsAll(columns)) {
            String missing =
                    columns.stream().filter(column -> !fields.contains(column)).collect(Collectors.joining(", "));
            throw new DataException(name + ":" + line + ": the header must have the columns "
                    + String.join(",", columns) + ", separated by commas: missing=" + missing);
        }
        if (new HashSet<>(fields).size() < fields.size()) {
            throw new DataException(name + ":" + line + ": the header must name each column once: " + fields);
        }
        return List.copyOf(fields);
    }

    private static List<String> fields(String name, int line, String text) {
        try (CSVParser parser = CSVParser.parse(text, FORMAT)) {
            return parser.getRecords().get(0).toList();
        } catch (IOException | UncheckedIOException e) {
            throw new DataException(
                    name + ":" + line + ": a field that begins with a quote must end with one, before a comma: " + text,
                    e);
        }
    }
}
