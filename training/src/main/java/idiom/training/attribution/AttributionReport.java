package idiom.training.attribution;

import com.fasterxml.jackson.jr.ob.JSON;
import idiom.engine.pianoroll.PianoRoll;
import idiom.training.attribution.motif.MotifFamily;
import idiom.training.attribution.motif.Motifs;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * An analysis as text, CSV and JSON. Shares are numbers from 0 to 1; what could not be tested is empty in CSV, null in JSON.
 *
 * @param result what came out
 * @param facts about the data, the classifier and the versions, by key; JSON has them
 */
public record AttributionReport(AttributionResult result, Map<String, String> facts) {
    /** Lines of each genre in the text. */
    private static final int SHOWN = 12;

    /** For people: accuracy, how concentrated saliency is, the strongest motifs, what is left without some notes. */
    public String toText() {
        StringBuilder text = new StringBuilder(format(
                "the classifier is right on %.2f %% of the test split without flagged rows\n",
                100 * result.accuracy()));
        for (GenreAttribution genre : result.genres()) {
            text.append(format(
                    "\n%s: right on %d of %d phrases, %d drawn; %.0f %% of the sounding cells speak for it, %.1f %% reach a"
                            + " quarter of the maximum,\nthe highest tenth has %.0f %% of the saliency\n",
                    genre.genre(),
                    genre.right(),
                    genre.phrases(),
                    genre.sample().size(),
                    100 * genre.cellsFor(),
                    100 * genre.cellsShown(),
                    100 * genre.inHighestTenth()));
            text.append(motifText(genre, Shuffle.PHRASE))
                    .append(motifText(genre, Shuffle.OCTAVE))
                    .append(deletionText(genre));
        }
        return text.toString();
    }

    private String motifText(GenreAttribution genre, Shuffle chance) {
        String where = chance == Shuffle.PHRASE ? "" : " within their octaves";
        List<MotifResult> strongest = result.strongest(genre, chance);
        if (strongest.isEmpty()) {
            return "no motif carries more than chance would give it" + where + "\n";
        }
        StringBuilder text = new StringBuilder(format(
                "%d motifs carry more than chance would give them%s (q <= %.2f, in 5 %% of the phrases or more); the first %d:\n",
                strongest.size(), where, MotifResult.LIMIT, Math.min(SHOWN, strongest.size())));
        text.append(format(
                "  %-42s %7s %6s %8s %5s %13s %6s %7s\n",
                "motif", "phrases", "notes", "saliency", "lift", "chance", "z", "q"));
        strongest.stream().limit(SHOWN).forEach(motif -> {
            MotifResult.Evidence evidence = motif.against(chance);
            text.append(format(
                    "  %-42s %7d %4.1f %% %6.1f %% %5.2f  %5.2f .. %4.2f %6.1f %7.4f\n",
                    motif.motif(),
                    motif.phrases(),
                    100 * motif.noteShare(),
                    100 * motif.saliencyShare(),
                    evidence.lift(),
                    evidence.low(),
                    evidence.high(),
                    evidence.z(),
                    evidence.q()));
        });
        return text.toString();
    }

    private static String deletionText(GenreAttribution genre) {
        StringBuilder text =
                new StringBuilder("still right without notes of the highest saliency, of the lowest, or drawn:\n");
        for (DeletionResult without : genre.deletions()) {
            text.append(format(
                    "  without %2.0f %% of the notes: %5.1f %%, %5.1f %%, %5.1f %%\n",
                    100 * without.share(),
                    100 * without.highest().right(),
                    100 * without.lowest().right(),
                    100 * without.random().right()));
        }
        return text.toString();
    }

    /** The cells that sound in the pictured phrases, with their normalised saliency and whether the picture shows it. */
    public String toSaliencyCsv() {
        StringBuilder text = new StringBuilder("genre,row,step,pitch,saliency,shown\n");
        for (GenreAttribution genre : result.genres()) {
            for (AttributedPhrase phrase : genre.pictured()) {
                SaliencyMap map = phrase.saliency().normalised();
                for (int step = 0; step < PianoRoll.STEPS; step++) {
                    for (int pitch = 0; pitch < PianoRoll.PITCHES; pitch++) {
                        if (phrase.roll().isOn(step, pitch)) {
                            text.append(format(
                                    "%s,%d,%d,%d,%.4f,%d\n",
                                    genre.genre(),
                                    phrase.row(),
                                    step,
                                    pitch + PianoRoll.LOWEST_PITCH,
                                    map.at(step, pitch),
                                    map.at(step, pitch) >= SaliencyMap.THRESHOLD ? 1 : 0));
                        }
                    }
                }
            }
        }
        return text.toString();
    }

