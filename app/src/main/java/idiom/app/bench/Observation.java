package idiom.app.bench;

import java.util.Map;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/**
 * What is found out about a session while it plays, beside its messages.
 *
 * @param counts of what went wrong
 * @param standstills when periods were missed
 * @param allocatedBytes by thread, after the warm-up: a message, and for the thread "inference" a window
 * @param network times of the network's calls
 * @param comparison with bare calls, if there was one
 * @param busy processes that kept the machine busy to the end
 * @param stolenShare of the processors' time that the host of a virtual machine kept for itself; empty where it isn't known
 */
record Observation(
        Counts counts,
        Standstills standstills,
        Map<String, Double> allocatedBytes,
        Distribution network,
        @Nullable Comparison comparison,
        int busy,
        OptionalDouble stolenShare) {
    Observation {
        allocatedBytes = Map.copyOf(allocatedBytes);
    }

    /**
     * How much there was of what should not be.
     *
     * @param windows answered in time
     * @param lateWindows passed through unchanged because no answer came in time
     * @param portLate messages that the port let go after their due time
     * @param dropped messages for which there was no room
     * @param playerLate messages that were played later than they say
     * @param missedPeriods periods that JACK's server or its clients missed; what was to leave in one leaves later, or never
     */
    record Counts(long windows, long lateWindows, long portLate, long dropped, long playerLate, long missedPeriods) {}

    /**
     * The network in the session beside bare calls of ONNX Runtime on the same windows, in turn.
     *
     * @param session times of the session's calls
     * @param bare times of the bare ones
     */
    record Comparison(Distribution session, Distribution bare) {
        /** Median over median. */
        double ratio() {
            return session.percentileMs(50) / bare.percentileMs(50);
        }
    }
}
