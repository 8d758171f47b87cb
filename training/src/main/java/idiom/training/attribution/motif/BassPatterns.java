package idiom.training.attribution.motif;

import idiom.engine.pianoroll.PianoRoll;
import java.util.List;

/** What the lowest line does. */
final class BassPatterns implements MotifFamily {
    /** Middle C: what lies lowest above it is no bass. */
    private static final int LIMIT = 60;

    private static final int FARTHEST = PianoRoll.STEPS_PER_BAR;
    private static final int BEAT = 4;
    private static final int WALK = 4;

    @Override
    public String name() {
        return "bass";
    }

    @Override
    public String definition() {
        return "the lowest line (below middle C, and nothing sounds below it when it begins): any of its notes, where they"
                + " begin, its motion to the next one at most a bar later, four or more in a row on successive beats with no"
                + " repetition (walking), and there and back over a fourth or fifth (alternating)";
    }

    @Override
    public void find(PhraseNotes phrase, Sightings into) {
        List<Integer> line = phrase.lowestLine(LIMIT);
        for (int i = 0; i < line.size(); i++) {
            into.add(this, "any note", line.get(i));
            into.add(this, place(phrase.note(line.get(i)).onset()), line.get(i));
            if (i >= 1 && follows(phrase, line, i)) {
                int semitones = interval(phrase, line, i);
                into.add(this, motion(semitones), line.get(i - 1), line.get(i));
            }
            if (alternates(phrase, line, i)) {
                into.add(this, "alternating", line.get(i - 2), line.get(i - 1), line.get(i));
            }
        }
        findWalks(phrase, line, into);
    }

    private void findWalks(PhraseNotes phrase, List<Integer> line, Sightings into) {
        int start = 0;
        for (int i = 1; i <= line.size(); i++) {
            if (i == line.size() || !walks(phrase, line, i)) {
                if (i - start >= WALK) {
                    into.begin(this, "walking").add(line.subList(start, i));
                }
                start = i;
            }
        }
    }

    private static boolean walks(PhraseNotes phrase, List<Integer> line, int i) {
        int before = phrase.note(line.get(i - 1)).onset();
        int onset = phrase.note(line.get(i)).onset();
        return before % BEAT == 0 && onset - before == BEAT && interval(phrase, line, i) != 0;
    }

    private static boolean alternates(PhraseNotes phrase, List<Integer> line, int i) {
        if (i < 2 || !follows(phrase, line, i) || !follows(phrase, line, i - 1)) {
            return false;
        }
        int there = interval(phrase, line, i - 1);
        return there == -interval(phrase, line, i) && (Math.abs(there) == 5 || Math.abs(there) == 7);
    }

    private static boolean follows(PhraseNotes phrase, List<Integer> line, int i) {
        return phrase.note(line.get(i)).onset() - phrase.note(line.get(i - 1)).onset() <= FARTHEST;
    }

    private static int interval(PhraseNotes phrase, List<Integer> line, int i) {
        return phrase.note(line.get(i)).pitch() - phrase.note(line.get(i - 1)).pitch();
    }

    /** A fourth up and a fifth down lead to the same root, so they share a name; so do their opposites. */
    private static String motion(int semitones) {
        String direction = semitones > 0 ? " up" : " down";
        return switch (Math.abs(semitones)) {
            case 0 -> "repeated";
            case 1, 2 -> "step" + direction;
            case 3, 4 -> "third" + direction;
            case 5 -> semitones > 0 ? "fourth up or fifth down" : "fifth up or fourth down";
            case 6 -> "tritone";
            case 7 -> semitones > 0 ? "fifth up or fourth down" : "fourth up or fifth down";
            case 8, 9, 10, 11 -> "sixth or seventh";
            case 12 -> "octave";
            default -> "wider than an octave";
        };
    }

    private static String place(int onset) {
        int inBar = onset % PianoRoll.STEPS_PER_BAR;
        if (inBar % BEAT != 0) {
            return inBar % 2 == 0 ? "between beats" : "at an odd 16th";
        }
        return "on beat " + (inBar / BEAT + 1);
    }
}
