package idiom.training.attribution.motif;

import idiom.engine.pianoroll.PianoRoll;
import java.util.List;

/** Where in the beat and in the bar notes begin. */
final class OnsetPlaces implements MotifFamily {
    private static final List<String> IN_BEAT =
            List.of("on a beat", "a 16th after a beat", "between beats", "a 16th before a beat");
    private static final List<String> COUNTED = List.of("", "e", "&", "a");

    @Override
    public String name() {
        return "onset";
    }

    @Override
    public String definition() {
        return "where a note begins: within the beat, and at one of the 16 places of the bar, counted 1 1e 1& 1a 2 ...; notes"
                + " held from before the phrase count as beginning with it";
    }

    @Override
    public void find(PhraseNotes phrase, Sightings into) {
        for (int i = 0; i < phrase.size(); i++) {
            int place = phrase.note(i).onset() % PianoRoll.STEPS_PER_BAR;
            into.add(this, IN_BEAT.get(place % 4), i);
            into.add(this, counted(place), i);
        }
    }

    /** Place in the bar as musicians count it: {@code "2&"}. */
    static String counted(int place) {
        return "at " + (place / 4 + 1) + COUNTED.get(place % 4);
    }
}
