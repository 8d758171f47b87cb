package idiom.engine.live;

/** Hears how a passage of a song begins, before it is played. [session] */
@FunctionalInterface
public interface PassageHandler {
    /**
     * A note begins or ends. Those of one passage come in no order, but each begins before it ends.
     *
     * @param step song position
     * @param message its bytes, the status in the lowest
     */
    void onMessage(double step, int message);
}
