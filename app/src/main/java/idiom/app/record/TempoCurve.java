package idiom.app.record;

import java.util.ArrayList;
import java.util.List;

/**
 * The tempo events that make a file last as long as the session did: as few as keep it within half a millisecond of it, found
 * by the swinging door (Bristol 1990) over the pieces of a {@link SongLine}. A steady clock gives one, however its ticks jitter.
 */
final class TempoCurve {
    private static final double TOLERANCE_SECONDS = 0.0005;
    private static final double STEPS_PER_QUARTER = 4;
    private static final int SLOWEST_US = 0xFFFFFF;

    /**
     * A tempo from a position on.
     *
     * @param fileStep position in 16ths
     * @param quarterUs microseconds a quarter
     */
    record Tempo(double fileStep, int quarterUs) {}

    private record Point(double seconds, double fileStep, double stepsPerSecond) {}

    private final List<Tempo> tempos = new ArrayList<>();

    private TempoCurve() {}

    /** The tempos of a line that ends at a time; at least one. */
    static List<Tempo> of(SongLine line, double endSeconds) {
        TempoCurve curve = new TempoCurve();
        List<Point> stretch = new ArrayList<>();
        SongLine.Piece before = line.pieces().get(0);
        for (SongLine.Piece piece : line.pieces()) {
            if (piece.jumps() && !stretch.isEmpty()) {
                stretch.add(end(before, piece.seconds()));
                curve.add(stretch);
                stretch.clear();
            }
            stretch.add(new Point(piece.seconds(), piece.fileStep(), piece.stepsPerSecond()));
            before = piece;
        }
        stretch.add(end(before, Math.max(before.seconds(), endSeconds)));
        curve.add(stretch);
        return List.copyOf(curve.tempos);
    }

    private static Point end(SongLine.Piece piece, double seconds) {
        return new Point(seconds, piece.fileAt(seconds), piece.stepsPerSecond());
    }

    /** The tempos of a stretch without jumps. */
    private void add(List<Point> points) {
        Point start = points.get(0);
        Point last = start;
        double least = 0;
        double most = Double.MAX_VALUE;
        for (Point point : points.subList(1, points.size())) {
            double slope = slope(start, point);
            if (slope < least || slope > most) {
                add(start, last);
                start = last;
                least = 0;
                most = Double.MAX_VALUE;
            }
            double seconds = point.seconds() - start.seconds();
            double tolerance = TOLERANCE_SECONDS * point.stepsPerSecond();
            if (seconds > 0) {
                slope = slope(start, point);
                least = Math.max(least, slope - tolerance / seconds);
                most = Math.min(most, slope + tolerance / seconds);
            }
            last = point;
        }
        add(start, last);
    }

    /** Steps a second between two points. */
    private static double slope(Point from, Point to) {
        double seconds = to.seconds() - from.seconds();
        return seconds > 0 ? (to.fileStep() - from.fileStep()) / seconds : from.stepsPerSecond();
    }

    private void add(Point from, Point to) {
        double slope = slope(from, to);
        double exact = slope > 0 ? STEPS_PER_QUARTER * 1e6 / slope : SLOWEST_US;
        int quarterUs = (int) Math.max(1, Math.min(SLOWEST_US, Math.round(exact)));
        if (tempos.isEmpty() || tempos.get(tempos.size() - 1).quarterUs() != quarterUs) {
            tempos.add(new Tempo(from.fileStep(), quarterUs));
        }
    }
}
