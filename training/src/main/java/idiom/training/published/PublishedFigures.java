package idiom.training.published;

import idiom.training.table.CsvTable;
import java.util.List;

/**
 * The papers' tables: classifier accuracy under noise, transfer strength, shares of phrases called the source genre (2018);
 * transfer strength, content change, audible quality (2019). The files themselves say what they were read off.
 */
public final class PublishedFigures {
    private PublishedFigures() {}

    /** All figures, in the order of the papers. */
    public static List<Figure> all() {
        return CsvTable.resource(
                        PublishedFigures.class,
                        "figures.csv",
                        "measure",
                        "source",
                        "target",
                        "model",
                        "setting",
                        "value",
                        "deviation",
                        "paper",
                        "place")
                .rows()
                .stream()
                .map(PublishedFigures::figure)
                .toList();
    }

    /** The user study on content retention of 2019: {@code item,source,target,model,s_hr,content_change}, 32 rows. */
    public static CsvTable userStudy() {
        return CsvTable.resource(
                PublishedFigures.class, "user-study-2019.csv", "item", "model", "s_hr", "content_change");
    }

    private static Figure figure(CsvTable.Row row) {
        return new Figure(
                row.required("measure"),
                row.required("source"),
                row.required("target"),
                row.required("model"),
                row.required("setting"),
                row.number("value"),
                row.text("deviation").isEmpty() ? Double.NaN : row.number("deviation"),
                "Brunner et al. " + row.required("paper") + ", " + row.required("place"));
    }
}