    /** Every motif of every genre that occurs. */
    public String toMotifCsv() {
        StringBuilder text = new StringBuilder();
        for (MotifResult motif : result.motifs()) {
            Map<String, @Nullable Object> values = values(motif);
            if (text.isEmpty()) {
                text.append(String.join(",", values.keySet())).append('\n');
            }
            text.append(values.values().stream()
                            .map(value -> Objects.toString(value, ""))
                            .collect(Collectors.joining(",")))
                    .append('\n');
        }
        return text.toString();
    }

    /** Everything that a page about it needs, the table of motifs as well. */
    public String toJson() {
        Map<String, @Nullable Object> root = new LinkedHashMap<>();
        root.put("facts", facts);
        root.put("recipe", recipe());
        root.put("accuracy", rounded(result.accuracy()));
        root.put(
                "genres",
                result.genres().stream().map(AttributionReport::values).toList());
        root.put(
                "families",
                Motifs.FAMILIES.stream().map(AttributionReport::values).toList());
        root.put(
                "motifs",
                result.motifs().stream().map(AttributionReport::values).toList());
        try {
            return JSON.std
                            .with(JSON.Feature.PRETTY_PRINT_OUTPUT, JSON.Feature.WRITE_NULL_PROPERTIES)
                            .asString(root)
                    + "\n";
        } catch (IOException e) {
            throw new IllegalStateException("numbers and names must be writable as JSON", e);
        }
    }

    private Map<String, Object> recipe() {
        Map<String, Object> values = new LinkedHashMap<>();
        values.put("sample", result.recipe().sample());
        values.put("pictured", result.recipe().pictured());
        values.put("permutations", result.recipe().permutations());
        values.put("seed", result.recipe().seed());
        values.put("saliency_threshold", SaliencyMap.THRESHOLD);
        values.put("q_limit", MotifResult.LIMIT);
        return values;
    }

    private static Map<String, @Nullable Object> values(GenreAttribution genre) {
        Map<String, @Nullable Object> values = new LinkedHashMap<>();
        values.put("genre", genre.genre());
        values.put("phrases", genre.phrases());
        values.put("flagged", genre.flagged());
        values.put("right", genre.right());
        values.put("accuracy", rounded(genre.accuracy()));
        values.put("sampled", genre.sample().size());
        values.put("cells_for", rounded(genre.cellsFor()));
        values.put("cells_shown", rounded(genre.cellsShown()));
        values.put("in_highest_tenth", rounded(genre.inHighestTenth()));
        values.put(
                "pictured_rows",
                genre.pictured().stream().map(AttributedPhrase::row).toList());
        values.put(
                "without_notes",
                genre.deletions().stream().map(AttributionReport::values).toList());
        return values;
    }

    private static Map<String, @Nullable Object> values(DeletionResult without) {
        Map<String, @Nullable Object> values = new LinkedHashMap<>();
        values.put("share", without.share());
        values.put("right_without_highest", rounded(without.highest().right()));
        values.put("right_without_random", rounded(without.random().right()));
        values.put("right_without_lowest", rounded(without.lowest().right()));
        values.put("cells_highest", rounded(without.highest().cellsGone()));
        values.put("cells_random", rounded(without.random().cellsGone()));
        values.put("cells_lowest", rounded(without.lowest().cellsGone()));
        return values;
    }

    private static Map<String, Object> values(MotifFamily family) {
        Map<String, Object> values = new LinkedHashMap<>();
        values.put("family", family.name());
        values.put("definition", family.definition());
        return values;
    }

    private static Map<String, @Nullable Object> values(MotifResult motif) {
        Map<String, @Nullable Object> values = new LinkedHashMap<>();
        values.put("genre", motif.genre());
        values.put("family", motif.motif().family());
        values.put("motif", motif.motif().name());
        values.put("occurrences", motif.occurrences());
        values.put("phrases", motif.phrases());
        values.put("notes", motif.notes());
        values.put("note_share", rounded(motif.noteShare()));
        values.put("saliency_share", rounded(motif.saliencyShare()));
        values.put("phrases_above", rounded(motif.phrasesAbove()));
        evidence(values, "", motif.inPhrase());
        evidence(values, "_in_octave", motif.inOctave());
        return values;
    }

    private static void evidence(Map<String, @Nullable Object> values, String suffix, MotifResult.Evidence evidence) {
        values.put("lift" + suffix, rounded(evidence.lift()));
        values.put("chance_low" + suffix, rounded(evidence.low()));
        values.put("chance_high" + suffix, rounded(evidence.high()));
        values.put("z" + suffix, rounded(evidence.z()));
        values.put("p" + suffix, rounded(evidence.p()));
        values.put("q" + suffix, rounded(evidence.q()));
    }

    private static @Nullable Object rounded(double value) {
        return Double.isFinite(value) ? Math.round(value * 1e5) / 1e5 : null;
    }

    private static String format(String pattern, @Nullable Object... values) {
        return String.format(Locale.ROOT, pattern, values);
    }
}
