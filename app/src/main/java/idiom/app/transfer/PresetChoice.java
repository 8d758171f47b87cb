package idiom.app.transfer;

import idiom.engine.midi.MidiFile;
import idiom.engine.midi.NoteTable;
import idiom.engine.onnx.GenreClassifier;
import idiom.engine.onnx.GenreEstimate;
import idiom.engine.pianoroll.PianoRoll;
import idiom.engine.pianoroll.SongGrids;
import idiom.engine.pianoroll.SongRoll;
import idiom.presets.Preset;
import idiom.presets.PresetLibrary;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Which preset plays a piece, and why.
 *
 * @param entry the preset
 * @param reason for people: what was decided about the genre that comes in; empty if nothing had to be
 */
public record PresetChoice(PresetLibrary.Entry entry, String reason) {
    /** Lets the classifier decide what comes in. */
    public static final String AUTO = "auto";

    private static final String NONE = "none is installed; 'idiom presets install FILE' adds one";

    /**
     * Chooses the preset between two genres.
     *
     * @param from a genre, or {@link #AUTO}
     * @param classifier asked if {@code from} is {@link #AUTO}; null if there is none
     * @throws Refusal if there is no such preset or nobody to ask
     */
    public static PresetChoice between(
            PresetLibrary library, String from, String to, @Nullable GenreClassifier classifier, MidiFile file) {
        if (!library.targets().contains(to)) {
            throw new Refusal("there is no preset to " + to + ": "
                    + (library.targets().isEmpty()
                            ? NONE
                            : "--to must be one of " + String.join(", ", library.targets())));
        }
        if (!from.equals(AUTO)) {
            return new PresetChoice(find(library, from, to).orElseThrow(() -> none(library, from, to)), "");
        }
        if (classifier == null) {
            throw new Refusal("--from must name a genre, for no genre classifier is bundled: --from "
                    + String.join(" or ", library.sources()));
        }
        return heard(library, to, classifier.estimate(windows(file)));
    }

    /** The likeliest genre that a preset leads from; music that already is what it shall become has a next likeliest. */
    static PresetChoice heard(PresetLibrary library, String to, GenreEstimate estimate) {
        List<Map.Entry<String, Double>> byProbability = estimate.probabilities().entrySet().stream()
                .sorted(Map.Entry.<String, Double>comparingByValue().reversed())
                .toList();
        String heard = byProbability.stream()
                .map(genre -> String.format(Locale.ROOT, "%s %.0f %%", genre.getKey(), 100 * genre.getValue()))
                .collect(Collectors.joining(", "));
        for (Map.Entry<String, Double> genre : byProbability) {
            Optional<PresetLibrary.Entry> found = find(library, genre.getKey(), to);
            if (found.isPresent()) {
                boolean isFirst = genre.equals(byProbability.get(0));
                String taken = isFirst ? "" : "; taken as " + genre.getKey();
                return new PresetChoice(found.get(), "sounds like " + heard + taken);
            }
        }
        throw none(library, estimate.mostLikely(), to);
    }

    private static Optional<PresetLibrary.Entry> find(PresetLibrary library, String from, String to) {
        return library.between(from, to).stream().findFirst();
    }

    private static Refusal none(PresetLibrary library, String from, String to) {
        String there = library.entries().stream()
                .map(entry -> entry.preset().source() + " to " + entry.preset().target())
                .distinct()
                .collect(Collectors.joining(", "));
        return new Refusal("there is no preset from " + from + " to " + to + ": "
                + (there.isEmpty() ? NONE : "there are " + there));
    }

    private static List<PianoRoll> windows(MidiFile file) {
        return file.sequences().stream()
                .flatMap(piece ->
                        SongRoll.of(NoteTable.of(piece).notes(), SongGrids.of(piece)).cells().blocks().stream())
                .toList();
    }

    /** The preset as its text says. */
    public Preset preset() {
        return entry.preset();
    }
}
