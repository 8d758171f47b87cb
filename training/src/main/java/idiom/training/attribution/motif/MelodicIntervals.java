package idiom.training.attribution.motif;

import java.util.List;

/** Intervals from one note of the top line to the next. */
final class MelodicIntervals implements MotifFamily {
    private static final int FARTHEST = 16;

    @Override
    public String name() {
        return "melody";
    }

    @Override
    public String definition() {
        return "interval from a note of the top line (nothing sounds above it when it begins) to the next one, which begins at"
                + " most a bar later; both notes";
    }

    @Override
    public void find(PhraseNotes phrase, Sightings into) {
        List<Integer> line = phrase.topLine();
        for (int i = 1; i < line.size(); i++) {
            PhraseNote from = phrase.note(line.get(i - 1));
            PhraseNote to = phrase.note(line.get(i));
            if (to.onset() - from.onset() <= FARTHEST) {
                into.add(this, nameOf(to.pitch() - from.pitch()), line.get(i - 1), line.get(i));
            }
        }
    }

    private static String nameOf(int semitones) {
        if (semitones == 0) {
            return "repeated note";
        }
        return IntervalName.of(Math.abs(semitones)) + (semitones > 0 ? " up" : " down");
    }
}
