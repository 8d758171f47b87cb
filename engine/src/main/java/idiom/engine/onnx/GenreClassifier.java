package idiom.engine.onnx;

import idiom.engine.generator.GeneratorException;
import idiom.engine.pianoroll.PianoRoll;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A genre classifier in an ONNX file: input {@code windows} (batch, 1, 64, 84), output {@code logits} (batch, genres),
 * and the metadata entry {@code genres} with the genres' names, separated by commas, in the order of the logits.
 *
 * <p>Not thread-safe.
 */
public final class GenreClassifier implements AutoCloseable {
    private static final ModelContract INPUT = new ModelContract("windows", 1, PianoRoll.STEPS, PianoRoll.PITCHES);

    private final ModelSession session;
    private final List<String> genres;
    private final float[] cells;
    private final float[] logits;

    private GenreClassifier(ModelSession session) {
        this.session = session;
        this.genres = genres(session.name(), session.metadata());
        this.cells = new float[session.maxBatch() * PianoRoll.CELLS];
        this.logits = new float[session.maxBatch() * genres.size()];
    }

    /**
     * Loads a classifier.
     *
     * @throws GeneratorException in one line, if the file is missing, broken or no classifier
     */
    public static GenreClassifier load(Path file, InferenceOptions options) {
        return load(ModelBytes.read(file), options);
    }

    /**
     * Loads a classifier that does not lie in a file of its own.
     *
     * @param name what messages call it
     * @throws GeneratorException as {@link #load(Path, InferenceOptions)}
     */
    public static GenreClassifier load(String name, byte[] model, InferenceOptions options) {
        return load(new ModelBytes(name, model), options);
    }

    private static GenreClassifier load(ModelBytes file, InferenceOptions options) {
        return new GenreClassifier(ModelSession.open(
                file,
                INPUT,
                metadata -> new ModelContract(
                        "logits", genres(file.name(), metadata).size()),
                options));
    }

    /** The genres it knows, in the order of its estimates. */
    public List<String> genres() {
        return genres;
    }

    /** The estimate for one window: softmax of the logits. */
    public GenreEstimate estimate(PianoRoll window) {
        return estimate(List.of(window));
    }

    /**
     * The estimate for a piece: the mean over its windows. Silent windows say nothing and are left out; without any
     * other window all genres are equally likely.
     */
    public GenreEstimate estimate(List<PianoRoll> windows) {
        List<PianoRoll> sounding = windows.stream().filter(w -> !w.isEmpty()).toList();
        double[] sums = new double[genres.size()];
        for (int from = 0; from < sounding.size(); from += session.maxBatch()) {
            addBatch(sounding.subList(from, Math.min(sounding.size(), from + session.maxBatch())), sums);
        }
        if (sounding.isEmpty()) {
            Arrays.fill(sums, 1);
        }
        double total = Arrays.stream(sums).sum();
        Map<String, Double> probabilities = new LinkedHashMap<>();
        for (int genre = 0; genre < sums.length; genre++) {
            probabilities.put(genres.get(genre), sums[genre] / total);
        }
        return new GenreEstimate(probabilities);
    }

    @Override
    public void close() {
        session.close();
    }

    private void addBatch(List<PianoRoll> windows, double[] sums) {
        for (int i = 0; i < windows.size(); i++) {
            windows.get(i).toCells(cells, i * PianoRoll.CELLS);
        }
        session.run(cells, logits, windows.size());
        for (int i = 0; i < windows.size(); i++) {
            addSoftmax(i * sums.length, sums);
        }
    }

    private void addSoftmax(int offset, double[] sums) {
        double largest = Double.NEGATIVE_INFINITY;
        for (int genre = 0; genre < sums.length; genre++) {
            float logit = logits[offset + genre];
            if (!Float.isFinite(logit)) {
                throw new GeneratorException(
                        session.name() + ": logits must be finite: genre=" + genres.get(genre) + " value=" + logit);
            }
            largest = Math.max(largest, logit);
        }
        double[] powers = new double[sums.length];
        double total = 0;
        for (int genre = 0; genre < sums.length; genre++) {
            powers[genre] = Math.exp(logits[offset + genre] - largest);
            total += powers[genre];
        }
        for (int genre = 0; genre < sums.length; genre++) {
            sums[genre] += powers[genre] / total;
        }
    }

    private static List<String> genres(String model, Map<String, String> metadata) {
        @Nullable String names = metadata.get("genres");
        if (names == null) {
            throw new GeneratorException(
                    model + ": a classifier must name its genres: missing metadata=genres found=" + metadata.keySet());
        }
        List<String> genres = List.of(names.split(",", -1));
        if (genres.size() < 2 || genres.contains("") || new HashSet<>(genres).size() != genres.size()) {
            throw new GeneratorException(
                    model + ": a classifier must have two or more different genres: genres=" + names);
        }
        return genres;
    }
}
