package idiom.bridge.qemu;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.HexFormat;
import java.util.List;

/** Messages for a guest to play: in hexadecimal digits, and as a Standard MIDI File. */
public final class MusicFile {
    private MusicFile() {}

    /** A SysEx of so many bytes, the status and the end counted. */
    public static String sysex(int length) {
        StringBuilder result = new StringBuilder("f0");
        for (int i = 0; i < length - 2; i++) {
            result.append(String.format("%02x", i * 11 & 0x7F));
        }
        return result.append("f7").toString();
    }

    /** A note-on or note-off every 10 ms, other messages between. 500 ticks a quarter at 120 a minute: a tick is a millisecond. */
    static byte[] of(List<String> messages) {
        ByteArrayOutputStream track = new ByteArrayOutputStream();
        for (String message : messages) {
            byte[] bytes = HexFormat.of().parseHex(message);
            boolean isNote = (bytes[0] & 0xE0) == 0x80;
            track.write(isNote ? 10 : 0);
            track.write(bytes[0]);
            if (message.startsWith("f0")) {
                track.write((bytes.length - 1) >> 7 | 0x80);
                track.write((bytes.length - 1) & 0x7F);
            }
            track.write(bytes, 1, bytes.length - 1);
        }
        track.writeBytes(new byte[] {0, (byte) 0xFF, 0x2F, 0});
        return ByteBuffer.allocate(22 + track.size())
                .put("MThd".getBytes(US_ASCII))
                .putInt(6)
                .putShort((short) 0)
                .putShort((short) 1)
                .putShort((short) 500)
                .put("MTrk".getBytes(US_ASCII))
                .putInt(track.size())
                .put(track.toByteArray())
                .array();
    }
}
