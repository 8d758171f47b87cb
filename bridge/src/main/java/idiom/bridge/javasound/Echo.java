package idiom.bridge.javasound;

/**
 * Finds out whether what is sent to one port comes back from another, as it does where both are the two sides of one port of
 * loopMIDI: sends a SysEx of nobody's (manufacturer 7D) and listens for it.
 */
final class Echo {
    private static final byte[] BEGINNING = {(byte) 0xF0, 0x7D, 'I', 'd', 'i', 'o', 'm'};
    private static final int NUMBER_BYTES = 5;

    private final byte[] call = new byte[BEGINNING.length + NUMBER_BYTES + 1];
    private volatile boolean isHeard;

    /** @param number tells it from the call of another device or process */
    Echo(long number) {
        System.arraycopy(BEGINNING, 0, call, 0, BEGINNING.length);
        for (int i = 0; i < NUMBER_BYTES; i++) {
            call[BEGINNING.length + i] = (byte) ((number >> (7 * i)) & 0x7F);
        }
        call[call.length - 1] = (byte) 0xF7;
    }

    /** What to send. */
    byte[] call() {
        return call.clone();
    }

    /** Looks at a SysEx that came in; returns whether it is the call. [midi-in] */
    boolean isCall(byte[] message, int length) {
        if (length != call.length) {
            return false;
        }
        for (int i = 0; i < length; i++) {
            if (message[i] != call[i]) {
                return false;
            }
        }
        isHeard = true;
        return true;
    }

    /** Whether the call came back. [any] */
    boolean isHeard() {
        return isHeard;
    }
}
