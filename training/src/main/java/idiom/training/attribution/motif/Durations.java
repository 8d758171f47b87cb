package idiom.training.attribution.motif;

/** How long notes last. */
final class Durations implements MotifFamily {

    @Override
    public String name() {
        return "duration";
    }

    @Override
    public String definition() {
        return "steps (16ths) for which a note sounds in the phrase; a step is silent before a note is struck again, so a"
                + " repeated quarter has 3";
    }

    @Override
    public void find(PhraseNotes phrase, Sightings into) {
        for (int i = 0; i < phrase.size(); i++) {
            into.add(this, nameOf(phrase.note(i).length()), i);
        }
    }

    private static String nameOf(int steps) {
        if (steps <= 4) {
            return steps + (steps == 1 ? " step" : " steps");
        }
        if (steps <= 8) {
            return "5 to 8 steps";
        }
        return steps <= 16 ? "9 to 16 steps" : "over 16 steps";
    }
}
