package idiom.app.record;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Which position in the file belongs to which time of a session: the song's own position, so that bars line up, until the song
 * jumps; then the file goes on at the next position at which its bars and the song's line up again. A loop from bar line to bar
 * line leaves no gap, any other jump one of less than a bar. A stretch between jumps in which nothing was played takes no room.
 * Positions are in 16ths, times in seconds since the session began. Immutable.
 */
final class SongLine {
    private static final int BAR = 16;
    /** Further than this from where it was expected, the music has jumped; as live sessions see it. */
    private static final double JUMP = 0.5;
    /** A jump this little before a bar line is one at the bar line. */
    private static final double EARLY = 1;

    /**
     * A straight piece.
     *
     * @param seconds when it begins
     * @param songStep where the song is then
     * @param fileStep where the file is then
     * @param stepsPerSecond how fast both go on
     * @param jumps whether the song came there by a jump
     */
    record Piece(double seconds, double songStep, double fileStep, double stepsPerSecond, boolean jumps) {
        double songAt(double time) {
            return songStep + (time - seconds) * stepsPerSecond;
        }

        double fileAt(double time) {
            return fileStep + (time - seconds) * stepsPerSecond;
        }
    }

    /** What a {@link Entry.Moved} says, in seconds. */
    record Turn(double seconds, double step, double stepsPerSecond) {}

    private final List<Piece> pieces;

    private SongLine(List<Piece> pieces) {
        this.pieces = pieces;
    }

    /**
     * A line through some turns, in the order of their times.
     *
     * @param turns where the song went; none stands for 120 quarters a minute from the start
     * @param played when something was played, ascending
     */
    static SongLine of(List<Turn> turns, double[] played) {
        List<Turn> all = turns.isEmpty() ? List.of(new Turn(0, 0, 8)) : turns;
        List<Piece> pieces = new ArrayList<>();
        double floor = 0; // No position before this is free.
        double since = Double.NEGATIVE_INFINITY; // When the song jumped last.
        Turn last = all.get(0);
        double offset = offset(last.step(), 0);
        pieces.add(new Piece(last.seconds(), last.step(), last.step() + offset, last.stepsPerSecond(), true));
        for (Turn turn : all.subList(1, all.size())) {
            Piece before = pieces.get(pieces.size() - 1);
            double expected = before.songAt(turn.seconds());
            boolean jumps = Math.abs(turn.step() - expected) > JUMP;
            if (jumps && isPlayed(played, since, turn.seconds())) {
                floor = Math.max(floor, expected + offset - EARLY);
            } else if (jumps) {
                dropSince(pieces, since);
            }
            if (jumps) {
                offset = offset(turn.step(), floor);
                since = turn.seconds();
            }
            pieces.add(new Piece(turn.seconds(), turn.step(), turn.step() + offset, turn.stepsPerSecond(), jumps));
        }
        return new SongLine(List.copyOf(pieces));
    }

    /** Takes out the pieces of a stretch in which nothing was played. */
    private static void dropSince(List<Piece> pieces, double since) {
        pieces.removeIf(piece -> piece.seconds() >= since);
    }

    private static boolean isPlayed(double[] played, double from, double to) {
        int at = Arrays.binarySearch(played, from);
        int first = at < 0 ? -at - 1 : at;
        return first < played.length && played[first] < to;
    }

    /** The least number of bars that has to be added to a song position to be at {@code floor} or later. */
    private static double offset(double step, double floor) {
        return Math.max(0, Math.ceil((floor - step) / BAR)) * BAR;
    }

    /** The straight pieces, in the order of time, at least one. */
    List<Piece> pieces() {
        return pieces;
    }

    /** Where the file is at a time; never less than 0. */
    double fileStepAt(double seconds) {
        int low = 0;
        int high = pieces.size() - 1;
        while (low < high) {
            int middle = (low + high + 1) >>> 1;
            if (pieces.get(middle).seconds() <= seconds) {
                low = middle;
            } else {
                high = middle - 1;
            }
        }
        return Math.max(0, pieces.get(low).fileAt(seconds));
    }
}
