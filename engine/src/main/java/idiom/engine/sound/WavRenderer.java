package idiom.engine.sound;

import idiom.engine.midi.MidiFile;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import javax.sound.sampled.AudioFormat;
import org.jspecify.annotations.Nullable;

/**
 * Renders MIDI files to WAV: 44.1 kHz, stereo, 16 bit, with a tail of 2 s for what still rings. The pieces of a format 2
 * file follow each other. Louder than full scale is turned down as a whole; softer stays as it is.
 *
 * <p>Memory does not grow with the piece: the sound goes through a temporary file of twice the size of the result,
 * beside it. Stateless; [any].
 */
public final class WavRenderer {
    /** Frames a second. */
    public static final int SAMPLE_RATE = 44_100;
    /** Longest piece that is rendered, in seconds: keeps a stray event far out from filling the disk. */
    public static final int MAX_SECONDS = 3600;

    private static final int CHANNELS = 2;
    private static final long TAIL_US = 2_000_000;
    private static final int BLOCK_FRAMES = SAMPLE_RATE / 50;
    private static final int BLOCK_SAMPLES = BLOCK_FRAMES * CHANNELS;
    private static final AudioFormat FLOATS = new AudioFormat(
            AudioFormat.Encoding.PCM_FLOAT, SAMPLE_RATE, 32, CHANNELS, 4 * CHANNELS, SAMPLE_RATE, false);

    private WavRenderer() {}

    /**
     * Renders a file.
     *
     * @param soundfont an SF2 file; null: the system's default bank or the JDK's built-in one
     * @param overwrite whether {@code target} may be replaced
     * @return frames written
     * @throws SoundException if there is no synthesiser, the soundfont is not one, or the piece is too long
     * @throws FileAlreadyExistsException if there is one already and {@code overwrite} is false
     * @throws IOException if {@code target} cannot be written; it is then as it was
     */
    public static long render(MidiFile file, Path target, @Nullable Path soundfont, boolean overwrite)
            throws IOException {
        if (!overwrite && Files.exists(target)) {
            throw new FileAlreadyExistsException(target.toString());
        }
        List<EventStream> pieces =
                file.sequences().stream().map(EventStream::new).toList();
        long lengthUs =
                TAIL_US + pieces.stream().mapToLong(EventStream::lengthUs).sum();
        if (lengthUs > MAX_SECONDS * 1_000_000L) {
            throw new SoundException(
                    "a piece must last at most " + MAX_SECONDS + " s to be rendered: seconds=" + lengthUs / 1_000_000);
        }
        long frames = (lengthUs * SAMPLE_RATE + 999_999) / 1_000_000;
        Path floats = sibling(target, ".float.tmp");
        Path whole = sibling(target, ".wav.tmp");
        try {
            float peak = synthesise(pieces, frames, floats, soundfont);
            quantise(floats, frames, peak > 1 ? 1 / peak : 1, whole);
            Files.move(whole, target, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(floats);
            Files.deleteIfExists(whole);
        }
        return frames;
    }

    private static Path sibling(Path target, String suffix) {
        return target.resolveSibling(
                "." + target.getFileName() + "." + ProcessHandle.current().pid() + suffix);
    }

    /** Writes all frames as floats; returns the largest magnitude. */
    private static float synthesise(List<EventStream> pieces, long frames, Path floats, @Nullable Path soundfont)
            throws IOException {
        float peak = 0;
        byte[] block = new byte[BLOCK_SAMPLES * Float.BYTES];
        ByteBuffer samples = ByteBuffer.wrap(block).order(ByteOrder.LITTLE_ENDIAN);
        try (SoftSynth synth = SoftSynth.open(FLOATS, soundfont);
                OutputStream out = Files.newOutputStream(floats)) {
            int piece = 0;
            long pieceStartUs = 0;
            for (long frame = 0; frame < frames; frame += BLOCK_FRAMES) {
                long blockEndUs = (frame + BLOCK_FRAMES) * 1_000_000 / SAMPLE_RATE;
                while (piece < pieces.size()) {
                    EventStream events = pieces.get(piece);
                    while (events.hasNext() && pieceStartUs + events.nextUs() < blockEndUs) {
                        long dueUs = pieceStartUs + events.nextUs();
                        synth.send(events.take(), dueUs);
                    }
                    if (events.hasNext()) {
                        break;
                    }
                    pieceStartUs += events.lengthUs();
                    piece++;
                }
                synth.read(block);
                for (int i = 0; i < BLOCK_SAMPLES; i++) {
                    peak = Math.max(peak, Math.abs(samples.getFloat(i * Float.BYTES)));
                }
                out.write(block);
            }
        }
        return peak;
    }

    private static void quantise(Path floats, long frames, float gain, Path target) throws IOException {
        try (InputStream in = new BufferedInputStream(Files.newInputStream(floats), 1 << 16);
                OutputStream out = new BufferedOutputStream(Files.newOutputStream(target), 1 << 16)) {
            out.write(header(frames));
            byte[] block = new byte[BLOCK_SAMPLES * Float.BYTES];
            ByteBuffer samples = ByteBuffer.wrap(block).order(ByteOrder.LITTLE_ENDIAN);
            ByteBuffer shorts = ByteBuffer.allocate(BLOCK_SAMPLES * Short.BYTES).order(ByteOrder.LITTLE_ENDIAN);
            for (long left = frames; left > 0; left -= BLOCK_FRAMES) {
                int count = (int) Math.min(left, BLOCK_FRAMES) * CHANNELS;
                in.readNBytes(block, 0, block.length);
                shorts.clear();
                for (int i = 0; i < count; i++) {
                    float sample = samples.getFloat(i * Float.BYTES) * gain;
                    shorts.putShort((short) Math.round(Math.max(-1f, Math.min(1f, sample)) * Short.MAX_VALUE));
                }
                out.write(shorts.array(), 0, shorts.position());
            }
        }
    }

    /** The 44 bytes before the samples: RIFF, format (PCM), data. */
    private static byte[] header(long frames) {
        int bytesPerFrame = CHANNELS * Short.BYTES;
        int dataBytes = (int) (frames * bytesPerFrame);
        ByteBuffer header = ByteBuffer.allocate(44).order(ByteOrder.LITTLE_ENDIAN);
        header.put(ascii("RIFF")).putInt(36 + dataBytes).put(ascii("WAVE"));
        header.put(ascii("fmt ")).putInt(16).putShort((short) 1).putShort((short) CHANNELS);
        header.putInt(SAMPLE_RATE).putInt(SAMPLE_RATE * bytesPerFrame);
        header.putShort((short) bytesPerFrame).putShort((short) Short.SIZE);
        header.put(ascii("data")).putInt(dataBytes);
        return header.array();
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
