package idiom.bridge.alsa;

import java.util.Arrays;
import org.agrona.DirectBuffer;

/**
 * Puts SysEx together that arrives in pieces, as it does from hardware, also when several senders are at it at once.
 * Allocates nothing after it was made; for one thread.
 */
final class SysexAssembly {
    /** How many messages can be under way at once; one more crowds out another. */
    static final int SENDERS = 4;

    private static final int NOBODY = -1;
    /** Length of a message that is lost, and whose rest is only waited for. */
    private static final int LOST = -1;

    private final byte[][] bytes = new byte[SENDERS][SeqEvent.MAX_SYSEX];
    private final int[] lengths = new int[SENDERS];
    private final int[] senders = new int[SENDERS];
    private int crowdedOutNext;
    private int whole;
    private int lost;

    SysexAssembly() {
        Arrays.fill(senders, NOBODY);
    }

    /**
     * Takes a piece.
     *
     * @param sender not negative
     * @return whether it was the last, so that {@link #message} is whole until the next call
     */
    boolean add(int sender, DirectBuffer piece, int length) {
        if (length == 0) {
            return false;
        }
        boolean begins = (piece.getByte(0) & 0xFF) == 0xF0;
        int slot = slotOf(sender);
        if (slot < 0) {
            slot = claim(sender);
            lengths[slot] = 0;
            if (!begins) {
                lose(slot);
            }
        } else if (begins) {
            lose(slot);
            lengths[slot] = 0;
        }
        if (lengths[slot] != LOST) {
            if (lengths[slot] + length > SeqEvent.MAX_SYSEX) {
                lose(slot);
            } else {
                piece.getBytes(0, bytes[slot], lengths[slot], length);
                lengths[slot] += length;
            }
        }
        if ((piece.getByte(length - 1) & 0xFF) != 0xF7) {
            return false;
        }
        senders[slot] = NOBODY;
        whole = slot;
        return lengths[slot] != LOST;
    }

    /** Holds the message, from its beginning. */
    byte[] message() {
        return bytes[whole];
    }

    /** Its length in bytes. */
    int messageLength() {
        return lengths[whole];
    }

    /**
     * How many messages, since this was asked last, turned out never to become whole: too long, without a beginning or an
     * end, or crowded out.
     */
    int lost() {
        int result = lost;
        lost = 0;
        return result;
    }

    private void lose(int slot) {
        if (lengths[slot] != LOST) {
            lengths[slot] = LOST;
            lost++;
        }
    }

    private int claim(int sender) {
        int slot = slotOf(NOBODY);
        if (slot < 0) {
            slot = crowdedOutNext;
            crowdedOutNext = (crowdedOutNext + 1) % SENDERS;
            lose(slot);
        }
        senders[slot] = sender;
        return slot;
    }

    private int slotOf(int sender) {
        for (int i = 0; i < SENDERS; i++) {
            if (senders[i] == sender) {
                return i;
            }
        }
        return -1;
    }
}
