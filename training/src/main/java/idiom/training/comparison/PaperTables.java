package idiom.training.comparison;

import idiom.training.data.DataException;
import idiom.training.published.Figure;
import idiom.training.published.PublishedFigures;
import idiom.training.table.CsvText;
import idiom.training.table.JsonText;
import idiom.training.table.TextTable;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The papers' tables: strength of transfer and shares called the source genre (Brunner et al. 2018), content change (2019,
 * table 1) and strength by model and pair (2019, figure 1); what was measured here below what was published.
 *
 * @param figures published ones of the pairs that were measured, then the measured; all published ones if nothing was
 */
public record PaperTables(List<Figure> figures) {
    private static final String STRENGTH = "strength_total";
    private static final List<String> SHARES = List.of("p_before", "p_after", "p_back");
    private static final List<String> CHANGES = List.of("added", "removed", "content_change");
    /** In the papers' order. */
    private static final List<Pair> PAIRS =
            List.of(new Pair("jazz", "classic"), new Pair("classic", "pop"), new Pair("jazz", "pop"));

    private record Pair(String a, String b) {
        boolean has(Figure figure) {
            return figure.isOf(a, b);
        }

        String title() {
            return a + " / " + b;
        }
    }

    /** Whose numbers a row has. */
    private record Row(String model, String setting, String origin) {
        static Row of(Figure figure) {
            return new Row(figure.model(), figure.setting(), figure.origin());
        }

        boolean has(Figure figure) {
            return equals(of(figure));
        }

        boolean isPublished() {
            return origin.startsWith("Brunner et al. ");
        }

        String name() {
            return model + " (" + setting + ")";
        }
    }

    /** In the table as printed. */
    private static final String MISPRINT =
            "SN, classic to pop: what is removed is as printed; what is added and the total leave 0.09.";

    public PaperTables {
        figures = List.copyOf(figures);
    }

    /**
     * The tables of what was measured.
     *
     * @throws DataException if one model has two numbers for the same
     */
    public static PaperTables of(List<Figure> measured) {
        Set<List<String>> known = new HashSet<>();
        for (Figure figure : measured) {
            // Both directions state what they are together.
            boolean isTwice = !known.add(List.of(figure.measure(), figure.source(), figure.target(), figure.model()));
            if (isTwice) {
                throw new DataException(figure.origin() + ": " + figure.model() + " has another result from "
                        + figure.source() + " to " + figure.target() + "; give each model a name of its own: NAME="
                        + figure.origin());
            }
        }
        Stream<Figure> published = PublishedFigures.all().stream()
                .filter(figure -> measured.isEmpty()
                        || measured.stream().anyMatch(own -> own.isOf(figure.source(), figure.target())));
        return new PaperTables(Stream.concat(published, measured.stream()).toList());
    }

    /** Three Markdown tables; those that would be empty are left out. */
    public String toText() {
        StringBuilder text = new StringBuilder();
        append(text, "Shares called the source genre, original / transferred / back (Brunner et al. 2018)", shares());
        List<List<String>> changes = changes();
        append(text, "Content change, mean (standard deviation) (Brunner et al. 2019, table 1)", changes);
        text.append(changes.stream().anyMatch(PaperTables::isMisprint) ? "\n" + MISPRINT + "\n" : "");
        append(text, "Transfer strength S_tot^D (Brunner et al. 2019, figure 1)", strengths());
        return text.toString();
    }

    private static void append(StringBuilder text, String title, List<List<String>> table) {
        if (table.size() > 1) {
            text.append(text.isEmpty() ? "" : "\n").append(title).append("\n\n").append(TextTable.of(table));
        }
    }

    private List<List<String>> shares() {
        List<List<String>> table = new ArrayList<>();
        table.add(List.of("genres", "model", "from", "first genre", "second genre", "S_tot^D"));
        for (Pair pair : pairs()) {
            for (Row row : rows(pair, SHARES)) {
                table.add(List.of(
                        pair.title(),
                        row.name(),
                        row.origin,
                        shares(row, pair.a, pair.b),
                        shares(row, pair.b, pair.a),
                        strength(row, pair)));
            }
        }
        return table;
    }

    private String shares(Row row, String source, String target) {
        List<String> shares = new ArrayList<>();
        for (String measure : SHARES) {
            shares.add(find(row, measure, source, target)
                    .map(figure -> format("%.2f", 100 * figure.value()))
                    .findFirst()
                    .orElse("-"));
        }
        return String.join(" / ", shares) + " %";
    }

    private List<List<String>> changes() {
        List<List<String>> table = new ArrayList<>();
        table.add(List.of("transfer", "model", "from", "compared", "added", "removed", "total"));
        for (Pair pair : pairs()) {
            for (Row row : rows(pair, CHANGES)) {
                change(table, row, pair.a, pair.b);
                change(table, row, pair.b, pair.a);
            }
        }
        return table;
    }

