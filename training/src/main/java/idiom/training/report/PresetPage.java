package idiom.training.report;

import idiom.engine.metrics.Texture;
import idiom.presets.Decoding;
import idiom.presets.Preset;
import idiom.training.evaluate.ChangedNotes;
import idiom.training.evaluate.DirectionResult;
import idiom.training.table.TextTable;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/** What a preset does, as Markdown. The same numbers give the same page: nothing on it says when it was made. */
final class PresetPage {
    private static final double HALF = 0.5;
    /** Less than that is not worth a sentence: notes a bar. */
    private static final double FEW = 0.05;

    private PresetPage() {}

    /** All presets in one table, with links to their pages. */
    static String index(List<MeasuredPreset> presets) {
        List<List<String>> table = new ArrayList<>();
        table.add(List.of("preset", "program", "S", "S by another judge", "content change", "tune F1", "density"));
        for (MeasuredPreset preset : presets) {
            DirectionResult r = preset.judged();
            table.add(List.of(
                    "[" + preset.preset().name() + "](" + preset.preset().name() + ".md)",
                    Integer.toString(preset.preset().program()),
                    format("%.3f", r.strength().value()),
                    preset.second() == null
                            ? ""
                            : format("%.3f", preset.second().judged().strength().value()),
                    format("%.2f", r.total().mean()),
                    format("%.2f", r.melodyF1()),
                    format("%.2f", r.densityRatio())));
        }
        return "# What the presets do\n\n" + TextTable.of(table);
    }

    /** The page of one. */
    static String text(MeasuredPreset preset, ReportRecipe recipe, boolean sounds, Map<String, String> facts) {
        Preset p = preset.preset();
        StringBuilder page = new StringBuilder("# " + title(p) + "\n\n");
        page.append(format(
                "The preset `%s`, program %d, plays %s as %s.\n\n", p.name(), p.program(), p.source(), p.target()));
        page.append("## In words\n\n");
        words(preset).forEach(sentence -> page.append("- ").append(sentence).append('\n'));
        page.append("\n## In numbers\n\n")
                .append(format(
                        "%d phrases of %s of the %s, %s.\n\n",
                        preset.judged().phrases(),
                        p.source(),
                        recipe.phrases() == 0 ? "test split" : "test split, drawn with seed " + recipe.seed(),
                        decoding(p.decoding())))
                .append(verdicts(preset))
                .append('\n')
                .append(listening(preset));
        for (Sample sample : preset.samples()) {
            page.append(shown(preset, sample, sounds));
        }
        page.append("\n## What this was made from\n\n");
        facts.forEach((key, value) -> page.append(format("- %s: %s\n", key, value)));
        return page.toString();
    }

    private static String title(Preset preset) {
        String title = preset.name().replace('-', ' ');
        return title.substring(0, 1).toUpperCase(Locale.ROOT) + title.substring(1);
    }

    private static String decoding(Decoding d) {
        List<String> held = new ArrayList<>();
        if (d.melodyLock()) {
            held.add("melody lock");
        }
        if (d.keyLock()) {
            held.add("key lock");
        }
        if (d.keepKey()) {
            held.add("keep key");
        }
        return format(
                "with the preset's own decoding (threshold %.2f, mix %.2f, density at most %.2f times what came in%s)",
                d.threshold(), d.mix(), d.densityLimit(), held.isEmpty() ? "" : ", " + String.join(", ", held));
    }

    private static List<String> words(MeasuredPreset preset) {
        DirectionResult r = preset.judged();
        List<String> words = new ArrayList<>();
        words.add(format(
                "For every hundred cells that sound in %s it takes away %.0f and adds %.0f; the result is %.2f times as dense as"
                        + " real %s.",
                r.source(), 100 * r.removed().mean(), 100 * r.added().mean(), r.densityRatio(), r.target()));
        notes("adds", r.addedNotes(), words);
        notes("takes away", r.removedNotes(), words);
        words.add(format(
                "Of the top line it keeps an F1 of %.2f. The pitch classes stay as they are to %.0f %% (cosine); one key finder hears"
                        + " another key after in %.0f %% of the phrases, another one in %.0f %%.",
                r.melodyF1(), 100 * r.chroma(), 100 * r.keyChanges(), 100 * r.keyChangesByOthers()));
        words.add(format(
                "A classifier takes %.0f %% of the phrases for %s before, %.0f %% after, and %.0f %% when they have been brought"
                        + " back.",
                100 * r.strength().original(),
                r.source(),
                100 * r.strength().transferred(),
                100 * r.strength().back()));
        return words;
    }

