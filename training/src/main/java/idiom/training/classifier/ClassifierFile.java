package idiom.training.classifier;

import idiom.training.gan.Checkpoint;
import idiom.training.net.OctaveNetwork;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Classifiers as files of the checkpoint format: weights, width, and the genres by index. */
public final class ClassifierFile {
    private static final String GENRE = "genre.";

    private ClassifierFile() {}

    /** Writes the file whole or not at all. */
    public static void write(GenreClassifier classifier, int width, Path file) throws IOException {
        Checkpoint.Writer out = new Checkpoint.Writer();
        out.put("width", width);
        for (int i = 0; i < classifier.genres().size(); i++) {
            out.put(GENRE + classifier.genres().get(i), i);
        }
        out.put("classifier", classifier.network().values());
        out.write(file);
    }

    /**
     * Reads a classifier, which the caller closes.
     *
     * @throws IOException in one line if the file is not one
     */
    public static GenreClassifier read(Path file) throws IOException {
        Checkpoint in = Checkpoint.read(file);
        List<String> keys = in.numbersStarting(GENRE);
        List<String> genres = new ArrayList<>(keys);
        for (String key : keys) {
            long index = in.number(key);
            if (index < 0 || index >= keys.size()) {
                throw new IOException(file + ": not a classifier: " + key + "=" + index);
            }
            genres.set((int) index, key.substring(GENRE.length()));
        }
        if (genres.size() < 2) {
            throw new IOException(file + ": not a classifier (no genres); make one with idiom-train classify");
        }
        OctaveNetwork network = new OctaveNetwork(Math.toIntExact(in.number("width")), genres.size(), 1);
        network.load(in.get("classifier"));
        return new GenreClassifier(genres, network);
    }
}
