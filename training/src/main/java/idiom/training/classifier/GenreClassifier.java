package idiom.training.classifier;

import idiom.engine.metrics.TransferStrength;
import idiom.engine.pianoroll.PianoRoll;
import idiom.training.data.PhraseSet;
import idiom.training.net.Network;
import idiom.training.net.Precision;
import idiom.training.net.Tensors;
import idiom.training.net.Weights;
import java.util.Arrays;
import java.util.List;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/** A trained classifier: which of its genres a phrase is. One thread. */
public final class GenreClassifier implements AutoCloseable {
    private static final int BATCH = 256;
    /** Smaller: everything on the way is kept for the way back. */
    private static final int GRADIENT_BATCH = 64;

    private final List<String> genres;
    private final Network network;

    GenreClassifier(List<String> genres, Network network) {
        this.genres = List.copyOf(genres);
        this.network = network;
    }

    /** Its genres, in the order of its logits. */
    public List<String> genres() {
        return genres;
    }

    /** The network itself. */
    public Network network() {
        return network;
    }

    /** Index of a genre. */
    public int indexOf(String genre) {
        int index = genres.indexOf(genre);
        if (index < 0) {
            throw new IllegalArgumentException("the classifier knows " + genres + " only: genre=" + genre);
        }
        return index;
    }

    /** Logits of phrases, shape (phrases, genres) row by row. */
    public float[] logits(PhraseSet phrases) {
        return logits(phrases, 0, 0);
    }

    /** The same with Gaussian noise of standard deviation {@code sigma} on the phrases, whose cells are 0 and 1. */
    public float[] logits(PhraseSet phrases, double sigma, long seed) {
        float[] result = new float[phrases.size() * genres.size()];
        torch.manual_seed(seed);
        float[] cells = new float[BATCH * PianoRoll.CELLS];
        for (int start = 0; start < phrases.size(); start += BATCH) {
            int count = Math.min(BATCH, phrases.size() - start);
            for (int i = 0; i < count; i++) {
                phrases.toCells(start + i, cells, i * PianoRoll.CELLS);
            }
            float[] logits = logits(cells, count, sigma);
            System.arraycopy(logits, 0, result, start * genres.size(), logits.length);
        }
        return result;
    }

    /** Of so many phrases of cells, which need not be 0 or 1. */
    float[] logits(float[] cells, int count, double sigma) {
        try (PointerScope scope = new PointerScope()) {
            Weights weights = network.frozen(Precision.FP32);
            Tensor x = network.device()
                    .tensor(
                            count * PianoRoll.CELLS == cells.length
                                    ? cells
                                    : Arrays.copyOf(cells, count * PianoRoll.CELLS),
                            count,
                            1,
                            PianoRoll.STEPS,
                            PianoRoll.PITCHES);
            if (sigma > 0) {
                x = x.add(torch.randn_like(x).mul_(Tensors.scalar(sigma)));
            }
            return Tensors.toArray(network.forward(weights, x));
        }
    }

    /**
     * Gradient of a genre's logit by each cell of each phrase, by PyTorch's autograd: shape (phrases, 64, 84), phrase after
     * phrase, step by step. Nothing in either architecture mixes the phrases of a batch, so each has the gradient that it has
     * alone, to rounding.
     */
    public float[] inputGradients(PhraseSet phrases, String genre) {
        int index = indexOf(genre);
        float[] result = new float[Math.multiplyExact(phrases.size(), PianoRoll.CELLS)];
        for (int start = 0; start < phrases.size(); start += GRADIENT_BATCH) {
            int count = Math.min(GRADIENT_BATCH, phrases.size() - start);
            float[] cells = new float[count * PianoRoll.CELLS];
            for (int i = 0; i < count; i++) {
                phrases.toCells(start + i, cells, i * PianoRoll.CELLS);
            }
            float[] gradients = inputGradients(cells, count, index);
            System.arraycopy(gradients, 0, result, start * PianoRoll.CELLS, gradients.length);
        }
        return result;
    }

    private float[] inputGradients(float[] cells, int count, int genre) {
        try (PointerScope scope = new PointerScope()) {
            Tensor x = network.device()
                    .tensor(cells, count, 1, PianoRoll.STEPS, PianoRoll.PITCHES)
                    .requires_grad_(true);
            // The sum's gradient by a phrase is that of the phrase's own logit: the others do not depend on it.
            network.forward(network.frozen(Precision.FP32), x)
                    .select(1, genre)
                    .sum()
                    .backward();
            return Tensors.toArray(x.grad());
        }
    }

    /** Which phrases are called by a genre (argmax; of equal logits the first counts). */
    public boolean[] calls(PhraseSet phrases, String genre) {
        int index = indexOf(genre);
        float[] logits = logits(phrases);
        boolean[] calls = new boolean[phrases.size()];
        for (int i = 0; i < calls.length; i++) {
            float[] row = Arrays.copyOfRange(logits, i * genres.size(), (i + 1) * genres.size());
            calls[i] = TransferStrength.share(row, genres.size(), index) == 1;
        }
        return calls;
    }

    /** Share of phrases called by a genre (argmax), 0 to 1. */
    public double share(PhraseSet phrases, String genre) {
        return TransferStrength.share(logits(phrases), genres.size(), indexOf(genre));
    }

    /**
     * Share of phrases called rightly; NaN if there are none.
     *
     * @param byGenre a set for each genre, in the classifier's order
     * @param sigma standard deviation of noise on them, whose cells are 0 and 1
     */
    public double accuracy(List<PhraseSet> byGenre, double sigma, long seed) {
        double hits = 0;
        long all = 0;
        for (int g = 0; g < byGenre.size(); g++) {
            PhraseSet phrases = byGenre.get(g);
            if (phrases.size() == 0) {
                continue;
            }
            hits += phrases.size() * TransferStrength.share(logits(phrases, sigma, seed + g), genres.size(), g);
            all += phrases.size();
        }
        return hits / all;
    }

    @Override
    public void close() {
        network.close();
    }
}
