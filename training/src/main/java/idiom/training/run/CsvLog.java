package idiom.training.run;

import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A table that grows by rows whose first column is a step. Rows that an older program wrote are kept under the columns they
 * were written for; columns it did not know stay empty.
 */
final class CsvLog implements AutoCloseable {
    private final Writer writer;

    /** Opens a table, without the rows from {@code fromStep} on that a stopped run may have left. */
    CsvLog(Path file, String header, int fromStep) throws IOException {
        List<String> kept = new ArrayList<>(List.of(header));
        if (Files.exists(file)) {
            List<String> lines = Files.readAllLines(file);
            String before = lines.isEmpty() ? header : lines.get(0);
            for (String line : lines) {
                int comma = line.indexOf(',');
                if (comma > 0 && Character.isDigit(line.charAt(0)) && step(line) < fromStep) {
                    kept.add(before.equals(header) ? line : moved(line, before, header));
                }
            }
        }
        RunFolder.writeText(file, String.join("\n", kept) + "\n");
        writer = Files.newBufferedWriter(file, StandardOpenOption.APPEND);
    }

    private static String moved(String line, String before, String header) {
        List<String> columns = List.of(before.split(",", -1));
        String[] cells = line.split(",", -1);
        return List.of(header.split(",", -1)).stream()
                .mapToInt(columns::indexOf)
                .mapToObj(i -> i < 0 || i >= cells.length ? "" : cells[i])
                .collect(Collectors.joining(","));
    }

    static int step(String line) {
        return Integer.parseInt(line.substring(0, line.indexOf(',')));
    }

    void add(String row) throws IOException {
        writer.write(row + "\n");
    }

    void flush() throws IOException {
        writer.flush();
    }

    @Override
    public void close() throws IOException {
        writer.close();
    }
}
