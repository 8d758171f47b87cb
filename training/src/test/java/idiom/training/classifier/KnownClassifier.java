package idiom.training.classifier;

import idiom.training.net.Device;
import idiom.training.net.OctaveNetwork;
import idiom.training.net.ParameterLayout;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;

/**
 * A classifier whose answer is known: a phrase is of the first genre if octave 5 (pitch indices 60 to 71) sounds more
 * than the octaves do on average, or if all is silent; else of the second.
 *
 * <p>Its kernels add up the cells of each octave; norms in between shift and scale, which keeps the order of octaves and
 * makes silence 0 everywhere; the last one reads octave 5 off. The logit of the second genre is always 0, and of equal
 * logits the first wins.
 */
public final class KnownClassifier {
    private static final int OCTAVE = 5;
    private static final int LOW_OCTAVE = 1;
    private static final int OCTAVES = 7;
    /** Channels that the last kernel reads. */
    private static final int LAST_CHANNELS = 8;

    private KnownClassifier() {}

    /** The classifier with these names; the caller closes it. */
    public static GenreClassifier of(String high, String other) {
        return of(high, other, false);
    }

    /** One whose second genre has a logit of its own: octave 1 (pitch indices 12 to 23) in place of octave 5. */
    public static GenreClassifier ofBoth(String high, String low) {
        return of(high, low, true);
    }

    private static GenreClassifier of(String high, String other, boolean both) {
        OctaveNetwork network = new OctaveNetwork(Device.CPU, 1, 2, 1);
        float[] values = new float[Math.toIntExact(network.layout().size())];
        int offset = 0;
        for (ParameterLayout.Entry entry : network.layout().entries()) {
            int size = Math.toIntExact(entry.size());
            for (int i = 0; i < ones(entry, size); i++) {
                values[offset + i] = 1;
            }
            if (entry.name().equals("conv5")) {
                values[offset + OCTAVE] = 1;
                values[offset + LAST_CHANNELS * OCTAVES + LOW_OCTAVE] = both ? 1 : 0;
            }
            offset += size;
        }
        network.load(values);
        return new GenreClassifier(List.of(high, other), network);
    }

    /** How many of the first values are 1: all scales, and the part of a kernel from channel 0 to channel 0. */
    private static int ones(ParameterLayout.Entry entry, int size) {
        if (entry.name().endsWith(".scale")) {
            return size;
        }
        return switch (entry.name()) {
            case "conv1", "conv2", "conv3", "conv4" ->
                Math.toIntExact(entry.shape().get(2) * entry.shape().get(3));
            default -> 0;
        };
    }

    /** The same as a file. */
    public static Path write(Path file, String high, String other) {
        try (GenreClassifier classifier = of(high, other)) {
            return write(file, classifier);
        }
    }

    /** The one of {@link #ofBoth} as a file. */
    public static Path writeBoth(Path file, String high, String low) {
        try (GenreClassifier classifier = ofBoth(high, low)) {
            return write(file, classifier);
        }
    }

    private static Path write(Path file, GenreClassifier classifier) {
        try {
            ClassifierFile.write(classifier, Architecture.PAPERS, 1, file);
            return file;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
