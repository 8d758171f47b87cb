package idiom.training.attribution.picture;

import idiom.training.attribution.AttributedPhrase;
import idiom.training.attribution.GenreAttribution;
import java.io.IOException;
import java.util.List;

/**
 * Phrases in columns, genre beside genre, each as piano roll above and as saliency map below: figure 2 of Brunner et al. 2019.
 * The maps are normalised by phrase and shown from a quarter of the maximum on, over a shadow of all notes.
 */
public final class SaliencyPicture {
    private static final int PANEL_WIDTH = PhrasePanels.WIDTH;
    private static final int PANEL_HEIGHT = PhrasePanels.HEIGHT;
    private static final int LEFT = 76;
    private static final int RIGHT = 20;
    private static final int HEAD = 84;
    private static final int BETWEEN = 12;
    private static final int BETWEEN_GENRES = 36;
    private static final int BETWEEN_ROWS = 58;
    private static final int FOOT = 92;

    private final List<GenreAttribution> genres;
    private final Canvas canvas;
    private final PhrasePanels panels;

    private SaliencyPicture(List<GenreAttribution> genres, Canvas canvas) {
        this.genres = genres;
        this.canvas = canvas;
        this.panels = new PhrasePanels(canvas);
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
        panels.octaves(LEFT, HEAD);
        panels.octaves(LEFT, lower);
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
                panels.roll(phrase.roll(), x, HEAD);
                panels.map(phrase.saliency().normalised(), x, lower);
                canvas.right(Canvas.SMALL, Canvas.FAINT_INK, "row " + phrase.row(), x + PANEL_WIDTH, HEAD - 8);
                x += PANEL_WIDTH + BETWEEN;
            }
            x += BETWEEN_GENRES;
        }
        panels.legend(LEFT, lower + PANEL_HEIGHT + 62);
    }
}
