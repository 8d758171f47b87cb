package idiom.training.table;

import java.util.List;

/** Markdown tables whose columns line up, readable as they are. */
public final class TextTable {
    private TextTable() {}

    /** A table of at least one row, the first being the header; all rows have as many cells. */
    public static String of(List<List<String>> rows) {
        int columns = rows.get(0).size();
        int[] widths = new int[columns];
        for (List<String> row : rows) {
            for (int c = 0; c < columns; c++) {
                widths[c] = Math.max(widths[c], row.get(c).length());
            }
        }
        StringBuilder text = new StringBuilder();
        for (int r = 0; r < rows.size(); r++) {
            for (int c = 0; c < columns; c++) {
                text.append("| ").append(padded(rows.get(r).get(c), widths[c])).append(' ');
            }
            text.append("|\n");
            if (r == 0) {
                for (int width : widths) {
                    text.append("|").append("-".repeat(width + 2));
                }
                text.append("|\n");
            }
        }
        return text.toString();
    }

    private static String padded(String text, int width) {
        return text + " ".repeat(width - text.length());
    }
}
