package idiom.training.report;

import idiom.training.data.DataException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;

/** What {@code attribute} found, as a chapter of the page: its pictures, and links to its tables. */
final class AttributionChapter {
    private static final List<String> PICTURES = List.of("saliency.png", "motifs.png");
    private static final List<String> TABLES = List.of("motifs.csv", "saliency.csv", "attribution.json");

    private AttributionChapter() {}

    /**
     * Copies what is shown and says how it is shown.
     *
     * @param source folder that {@code attribute} made
     * @param number of the chapter among its kind, from 0
     * @param folder of the page
     * @throws DataException in one line, if something is missing
     */
    static ReportPage.Chapter of(Path source, int number, Path folder) throws IOException {
        String id = "attribution-" + (number + 1);
        String title =
                "What the judge goes by: " + source.toAbsolutePath().normalize().getFileName();
        StringBuilder html = new StringBuilder();
        for (String picture : PICTURES) {
            html.append(Html.picture(copy(source, picture, id, folder), title));
        }
        StringBuilder links = new StringBuilder("Data:");
        for (String table : TABLES) {
            String name = copy(source, table, id, folder);
            links.append(" <a href=\"")
                    .append(Html.text(name))
                    .append("\">")
                    .append(Html.text(table))
                    .append("</a>");
        }
        return new ReportPage.Chapter(
                id, title, html.append(Html.paragraph(links.toString())).toString());
    }

    private static String copy(Path source, String file, String id, Path folder) throws IOException {
        Path from = source.resolve(file);
        if (!Files.exists(from)) {
            throw new DataException(source + ": no folder that idiom-train attribute has made: missing=" + file);
        }
        String name = id + "-" + file;
        Files.copy(from, folder.resolve(name), StandardCopyOption.REPLACE_EXISTING);
        return name;
    }
}
