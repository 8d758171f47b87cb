package idiom.engine.pianoroll;

import idiom.engine.midi.Note;

/**
 * Which notes enter a roll, and which cells each one covers: by the rules of the published phrases (Brunner et al. 2018),
 * for the models know no other rolls.
 *
 * <ul>
 *   <li>Drums and pitches outside 24 to 107 stay out.
 *   <li>A note covers the steps from the one its onset lies in to the one its end lies in, both included. A note that ends
 *       exactly where a step begins <em>covers that step too</em>: a 16th played on the grid covers two.
 *   <li>A note struck again on its own track, channel and pitch <em>silences the step before it</em>, so that the two can be
 *       told apart; what sounds on another track or channel sounds on. Of a run of repeated 16ths only the last is seen.
 * </ul>
 *
 * <p>The papers say neither of the last two, they say that ends are rounded up and repeated notes merge; their phrases show
 * otherwise (docs/decisions/0004). Their program differed from this in what no rule of music explains: it counted in
 * seconds, in floating point, so that what lies on the grid could come out one step early; a voice was also divided by
 * program changes; a note-off ended all notes of its pitch; and notes of no length were left out, which here cover their
 * step. All sums here are in integers. What the roll loses, {@link SongRoll} keeps in its links.
 */
public final class Rendering {
    private Rendering() {}

    /** Whether the note is one that a roll can show: no drum, and pitch 24 to 107. */
    public static boolean shows(Note note) {
        int index = note.pitch() - PianoRoll.LOWEST_PITCH;
        return !note.isDrum() && index >= 0 && index < PianoRoll.PITCHES;
    }

    /** Track and channel as one number: notes of one voice silence the step before each other. */
    public static int voice(Note note) {
        return note.track() * 16 + note.channel();
    }

    /** First step that the note covers. */
    public static long firstStep(Note note, BeatGrid grid) {
        return grid.stepDown(note.onTick());
    }

    /** First step after those that the note covers; it always covers one. */
    public static long endStep(Note note, BeatGrid grid) {
        return grid.stepDown(note.offTick()) + 1;
    }

    /** First step that is silent if the note is heard out: its end rounded up, without the step that only the rules add. */
    public static long heardEndStep(Note note, BeatGrid grid) {
        return Math.max(grid.stepUp(note.offTick()), firstStep(note, grid) + 1);
    }
}
