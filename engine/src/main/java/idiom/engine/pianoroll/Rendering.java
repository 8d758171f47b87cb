package idiom.engine.pianoroll;

import idiom.engine.midi.Note;

/**
 * Which notes enter a roll, and which cells each one covers.
 *
 * <p>The rules are those of the published phrases (Brunner et al. 2018, section IV, and the phrases themselves): drums and
 * pitches outside 24 to 107 stay out, an onset is rounded down to a step and an end is rounded up, so that a note of one
 * step played a little late covers two. The product renders by the same rules: its models know no other rolls. What the
 * rounding loses, {@link SongRoll} keeps in its links.
 */
public final class Rendering {
    private Rendering() {}

    /** Whether the note is one that a roll can show: no drum, and pitch 24 to 107. */
    public static boolean shows(Note note) {
        int index = note.pitch() - PianoRoll.LOWEST_PITCH;
        return !note.isDrum() && index >= 0 && index < PianoRoll.PITCHES;
    }

    /** First step that the note covers. */
    public static long firstStep(Note note, BeatGrid grid) {
        return grid.stepDown(note.onTick());
    }

    /** First step after those that the note covers; a note always covers one step, even if it has no length. */
    public static long endStep(Note note, BeatGrid grid) {
        return Math.max(grid.stepUp(note.offTick()), firstStep(note, grid) + 1);
    }
}