    private static void notes(String verb, ChangedNotes notes, List<String> words) {
        if (notes.perBar() < FEW) {
            return;
        }
        words.add(format(
                "It %s %.1f notes a bar, %s (%.0f %% below C3, %.0f %% from C5 on), on average %.1f sixteenths long; %.0f %% of them"
                        + " begin on a beat, and %.0f %% double what %s in another octave.",
                verb,
                notes.perBar(),
                register(notes),
                100 * notes.low(),
                100 * notes.high(),
                notes.steps(),
                100 * notes.onBeat(),
                100 * notes.doubling(),
                verb.equals("adds") ? "sounds" : "is left"));
    }

    private static String register(ChangedNotes notes) {
        if (notes.low() >= HALF) {
            return "most of them bass";
        }
        if (notes.high() >= HALF) {
            return "most of them high";
        }
        return 1 - notes.low() - notes.high() >= HALF
                ? "most of them neither low nor high"
                : "in no register more than half of them";
    }

    private static String verdicts(MeasuredPreset preset) {
        List<List<String>> table = new ArrayList<>();
        table.add(List.of("judge", "accuracy", "P before / after / back", "S (error)", "S of random changes"));
        table.add(verdict("the papers' classifier", preset.accuracy(), preset.judged()));
        if (preset.second() != null) {
            table.add(verdict(
                    "another one", preset.second().accuracy(), preset.second().judged()));
        }
        return TextTable.of(table);
    }

    private static List<String> verdict(String judge, double accuracy, DirectionResult r) {
        return List.of(
                judge,
                format("%.1f %%", 100 * accuracy),
                format(
                        "%.1f / %.1f / %.1f %%",
                        100 * r.strength().original(),
                        100 * r.strength().transferred(),
                        100 * r.strength().back()),
                format("%.3f (%.3f)", r.strength().value(), r.strengthError()),
                format("%.3f", r.controlStrength()));
    }

    private static String listening(MeasuredPreset preset) {
        DirectionResult r = preset.judged();
        List<List<String>> table = new ArrayList<>();
        table.add(List.of("", r.source() + ", before", "after", "real " + r.target()));
        table.add(figures("sounding cells a step", "%.2f", r, Texture::cellsPerStep));
        table.add(figures("onsets a bar", "%.1f", r, Texture::onsetsPerBar));
        table.add(figures("polyphony", "%.2f", r, Texture::polyphony));
        table.add(figures("empty bars", "%.1f %%", r, texture -> 100 * texture.emptyBars()));
        table.add(figures("longest silence, sixteenths", "%.1f", r, Texture::longestSilence));
        table.add(figures("onsets out of the phrase's key", "%.1f %%", r, texture -> 100 * texture.outOfKey()));
        table.add(figures("rapid repeats", "%.1f %%", r, texture -> 100 * texture.rapidRepeats()));
        return TextTable.of(table);
    }

    private static List<String> figures(
            String name, String pattern, DirectionResult r, ToDoubleFunction<Texture> figure) {
        return List.of(
                name,
                format(pattern, figure.applyAsDouble(r.before())),
                format(pattern, figure.applyAsDouble(r.after())),
                format(pattern, figure.applyAsDouble(r.wanted())));
    }

    private static String shown(MeasuredPreset preset, Sample sample, boolean sounds) {
        String stem = ReportFiles.stem(preset.preset(), sample);
        StringBuilder text = new StringBuilder(format(
                "\n## Phrase %d\n\n![Piano rolls of the phrase before, after and brought back, and what the judge goes by]"
                        + "(%s)\n\n",
                sample.index(), ReportFiles.picture(stem)));
        for (ReportFiles.Version version : PresetPages.HEARD) {
            text.append(format("- %s: [MIDI](%s)", version.label(), ReportFiles.sound(stem, version, "mid")));
            if (sounds) {
                text.append(format(", [WAV](%s)", ReportFiles.sound(stem, version, "wav")));
            }
            text.append('\n');
        }
        return text.toString();
    }

    private static String format(String pattern, Object... values) {
        return String.format(Locale.ROOT, pattern, values);
    }
}