    private void change(List<List<String>> table, Row row, String source, String target) {
        Map<String, String> comparisons = new LinkedHashMap<>();
        comparisons.put("", row.isPublished() ? "as published" : "cell by cell");
        comparisons.put("_least_shift", "least of 84 shifts");
        comparisons.put("_least_shift_random", "as many cells at random, least of 84 shifts");
        comparisons.forEach((suffix, name) -> {
            List<String> cells = new ArrayList<>(List.of(source + " to " + target, row.name(), row.origin, name));
            CHANGES.forEach(measure -> cells.add(find(row, measure + suffix, source, target)
                    .map(PaperTables::spread)
                    .findFirst()
                    .orElse("-")));
            if (cells.subList(4, 7).stream().anyMatch(cell -> !cell.equals("-"))) {
                table.add(cells);
            }
        });
    }

    private static String spread(Figure figure) {
        return Double.isNaN(figure.deviation())
                ? format("%.2f", figure.value())
                : format("%.2f (%.2f)", figure.value(), figure.deviation());
    }

    private static boolean isMisprint(List<String> row) {
        return row.get(0).equals("classic to pop")
                && row.get(1).startsWith("SN (")
                && row.get(3).equals("as published");
    }

    private List<List<String>> strengths() {
        List<Pair> pairs = pairs().stream()
                .filter(pair -> figures.stream().anyMatch(f -> f.measure().equals(STRENGTH) && pair.has(f)))
                .toList();
        List<List<String>> table = new ArrayList<>();
        List<String> header = new ArrayList<>(List.of("model"));
        pairs.forEach(pair -> header.add(pair.title()));
        table.add(header);
        Map<String, List<Row>> rows = new LinkedHashMap<>();
        figures.stream()
                .filter(figure -> figure.measure().equals(STRENGTH))
                .forEach(figure -> rows.computeIfAbsent(strengthName(figure), name -> new ArrayList<>())
                        .add(Row.of(figure)));
        rows.forEach((name, own) -> {
            List<String> cells = new ArrayList<>(List.of(name));
            for (Pair pair : pairs) {
                cells.add(own.stream()
                        .map(row -> strength(row, pair))
                        .filter(cell -> !cell.equals("-"))
                        .findFirst()
                        .orElse("-"));
            }
            table.add(cells);
        });
        return table;
    }

    /** The best of each paper's model stands in one row, whatever sigma it was best with, and so do a model's files. */
    private static String strengthName(Figure figure) {
        return figure.model() + ", " + (Row.of(figure).isPublished() ? figure.origin() : figure.setting());
    }

    private String strength(Row row, Pair pair) {
        return figures.stream()
                .filter(figure -> figure.measure().equals(STRENGTH) && pair.has(figure) && row.has(figure))
                .map(figure -> format("%.2f %%", 100 * figure.value()))
                .findFirst()
                .orElse("-");
    }

    private Stream<Figure> find(Row row, String measure, String source, String target) {
        return figures.stream()
                .filter(figure -> figure.measure().equals(measure) && figure.isFrom(source, target) && row.has(figure));
    }

    private List<Row> rows(Pair pair, List<String> measures) {
        return figures.stream()
                .filter(figure -> measures.contains(figure.measure()) && pair.has(figure))
                .map(Row::of)
                .distinct()
                .toList();
    }

    private List<Pair> pairs() {
        Set<Pair> pairs = new LinkedHashSet<>(PAIRS);
        for (Figure figure : figures) {
            if (pairs.stream().noneMatch(pair -> pair.has(figure))) {
                pairs.add(new Pair(figure.source(), figure.target()));
            }
        }
        return pairs.stream().toList();
    }

    /** A row for each figure. */
    public String toCsv() {
        return CsvText.of(figures.stream().map(PaperTables::values).toList());
    }

    /** The same as an array of objects. */
    public String toJson() {
        return JsonText.of(figures.stream().map(PaperTables::values).toList());
    }

    private static Map<String, @Nullable Object> values(Figure figure) {
        Map<String, @Nullable Object> values = new LinkedHashMap<>();
        values.put("measure", figure.measure());
        values.put("source", figure.source());
        values.put("target", figure.target());
        values.put("model", figure.model());
        values.put("setting", figure.setting());
        values.put("value", CsvText.number(figure.value(), 5));
        values.put("deviation", CsvText.number(figure.deviation(), 5));
        values.put("origin", figure.origin());
        return values;
    }

    private static String format(String pattern, Object... values) {
        return String.format(Locale.ROOT, pattern, values);
    }
}
