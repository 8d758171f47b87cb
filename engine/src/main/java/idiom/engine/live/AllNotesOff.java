package idiom.engine.live;

/**
 * Ends everything that sounds: an off for each note first, then CC 64 = 0, 123 and 120 on each channel that was used. Goes on
 * where it was when the sink had no room. [session]
 */
final class AllNotesOff {
    /** Sends one message; false if there is no room. */
    interface Sender {
        boolean send(long due, int message);
    }

    private static final int[] CONTROLLERS = {Message.SUSTAIN, Message.ALL_NOTES_OFF, Message.ALL_SOUND_OFF};
    private static final int END = SoundingNotes.KEYS + 16 * CONTROLLERS.length;

    private final SoundingNotes sounding;
    private final Sender sender;
    private int channelsUsed;
    private int channelsEverUsed;
    /** Offs that were sent when the port was lost, and may not have arrived. */
    private final int[] unsure = new int[SoundingNotes.KEYS];

    private boolean isLost;
    /** Whether what is being ended was begun before the loss, and so was heard. */
    private boolean remembers;
    /** Whether a loss is still being made good: all that sounds was begun in it, and was never heard. */
    private boolean isMending;
    /** Keys first, then controllers of channels. */
    private int next = END;

    AllNotesOff(SoundingNotes sounding, Sender sender) {
        this.sounding = sounding;
        this.sender = sender;
    }

    /** Something was sent on a channel. */
    void uses(int channel) {
        channelsUsed |= 1 << channel;
        channelsEverUsed |= 1 << channel;
    }

    void begin() {
        remembers &= !isDone();
        next = 0;
    }

    /** The same when the port is lost: remembers what it sends. */
    void beginAtLoss() {
        isLost = true;
        remembers = !isMending;
        next = 0;
    }

    /** The same when it is back: what was sent at the loss is sent again, and all channels are ended that were ever used. */
    void beginAfterLoss() {
        isLost = false;
        remembers = false;
        isMending = true;
        channelsUsed = channelsEverUsed;
        next = 0;
    }

    /** Somebody else has ended everything. */
    void wasDone() {
        for (int key = 0; key < SoundingNotes.KEYS; key++) {
            while (sounding.open(key) > 0) {
                sounding.endOne(key);
            }
            unsure[key] = 0;
        }
        channelsUsed = 0;
        remembers = false;
        isMending = false;
        next = END;
    }

    boolean isDone() {
        return next == END;
    }

    /** Sends as much as there is room for; whether that was all. */
    boolean goOn(long due) {
        for (; next < SoundingNotes.KEYS; next++) {
            while (sounding.open(next) > 0) {
                if (!sender.send(due, Message.offFor(next))) {
                    return false;
                }
                sounding.endOne(next);
                unsure[next] += remembers ? 1 : 0;
            }
            while (!isLost && unsure[next] > 0) {
                if (!sender.send(due, Message.offFor(next))) {
                    return false;
                }
                unsure[next]--;
            }
        }
        for (; next < END; next++) {
            int channel = (next - SoundingNotes.KEYS) / CONTROLLERS.length;
            int controller = CONTROLLERS[(next - SoundingNotes.KEYS) % CONTROLLERS.length];
            if ((channelsUsed & 1 << channel) != 0
                    && !sender.send(due, Message.of(Message.CONTROL | channel, controller, 0))) {
                return false;
            }
        }
        channelsUsed = 0;
        isMending = false;
        return true;
    }
}
