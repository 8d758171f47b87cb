package idiom.bridge.jack;

/**
 * What {@link idiom.bridge.Device.Counts} has no word for.
 *
 * @param droppedOut messages to be sent that were too long, or in flight when the server went, or sent while there was none
 * @param deferred times a port's buffer was full, so that messages had to wait for the next period
 * @param xruns times the server was late, as it says
 * @param failures process callbacks that ended in an exception: a bug
 * @param meanCallbackNs the mean process callback so far, in nanoseconds
 * @param longestCallbackNs the longest process callback so far, in nanoseconds
 */
public record JackCounts(
        long droppedOut, long deferred, long xruns, long failures, long meanCallbackNs, long longestCallbackNs) {}
