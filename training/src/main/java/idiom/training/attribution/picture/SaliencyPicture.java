package idiom.training.attribution.picture;

import static idiom.engine.pianoroll.PianoRoll.LOWEST_PITCH;
import static idiom.engine.pianoroll.PianoRoll.PITCHES;
import static idiom.engine.pianoroll.PianoRoll.STEPS;
import static idiom.engine.pianoroll.PianoRoll.STEPS_PER_BAR;

import idiom.training.attribution.AttributedPhrase;
import idiom.training.attribution.GenreAttribution;
import idiom.training.attribution.SaliencyMap;
import java.awt.Color;
import java.io.IOException;
import java.util.List;

/**
 * Phrases in columns, genre beside genre, each as piano roll above and as saliency map below: figure 2 of Brunner et al. 2019.
 * The maps are normalised by phrase and shown from a quarter of the maximum on, over a shadow of all notes.
 */
public final class SaliencyPicture {
    private static final int CELL = 4;
    private static final int PANEL_WIDTH = STEPS * CELL;
    private static final int PANEL_HEIGHT = PITCHES * CELL;
    private static final int LEFT = 76;
    private static final int RIGHT = 20;
    private static final int HEAD = 84;
    private static final int BETWEEN = 12;
    private static final int BETWEEN_GENRES = 36;
    private static final int BETWEEN_ROWS = 58;
    private static final int FOOT = 92;
    private static final Color SHADOW = new Color(0xDDE1E5);
    private static final Color WEAK = new Color(0xF5C04A);
    private static final Color STRONG = new Color(0xB00020);

    private final List<GenreAttribution> genres;
    private final Canvas canvas;

    private SaliencyPicture(List<GenreAttribution> genres, Canvas canvas) {
        this.genres = genres;
        this.canvas = canvas;
    }

    /**
     * Draws the phrases that an analysis chose, as a PNG file.
     *
     * @throws IllegalStateException if the system has no fonts; says what to install
     */
    public static byte[] png(List<GenreAttribution> genres) throws IOException {
        int columns = genres.stream().mapToInt(genre -> genre.pictured().size()).sum();
        int width = LEFT + columns * (PANEL_WIDTH + BETWEEN) + (genres.size() - 1) * BETWEEN_GENRES + RIGHT;
        try (Canvas canvas = new Canvas(width, HEAD + 2 * PANEL_HEIGHT + BETWEEN_ROWS + FOOT)) {
            new SaliencyPicture(genres, canvas).draw();
            return canvas.png();
        }
    }

    private void draw() {
        int lower = HEAD + PANEL_HEIGHT + BETWEEN_ROWS;
        octaves(HEAD);
        octaves(lower);
        canvas.left(Canvas.TEXT, Canvas.INK, "notes", LEFT, HEAD - 10);
        canvas.left(Canvas.TEXT, Canvas.INK, "saliency of the phrase's own genre", LEFT, lower - 10);
        int x = LEFT;
        for (int i = 0; i < genres.size(); i++) {
            GenreAttribution genre = genres.get(i);
            if (i > 0) {
                double middle = x - (BETWEEN + BETWEEN_GENRES) / 2.0 + BETWEEN / 2.0 - BETWEEN_GENRES / 2.0;
                canvas.fill(Canvas.INK, middle, HEAD - 40, 2, 2 * PANEL_HEIGHT + BETWEEN_ROWS + 66);
            }
            canvas.left(Canvas.TITLE, Canvas.INK, genre.genre(), x, HEAD - 44);
            for (AttributedPhrase phrase : genre.pictured()) {
                roll(phrase, x, HEAD);
                map(phrase.saliency().normalised(), x, lower);
                canvas.right(Canvas.SMALL, Canvas.FAINT_INK, "row " + phrase.row(), x + PANEL_WIDTH, HEAD - 8);
                x += PANEL_WIDTH + BETWEEN;
            }
            x += BETWEEN_GENRES;
        }
        legend(lower + PANEL_HEIGHT + 62);
    }

