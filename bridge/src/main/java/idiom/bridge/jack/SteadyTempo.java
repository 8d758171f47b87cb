package idiom.bridge.jack;

import static idiom.bridge.jack.RealtimeCalls.ADDRESS_SPACE;

/** A timebase master in 4/4 at one tempo: states bar, beat and tick for JACK's transport. */
final class SteadyTempo implements RealtimeCalls.TimebaseCallback {
    private static final int TICKS_PER_BEAT = 1920;
    private static final int BEATS_PER_BAR = 4;

    private final long rate;
    private final double beatsPerMinute;

    SteadyTempo(long rate, double beatsPerMinute) {
        if (!(beatsPerMinute >= 10 && beatsPerMinute <= 400)) {
            throw new IllegalArgumentException("beatsPerMinute must be in 10..400: beatsPerMinute=" + beatsPerMinute);
        }
        this.rate = rate;
        this.beatsPerMinute = beatsPerMinute;
    }

    @Override
    public void invoke(int state, int frames, long position, int isNewPosition, long arg) {
        long frame = Integer.toUnsignedLong(ADDRESS_SPACE.getInt(position + RealtimeCalls.POSITION_FRAME));
        double beats = frame * beatsPerMinute / (60.0 * rate);
        long beat = (long) beats;
        double tick = (beats - beat) * TICKS_PER_BEAT;
        long bar = beat / BEATS_PER_BAR;
        ADDRESS_SPACE.setInt(position + RealtimeCalls.POSITION_BAR, (int) bar + 1);
        ADDRESS_SPACE.setInt(position + RealtimeCalls.POSITION_BEAT, (int) (beat % BEATS_PER_BAR) + 1);
        ADDRESS_SPACE.setInt(position + RealtimeCalls.POSITION_TICK, (int) tick);
        ADDRESS_SPACE.setDouble(position + RealtimeCalls.POSITION_TICK_DOUBLE, tick);
        ADDRESS_SPACE.setDouble(
                position + RealtimeCalls.POSITION_BAR_START_TICK, (double) bar * BEATS_PER_BAR * TICKS_PER_BEAT);
        ADDRESS_SPACE.setFloat(position + RealtimeCalls.POSITION_BEATS_PER_BAR, BEATS_PER_BAR);
        ADDRESS_SPACE.setFloat(position + RealtimeCalls.POSITION_BEAT_TYPE, 4);
        ADDRESS_SPACE.setDouble(position + RealtimeCalls.POSITION_TICKS_PER_BEAT, TICKS_PER_BEAT);
        ADDRESS_SPACE.setDouble(position + RealtimeCalls.POSITION_BEATS_PER_MINUTE, beatsPerMinute);
        ADDRESS_SPACE.setInt(
                position + RealtimeCalls.POSITION_VALID, RealtimeCalls.VALID_BBT | RealtimeCalls.VALID_TICK_DOUBLE);
    }
}
