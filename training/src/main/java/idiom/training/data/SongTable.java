package idiom.training.data;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** The table of a prepared data set's songs, as others may ask it. */
public final class SongTable {
    private SongTable() {}

    /**
     * A song of a genre's test part, which nothing was learnt from: its name in the genre's folder. Empty for data that was
     * not prepared of songs.
     *
     * @throws IOException if the table can't be read
     */
    public static Optional<String> songToTest(Path data, String genre) throws IOException {
        Path table = data.resolve(DatasetWriter.SONGS);
        if (!Files.exists(table)) {
            return Optional.empty();
        }
        List<String> lines = Files.readAllLines(table, StandardCharsets.UTF_8);
        List<String> header = columns(lines.get(0));
        int file = header.indexOf("file");
        int split = header.indexOf("split");
        return lines.stream()
                .skip(1)
                .map(SongTable::columns)
                .filter(row -> row.get(0).equals(genre) && row.get(split).equals(Split.TEST.fileName()))
                .map(row -> row.get(file))
                .findFirst();
    }

    private static List<String> columns(String line) {
        return Arrays.asList(line.split("\t", -1));
    }
}
