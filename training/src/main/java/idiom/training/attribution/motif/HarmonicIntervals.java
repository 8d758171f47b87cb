package idiom.training.attribution.motif;

import java.util.List;

/** Intervals between neighbours among what sounds. */
final class HarmonicIntervals implements MotifFamily {

    @Override
    public String name() {
        return "harmony";
    }

    @Override
    public String definition() {
        return "interval between two notes that sound together with none between them, at a step at which one of them begins;"
                + " less its octaves if it is wider than one; both notes";
    }

    @Override
    public void find(PhraseNotes phrase, Sightings into) {
        for (int step : phrase.onsetSteps()) {
            List<Integer> sounding = phrase.sounding(step);
            for (int i = 1; i < sounding.size(); i++) {
                PhraseNote low = phrase.note(sounding.get(i - 1));
                PhraseNote high = phrase.note(sounding.get(i));
                if (low.onset() == step || high.onset() == step) {
                    into.add(
                            this,
                            IntervalName.simple(high.pitch() - low.pitch()),
                            sounding.get(i - 1),
                            sounding.get(i));
                }
            }
        }
    }
}
