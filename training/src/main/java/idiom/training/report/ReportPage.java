package idiom.training.report;

import idiom.training.comparison.PaperTables;
import idiom.training.evaluate.EvaluationReport;
import idiom.training.evaluate.PairResult;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The page as HTML: one file that needs nothing but the pictures and sounds beside it. The same runs, data and judges give the same
 * page: nothing on it says when it was made.
 *
 * @param facts on data, judges and versions, by key
 * @param tables the papers' tables with what was measured
 * @param results in the order in which they are shown
 * @param chapters what was made elsewhere, in HTML
 */
record ReportPage(Map<String, String> facts, PaperTables tables, List<RunResult> results, List<Chapter> chapters) {
    private static final String STYLE = """
            body { font: 16px/1.5 sans-serif; margin: 2em auto; max-width: 76em; padding: 0 1em; color: #222; }
            table { border-collapse: collapse; margin: 1em 0; font-size: 14px; display: block; overflow-x: auto; }
            th, td { border: 1px solid #ccc; padding: .25em .6em; text-align: left; vertical-align: top; }
            tr:first-child th { background: #f1f3f5; }
            img { max-width: 100%; height: auto; }
            figure { display: inline-block; margin: .5em 1em .5em 0; }
            figcaption { font-size: 14px; }
            """;

    /**
     * A part of the page.
     *
     * @param id that links lead to
     * @param title of it
     * @param html what it says
     */
    record Chapter(String id, String title, String html) {}

    /** The whole file. */
    String html() {
        List<Chapter> all = new ArrayList<>();
        all.add(new Chapter("tables", "The papers' tables", Html.tables(tables.toText())));
        all.add(new Chapter("music", "What became of the music", Html.tables(measured())));
        if (results.stream().anyMatch(result -> result.secondOpinion() != null)) {
            all.add(new Chapter("second-opinion", "A second opinion", secondOpinion()));
        }
        all.addAll(chapters);
        results.forEach(result -> all.add(run(result)));
        all.add(new Chapter("facts", "What this was made from", origin()));

        StringBuilder html = new StringBuilder(
                        "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n")
                .append(
                        "<meta name=\"viewport\" content=\"width=device-width\">\n<title>Idiom: training runs</title>\n")
                .append("<style>\n")
                .append(STYLE)
                .append("</style>\n</head>\n<body>\n<h1>Training runs</h1>\n")
                .append(Html.contents(
                        all.stream().map(Chapter::id).toList(),
                        all.stream().map(Chapter::title).toList()));
        for (Chapter chapter : all) {
            html.append(Html.heading(2, chapter.id, chapter.title)).append(chapter.html);
        }
        return html.append("</body>\n</html>\n").toString();
    }

    private String measured() {
        return new EvaluationReport(results.stream()
                        .map(result -> new EvaluationReport.Row(result.run().name(), "phrase", result.judged()))
                        .toList())
                .toText();
    }

    private String secondOpinion() {
        List<List<String>> table = new ArrayList<>();
        table.add(List.of(
                "run",
                "transfer",
                "S",
                "S by the second judge",
                "S random, by it",
                "S_tot",
                "S_tot by it",
                "it is right on"));
        for (RunResult result : results) {
            PairResult second = result.secondOpinion();
            if (second == null) {
                continue;
            }
            PairResult first = result.judged();
            table.add(row(result, first.there().strength().value(), first, second, true));
            table.add(row(result, first.back().strength().value(), first, second, false));
        }
        return Html.paragraph(
                        "Another classifier's verdict on the same phrases. What convinces one judge alone is no change of genre.")
                + Html.table(table);
    }

    private static List<String> row(
            RunResult result, double strength, PairResult first, PairResult second, boolean there) {
        var own = there ? second.there() : second.back();
        return List.of(
                Html.text(result.run().name()),
                Html.text(own.source() + " to " + own.target()),
                number(strength),
                number(own.strength().value()),
                number(own.controlStrength()),
                number(first.total()),
                number(second.total()),
                String.format(Locale.ROOT, "%.2f %%", 100 * second.accuracy()));
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, "%.3f", value);
    }

    private static Chapter run(RunResult result) {
        SavedRun run = result.run();
        StringBuilder html = new StringBuilder(Html.paragraph(Html.text(String.format(
                Locale.ROOT,
                "%s and %s; %d phrases of each; weights of step %d (to %s) and %d (back).",
                run.a(),
                run.b(),
                result.phrases(),
                run.there().step(),
                run.b(),
                run.back().step()))));
        List<List<String>> own = new ArrayList<>();
        own.add(List.of("recipe, where it is not the papers'", ""));
        run.ownRecipe().forEach((key, value) -> own.add(List.of(Html.text(key), Html.text(value))));
        html.append(Html.table(own));
        html.append(Html.picture(ReportFiles.curves(run), "losses and validations of " + run.name()));
        for (Sample sample : result.samples()) {
            html.append(Html.heading(
                    3,
                    run.name() + "-" + sample.id(),
                    sample.source() + " to " + sample.target() + ", " + sample.index()));
            html.append(Html.picture(
                    ReportFiles.picture(ReportFiles.stem(run, sample)),
                    "piano rolls before, after and brought back; what the judge goes by below each"));
            for (ReportFiles.Version version : ReportFiles.Version.values()) {
                html.append(Html.sound(
                        version.label(),
                        ReportFiles.sound(ReportFiles.stem(run, sample), version, "wav"),
                        ReportFiles.sound(ReportFiles.stem(run, sample), version, "mid")));
            }
        }
        return new Chapter("run-" + run.name(), run.name(), html.toString());
    }

    private String origin() {
        List<List<String>> table = new ArrayList<>();
        table.add(List.of("what", ""));
        facts.forEach((key, value) -> table.add(List.of(Html.text(key), Html.text(value))));
        return Html.table(table);
    }
}
