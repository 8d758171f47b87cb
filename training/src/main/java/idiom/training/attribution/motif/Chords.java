package idiom.training.attribution.motif;

import org.jspecify.annotations.Nullable;

/** Chords of three pitch classes or more, by their quality. */
final class Chords implements MotifFamily {

    @Override
    public String name() {
        return "chord";
    }

    @Override
    public String definition() {
        return "quality of the set of at least three pitch classes that sound at a step at which something begins, whatever"
                + " root, order and doubling; the same set at neighbouring onsets is one chord; all notes that sound";
    }

    @Override
    public void find(PhraseNotes phrase, Sightings into) {
        int before = 0;
        Sightings.@Nullable Growing open = null;
        for (int step : phrase.onsetSteps()) {
            int classes = 0;
            for (int i : phrase.sounding(step)) {
                classes |= 1 << phrase.note(i).pitch() % 12;
            }
            if (Integer.bitCount(classes) < 3) {
                open = null;
            } else if (open == null || classes != before) {
                open = into.begin(this, ChordQuality.of(classes));
            }
            if (open != null) {
                open.add(phrase.sounding(step));
            }
            before = classes;
        }
    }
}
