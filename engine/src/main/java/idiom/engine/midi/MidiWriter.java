package idiom.engine.midi;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.UUID;

/** Writes Standard MIDI Files: sizes first, then one array filled once. */
final class MidiWriter {
    private static final int CHUNK_HEADER_BYTES = 8;
    private static final int HEADER_BYTES = 6;

    private final byte[] bytes;
    private int position;

    private MidiWriter(int size) {
        bytes = new byte[size];
    }

    static byte[] bytes(MidiFile file) {
        long size = CHUNK_HEADER_BYTES + HEADER_BYTES;
        for (MidiTrack track : file.tracks()) {
            size += CHUNK_HEADER_BYTES + bodyBytes(track);
        }
        MidiWriter writer = new MidiWriter(Math.toIntExact(size));
        writer.header(file);
        for (MidiTrack track : file.tracks()) {
            writer.track(track);
        }
        return writer.bytes;
    }

    /** Writes under a temporary name beside the target, then moves into place. */
    static void write(byte[] bytes, Path target, boolean overwrite) throws IOException {
        if (!overwrite && Files.exists(target, LinkOption.NOFOLLOW_LINKS)) {
            throw new FileAlreadyExistsException(
                    target.toString(), null, "already exists; choose another name or allow overwriting");
        }
        // Not createTempFile: its files are private to the owner, and would stay so.
        Path temporary = target.resolveSibling("." + target.getFileName() + "." + UUID.randomUUID() + ".tmp");
        try {
            Files.write(temporary, bytes, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
            move(temporary, target, overwrite);
        } finally {
            Files.deleteIfExists(temporary);
        }
    }

    private static void move(Path temporary, Path target, boolean overwrite) throws IOException {
        if (!overwrite) {
            // An atomic move would replace a file that came up since the check.
            Files.move(temporary, target);
            return;
        }
        try {
            Files.move(temporary, target, StandardCopyOption.ATOMIC_MOVE);
        } catch (AtomicMoveNotSupportedException e) {
            Files.move(temporary, target, StandardCopyOption.REPLACE_EXISTING);
        }
    }

    private static long bodyBytes(MidiTrack track) {
        long size = 0;
        long tick = 0;
        for (MidiEvent event : track.events()) {
            size += vlqBytes((int) (event.tick() - tick)) + messageBytes(event.message());
            tick = event.tick();
        }
        return size;
    }

    private static long messageBytes(MidiMessage message) {
        if (message instanceof ChannelMessage channel) {
            return 1L + ChannelMessage.dataBytes(channel.status());
        }
        if (message instanceof MetaMessage meta) {
            return 2L + vlqBytes(meta.length()) + meta.length();
        }
        SysExMessage sysEx = (SysExMessage) message;
        return 1L + vlqBytes(sysEx.length()) + sysEx.length();
    }

    private static int vlqBytes(int value) {
        return value < 1 << 7 ? 1 : value < 1 << 14 ? 2 : value < 1 << 21 ? 3 : 4;
    }

    private void header(MidiFile file) {
        chunk("MThd", HEADER_BYTES);
        u16(file.format());
        u16(file.tracks().size());
        if (file.division() instanceof SmpteDivision smpte) {
            u8(-smpte.frames());
            u8(smpte.ticksPerFrame());
        } else {
            u16(((TicksPerQuarter) file.division()).ticks());
        }
    }

    private void track(MidiTrack track) {
        chunk("MTrk", Math.toIntExact(bodyBytes(track)));
        long tick = 0;
        for (MidiEvent event : track.events()) {
            vlq((int) (event.tick() - tick));
            message(event.message());
            tick = event.tick();
        }
    }

    private void message(MidiMessage message) {
        if (message instanceof ChannelMessage channel) {
            u8(channel.status());
            u8(channel.data1());
            if (ChannelMessage.dataBytes(channel.status()) == 2) {
                u8(channel.data2());
            }
        } else if (message instanceof MetaMessage meta) {
            u8(0xFF);
            u8(meta.type());
            vlq(meta.length());
            meta.copyTo(bytes, position);
            position += meta.length();
        } else if (message instanceof SysExMessage sysEx) {
            u8(sysEx.status());
            vlq(sysEx.length());
            sysEx.copyTo(bytes, position);
            position += sysEx.length();
        }
    }

    private void chunk(String id, int length) {
        for (byte letter : id.getBytes(StandardCharsets.US_ASCII)) {
            u8(letter);
        }
        u16(length >>> 16);
        u16(length);
    }

    private void vlq(int value) {
        for (int shift = 7 * (vlqBytes(value) - 1); shift > 0; shift -= 7) {
            u8(((value >> shift) & 0x7F) | 0x80);
        }
        u8(value & 0x7F);
    }

    private void u16(int value) {
        u8(value >>> 8);
        u8(value);
    }

    private void u8(int value) {
        bytes[position++] = (byte) value;
    }
}
