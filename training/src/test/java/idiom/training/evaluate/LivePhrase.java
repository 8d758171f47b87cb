package idiom.training.evaluate;

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
import java.util.ArrayDeque;
import java.util.HashSet;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** A phrase played into a real live session in the mode instant: a thousand units of its clock are a step. */
final class LivePhrase implements WindowInference {
    private static final int STEP = 1000;
    /** Keys go up so much before the end of a step: any nearer to it would be the next. */
    private static final int SHORTER = STEP / 100;

    private static final int STEPS_PER_SECOND = 8;

    private final Queue<WindowJob> waiting = new ArrayDeque<>();
    private final Set<Integer> sounding = new HashSet<>();
    private final UnaryOperator<PianoRoll> network;
    private final LiveSession session;

    LivePhrase(UnaryOperator<PianoRoll> network) {
        this.network = network;
        Preset preset = new Preset(
                "test",
                1,
                "pop",
                "jazz",
                new ModelFile(Path.of("none.onnx"), "0".repeat(64)),
                Mode.INSTANT,
                Hop.WINDOW,
                Decoding.PLAIN,
                Output.AS_INPUT,
                Provenance.UNKNOWN);
        session = new LiveSession(
                List.of(preset),
                this,
                this::hear,
                STEPS_PER_SECOND * STEP,
                0,
                LiveSettings.of(Mode.INSTANT, 1, Sync.INTERNAL),
                STEPS_PER_SECOND);
    }

    @Override
    public boolean submit(WindowJob job) {
        return waiting.add(job);
    }

    @Override
    public @Nullable WindowJob poll() {
        WindowJob job = waiting.poll();
        if (job != null) {
            job.answer(network.apply(job.window()), 1);
        }
        return job;
    }

    private boolean hear(long due, byte[] bytes, int offset, int length) {
        int pitch = bytes[offset + 1] - PianoRoll.LOWEST_PITCH;
        if ((bytes[offset] & 0xF0) == 0x90) {
            sounding.add(pitch);
        } else {
            sounding.remove(pitch);
        }
        return true;
    }

    /** Plays a phrase so many times in a row; returns what sounded in the middle of each step the last time. */
    PianoRoll play(PianoRoll phrase, int times) {
        long[] heard = new long[PianoRoll.PITCHES];
        for (int step = 0; step < times * PianoRoll.STEPS; step++) {
            long start = (long) step * STEP;
            // Keys go down at the beginning of a step and up at the end of their last.
            for (int pitch = 0; pitch < PianoRoll.PITCHES; pitch++) {
                if (isDown(phrase, step, pitch) && (step == 0 || !isDown(phrase, step - 1, pitch))) {
                    send(start, 0x90, pitch);
                }
            }
            session.advance(start);
            session.advance(start + STEP / 3);
            session.advance(start + STEP / 2);
            for (int pitch = 0; pitch < PianoRoll.PITCHES; pitch++) {
                heard[pitch] &= ~(1L << (step % PianoRoll.STEPS));
                heard[pitch] |= (sounding.contains(pitch) ? 1L : 0) << (step % PianoRoll.STEPS);
            }
            for (int pitch = 0; pitch < PianoRoll.PITCHES; pitch++) {
                if (isDown(phrase, step, pitch) && !isDown(phrase, step + 1, pitch)) {
                    send(start + STEP - SHORTER, 0x80, pitch);
                }
            }
            session.advance(start + STEP - SHORTER);
        }
        return PianoRoll.ofPitches(heard);
    }

    private static boolean isDown(PianoRoll phrase, int step, int pitch) {
        return phrase.isOn(step % PianoRoll.STEPS, pitch);
    }

    private void send(long time, int status, int pitch) {
        byte[] message = {(byte) status, (byte) (pitch + PianoRoll.LOWEST_PITCH), 80};
        session.onMidi(time, message, 0, 3);
    }
}
