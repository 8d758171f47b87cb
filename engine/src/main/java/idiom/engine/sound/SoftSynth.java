package idiom.engine.sound;

import idiom.engine.midi.ChannelMessage;
import idiom.engine.midi.MidiMessage;
import idiom.engine.midi.SysExMessage;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.logging.Level;
import java.util.logging.Logger;
import javax.sound.midi.InvalidMidiDataException;
import javax.sound.midi.MidiSystem;
import javax.sound.midi.MidiUnavailableException;
import javax.sound.midi.Receiver;
import javax.sound.midi.ShortMessage;
import javax.sound.midi.Soundbank;
import javax.sound.midi.Synthesizer;
import javax.sound.midi.SysexMessage;
import javax.sound.sampled.AudioFormat;
import javax.sound.sampled.AudioInputStream;
import org.jspecify.annotations.Nullable;

/**
 * The JDK's synthesiser (Gervill), read as a stream instead of played. Its streaming interface is not a public one: the
 * jar's manifest, or {@code --add-exports java.desktop/com.sun.media.sound=ALL-UNNAMED}, opens the door. One thread.
 */
final class SoftSynth implements AutoCloseable {
    private static final String STREAMING = "com.sun.media.sound.AudioSynthesizer";
    /** Held, because loggers nobody holds forget their level: the synthesiser's settings greet every new user there. */
    private static final Logger PREFERENCES = Logger.getLogger("java.util.prefs");

    static {
        PREFERENCES.setLevel(Level.WARNING);
    }

    private final Synthesizer synthesizer;
    private final AudioInputStream audio;
    private final Receiver receiver;

    private SoftSynth(Synthesizer synthesizer, AudioInputStream audio, Receiver receiver) {
        this.synthesizer = synthesizer;
        this.audio = audio;
        this.receiver = receiver;
    }

    /**
     * Opens a synthesiser.
     *
     * @param soundfont an SF2 or DLS file; null: the system's default bank or the JDK's built-in one
     * @throws SoundException if there is none, or the soundfont cannot be used
     */
    static SoftSynth open(AudioFormat format, @Nullable Path soundfont) {
        Soundbank bank = soundfont == null ? null : soundbank(soundfont);
        Synthesizer synthesizer = null;
        try {
            synthesizer = MidiSystem.getSynthesizer();
            // Loudness is settled over the whole piece afterwards; a limiter that pumps would be in its way.
            Map<String, Object> settings = Map.of("auto gain control", false, "load default soundbank", bank == null);
            AudioInputStream audio = (AudioInputStream) Class.forName(STREAMING)
                    .getMethod("openStream", AudioFormat.class, Map.class)
                    .invoke(synthesizer, format, settings);
            if (bank != null && !synthesizer.loadAllInstruments(bank)) {
                throw new SoundException("the soundfont must hold instruments that the JDK's synthesiser can play: "
                        + soundfont + "; try another SF2 file");
            }
            return new SoftSynth(synthesizer, audio, synthesizer.getReceiver());
        } catch (InvocationTargetException | MidiUnavailableException e) {
            close(synthesizer);
            throw new SoundException("the JDK's synthesiser does not open: " + e + "; ./idiom doctor says more", e);
        } catch (ReflectiveOperationException | IllegalArgumentException e) {
            close(synthesizer);
            throw new SoundException(
                    "the JDK's synthesiser cannot be reached: start with ./idiom or java -jar, or add --add-exports"
                            + " java.desktop/com.sun.media.sound=ALL-UNNAMED",
                    e);
        } catch (SoundException e) {
            close(synthesizer);
            throw e;
        }
    }

    private static void close(@Nullable Synthesizer synthesizer) {
        if (synthesizer != null) {
            synthesizer.close();
        }
    }

    private static Soundbank soundbank(Path soundfont) {
        if (!Files.isReadable(soundfont)) {
            throw new SoundException("the soundfont must be a readable file: " + soundfont);
        }
        try {
            return MidiSystem.getSoundbank(soundfont.toFile());
        } catch (InvalidMidiDataException | IOException | RuntimeException e) {
            // Readers of damaged banks throw whatever the damage leads them to.
            throw new SoundException("the soundfont must be an SF2 or DLS file: " + soundfont, e);
        }
    }

    /** Hands over a message for a time of the stream, at or after what has been read. */
    void send(MidiMessage message, long microseconds) {
        try {
            if (message instanceof ChannelMessage channel) {
                receiver.send(new ShortMessage(channel.status(), channel.data1(), channel.data2()), microseconds);
            } else if (message instanceof SysExMessage exclusive && exclusive.status() == SysExMessage.START) {
                byte[] data = exclusive.data();
                receiver.send(new SysexMessage(SysExMessage.START, data, data.length), microseconds);
            }
        } catch (InvalidMidiDataException e) {
            throw new IllegalStateException("a checked message is refused: " + message, e);
        }
    }

    /** Fills the buffer with sound. */
    void read(byte[] buffer) throws IOException {
        int read = audio.readNBytes(buffer, 0, buffer.length);
        if (read < buffer.length) {
            throw new IOException("the synthesiser stopped: bytes=" + read);
        }
    }

    @Override
    public void close() {
        receiver.close();
        synthesizer.close();
    }
}
