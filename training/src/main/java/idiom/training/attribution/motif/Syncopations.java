package idiom.training.attribution.motif;

import idiom.engine.pianoroll.PianoRoll;

/**
 * Notes that begin at a weak place and sound over the next stronger one, after Longuet-Higgins and Lee, "The rhythmic
 * interpretation of monophonic music", Music Perception 1(4), 1984: the strength of a place is the largest unit of the bar
 * (bar, half, beat, 8th, 16th) that begins there.
 */
final class Syncopations implements MotifFamily {

    @Override
    public String name() {
        return "syncopation";
    }

    @Override
    public String definition() {
        return "a note that sounds over a stronger place of the bar than the one at which it begins (Longuet-Higgins and Lee"
                + " 1984), named by where it begins; over the bar line apart";
    }

    @Override
    public void find(PhraseNotes phrase, Sightings into) {
        for (int i = 0; i < phrase.size(); i++) {
            PhraseNote note = phrase.note(i);
            int unit = unit(note.onset());
            // The next stronger place is the next multiple of twice the unit; a bar line has none above it.
            int stronger = note.onset() + unit;
            if (unit < PianoRoll.STEPS_PER_BAR && note.end() > stronger) {
                into.add(this, "from " + nameOf(unit), i);
                int barLine = (note.onset() / PianoRoll.STEPS_PER_BAR + 1) * PianoRoll.STEPS_PER_BAR;
                if (note.end() > barLine) {
                    into.add(this, "over the bar line", i);
                }
            }
        }
    }

    /** Steps of the largest unit that begins at a step: 1, 2, 4, 8 or 16. */
    private static int unit(int step) {
        return Integer.lowestOneBit(step % PianoRoll.STEPS_PER_BAR | PianoRoll.STEPS_PER_BAR);
    }

    private static String nameOf(int unit) {
        return switch (unit) {
            case 1 -> "a 16th";
            case 2 -> "an 8th";
            case 4 -> "beat 2 or 4";
            default -> "beat 3";
        };
    }
}
