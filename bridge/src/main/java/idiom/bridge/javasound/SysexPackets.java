package idiom.bridge.javasound;

/**
 * Puts SysEx together from the packets of javax.sound.midi: the first begins with F0, each further one with an F7 that is not
 * part of the message, the last ends with F7. What else comes in between, from whoever shares the port, ends nothing. Allocates
 * nothing after it was made; for one thread.
 */
final class SysexPackets {
    private static final byte BEGIN = (byte) 0xF0;
    private static final byte END = (byte) 0xF7;

    private final byte[] message;
    private int length;
    private int wholeLength;
    /** Whether the rest of a message is only waited for. */
    private boolean isLost;

    private int lost;

    /** @param longest how long a message may be, in bytes */
    SysexPackets(int longest) {
        message = new byte[longest];
    }

    /** Takes a packet; returns whether {@link #message} is whole now, until the next call. */
    boolean add(byte[] packet) {
        if (packet.length == 0) {
            return false;
        }
        if (packet[0] == BEGIN) {
            begin();
            return append(packet, 0);
        }
        if (length == 0 && !isLost) {
            if (packet.length == 1) {
                return false; // An end of nothing: some devices say so to be sure.
            }
            lose();
        }
        return append(packet, packet.length == 1 ? 0 : 1);
    }

    private void begin() {
        if (length > 0) {
            lost++;
        }
        length = 0;
        isLost = false;
    }

    private void lose() {
        isLost = true;
        length = 0;
        lost++;
    }

    private boolean append(byte[] packet, int from) {
        for (int i = from; i < packet.length; i++) {
            if (!isLost && length == message.length) {
                lose();
            }
            if (!isLost) {
                message[length++] = packet[i];
            }
            if (packet[i] == END) {
                return end();
            }
        }
        return false;
    }

    private boolean end() {
        boolean isWhole = !isLost;
        isLost = false;
        wholeLength = length;
        length = 0;
        return isWhole;
    }

    /** Holds the message, from its beginning. */
    byte[] message() {
        return message;
    }

    /** Its length in bytes. */
    int messageLength() {
        return wholeLength;
    }

    /** How many messages, since this was asked last, turned out never to become whole. */
    int lost() {
        int result = lost;
        lost = 0;
        return result;
    }
}
