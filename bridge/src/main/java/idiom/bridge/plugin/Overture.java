package idiom.bridge.plugin;

import idiom.engine.live.PassageHandler;

/**
 * How a passage of a song begins that is played from memory. The plugin keeps it, so that it is there in the block in which the song
 * jumps to it; see docs/plugin-protocol.md. [session]
 */
public final class Overture implements PassageHandler {
    private static final int NOTE_ON = 0x90;
    private static final int NOTE_OFF = 0x80;
    private static final int CENTRE = 64;
    /** A note so much before a step belongs to it. */
    private static final double EARLY = 1 / 64.0;

    /** Of one formula on two machines' doubles. */
    private static final long SAME_FRAMES = 1;

    private final double[] steps = new double[Layout.OVERTURE_MESSAGES];
    private final int[] messages = new int[Layout.OVERTURE_MESSAGES];
    private final long[] frames = new long[Layout.OVERTURE_MESSAGES];
    private final boolean[] isAnswered = new boolean[Layout.OVERTURE_MESSAGES];
    private double step;
    private int count;
    private int serial;
    private long from;

    /** Begins anew, with nothing, at a position of the song. */
    public void begin(double newStep) {
        step = newStep;
        count = 0;
    }

    /** Adds a message, in the order of steps; what has no room is answered as it would be without an overture. */
    @Override
    public void onMessage(double at, int message) {
        if (count == messages.length) {
            return;
        }
        int place = count++;
        for (; place > 0 && at < steps[place - 1]; place--) {
            steps[place] = steps[place - 1];
            messages[place] = messages[place - 1];
        }
        steps[place] = at;
        messages[place] = message;
    }

    private static boolean isOn(int message) {
        return (message & 0xF0) == NOTE_ON && message >>> 16 != 0;
    }

    /** Whether it says the same as another one. */
    public boolean isSame(Overture other) {
        boolean same = count == other.count && (step == other.step || count == 0);
        for (int i = 0; same && i < count; i++) {
            same = steps[i] == other.steps[i] && messages[i] == other.messages[i];
        }
        return same;
    }

    /** Says from now on what another one says. */
    void copy(Overture other) {
        step = other.step;
        count = other.count;
        serial = other.serial;
        System.arraycopy(other.steps, 0, steps, 0, count);
        System.arraycopy(other.messages, 0, messages, 0, count);
    }

    void serial(int newSerial) {
        serial = newSerial;
    }

    /** 1 to 65535; 0 as long as no plugin has it, or if there is nothing to be played. */
    int serial() {
        return serial;
    }

    int count() {
        return count;
    }

    double step() {
        return step;
    }

    double step(int index) {
        return steps[index];
    }

    int message(int index) {
        return messages[index];
    }

    /** The plugin plays it, from a position on that it reached at a frame. */
    void play(long frame, double at, double framesPerStep) {
        from = frame;
        for (int i = 0; i < count; i++) {
            frames[i] = frame + Math.max(0, Math.round((steps[i] - at) * framesPerStep));
            // What is over by then the plugin leaves out.
            isAnswered[i] = steps[i] + EARLY < at;
        }
    }

    /** When the last of it is due, once it is played. */
    long end() {
        return count == 0 ? Long.MIN_VALUE : frames[count - 1];
    }

    /** Whether the plugin plays a message by itself that is due at a frame; what is due before it began is due then. */
    boolean plays(long due, int message) {
        long frame = Math.max(due, from);
        for (int i = 0; i < count; i++) {
            if (!isAnswered[i] && messages[i] == message && Math.abs(frames[i] - frame) <= SAME_FRAMES) {
                isAnswered[i] = true;
                return true;
            }
        }
        return false;
    }

    /** The next note that the plugin has begun though it is not in the answer, as a note-off; 0 if there is none. */
    int nextUnanswered() {
        for (int i = 0; i < count; i++) {
            if (!isAnswered[i] && isOn(messages[i])) {
                isAnswered[i] = true;
                return NOTE_OFF | (messages[i] & 0x0F) | (messages[i] & 0xFF00) | (CENTRE << 16);
            }
        }
        return 0;
    }
}
