package idiom.app.bench;

import java.util.List;
import java.util.function.Predicate;
import java.util.function.ToLongFunction;

/**
 * Numbers out of matched messages. Those of the warm-up are left out of the distributions, not of the counts.
 *
 * <p>In modes with a constant delay the network may leave a note out, end it earlier or later, or strike it again later; such
 * messages are counted as changed, and no distribution has them.
 */
final class Figures {
    private final Matching matching;
    private final List<Row> measured;
    private final long clockRate;
    private final long delay;
    private final boolean hasDelay;
    private final boolean passesAll;

    /**
     * Figures of one run.
     *
     * @param warmUp how many of the first messages are left out of the distributions
     */
    Figures(BenchRequest request, long clockRate, Matching matching, int warmUp) {
        this.matching = matching;
        this.measured = matching.rows().subList(warmUp, matching.rows().size());
        this.clockRate = clockRate;
        this.delay = request.delay(clockRate);
        this.hasDelay = request.hasDelay();
        this.passesAll = request.isIdentity() || request.isThru();
    }

    int sent() {
        return matching.rows().size();
    }

    int seen() {
        return count(matching.rows(), Row::isSeen);
    }

    int received() {
        return count(matching.rows(), Row::isReceived);
    }

    /** Did not come in, or were not handed over though no network may leave them out, or did not arrive. */
    int lost() {
        return count(matching.rows(), row -> !row.isSeen())
                + count(matching.rows(), row -> row.isSeen() && !row.isHanded() && !row.isReceived() && mustPass(row))
                + count(matching.outs(), row -> !row.isReceived());
    }

    /** Seen or arrived once too often, or handed over so. */
    int doubled() {
        int handedTwice = count(matching.outs(), row -> row.isSent() && mustPass(row))
                - count(matching.rows(), row -> row.isHanded() && mustPass(row));
        return matching.doubledIn() + matching.doubledOut() + handedTwice;
    }

    private boolean mustPass(Row row) {
        return passesAll || Score.isControl(row.message());
    }

    /** Notes that the network left out, or whose time it changed. */
    int changed() {
        return count(matching.rows(), row -> !mustPass(row) && row.isSeen() && !keepsTime(row));
    }

    /** Messages that nobody played. */
    int added() {
        return count(matching.outs(), row -> !row.isSent());
    }

    /** Arrived after they were due, in modes with a delay; elsewhere what is due is due already. */
    int late() {
        return hasDelay ? count(matching.outs(), row -> row.isReceived() && row.received() > row.due()) : 0;
    }

    /** Of all that arrived, the share that did so in exactly the unit of the clock in which it was due; NaN of nothing. */
    double exactShare() {
        return share(matching.outs(), row -> row.received() == row.due());
    }

    /** Of all played messages that arrived, the share that came exactly the mode's delay after it was sent; NaN of nothing. */
    double punctualShare() {
        return share(matching.rows(), row -> row.received() - row.sent() == delay);
    }

    private static double share(List<Row> rows, Predicate<Row> condition) {
        int received = count(rows, Row::isReceived);
        return received == 0
                ? Double.NaN
                : count(rows, row -> row.isReceived() && condition.test(row)) / (double) received;
    }

    /** From sending to when the session's thread has it; negative on systems that hand over a period's messages as it begins. */
    Distribution sentToSeen() {
        return of(measured, Row::isSeen, row -> row.seen() - row.sent());
    }

    /** From there to the arrival, less the mode's delay. */
    Distribution seenToReceived() {
        return of(measured, this::keepsTime, row -> row.received() - row.seen() - delay);
    }

    /** From sending to arrival, less the mode's delay. */
    Distribution sentToReceived() {
        return of(measured, this::keepsTime, row -> row.received() - row.sent() - delay);
    }

    /** The same of note-ons alone: from key to answer. */
    Distribution keyToAnswer() {
        return of(
                measured,
                row -> keepsTime(row) && Score.isNoteOn(row.message()),
                row -> row.received() - row.sent() - delay);
    }

    /** The same where no period was missed on the way. */
    Distribution keyToAnswer(Standstills standstills) {
        return of(
                measured,
                row -> keepsTime(row)
                        && Score.isNoteOn(row.message())
                        && !standstills.touch(row.sent(), row.received() - delay),
                row -> row.received() - row.sent() - delay);
    }

    /** How long before its due time each message was handed over. */
    Distribution margin() {
        return of(matching.outs(), row -> true, row -> row.due() - row.handed());
    }

    /** One unit is rounding. */
    private boolean keepsTime(Row row) {
        return row.isReceived() && (!hasDelay || mustPass(row) || Math.abs(row.due() - row.sent() - delay) <= 1);
    }

    private static int count(List<Row> rows, Predicate<Row> condition) {
        return (int) rows.stream().filter(condition).count();
    }

    private Distribution of(List<Row> rows, Predicate<Row> condition, ToLongFunction<Row> units) {
        return Distribution.of(rows.stream()
                .filter(condition)
                .mapToLong(row -> Math.round(units.applyAsLong(row) * (1e9 / clockRate)))
                .toArray());
    }
}
