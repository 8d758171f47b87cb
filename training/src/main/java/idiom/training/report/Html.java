package idiom.training.report;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** What the page is made of. Everything that is given as text is escaped; what is given as HTML is not. */
final class Html {
    private Html() {}

    /** Text as HTML. */
    static String text(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }

    /** A heading of a level with a name that links can lead to. */
    static String heading(int level, String id, String text) {
        return "<h" + level + " id=\"" + text(id) + "\">" + text(text) + "</h" + level + ">\n";
    }

    static String paragraph(String html) {
        return "<p>" + html + "</p>\n";
    }

    /** A table; its first row is the header, and the first cell of each row names it. Cells are HTML. */
    static String table(List<List<String>> rows) {
        StringBuilder html = new StringBuilder("<table>\n");
        html.append(row(rows.get(0), "th", "th"));
        rows.stream().skip(1).forEach(row -> html.append(row(row, "th scope=\"row\"", "td")));
        return html.append("</table>\n").toString();
    }

    private static String row(List<String> cells, String first, String others) {
        StringBuilder html = new StringBuilder("<tr>");
        for (int i = 0; i < cells.size(); i++) {
            String tag = i == 0 ? first : others;
            html.append('<')
                    .append(tag)
                    .append('>')
                    .append(cells.get(i))
                    .append("</")
                    .append(tag, 0, 2)
                    .append('>');
        }
        return html.append("</tr>\n").toString();
    }

    /** A picture that lies beside the page, with words for those who don't see it. */
    static String picture(String file, String alternative) {
        return "<img src=\"" + text(file) + "\" alt=\"" + text(alternative) + "\" loading=\"lazy\">\n";
    }

    /** A sound that lies beside the page, and the MIDI file of the same name. */
    static String sound(String label, String wav, String midi) {
        return "<figure><figcaption>" + text(label) + " (<a href=\"" + text(midi) + "\">MIDI</a>)</figcaption>"
                + "<audio controls preload=\"none\" src=\"" + text(wav) + "\"></audio></figure>\n";
    }

    /**
     * Text with tables as this program prints them, Markdown's: a line that begins with a bar belongs to a table, every other one is
     * a paragraph.
     */
    static String tables(String text) {
        StringBuilder html = new StringBuilder();
        List<List<String>> table = new ArrayList<>();
        for (String line : text.lines().toList()) {
            if (line.startsWith("|--")) {
                continue;
            }
            if (line.startsWith("|")) {
                table.add(cells(line));
                continue;
            }
            flush(html, table);
            if (!line.isBlank()) {
                html.append(paragraph(text(line)));
            }
        }
        flush(html, table);
        return html.toString();
    }

    private static List<String> cells(String line) {
        String inner = line.substring(1, line.lastIndexOf('|'));
        return Arrays.stream(inner.split("\\|", -1))
                .map(cell -> text(cell.trim()))
                .toList();
    }

    private static void flush(StringBuilder html, List<List<String>> table) {
        if (!table.isEmpty()) {
            html.append(table(table));
            table.clear();
        }
    }

    /** Links of a page to its parts: name by id. */
    static String contents(List<String> ids, List<String> names) {
        return IntStream.range(0, ids.size())
                .mapToObj(i -> "<li><a href=\"#" + text(ids.get(i)) + "\">" + text(names.get(i)) + "</a></li>")
                .collect(Collectors.joining("\n", "<ul>\n", "\n</ul>\n"));
    }
}
