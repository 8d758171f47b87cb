package idiom.training.classifier;

import idiom.training.gan.Checkpoint;
import idiom.training.net.Device;
import idiom.training.net.Network;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** Classifiers as files of the checkpoint format: weights, architecture, width, and the genres by index. */
public final class ClassifierFile {
    private static final String GENRE = "genre.";
    /** Absent in files of the papers' architecture, the first there was. */
    private static final String ARCHITECTURE = "architecture.";

    private ClassifierFile() {}

    /** Writes the file whole or not at all. */
    public static void write(GenreClassifier classifier, Architecture architecture, int width, Path file)
            throws IOException {
        Checkpoint.Writer out = new Checkpoint.Writer();
        out.put("width", width);
        if (architecture != Architecture.PAPERS) {
            out.put(ARCHITECTURE + lower(architecture), 1);
        }
        for (int i = 0; i < classifier.genres().size(); i++) {
            out.put(GENRE + classifier.genres().get(i), i);
        }
        out.put("classifier", classifier.network().values());
        out.write(file);
    }

    /**
     * Reads a classifier onto a device, which the caller closes.
     *
     * @throws IOException in one line if the file is not one
     */
    public static GenreClassifier read(Device device, Path file) throws IOException {
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
        Network network = architecture(file, in).network(device, Math.toIntExact(in.number("width")), genres.size(), 1);
        network.load(in.get("classifier"));
        return new GenreClassifier(genres, network);
    }

    private static Architecture architecture(Path file, Checkpoint in) throws IOException {
        List<String> keys = in.numbersStarting(ARCHITECTURE);
        if (keys.isEmpty()) {
            return Architecture.PAPERS;
        }
        String name = keys.get(0).substring(ARCHITECTURE.length());
        return Arrays.stream(Architecture.values())
                .filter(one -> lower(one).equals(name))
                .findFirst()
                .orElseThrow(() -> new IOException(
                        file + ": unknown classifier: architecture=" + name + "; was it made by a newer idiom-train?"));
    }

    private static String lower(Architecture architecture) {
        return architecture.name().toLowerCase(Locale.ROOT);
    }
}
