package idiom.bridge.jack;

import com.sun.jna.Memory;
import com.sun.jna.Pointer;
import idiom.bridge.queue.TransportCell;

/**
 * Reads JACK's transport in each period. [process]
 *
 * <p>The song position is counted from bar, beat and tick as if the metre had been the current one from the start, since that
 * is what every timebase master states ({@code bar_start_tick} is 0 or wrong in some). Without bar and beat the transport is
 * unknown: frames alone say nothing about the grid. While somebody locates, bar and beat are missing for a period or two;
 * what was last known is kept for a tenth of a second.
 */
final class TransportReader {
    private static final int ROLLING = 1;
    private static final int LOOPING = 2;

    private final Memory position = RealtimeCalls.zeroed(RealtimeCalls.POSITION_BYTES);
    private final long address = Pointer.nativeValue(position);
    private final TransportCell cell;
    private final long patience;
    private long known;
    private boolean isKnown;

    TransportReader(TransportCell cell, long rate) {
        this.cell = cell;
        this.patience = rate / 10;
    }

    /** Reads it as of the period that starts at {@code start} on the device's clock. */
    void read(long client, long start) {
        int state = RealtimeCalls.jack_transport_query(client, address);
        if (!publish(state, start) && isKnown && start - known > patience) {
            isKnown = false;
            cell.clear();
        }
    }

    private boolean publish(int state, long start) {
        int valid = position.getInt(RealtimeCalls.POSITION_VALID);
        float beatsPerBar = position.getFloat(RealtimeCalls.POSITION_BEATS_PER_BAR);
        float beatType = position.getFloat(RealtimeCalls.POSITION_BEAT_TYPE);
        double ticksPerBeat = position.getDouble(RealtimeCalls.POSITION_TICKS_PER_BEAT);
        double beatsPerMinute = position.getDouble(RealtimeCalls.POSITION_BEATS_PER_MINUTE);
        if ((valid & RealtimeCalls.VALID_BBT) == 0
                || !(beatsPerBar > 0 && beatType > 0 && ticksPerBeat > 0 && beatsPerMinute > 0)) {
            return false;
        }
        double tick = (valid & RealtimeCalls.VALID_TICK_DOUBLE) != 0
                ? position.getDouble(RealtimeCalls.POSITION_TICK_DOUBLE)
                : position.getInt(RealtimeCalls.POSITION_TICK);
        double beats = (position.getInt(RealtimeCalls.POSITION_BAR) - 1) * (double) beatsPerBar
                + position.getInt(RealtimeCalls.POSITION_BEAT)
                - 1
                + tick / ticksPerBeat;
        long before = (valid & RealtimeCalls.VALID_BBT_OFFSET) != 0
                ? Integer.toUnsignedLong(position.getInt(RealtimeCalls.POSITION_BBT_OFFSET))
                : 0;
        double stepsPerBeat = 16.0 / beatType;
        boolean rolling = state == ROLLING || state == LOOPING;
        cell.set(rolling, start - before, beats * stepsPerBeat, beatsPerMinute / 60 * stepsPerBeat);
        isKnown = true;
        known = start;
        return true;
    }
}
