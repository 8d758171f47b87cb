package idiom.engine.live;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import idiom.engine.pianoroll.PianoRoll;
import idiom.presets.Decoding;
import idiom.presets.Hop;
import idiom.presets.Mode;
import idiom.presets.ModelFile;
import idiom.presets.Output;
import idiom.presets.Preset;
import idiom.presets.Provenance;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Once warm, the session's thread allocates nothing, whatever is played. */
class LiveAllocationTest {
    private static final long STEP = 1000;
    private static final int ROUNDS = 10;

    /** Answers every window with the same roll, without allocating. */
    private static final class Constant implements WindowInference {
        private final PianoRoll answer;
        private @Nullable WindowJob waiting;

        Constant() {
            long[] masks = new long[PianoRoll.PITCHES];
            for (int pitch = 0; pitch < PianoRoll.PITCHES; pitch += 3) {
                masks[pitch] = 0x0F0F_3333_5555_00FFL;
            }
            answer = PianoRoll.ofPitches(masks);
        }

        @Override
        public boolean submit(WindowJob job) {
            waiting = job;
            return true;
        }

        @Override
        public @Nullable WindowJob poll() {
            WindowJob job = waiting;
            waiting = null;
            if (job != null) {
                job.answer(answer, 1);
            }
            return job;
        }
    }

    private static Preset preset() {
        return new Preset(
                "constant",
                127,
                "pop",
                "jazz",
                new ModelFile(Path.of("none.onnx"), "0".repeat(64)),
                Mode.FOLLOW,
                Hop.BEAT,
                Decoding.PLAIN,
                Output.AS_INPUT,
                Provenance.UNKNOWN);
    }

    @ParameterizedTest
    @CsvSource({"PHRASE, 64", "FOLLOW, 4", "INSTANT, 1", "TIMELINE, 64"})
    void shouldAllocateNothingOnceWarm(Mode mode, int hop) {
        LiveSession session = new LiveSession(
                List.of(preset()),
                new Constant(),
                (due, bytes, offset, length) -> true,
                8 * STEP,
                10,
                LiveSettings.of(mode, hop, Sync.INTERNAL),
                8);
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        byte[] message = new byte[3];
        long least = Long.MAX_VALUE;
        for (int round = 0; round < ROUNDS; round++) {
            // The same 64 bars again: in timeline, windows are made on the first visit.
            session.locate(0, 0, 8);
            long before = threads.getCurrentThreadAllocatedBytes();
            play(session, message);
            least = Math.min(least, threads.getCurrentThreadAllocatedBytes() - before);
        }

        assertThat(session.counters().windows()).isPositive();
        assertThat(least).as("bytes in 64 bars").isZero();
    }

    private static void play(LiveSession session, byte[] message) {
        for (long time = 0; time < 1024 * STEP; time += 125) {
            int pitch = 30 + (int) (time / 250 % 60);
            message[0] = (byte) (time % 250 == 0 ? 0x90 : 0x80);
            message[1] = (byte) pitch;
            message[2] = 70;
            session.onMidi(time, message, 0, 3);
            message[0] = (byte) 0xB0;
            message[1] = 1;
            session.onMidi(time, message, 0, 3);
            session.advance(time);
        }
    }
}
