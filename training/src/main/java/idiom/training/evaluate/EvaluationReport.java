package idiom.training.evaluate;

import idiom.engine.metrics.Texture;
import idiom.training.table.CsvText;
import idiom.training.table.JsonText;
import idiom.training.table.TextTable;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Evaluations as text, CSV and JSON: one row a direction.
 *
 * @param rows in the order in which they are shown
 */
public record EvaluationReport(List<Row> rows) {

    /**
     * One evaluated pair on one choice of phrases.
     *
     * @param phrases which: {@code "test"}, {@code "clean"}
     * @param mode how the generators were asked: {@link Answering#label}
     * @param result what was measured
     */
    public record Row(String phrases, String mode, PairResult result) {}

    public EvaluationReport {
        rows = List.copyOf(rows);
    }

    /** A Markdown table, readable as it is. */
    public String toText() {
        List<List<String>> cells = new ArrayList<>();
        cells.add(List.of(
                "transfer",
                "phrases",
                "mode",
                "P before / after / back",
                "S (error)",
                "S random",
                "content change (sd)",
                "added",
                "removed",
                "tune F1",
                "chroma",
                "key changes (other profiles)",
                "density: target's",
                "empty bars (target)"));
        directions().forEach(d -> cells.add(cells(d)));
        return TextTable.of(cells) + "\n" + toListeningText() + "\n" + totals();
    }

    /** The second table: what can be said of how it sounds without a judge, each beside real music of the target genre. */
    private String toListeningText() {
        List<List<String>> cells = new ArrayList<>();
        cells.add(List.of(
                "before > after (target)",
                "phrases",
                "mode",
                "onsets a bar",
                "polyphony",
                "empty bars",
                "longest silence, steps",
                "onsets out of key",
                "rapid repeats"));
        directions()
                .forEach(d -> cells.add(List.of(
                        d.result.source() + " to " + d.result.target(),
                        d.result.phrases() + " " + d.phrases,
                        d.mode,
                        listening(d.result, "%.1f", Texture::onsetsPerBar),
                        listening(d.result, "%.2f", Texture::polyphony),
                        listening(d.result, "%.1f %%", texture -> 100 * texture.emptyBars()),
                        listening(d.result, "%.1f", Texture::longestSilence),
                        listening(d.result, "%.1f %%", texture -> 100 * texture.outOfKey()),
                        listening(d.result, "%.1f %%", texture -> 100 * texture.rapidRepeats()))));
        return TextTable.of(cells);
    }

    private static String listening(DirectionResult r, String pattern, ToDoubleFunction<Texture> figure) {
        return format(
                pattern + " > " + pattern + " (" + pattern + ")",
                figure.applyAsDouble(r.before()),
                figure.applyAsDouble(r.after()),
                figure.applyAsDouble(r.wanted()));
    }

    private List<String> cells(Named d) {
        DirectionResult r = d.result;
        return List.of(
                r.source() + " to " + r.target(),
                r.phrases() + " " + d.phrases,
                d.mode,
                format(
                        "%.1f / %.1f / %.1f %%",
                        100 * r.strength().original(),
                        100 * r.strength().transferred(),
                        100 * r.strength().back()),
                format("%.3f (%.3f)", r.strength().value(), r.strengthError()),
                format("%.3f", r.controlStrength()),
                format("%.2f (%.2f)", r.total().mean(), r.total().deviation()),
                format("%.2f", r.added().mean()),
                format("%.2f", r.removed().mean()),
                format("%.2f", r.melodyF1()),
                format("%.2f", r.chroma()),
                format("%.0f %% (%.0f %%)", 100 * r.keyChanges(), 100 * r.keyChangesByOthers()),
                format("%.2f", r.densityRatio()),
                format(
                        "%.1f %% (%.1f %%)",
                        100 * r.after().emptyBars(), 100 * r.wanted().emptyBars()));
    }

    private String totals() {
        return rows.stream()
                .map(row -> format(
                        "%s / %s, %s, %s: S_tot %.3f; the classifier is right on %.2f %% of them\n",
                        row.result.there().source(),
                        row.result.there().target(),
                        row.phrases,
                        row.mode,
                        row.result.total(),
                        100 * row.result.accuracy()))
                .collect(Collectors.joining());
    }

