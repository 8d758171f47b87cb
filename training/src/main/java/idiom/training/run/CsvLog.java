package idiom.training.run;

import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;

/** A table that grows by rows whose first column is a step. */
final class CsvLog implements AutoCloseable {
    private final Writer writer;

    /** Opens a table, without the rows from {@code fromStep} on that a stopped run may have left. */
    CsvLog(Path file, String header, int fromStep) throws IOException {
        List<String> kept = new ArrayList<>(List.of(header));
        if (Files.exists(file)) {
            for (String line : Files.readAllLines(file)) {
                int comma = line.indexOf(',');
                if (comma > 0 && Character.isDigit(line.charAt(0)) && step(line) < fromStep) {
                    kept.add(line);
                }
            }
        }
        RunFolder.writeText(file, String.join("\n", kept) + "\n");
        writer = Files.newBufferedWriter(file, StandardOpenOption.APPEND);
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
