package idiom.bridge.javasound;

/**
 * From the time stamps of one input, microseconds since some moment, to the times of this machine's clock.
 *
 * <p>Nobody says reliably when that moment was: Windows counts milliseconds from when the port was started, macOS from when
 * the computer was. So it is learnt. A message never arrives before it was sent; the shortest way that was ever seen is the
 * origin, and what took longer is dated back. The origin may creep by a four-thousandth of the time that goes by, since
 * the two clocks do not run alike. Stamps that make no sense (-1: none; in the future; much too old) give way to the time
 * of arrival. Allocates nothing; for one thread.
 */
final class StampClock {
    private static final long OLDEST_NS = 200_000_000;
    private static final int CREEP_SHIFT = 12;

    private long originNs;
    private boolean isOriginKnown;
    private long arrivedNs;
    private long latestNs = Long.MIN_VALUE;

    /**
     * When a message was sent: not after its arrival, not before the one before.
     *
     * @param stampMicros what javax.sound.midi says
     * @param nowNs when it arrived
     */
    long time(long stampMicros, long nowNs) {
        latestNs = Math.max(latestNs, stampMicros > 0 ? dated(stampMicros * 1000, nowNs) : nowNs);
        return latestNs;
    }

    private long dated(long stampNs, long nowNs) {
        long seenNs = nowNs - stampNs;
        originNs += (nowNs - arrivedNs) >> CREEP_SHIFT;
        arrivedNs = nowNs;
        if (!isOriginKnown || seenNs - originNs < 0 || seenNs - originNs > OLDEST_NS) {
            originNs = seenNs;
            isOriginKnown = true;
        }
        return stampNs + originNs;
    }
}
