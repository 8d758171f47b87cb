package idiom.app.bench;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Which message is which at the four places where messages are noted down. Those that are played all differ; what goes out may
 * have equals among what a network adds, which are told apart by their order.
 *
 * @param rows what was played, in that order
 * @param outs what the session handed over, in that order
 * @param doubledIn messages that the session saw and nobody played, or not so often
 * @param doubledOut messages that arrived and nobody handed over, or not so often
 */
record Matching(List<Row> rows, List<Row> outs, int doubledIn, int doubledOut) {
    Matching {
        rows = List.copyOf(rows);
        outs = List.copyOf(outs);
    }

    /**
     * What was noted down at the four places.
     *
     * @param sent what was played, and when in {@link MessageLog#at}
     * @param seen what the session saw
     * @param handed what it handed over
     * @param heard what arrived
     */
    record Logs(MessageLog sent, MessageLog seen, MessageLog handed, MessageLog heard) {}

    /**
     * Matches logs.
     *
     * @param longest time from sending to handing over; what comes later is another message of the same bytes
     * @param isThru whether what is played may arrive without being handed over
     */
    static Matching of(Logs logs, long longest, boolean isThru) {
        MessageLog sent = logs.sent();
        MessageLog handed = logs.handed();
        Places sights = new Places(logs.seen());
        Places arrivals = new Places(logs.heard());
        Map<Integer, Row> played = new HashMap<>();
        for (int i = 0; i < sent.size(); i++) {
            played.put(sent.message(i), played(sent, i, logs.seen(), sights.next(sent.message(i))));
        }
        List<Row> outs = new ArrayList<>();
        Map<Integer, Row> firstOuts = new HashMap<>();
        for (int i = 0; i < handed.size(); i++) {
            int message = handed.message(i);
            int arrival = arrivals.next(message);
            Row in = played.getOrDefault(message, Row.added(message));
            // A note that a network adds may happen to be one that is played another time.
            boolean isAnswer = in.isSent() && handed.at(i) >= in.seen() && handed.at(i) - in.sent() < longest;
            Row row = isAnswer ? in : Row.added(message);
            Row out = row.handedOver(
                    handed.at(i),
                    handed.stamp(i),
                    arrival < 0 ? Row.NEVER : logs.heard().stamp(arrival));
            outs.add(out);
            if (isAnswer) {
                firstOuts.putIfAbsent(message, out);
            }
        }
        List<Row> rows = new ArrayList<>();
        for (int i = 0; i < sent.size(); i++) {
            int message = sent.message(i);
            Row row = firstOuts.getOrDefault(message, played.getOrDefault(message, Row.added(message)));
            int arrival = isThru && !row.isHanded() ? arrivals.next(message) : -1;
            boolean passed = arrival >= 0 && logs.heard().stamp(arrival) - row.sent() < longest;
            rows.add(passed ? row.passed(logs.heard().stamp(arrival)) : row);
        }
        return new Matching(rows, outs, sights.left(), arrivals.left());
    }

    private static Row played(MessageLog sent, int index, MessageLog seen, int sight) {
        long stamp = sight < 0 ? Row.NEVER : seen.stamp(sight);
        long at = sight < 0 ? Row.NEVER : seen.at(sight);
        return new Row(sent.message(index), sent.at(index), stamp, at, Row.NEVER, Row.NEVER, Row.NEVER);
    }

    /** Where in a log each message stands, the first not yet taken first. */
    private static final class Places {
        private final Map<Integer, Deque<Integer>> byMessage = new HashMap<>();
        private int left;

        Places(MessageLog log) {
            for (int i = 0; i < log.size(); i++) {
                byMessage
                        .computeIfAbsent(log.message(i), message -> new ArrayDeque<>())
                        .add(i);
            }
            left = log.size();
        }

        /** The next place of a message, which is then taken; -1 if there is none. */
        int next(int message) {
            Deque<Integer> places = byMessage.get(message);
            Integer place = places == null ? null : places.poll();
            if (place == null) {
                return -1;
            }
            left--;
            return place;
        }

        int left() {
            return left;
        }
    }
}
