package idiom.training.gan;

import java.util.List;
import java.util.Locale;

/**
 * What one step computed; during warm-up the generators' terms are 0.
 *
 * @param step counted from the start of the warm-up, from 0
 * @param persuasionToB the generator's adversarial loss, A to B, mixed judge included
 * @param persuasionToA the same, B to A
 * @param cycle both ways back, unweighted
 * @param content both directions, unweighted
 * @param judgeB loss of the judge of B
 * @param judgeA loss of the judge of A
 * @param realScore mean score of real phrases, both judges
 * @param fakeScore mean score of fakes, both judges
 * @param generatorNorm Euclidean norm of both generators' gradients
 * @param judgeNorm Euclidean norm of both judges' gradients
 */
public record StepLosses(
        int step,
        double persuasionToB,
        double persuasionToA,
        double cycle,
        double content,
        double judgeB,
        double judgeA,
        double realScore,
        double fakeScore,
        double generatorNorm,
        double judgeNorm) {

    /** Columns of {@link #toCsv}. */
    public static final String CSV_HEADER =
            "step,persuasion_to_b,persuasion_to_a,cycle,content,judge_b,judge_a,real,fake,generator_norm,judge_norm";

    List<Double> values() {
        return List.of(
                persuasionToB,
                persuasionToA,
                cycle,
                content,
                judgeB,
                judgeA,
                realScore,
                fakeScore,
                generatorNorm,
                judgeNorm);
    }

    /** Whether every term is a number. */
    public boolean isFinite() {
        return values().stream().allMatch(Double::isFinite);
    }

    /** A row of the loss table. */
    public String toCsv() {
        StringBuilder line = new StringBuilder(Integer.toString(step));
        values().forEach(value -> line.append(',').append(String.format(Locale.ROOT, "%.6g", value)));
        return line.toString();
    }

    /** The terms that tell how it goes, in one line. */
    public String summary() {
        return String.format(
                Locale.ROOT,
                "persuasion %.3f %.3f, cycle %.3f, content %.3f, judges %.3f %.3f, real %.2f, fake %.2f",
                persuasionToB,
                persuasionToA,
                cycle,
                content,
                judgeB,
                judgeA,
                realScore,
                fakeScore);
    }
}
