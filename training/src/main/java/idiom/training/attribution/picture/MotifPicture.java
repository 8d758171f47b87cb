package idiom.training.attribution.picture;

import idiom.training.attribution.AttributionResult;
import idiom.training.attribution.GenreAttribution;
import idiom.training.attribution.MotifResult;
import idiom.training.attribution.Shuffle;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * The motifs that carry most of each genre's attribution for the notes that they have, a panel a genre, a section for each null
 * hypothesis: lift as dots, the middle 95 % of the permutations as bars; hollow dots are the other genres'.
 */
public final class MotifPicture {
    /** Of each section, at most. */
    private static final int ROWS = 12;

    private static final int ROW = 24;
    private static final int LABEL = 320;
    private static final int PLOT = 420;
    private static final int PANEL = LABEL + PLOT + 40;
    private static final int HEAD = 66;
    private static final int SECTION = 44;
    private static final int FOOT = 84;
    private static final List<Double> TICKS = List.of(0.3, 0.5, 0.7, 1.0, 1.5, 2.0, 3.0, 5.0, 8.0, 12.0, 20.0);
    private static final double LOWEST = TICKS.get(0);

    private final AttributionResult result;
    private final Canvas canvas;
    private final double highest;

    private MotifPicture(AttributionResult result, Canvas canvas) {
        this.result = result;
        this.canvas = canvas;
        double top = Arrays.stream(Shuffle.values())
                .flatMap(chance -> result.genres().stream()
                        .flatMap(genre -> shown(result, genre, chance).stream()
                                .map(motif -> motif.against(chance).lift())))
                .mapToDouble(Double::doubleValue)
                .max()
                .orElse(1);
        this.highest = Math.max(
                2, TICKS.stream().filter(tick -> tick > top).findFirst().orElse(top * 1.2));
    }

    /**
     * Draws it, as a PNG file.
     *
     * @throws IllegalStateException if the system has no fonts; says what to install
     */
    public static byte[] png(AttributionResult result) throws IOException {
        int height = HEAD + FOOT;
        for (Shuffle chance : Shuffle.values()) {
            height += SECTION + rows(result, chance) * ROW;
        }
        try (Canvas canvas = new Canvas(PANEL * result.genres().size() + 20, height)) {
            new MotifPicture(result, canvas).draw(height - FOOT);
            return canvas.png();
        }
    }

    private static List<MotifResult> shown(AttributionResult result, GenreAttribution genre, Shuffle chance) {
        return result.strongest(genre, chance).stream().limit(ROWS).toList();
    }

    private static int rows(AttributionResult result, Shuffle chance) {
        return Math.max(
                1,
                result.genres().stream()
                        .mapToInt(genre -> shown(result, genre, chance).size())
                        .max()
                        .orElse(1));
    }

    private void draw(int bottom) {
        for (int i = 0; i < result.genres().size(); i++) {
            panel(result.genres().get(i), i * PANEL + 20, bottom);
        }
    }

    private void panel(GenreAttribution genre, int left, int bottom) {
        canvas.left(Canvas.TITLE, Canvas.INK, genre.genre(), left, 30);
        canvas.left(
                Canvas.SMALL,
                Canvas.FAINT_INK,
                genre.sample().size()
                        + " phrases that the classifier gets right; motifs in 5 % of them or more, q at most 0.05",
                left,
                52);
        axis(left + LABEL, bottom);
        int top = HEAD;
        for (Shuffle chance : Shuffle.values()) {
            section(genre, chance, left, top + SECTION);
            top += SECTION + rows(result, chance) * ROW;
        }
        legend(genre, left, bottom + 62);
    }

    private void section(GenreAttribution genre, Shuffle chance, int left, int top) {
        canvas.left(
                Canvas.TEXT,
                Canvas.FAINT_INK,
                chance == Shuffle.PHRASE ? "among all notes of the phrase" : "among the notes of the same octave",
                left,
                top - 12);
        List<MotifResult> shown = shown(result, genre, chance);
        if (shown.isEmpty()) {
            canvas.right(Canvas.TEXT, Canvas.INK, "none stands out", left + LABEL - 12, top + ROW / 2.0 + 5);
        }
        for (int row = 0; row < shown.size(); row++) {
            double y = top + (row + 0.5) * ROW;
            MotifResult motif = shown.get(row);
            row(motif, chance, left + LABEL, y);
            result.motifs().stream()
                    .filter(other -> !other.genre().equals(genre.genre())
                            && other.motif().equals(motif.motif()))
                    .forEach(other -> canvas.dot(
                            Canvas.FAINT_INK,
                            x(left + LABEL, other.against(chance).lift()),
                            y,
                            5,
                            false));
        }
    }

    private void row(MotifResult motif, Shuffle chance, int plot, double y) {
        MotifResult.Evidence evidence = motif.against(chance);
        canvas.right(Canvas.TEXT, Canvas.INK, motif.motif().toString(), plot - 12, y + 5);
        canvas.line(Canvas.LINE, plot, y, plot + PLOT, y);
        double low = x(plot, evidence.low());
        canvas.fill(Canvas.STRONG_LINE, low, y - 3, Math.max(2, x(plot, evidence.high()) - low), 6);
        canvas.dot(Canvas.MARK, x(plot, evidence.lift()), y, 6, true);
    }

    private void axis(int plot, int bottom) {
        for (double tick : TICKS) {
            if (tick <= highest) {
                double x = x(plot, tick);
                canvas.line(tick == 1 ? Canvas.STRONG_LINE : Canvas.LINE, x, HEAD + 6, x, bottom + 4);
                canvas.centred(Canvas.SMALL, Canvas.FAINT_INK, label(tick), x, bottom + 20);
            }
        }
        canvas.centred(
                Canvas.SMALL,
                Canvas.FAINT_INK,
                "lift: saliency over what chance would give; edge: less",
                plot + PLOT / 2.0,
                bottom + 38);
    }

    private static String label(double tick) {
        return tick == Math.rint(tick) ? String.valueOf((int) tick) : String.format(Locale.ROOT, "%.1f", tick);
    }

    private double x(int plot, double lift) {
        double within = Math.min(highest, Math.max(LOWEST, lift));
        return plot + PLOT * Math.log(within / LOWEST) / Math.log(highest / LOWEST);
    }

    private void legend(GenreAttribution genre, int left, int y) {
        canvas.dot(Canvas.MARK, left + 6, y - 4, 6, true);
        canvas.left(Canvas.SMALL, Canvas.INK, genre.genre(), left + 18, y);
        int next = left + 34 + canvas.widthOf(Canvas.SMALL, genre.genre());
        canvas.fill(Canvas.STRONG_LINE, next, y - 7, 34, 6);
        canvas.left(Canvas.SMALL, Canvas.INK, "95 % of chance", next + 42, y);
        canvas.dot(Canvas.FAINT_INK, next + 160, y - 4, 5, false);
        canvas.left(
                Canvas.SMALL,
                Canvas.INK,
                "the same of "
                        + result.genres().stream()
                                .map(GenreAttribution::genre)
                                .filter(other -> !other.equals(genre.genre()))
                                .collect(Collectors.joining(", ")),
                next + 172,
                y);
    }
}
