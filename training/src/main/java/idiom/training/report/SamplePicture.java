package idiom.training.report;

import idiom.engine.pianoroll.PianoRoll;
import idiom.training.attribution.SaliencyMap;
import idiom.training.attribution.picture.Canvas;
import idiom.training.attribution.picture.PhrasePanels;
import idiom.training.classifier.GenreClassifier;
import idiom.training.data.PhraseSet;
import java.io.IOException;
import java.util.List;

/**
 * A phrase before, after and brought back, as piano rolls above and as saliency maps below: what speaks for the genre that the
 * judge takes each for.
 */
final class SamplePicture {
    private static final int LEFT = 76;
    private static final int RIGHT = 20;
    private static final int HEAD = 64;
    private static final int BETWEEN = 16;
    private static final int BETWEEN_ROWS = 84;
    private static final int FOOT = 84;

    private SamplePicture() {}

    /** As a PNG file. */
    static byte[] png(Sample sample, GenreClassifier judge) throws IOException {
        ReportFiles.Version[] versions = ReportFiles.Version.values();
        int width = LEFT + versions.length * (PhrasePanels.WIDTH + BETWEEN) + RIGHT;
        int lower = HEAD + PhrasePanels.HEIGHT + BETWEEN_ROWS;
        try (Canvas canvas = new Canvas(width, lower + PhrasePanels.HEIGHT + FOOT)) {
            PhrasePanels panels = new PhrasePanels(canvas);
            panels.octaves(LEFT, HEAD);
            panels.octaves(LEFT, lower);
            for (int i = 0; i < versions.length; i++) {
                int x = LEFT + i * (PhrasePanels.WIDTH + BETWEEN);
                PianoRoll roll = versions[i].of(sample);
                String taken = takenFor(judge, roll);
                canvas.left(Canvas.TITLE, Canvas.INK, versions[i].label(), x, HEAD - 34);
                canvas.left(Canvas.SMALL, Canvas.FAINT_INK, "the judge hears " + taken, x, HEAD - 12);
                panels.roll(roll, sample.before(), x, HEAD);
                canvas.left(Canvas.SMALL, Canvas.FAINT_INK, "what speaks for " + taken, x, lower - 12);
                panels.map(saliency(judge, roll, taken), x, lower);
            }
            panels.changes(LEFT, HEAD + PhrasePanels.HEIGHT + 38);
            panels.legend(LEFT, lower + PhrasePanels.HEIGHT + 56);
            return canvas.png();
        }
    }

    private static String takenFor(GenreClassifier judge, PianoRoll roll) {
        PhraseSet one = PhraseSet.ofRolls(List.of(roll));
        return judge.genres().stream()
                .filter(genre -> judge.calls(one, genre)[0])
                .findFirst()
                .orElseThrow();
    }

    private static SaliencyMap saliency(GenreClassifier judge, PianoRoll roll, String genre) {
        return SaliencyMap.of(roll, judge.inputGradients(PhraseSet.ofRolls(List.of(roll)), genre), 0)
                .normalised();
    }
}
