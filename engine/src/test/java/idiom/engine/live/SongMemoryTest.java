package idiom.engine.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import idiom.engine.live.SongMemory.Answer;
import idiom.engine.live.SongMemory.PlayedNote;
import idiom.engine.live.SongMemory.Share;
import idiom.engine.live.SongMemory.Window;
import idiom.engine.pianoroll.PianoRoll;
import idiom.presets.Mode;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.InflaterInputStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class SongMemoryTest {
    private static final int ON = Message.of(0x90, 60, 80);
    private static final int OFF = Message.of(0x80, 60, 33);
    private static final SongMemory SMALL = new SongMemory(
            "jazz",
            List.of(new Window(
                    2,
                    List.of(
                            new PlayedNote(ON, OFF, 128, 131.25),
                            new PlayedNote(ON, 0, 191.5, Double.POSITIVE_INFINITY)),
                    new Answer(roll(60, 0b1111), roll(48, 0b1111)))),
            List.of(new Share(130, 0.25), new Share(150, 1)));
    private static final SongMemory EMPTY = new SongMemory("", List.of(), List.of());

    private static PianoRoll roll(int midiPitch, long steps) {
        long[] masks = new long[PianoRoll.PITCHES];
        masks[midiPitch - PianoRoll.LOWEST_PITCH] = steps;
        return PianoRoll.ofPitches(masks);
    }

    private static SongMemory random(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        List<Window> windows = new ArrayList<>();
        for (int index = random.nextInt(3); index < 512; index += 1 + random.nextInt(200)) {
            List<PlayedNote> notes = new ArrayList<>();
            for (double step = index * 64; step < index * 64 + 64; step += random.nextDouble() * 20) {
                int key = random.nextInt(16) | random.nextInt(128) << 8;
                boolean isHeld = random.nextInt(5) == 0;
                notes.add(new PlayedNote(
                        0x90 | key | 1 + random.nextInt(127) << 16,
                        isHeld ? 0 : 0x80 | key | random.nextInt(128) << 16,
                        step,
                        isHeld ? NoteLog.HELD : step + random.nextDouble() * 100));
            }
            windows.add(new Window(index, notes, random.nextInt(4) == 0 ? null : answer(random)));
        }
        return new SongMemory("preset " + seed + " äöü", windows, shares(random));
    }

    private static List<Share> shares(SplittableRandom random) {
        List<Share> shares = new ArrayList<>();
        for (int step = random.nextInt(9000); step < 40_000; step += 1 + random.nextInt(9000)) {
            shares.add(new Share(step, random.nextDouble()));
        }
        return shares;
    }

    private static Answer answer(SplittableRandom random) {
        return new Answer(
                PianoRoll.ofPitches(random.longs(PianoRoll.PITCHES).toArray()),
                PianoRoll.ofPitches(random.longs(PianoRoll.PITCHES).toArray()));
    }

    @Test
    void shouldComeBackExactlyAsItWas() throws IOException {
        assertThat(SongMemory.of(SMALL.toBytes())).isEqualTo(SMALL);
        assertThat(SongMemory.of(EMPTY.toBytes())).isEqualTo(EMPTY);
        for (long seed = 0; seed < 50; seed++) {
            SongMemory memory = random(seed);
            assertThat(SongMemory.of(memory.toBytes())).as("seed=%d", seed).isEqualTo(memory);
        }
    }

    /** One window of the largest song takes 3 notes of 24 bytes, two rolls and 9 bytes; a song of 512 is small in a file. */
    @Test
    void shouldBeSmall() {
        List<Window> windows = new ArrayList<>();
        for (int i = 0; i < 512; i++) {
            double first = i * 64.0;
            windows.add(new Window(
                    i,
                    List.of(new PlayedNote(ON, OFF, first, first + 3)),
                    new Answer(roll(60, 0b1111), roll(48, 0b1111))));
        }
        assertThat(new SongMemory("jazz", windows, List.of()).toBytes()).hasSizeLessThan(20_000);
    }

    @Test
    void shouldCutASoundThatIsNoLine() throws IOException {
        SongMemory memory = new SongMemory("ä".repeat(70_000), List.of(), List.of());
        assertThat(SongMemory.of(memory.toBytes()).sound()).isEqualTo("ä".repeat(1024));
    }

    private static byte[] unfolded(SongMemory memory) throws IOException {
        return new InflaterInputStream(new ByteArrayInputStream(memory.toBytes())).readAllBytes();
    }

    private static byte[] folded(byte[] bytes) throws IOException {
        ByteArrayOutputStream folded = new ByteArrayOutputStream();
        try (DeflaterOutputStream out = new DeflaterOutputStream(folded)) {
            out.write(bytes);
        }
        return folded.toByteArray();
    }

    private interface Body {
        void write(DataOutputStream out) throws IOException;
    }

    private static byte[] song(Body body) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(new DeflaterOutputStream(bytes))) {
            out.writeInt(0x4964536D);
            out.writeInt(2);
            out.writeUTF("jazz");
            body.write(out);
        }
        return bytes.toByteArray();
    }

    /** One window of index 2 with one note, and no answer. */
    private static byte[] songOf(int on, int off, double onStep, double offStep) throws IOException {
        return song(out -> {
            out.writeInt(1);
            out.writeInt(2);
            out.writeInt(1);
            out.writeInt(on);
            out.writeInt(off);
            out.writeDouble(onStep);
            out.writeDouble(offStep);
            out.writeBoolean(false);
            out.writeInt(0);
        });
    }

    /** No windows, and two changes of the mix. */
    private static byte[] songOf(int step, double share, int nextStep) throws IOException {
        return song(out -> {
            out.writeInt(0);
            out.writeInt(2);
            out.writeInt(step);
            out.writeDouble(share);
            out.writeInt(nextStep);
            out.writeDouble(1);
        });
    }

    private static void refused(byte[] bytes, String message) {
        assertThatThrownBy(() -> SongMemory.of(bytes))
                .isInstanceOf(IOException.class)
                .hasMessage(message);
    }

    @Test
    void shouldRefuseWhatIsNoSong() throws IOException {
        String none = "these bytes are no song that was learnt, or one of another version";
        refused(folded(new byte[8]), none);
        byte[] ofTomorrow = unfolded(SMALL);
        ofTomorrow[7] = 3;
        refused(folded(ofTomorrow), none);
        refused(song(out -> out.writeInt(4097)), "a song has at most 4096 windows: windows=4097");
        refused(song(out -> out.writeInt(-1)), "a song has at most 4096 windows: windows=-1");
        refused(
                song(out -> {
                    out.writeInt(1);
                    out.writeInt(4096);
                    out.writeInt(0);
                }),
                "a window is impossible: index=4096, notes=0");
        refused(
                song(out -> {
                    out.writeInt(1);
                    out.writeInt(0);
                    out.writeInt(4097);
                }),
                "a window is impossible: index=0, notes=4097");
    }

    @Test
    void shouldRefuseImpossibleNotes() throws IOException {
        String impossible = "a note is impossible: window=2, note=0";
        assertThat(SongMemory.of(songOf(ON, OFF, 128, 128)).windows()).hasSize(1);
        refused(songOf(ON, OFF, 127.9, 130), impossible);
        refused(songOf(ON, OFF, 192, 193), impossible);
        refused(songOf(ON, OFF, 130, 129.9), impossible);
        refused(songOf(ON, OFF, Double.NaN, 130), impossible);
        refused(songOf(ON, OFF, 130, Double.NaN), impossible);
        refused(songOf(OFF, OFF, 130, 131), impossible);
        refused(songOf(Message.of(0x90, 60, 0), OFF, 130, 131), impossible);
        refused(songOf(ON | 0x8000, OFF, 130, 131), impossible);
        refused(songOf(ON | 1 << 24, OFF, 130, 131), impossible);
        refused(songOf(ON, ON, 130, 131), impossible);
        refused(songOf(ON, OFF | 0x800000, 130, 131), impossible);
        // An end that nobody can send, and one of another key.
        refused(songOf(ON, 0, 130, 131), impossible);
        refused(songOf(ON, Message.of(0x80, 61, 33), 130, 131), impossible);
        refused(songOf(ON, Message.of(0x81, 60, 33), 130, 131), impossible);
    }

    @Test
    void shouldRefuseImpossibleChangesOfTheMix() throws IOException {
        assertThat(SongMemory.of(songOf(0, 0, 1)).shares()).containsExactly(new Share(0, 0), new Share(1, 1));
        refused(songOf(-1, 0.5, 1), "a change of the mix is impossible: step=-1, share=0.5");
        refused(songOf(7, 0.5, 7), "a change of the mix is impossible: step=7, share=1.0");
        refused(songOf(7, 1.5, 8), "a change of the mix is impossible: step=7, share=1.5");
        refused(songOf(7, Double.NaN, 8), "a change of the mix is impossible: step=7, share=NaN");
        refused(
                song(out -> {
                    out.writeInt(0);
                    out.writeInt(262_145);
                }),
                "a song has at most 262144 changes of the mix: changes=262145");
    }

    /** Of a file that was cut, all is there or it is refused in one line. */
    @Test
    void shouldRefuseWhatWasCut() throws IOException {
        for (SongMemory memory : List.of(SMALL, random(7))) {
            byte[] bytes = memory.toBytes();
            for (int length = 0; length < bytes.length; length++) {
                SongMemory read = readOrNull(Arrays.copyOf(bytes, length));
                assertThat(read == null || read.equals(memory))
                        .as("length=%d", length)
                        .isTrue();
            }
            byte[] all = unfolded(memory);
            for (int length = 0; length < all.length; length++) {
                assertThat(readOrNull(folded(Arrays.copyOf(all, length))))
                        .as("length=%d", length)
                        .isNull();
            }
        }
    }

    /** Fails if reading ends in anything but a song or one line. */
    private static @Nullable SongMemory readOrNull(byte[] bytes) {
        try {
            return SongMemory.of(bytes);
        } catch (IOException e) {
            assertThat(e.getMessage()).isNotNull().doesNotContain("\n");
            return null;
        }
    }

    @Test
    void shouldSurviveAnyBytes() throws IOException {
        SplittableRandom random = new SplittableRandom(1);
        byte[] small = SMALL.toBytes();
        byte[] large = random(7).toBytes();
        for (int i = 0; i < 20_000; i++) {
            byte[] bytes = (i % 2 == 0 ? small : large).clone();
            for (int k = random.nextInt(4); k >= 0; k--) {
                bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
            }
            readOrNull(bytes);
            random.nextBytes(bytes);
            readOrNull(bytes);
        }
    }

    /** Whatever of a changed song is let in is a song: it is kept as it is, and playing it sends MIDI and ends it. */
    @Test
    void shouldPlayWhateverItLetsIn() throws IOException {
        SplittableRandom random = new SplittableRandom(2);
        int letIn = 0;
        for (int i = 0; i < 3000; i++) {
            byte[] bytes = unfolded(i % 4 == 0 ? random(i) : SMALL);
            for (int k = random.nextInt(3); k >= 0; k--) {
                bytes[8 + random.nextInt(bytes.length - 8)] = (byte) random.nextInt();
            }
            SongMemory memory = readOrNull(folded(bytes));
            if (memory != null) {
                letIn++;
                assertThat(SongMemory.of(memory.toBytes())).isEqualTo(memory);
                if (letIn % 20 == 0) {
                    play(memory);
                }
            }
        }
        assertThat(letIn).isGreaterThan(1000);
    }

    private static void play(SongMemory memory) {
        Stage stage = new Stage(Mode.TIMELINE, 64);
        // Answers hold only for the sound there is, whatever the memory says.
        String sound = stage.session.remember().orElseThrow().sound();
        stage.session.recall(0, new SongMemory(sound, memory.windows(), memory.shares()));
        for (Window window : memory.windows()) {
            stage.session.locate(stage.now(), window.index() * 64.0, 8);
            stage.until(stage.now() / 1000.0 + 65);
        }
        stage.session.panic(stage.now());
        stage.until(stage.now() / 1000.0 + 1);

        assertThat(stage.session.isSilent()).isTrue();
        assertThat(stage.sent).allSatisfy(event -> {
            byte[] bytes = new byte[3];
            assertThat(Message.write(event.message(), bytes)).isEqualTo(event.length());
            assertThat(Message.isWhole(bytes, 0, event.length())).isTrue();
        });
    }

    /** A few kilobytes that unfold to more than any song has: windows of notes without end. */
    @Test
    void shouldNotUnfoldWithoutEnd() throws IOException {
        byte[] windows = song(out -> {
            out.writeInt(200);
            for (int i = 0; i < 200; i++) {
                out.writeInt(0);
                out.writeInt(4096);
                for (int k = 0; k < 4096; k++) {
                    out.writeInt(ON);
                    out.writeInt(OFF);
                    out.writeDouble(0);
                    out.writeDouble(0);
                }
                out.writeBoolean(false);
            }
        });
        // Nineteen megabytes.
        assertThat(windows).hasSizeLessThan(100_000);
        refused(windows, "a song ends before its end");
    }
}
