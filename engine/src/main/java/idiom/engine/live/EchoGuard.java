package idiom.engine.live;

/**
 * Notices when what leaves comes back in, through a patch or a DAW's routing, and says what to leave out. Proof is what the
 * generator added: a player may well play a note again that came out (a loop of four bars does it all the time), but never by
 * chance the added ones, each within a moment after it left, at the same velocity. Three of them in a row are a loop; one that
 * does not come back is none any more. [session]
 */
final class EchoGuard {
    private static final double PATIENCE_SECONDS = 0.05;
    private static final int SURE = 3;
    private static final int CAPACITY = 512;

    private final long[] dues = new long[CAPACITY];
    private final int[] messages = new int[CAPACITY];
    private final boolean[] areAdded = new boolean[CAPACITY];
    private final boolean[] cameBack = new boolean[CAPACITY];
    private final int[] leftOut = new int[SoundingNotes.KEYS];
    private final long patience;
    /** What left, oldest first; not masked. */
    private int first;

    private int end;
    private int evidence;

    /** A guard for times in units of a clock. */
    EchoGuard(long clockRate) {
        this.patience = Math.round(PATIENCE_SECONDS * clockRate);
    }

    /** A message was sent that leaves at a time. */
    void sent(long due, int message) {
        if (end - first == CAPACITY) {
            forgetFirst();
        }
        int place = end++ & CAPACITY - 1;
        dues[place] = due;
        messages[place] = message;
        areAdded[place] = false;
        cameBack[place] = false;
    }

    /** The message that was sent last begins a note that the generator added. */
    void sentAdded() {
        areAdded[end - 1 & CAPACITY - 1] = true;
    }

    /** Whether a message that came in is one that left, while there is a loop. */
    boolean isEcho(long time, int message) {
        while (end != first && dues[first & CAPACITY - 1] < time - patience) {
            forgetFirst();
        }
        int key = Message.key(message);
        boolean isBack = comesBack(time, message);
        if (Message.isNoteOff(message)) {
            // The off of a note that was left out, also where velocities or times differ.
            if (leftOut[key] > 0) {
                leftOut[key]--;
                return true;
            }
            return false;
        }
        boolean isEcho = isBack && isLoop();
        if (isEcho && Message.isNoteOn(message)) {
            leftOut[key]++;
        }
        return isEcho;
    }

    /** Whether what leaves comes back in. */
    boolean isLoop() {
        return evidence >= SURE;
    }

    private boolean comesBack(long time, int message) {
        for (int i = first; i != end; i++) {
            int place = i & CAPACITY - 1;
            if (messages[place] == message && !cameBack[place] && dues[place] <= time) {
                cameBack[place] = true;
                evidence += areAdded[place] ? 1 : 0;
                return true;
            }
        }
        return false;
    }

    private void forgetFirst() {
        int place = first++ & CAPACITY - 1;
        if (areAdded[place] && !cameBack[place]) {
            evidence = 0;
        }
    }
}
