package idiom.bridge.coremidi;

import idiom.engine.live.MidiHandler;

/**
 * Takes whole messages out of packets that have several, and puts SysEx together that is spread over several. A stream may be
 * the merger of several programs', so that messages of one may stand between the pieces of another's SysEx. Allocates nothing
 * after it was made; for one thread.
 */
final class PacketParser {
    /** Longest message that passes, in bytes. */
    static final int LONGEST = 32_768;

    private static final int SYSEX = 0xF0;
    private static final int SYSEX_END = 0xF7;
    private static final int REALTIME = 0xF8;
    /** No SysEx is under way. */
    private static final int NONE = -1;
    /** One is that was too long; the rest of it is waited for. */
    private static final int LOST = -2;

    private final byte[] sysex = new byte[LONGEST];
    private int sysexLength = NONE;

    /**
     * Takes a packet's data.
     *
     * @return how many messages were lost: cut off, without a beginning or an end, too long, or of no known kind
     */
    int parse(long time, byte[] bytes, int length, MidiHandler to) {
        int lost = 0;
        int at = 0;
        while (at < length) {
            int status = bytes[at] & 0xFF;
            if (status == SYSEX_END) {
                lost += finish(time, to);
                at++;
                continue;
            }
            int end = endOfData(bytes, at + 1, length);
            if (status < 0x80 || status == SYSEX) {
                lost += status == SYSEX ? begin() : 0;
                lost += goOn(bytes, at, end);
            } else if (status >= REALTIME) {
                to.onMidi(time, bytes, at, 1);
                end = at + 1; // What follows goes on with what was before.
            } else if (end - at >= length(status) && length(status) > 0) {
                to.onMidi(time, bytes, at, length(status));
                lost += end - at > length(status) ? 1 : 0;
            } else {
                lost++;
            }
            at = end;
        }
        return lost;
    }

    private static int endOfData(byte[] bytes, int from, int length) {
        int at = from;
        while (at < length && bytes[at] >= 0) {
            at++;
        }
        return at;
    }

    private int begin() {
        int lost = sysexLength >= 0 ? 1 : 0;
        sysexLength = 0;
        return lost;
    }

    /** Adds to the SysEx that is under way. */
    private int goOn(byte[] bytes, int from, int to) {
        if (sysexLength == LOST) {
            return 0;
        }
        // The end has to fit too.
        if (sysexLength == NONE || sysexLength + to - from >= LONGEST) {
            sysexLength = LOST;
            return 1;
        }
        System.arraycopy(bytes, from, sysex, sysexLength, to - from);
        sysexLength += to - from;
        return 0;
    }

    private int finish(long time, MidiHandler to) {
        int lost = sysexLength == NONE ? 1 : 0;
        if (sysexLength >= 0) {
            sysex[sysexLength] = (byte) SYSEX_END;
            to.onMidi(time, sysex, 0, sysexLength + 1);
        }
        sysexLength = NONE;
        return lost;
    }

    /** Length of a message by its status, in bytes; 0 for SysEx and where none is known. */
    static int length(int status) {
        return switch (status >> 4) {
            case 0x8, 0x9, 0xA, 0xB, 0xE -> 3;
            case 0xC, 0xD -> 2;
            case 0xF ->
                switch (status) {
                    case 0xF2 -> 3;
                    case 0xF1, 0xF3 -> 2;
                    case 0xF6 -> 1;
                    default -> status >= REALTIME ? 1 : 0;
                };
            default -> 0;
        };
    }
}