    private void octaves(int top) {
        for (int pitch = 0; pitch < PITCHES; pitch += 12) {
            canvas.right(
                    Canvas.SMALL,
                    Canvas.FAINT_INK,
                    "C" + ((pitch + LOWEST_PITCH) / 12 - 1),
                    LEFT - 8,
                    y(top, pitch) + CELL);
        }
        canvas.left(Canvas.SMALL, Canvas.FAINT_INK, "pitch", 8, top + PANEL_HEIGHT / 2.0);
    }

    private static double y(int top, int pitch) {
        return top + (PITCHES - 1 - pitch) * (double) CELL;
    }

    private void grid(int x, int top) {
        for (int pitch = 0; pitch < PITCHES; pitch += 12) {
            canvas.line(Canvas.LINE, x, y(top, pitch) + CELL, x + PANEL_WIDTH, y(top, pitch) + CELL);
        }
        for (int step = 0; step < STEPS; step += 4) {
            boolean bar = step % STEPS_PER_BAR == 0;
            canvas.line(
                    bar ? Canvas.STRONG_LINE : Canvas.LINE, x + step * CELL, top, x + step * CELL, top + PANEL_HEIGHT);
        }
        for (int bar = 0; bar < STEPS / STEPS_PER_BAR; bar++) {
            canvas.centred(
                    Canvas.SMALL,
                    Canvas.FAINT_INK,
                    bar == 0 ? "bar 1" : String.valueOf(bar + 1),
                    x + (bar + 0.5) * STEPS_PER_BAR * CELL,
                    top + PANEL_HEIGHT + 16);
        }
        canvas.frame(Canvas.STRONG_LINE, x, top, PANEL_WIDTH, PANEL_HEIGHT);
    }

    private void roll(AttributedPhrase phrase, int x, int top) {
        grid(x, top);
        for (int step = 0; step < STEPS; step++) {
            for (int pitch = 0; pitch < PITCHES; pitch++) {
                if (phrase.roll().isOn(step, pitch)) {
                    canvas.fill(Canvas.NOTE, x + step * CELL, y(top, pitch), CELL, CELL);
                }
            }
        }
    }

    private void map(SaliencyMap map, int x, int top) {
        grid(x, top);
        for (int step = 0; step < STEPS; step++) {
            for (int pitch = 0; pitch < PITCHES; pitch++) {
                if (map.roll().isOn(step, pitch)) {
                    float value = map.at(step, pitch);
                    canvas.fill(
                            value < SaliencyMap.THRESHOLD ? SHADOW : colour(value),
                            x + step * CELL,
                            y(top, pitch),
                            CELL,
                            CELL);
                }
            }
        }
    }

    private static Color colour(double value) {
        double share = (value - SaliencyMap.THRESHOLD) / (1 - SaliencyMap.THRESHOLD);
        return new Color(
                mixed(WEAK.getRed(), STRONG.getRed(), share),
                mixed(WEAK.getGreen(), STRONG.getGreen(), share),
                mixed(WEAK.getBlue(), STRONG.getBlue(), share));
    }

    private static int mixed(int from, int to, double share) {
        return (int) Math.round(from + share * (to - from));
    }

    private void legend(int y) {
        int width = 180;
        for (int i = 0; i < width; i++) {
            double value = SaliencyMap.THRESHOLD + (1 - SaliencyMap.THRESHOLD) * i / (width - 1);
            canvas.fill(colour(value), LEFT + i, y - 11, 1, 12);
        }
        canvas.left(Canvas.SMALL, Canvas.INK, "a quarter of the phrase's maximum to all of it", LEFT + width + 10, y);
        canvas.fill(SHADOW, LEFT + width + 330, y - 11, 24, 12);
        canvas.left(Canvas.SMALL, Canvas.INK, "sounds, with less", LEFT + width + 362, y);
    }
}
