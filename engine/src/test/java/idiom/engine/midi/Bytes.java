package idiom.engine.midi;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/** Builds files byte by byte, so that a test states what is in them. */
final class Bytes {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    /** Bytes in hexadecimal, spaces between them. */
    static byte[] hex(String text) {
        Bytes bytes = new Bytes();
        for (String octet : text.trim().split("\\s+")) {
            if (!octet.isEmpty()) {
                bytes.out.write(Integer.parseInt(octet, 16));
            }
        }
        return bytes.out.toByteArray();
    }

    /** A file of one header and some tracks, each given by its events in hexadecimal. */
    static byte[] file(int format, int division, String... tracks) {
        Bytes bytes = new Bytes().header(format, tracks.length, division);
        for (String track : tracks) {
            bytes.chunk("MTrk", hex(track));
        }
        return bytes.all();
    }

    Bytes header(int format, int tracks, int division) {
        return text("MThd").u32(6).u16(format).u16(tracks).u16(division);
    }

    Bytes chunk(String id, byte[] body) {
        return text(id).u32(body.length).raw(body);
    }

    Bytes text(String text) {
        return raw(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    Bytes raw(byte[] bytes) {
        out.writeBytes(bytes);
        return this;
    }

    Bytes u32(long value) {
        return u16((int) (value >> 16)).u16((int) value);
    }

    Bytes u16(int value) {
        out.write(value >> 8);
        out.write(value);
        return this;
    }

    byte[] all() {
        return out.toByteArray();
    }
}
