package idiom.engine.sound;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import idiom.engine.midi.ChannelMessage;
import idiom.engine.midi.MetaMessage;
import idiom.engine.midi.MidiEvent;
import idiom.engine.midi.MidiFile;
import idiom.engine.midi.MidiTrack;
import idiom.engine.midi.TicksPerQuarter;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.sound.sampled.AudioInputStream;
import javax.sound.sampled.AudioSystem;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WavRendererTest {
    @TempDir
    private Path folder;

    /** Notes of half a second each, at 120 beats a minute and 480 ticks: one tick is 1/960 s. */
    private static MidiFile notes(int format, int... pitches) {
        List<MidiEvent> events = new ArrayList<>();
        for (int i = 0; i < pitches.length; i++) {
            events.add(new MidiEvent(480L * i, ChannelMessage.noteOn(0, pitches[i], 100)));
            events.add(new MidiEvent(480L * (i + 1), ChannelMessage.noteOff(0, pitches[i], 64)));
        }
        events.add(new MidiEvent(480L * pitches.length, MetaMessage.endOfTrack()));
        MidiTrack track = new MidiTrack(events);
        return new MidiFile(format, new TicksPerQuarter(480), format == 2 ? List.of(track, track) : List.of(track));
    }

    private static short[] samples(Path wav) throws IOException {
        ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(wav)).order(ByteOrder.LITTLE_ENDIAN);
        short[] samples = new short[(bytes.capacity() - 44) / 2];
        bytes.position(44).asShortBuffer().get(samples);
        return samples;
    }

    private static int peak(short[] samples, double fromS, double toS) {
        int peak = 0;
        for (int i = (int) (fromS * 44100) * 2; i < (int) (toS * 44100) * 2; i++) {
            peak = Math.max(peak, Math.abs(samples[i]));
        }
        return peak;
    }

    @Test
    void shouldSoundWhenNotesSoundAndLastTwoSecondsLonger() throws Exception {
        Path wav = folder.resolve("a.wav");
        long frames = WavRenderer.render(notes(0, 60, 64, 67, 72), wav, null, false);
        // Four notes of half a second, two seconds of tail.
        assertThat(frames).isEqualTo(4 * 44100);
        try (AudioInputStream in = AudioSystem.getAudioInputStream(wav.toFile())) {
            assertThat(in.getFormat().getSampleRate()).isEqualTo(44100);
            assertThat(in.getFormat().getChannels()).isEqualTo(2);
            assertThat(in.getFormat().getSampleSizeInBits()).isEqualTo(16);
            assertThat(in.getFrameLength()).isEqualTo(frames);
        }
        short[] samples = samples(wav);
        for (int note = 0; note < 4; note++) {
            assertThat(peak(samples, note * 0.5 + 0.05, note * 0.5 + 0.45)).isGreaterThan(500);
        }
        assertThat(peak(samples, 3.8, 4)).isLessThan(peak(samples, 0, 2) / 10);
        try (var files = Files.list(folder)) {
            assertThat(files).containsExactly(wav);
        }
    }

    @Test
    void shouldTurnDownWhatWouldClip() throws IOException {
        List<MidiEvent> events = new ArrayList<>();
        for (int channel = 0; channel < 16; channel++) {
            if (channel == 9) {
                continue;
            }
            // A loud organ, all its channels on the same chord.
            events.add(new MidiEvent(0, ChannelMessage.program(channel, 19)));
            events.add(new MidiEvent(0, ChannelMessage.controller(channel, 7, 127)));
            for (int pitch : new int[] {36, 48, 60}) {
                events.add(new MidiEvent(0, ChannelMessage.noteOn(channel, pitch, 127)));
            }
        }
        events.add(new MidiEvent(960, ChannelMessage.controller(0, 120, 0)));
        events.add(new MidiEvent(960, MetaMessage.endOfTrack()));
        Path wav = folder.resolve("loud.wav");
        WavRenderer.render(new MidiFile(0, new TicksPerQuarter(480), List.of(new MidiTrack(events))), wav, null, false);
        short[] samples = samples(wav);
        assertThat(peak(samples, 0, 1)).isCloseTo(Short.MAX_VALUE, within(2));
        int atPeak = 0;
        for (short sample : samples) {
            atPeak += Math.abs(sample) >= Short.MAX_VALUE - 1 ? 1 : 0;
        }
        // Clipping would leave plateaus.
        assertThat(atPeak).isLessThan(5);
    }

    @Test
    void shouldPlayThePiecesOfFormatTwoInTurn() throws IOException {
        Path wav = folder.resolve("two.wav");
        long frames = WavRenderer.render(notes(2, 60, 62), wav, null, false);
        assertThat(frames).isEqualTo(4 * 44100);
        assertThat(peak(samples(wav), 1.05, 1.4)).isGreaterThan(500);
    }

    @Test
    void shouldRenderTheSameTwice() throws IOException {
        Path a = folder.resolve("a.wav");
        Path b = folder.resolve("b.wav");
        WavRenderer.render(notes(0, 60, 64), a, null, false);
        WavRenderer.render(notes(0, 60, 64), b, null, false);
        assertThat(a).hasSameBinaryContentAs(b);
    }

    @Test
    void shouldRefuseToOverwriteUnlessTold() throws IOException {
        Path wav = Files.writeString(folder.resolve("a.wav"), "precious");
        assertThatThrownBy(() -> WavRenderer.render(notes(0, 60), wav, null, false))
                .isInstanceOf(FileAlreadyExistsException.class);
        assertThat(wav).hasContent("precious");
        WavRenderer.render(notes(0, 60), wav, null, true);
        assertThat(Files.size(wav)).isEqualTo(44 + 4 * 110250L);
    }

    @Test
    void shouldRefuseAFileThatIsNoSoundfont() throws IOException {
        Path font = Files.writeString(folder.resolve("x.sf2"), "RIFFnonsense");
        Path wav = folder.resolve("a.wav");
        assertThatThrownBy(() -> WavRenderer.render(notes(0, 60), wav, font, false))
                .isInstanceOf(SoundException.class)
                .hasMessage("the soundfont must be an SF2 or DLS file: " + font);
        assertThatThrownBy(() -> WavRenderer.render(notes(0, 60), wav, folder.resolve("none.sf2"), false))
                .isInstanceOf(SoundException.class)
                .hasMessage("the soundfont must be a readable file: " + folder.resolve("none.sf2"));
        assertThat(wav).doesNotExist();
    }

    @Test
    void shouldRefuseAPieceThatWouldFillTheDisk() {
        List<MidiEvent> events = List.of(
                new MidiEvent(0, ChannelMessage.noteOn(0, 60, 100)),
                new MidiEvent(100_000_000, ChannelMessage.noteOff(0, 60, 64)),
                new MidiEvent(100_000_000, MetaMessage.endOfTrack()));
        MidiFile endless = new MidiFile(0, new TicksPerQuarter(480), List.of(new MidiTrack(events)));
        assertThatThrownBy(() -> WavRenderer.render(endless, folder.resolve("a.wav"), null, false))
                .isInstanceOf(SoundException.class)
                // 1e8 ticks of 1/960 s are 104166 s, and two of tail.
                .hasMessage("a piece must last at most 3600 s to be rendered: seconds=104168");
    }
}
