package idiom.training.report;

import idiom.engine.generator.Generator;
import idiom.presets.Preset;
import idiom.training.classifier.GenreClassifier;
import idiom.training.data.Dataset;
import idiom.training.data.GenrePair;
import idiom.training.data.PhraseSet;
import idiom.training.data.Progress;
import idiom.training.evaluate.DecodingGenerator;
import idiom.training.evaluate.PairEvaluation;
import idiom.training.evaluate.PairResult;
import idiom.training.evaluate.ProgressGenerator;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;

/**
 * Makes a page of each of some presets: what it does to music, in words and in numbers, and a phrase before and after to see and to
 * hear. Measured in the mode phrase, with the preset's own decoding. One thread.
 */
public final class PresetPages {
    /** By which a folder of pages is known. */
    public static final String INDEX = "README.md";

    /** Which versions of a phrase there are to hear. */
    static final List<ReportFiles.Version> HEARD = List.of(ReportFiles.Version.BEFORE, ReportFiles.Version.AFTER);

    private final Dataset data;
    private final Judges judges;
    private final ReportRecipe recipe;
    private final boolean sounds;
    private final BiFunction<String, Integer, Progress> progress;

    /**
     * Pages that are to be made.
     *
     * @param sounds whether to render what is heard as WAV beside the MIDI files
     * @param progress begins one: of what, and how many units
     */
    public PresetPages(
            Dataset data,
            Judges judges,
            ReportRecipe recipe,
            boolean sounds,
            BiFunction<String, Integer, Progress> progress) {
        this.data = data;
        this.judges = judges;
        this.recipe = recipe;
        this.sounds = sounds;
        this.progress = progress;
    }

    /**
     * Writes a page for each preset, an index, and what belongs to them.
     *
     * @param presets of each, one that leads back must be among them
     * @param facts on data, judges and versions, by key
     * @param folder that is there
     * @throws IOException if something can't be written
     * @throws IllegalArgumentException in one line, if no preset leads back from one, or no judge knows its genres
     */
    public void write(List<Preset> presets, Map<String, String> facts, Path folder) throws IOException {
        // What can fail at once does so before the first preset is measured.
        for (Preset preset : presets) {
            wayBack(preset, presets);
            judges.first(preset.source(), preset.target());
        }
        Map<Preset, MeasuredPreset> measured = new HashMap<>();
        List<MeasuredPreset> inOrder = new ArrayList<>();
        for (Preset preset : presets) {
            if (!measured.containsKey(preset)) {
                measure(preset, wayBack(preset, presets), measured);
            }
            inOrder.add(measured.get(preset));
        }
        for (MeasuredPreset preset : inOrder) {
            show(preset, folder);
            write(folder.resolve(preset.preset().name() + ".md"), PresetPage.text(preset, recipe, sounds, facts));
        }
        write(folder.resolve(INDEX), PresetPage.index(inOrder));
    }

    private static Preset wayBack(Preset preset, List<Preset> presets) {
        return presets.stream()
                .filter(other ->
                        other.source().equals(preset.target()) && other.target().equals(preset.source()))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no preset leads back from " + preset.target() + " to "
                        + preset.source() + ": strength is measured there and back, so name one as well: preset="
                        + preset.name()));
    }

    private void measure(Preset there, Preset back, Map<Preset, MeasuredPreset> measured) {
        GenrePair pair = data.pair(there.source(), there.target());
        PhraseSet a = recipe.of(pair.testA());
        PhraseSet b = recipe.of(pair.testB());
        Progress said = progress.apply(there.name() + " and " + back.name() + ":", 2 * (a.size() + b.size()));
        GenreClassifier first = judges.first(there.source(), there.target());
        GenreClassifier second = judges.second(there.source(), there.target());
        try (Generator toB = load(there, said);
                Generator toA = load(back, said)) {
            PairResult judged = judge(first, pair, a, b, toB, toA);
            PairResult another = second == null ? null : judge(second, pair, a, b, toB, toA);
            measured.put(
                    there,
                    MeasuredPreset.of(
                            there, judged, another, PairResult::there, samples(pair.a(), pair.b(), a, toB, toA)));
            measured.put(
                    back,
                    MeasuredPreset.of(
                            back, judged, another, PairResult::back, samples(pair.b(), pair.a(), b, toA, toB)));
        }
    }

    private List<Sample> samples(String source, String target, PhraseSet phrases, Generator there, Generator back) {
        return Sample.draw(source, target, phrases, there, back, recipe.shown(), recipe.seed() + 1);
    }

    private static PairResult judge(
            GenreClassifier judge, GenrePair pair, PhraseSet a, PhraseSet b, Generator toB, Generator toA) {
        return new PairEvaluation(judge, pair.a(), a, pair.b(), b).run(toB, toA);
    }

    private static Generator load(Preset preset, Progress said) {
        return new Remembering(new ProgressGenerator(DecodingGenerator.load(preset, preset.model()), said));
    }

    private void show(MeasuredPreset preset, Path folder) throws IOException {
        GenreClassifier judge =
                judges.first(preset.preset().source(), preset.preset().target());
        SampleFiles files = new SampleFiles(folder, HEARD, sounds);
        for (Sample sample : preset.samples()) {
            files.write(sample, ReportFiles.stem(preset.preset(), sample), judge);
        }
    }

    private static void write(Path file, String text) throws IOException {
        Files.write(file, text.getBytes(StandardCharsets.UTF_8));
    }
}
