package idiom.training.attribution.motif;

/** Octaves. */
final class Registers implements MotifFamily {

    @Override
    public String name() {
        return "register";
    }

    @Override
    public String definition() {
        return "the octave in which a note lies, C4 being middle C";
    }

    @Override
    public void find(PhraseNotes phrase, Sightings into) {
        for (int i = 0; i < phrase.size(); i++) {
            int octave = phrase.note(i).pitch() / 12 - 1;
            into.add(this, "C" + octave + " to B" + octave, i);
        }
    }
}