    /** A table with a header, values as numbers from 0 to 1 where they are shares; empty where there is no number. */
    public String toCsv() {
        return CsvText.of(directions().stream().map(EvaluationReport::values).toList());
    }

    /** The same as an array of objects; null where there is no number. */
    public String toJson() {
        return JsonText.of(directions().stream().map(EvaluationReport::values).toList());
    }

    private record Named(String phrases, String mode, PairResult pair, DirectionResult result) {}

    private List<Named> directions() {
        List<Named> directions = new ArrayList<>();
        for (Row row : rows) {
            directions.add(new Named(row.phrases, row.mode, row.result, row.result.there()));
            directions.add(new Named(row.phrases, row.mode, row.result, row.result.back()));
        }
        return directions;
    }

    private static Map<String, @Nullable Object> values(Named d) {
        DirectionResult r = d.result;
        Map<String, @Nullable Object> values = new LinkedHashMap<>();
        values.put("source", r.source());
        values.put("target", r.target());
        values.put("on", d.phrases);
        values.put("phrases", r.phrases());
        values.put("mode", d.mode);
        values.put("classifier_accuracy", rounded(d.pair.accuracy()));
        values.put("p_before", rounded(r.strength().original()));
        values.put("p_after", rounded(r.strength().transferred()));
        values.put("p_back", rounded(r.strength().back()));
        values.put("strength", rounded(r.strength().value()));
        values.put("strength_error", rounded(r.strengthError()));
        values.put("strength_total", rounded(d.pair.total()));
        values.put("p_random", rounded(r.control()));
        values.put("strength_random", rounded(r.controlStrength()));
        spread(values, "content_change", r.total());
        spread(values, "added", r.added());
        spread(values, "removed", r.removed());
        least(values, "", r.least());
        least(values, "_random", r.controlLeast());
        values.put("melody_f1", rounded(r.melodyF1()));
        values.put("chroma_similarity", rounded(r.chroma()));
        values.put("key_changes", rounded(r.keyChanges()));
        values.put("key_changes_other_profiles", rounded(r.keyChangesByOthers()));
        values.put("added_out_of_key", rounded(r.outOfKey()));
        texture(values, "before", r.before());
        texture(values, "after", r.after());
        texture(values, "target", r.wanted());
        values.put("density_ratio", rounded(r.densityRatio()));
        changed(values, "added_notes", r.addedNotes());
        changed(values, "removed_notes", r.removedNotes());
        return values;
    }

    /** Where a change of key is forgiven; without the search, what is changed at random is as much as the transfer changed. */
    private static void least(Map<String, @Nullable Object> values, String of, ContentSpread spread) {
        spread(values, "content_change_least_shift" + of, spread.total());
        spread(values, "added_least_shift" + of, spread.added());
        spread(values, "removed_least_shift" + of, spread.removed());
    }

    private static void spread(Map<String, @Nullable Object> values, String key, Spread spread) {
        values.put(key, rounded(spread.mean()));
        values.put(key + "_sd", rounded(spread.deviation()));
    }

    private static void texture(Map<String, @Nullable Object> values, String which, Texture texture) {
        values.put("cells_per_step_" + which, rounded(texture.cellsPerStep()));
        values.put("onsets_per_bar_" + which, rounded(texture.onsetsPerBar()));
        values.put("polyphony_" + which, rounded(texture.polyphony()));
        values.put("empty_bars_" + which, rounded(texture.emptyBars()));
        values.put("longest_silence_" + which, rounded(texture.longestSilence()));
        values.put("out_of_key_" + which, rounded(texture.outOfKey()));
        values.put("rapid_repeats_" + which, rounded(texture.rapidRepeats()));
    }

    private static void changed(Map<String, @Nullable Object> values, String which, ChangedNotes notes) {
        values.put(which + "_per_bar", rounded(notes.perBar()));
        values.put(which + "_low", rounded(notes.low()));
        values.put(which + "_high", rounded(notes.high()));
        values.put(which + "_on_beat", rounded(notes.onBeat()));
        values.put(which + "_doubling", rounded(notes.doubling()));
        values.put(which + "_steps", rounded(notes.steps()));
    }

    /** Neither CSV nor JSON has a word for a ratio to nothing. */
    private static @Nullable Object rounded(double value) {
        return CsvText.number(value, 5);
    }

    private static String format(String pattern, Object... values) {
        return String.format(Locale.ROOT, pattern, values);
    }
}
