package idiom.benchmarks;

import idiom.engine.live.LiveSession;
import idiom.engine.live.LiveSettings;
import idiom.engine.live.Sync;
import idiom.engine.live.WindowInference;
import idiom.engine.live.WindowJob;
import idiom.engine.pianoroll.PianoRoll;
import idiom.presets.Decoding;
import idiom.presets.Hop;
import idiom.presets.Mode;
import idiom.presets.ModelFile;
import idiom.presets.Output;
import idiom.presets.Preset;
import idiom.presets.Provenance;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * One message through a session: eight notes a step, struck and released in turn, each message followed by {@code advance}, with a
 * network that answers at once and adds notes. In timeline the same 64 bars come again and again.
 */
@State(Scope.Thread)
@BenchmarkMode(org.openjdk.jmh.annotations.Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class SessionBenchmark {
    private static final long STEP = 1000;
    private static final long BETWEEN = 125;
    private static final long SONG = 1024 * STEP;

    @Param({"PHRASE", "FOLLOW", "INSTANT", "TIMELINE"})
    private Mode mode = Mode.FOLLOW;

    private final byte[] message = {0, 0, 70};
    private LiveSession session = session(Mode.FOLLOW);
    private long time;

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

    private static LiveSession session(Mode mode) {
        Preset preset = new Preset(
                "constant",
                127,
                "pop",
                "jazz",
                new ModelFile(Path.of("none.onnx"), "0".repeat(64)),
                mode,
                Hop.BEAT,
                Decoding.PLAIN,
                Output.AS_INPUT,
                Provenance.UNKNOWN);
        return new LiveSession(
                List.of(preset),
                new Constant(),
                (due, bytes, offset, length) -> true,
                8 * STEP,
                10,
                LiveSettings.of(mode, Hop.BEAT.steps(), Sync.INTERNAL),
                8);
    }

    @Setup
    public void begin() {
        session = session(mode);
        time = 0;
        for (int i = 0; i < 3 * SONG / BETWEEN; i++) {
            message();
        }
    }

    /** Beside the message itself, its share of the hop's window: rendering, deciding, queueing. */
    @Benchmark
    public void message() {
        if (time == SONG) {
            time = 0;
            session.locate(0, 0, 8);
        }
        boolean on = time / BETWEEN % 2 == 0;
        message[0] = (byte) (on ? 0x90 : 0x80);
        message[1] = (byte) (30 + time / (2 * BETWEEN) % 60);
        session.onMidi(time, message, 0, 3);
        session.advance(time);
        time += BETWEEN;
    }

    /** What the session's thread does when there is nothing to do. */
    @Benchmark
    public int idle() {
        return session.advance(time);
    }
}
