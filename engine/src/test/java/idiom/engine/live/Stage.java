package idiom.engine.live;

import idiom.engine.pianoroll.PianoRoll;
import idiom.presets.Controls;
import idiom.presets.Decoding;
import idiom.presets.Feel;
import idiom.presets.Hop;
import idiom.presets.Mode;
import idiom.presets.ModelFile;
import idiom.presets.Output;
import idiom.presets.Preset;
import idiom.presets.Provenance;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Queue;
import java.util.function.BiFunction;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * A session with a keyboard and a recorder: 1000 units of its clock are a step, events must be handed over 10 units early.
 */
final class Stage {
    static final long STEP = 1000;
    static final long LEAD = 10;
    static final int FIRST_PROGRAM = 3;
    static final int SECOND_PROGRAM = 5;

    /** A network that adds the octave below. */
    static PianoRoll withOctaveBelow(PianoRoll window) {
        long[] masks = new long[PianoRoll.PITCHES];
        for (int pitch = 0; pitch < PianoRoll.PITCHES; pitch++) {
            masks[pitch] |= window.steps(pitch);
            if (pitch >= 12) {
                masks[pitch - 12] |= window.steps(pitch);
            }
        }
        return PianoRoll.ofPitches(masks);
    }

    /** A message that was sent. */
    record Sent(long due, int message, int length) {
        boolean isOn() {
            return length == 3 && Message.isNoteOn(message);
        }

        boolean isOff() {
            return length == 3 && Message.isNoteOff(message);
        }
    }

    /** Answers at once, or when told to. */
    static final class Answerer implements WindowInference {
        private final Queue<WindowJob> waiting = new ArrayDeque<>();
        private final Queue<Integer> readyAt = new ArrayDeque<>();
        private int polls;
        private final List<PianoRoll> seen = new ArrayList<>();
        private Decoding lastDecoding = Decoding.PLAIN;
        UnaryOperator<PianoRoll> network = window -> window;
        /** What becomes of the network's answer by the mix of each step. */
        BiFunction<WindowJob, PianoRoll, PianoRoll> mixer = (job, answer) -> answer;

        /** How often the session has to look until an answer is there. */
        int delay;

        boolean isStuck;
        boolean remembers = true;
        boolean isFull;
        boolean fails;

        @Override
        public boolean submit(WindowJob job) {
            return !isFull && readyAt.add(polls + delay) && waiting.add(job);
        }

        @Override
        public @Nullable WindowJob poll() {
            polls++;
            if (isStuck || waiting.isEmpty() || readyAt.element() >= polls) {
                return null;
            }
            readyAt.remove();
            WindowJob job = waiting.remove();
            if (remembers) {
                seen.add(job.window());
            }
            lastDecoding = job.decoding();
            if (!fails) {
                job.answer(mixer.apply(job, network.apply(job.window())), 1);
            }
            return job;
        }

        Decoding lastDecoding() {
            return lastDecoding;
        }

        List<PianoRoll> seen() {
            return seen;
        }
    }

    final Answerer answerer = new Answerer();
    final List<Sent> sent = new ArrayList<>();
    final LiveSession session;
    int room = Integer.MAX_VALUE;
    /** Whether the port is gone: what is sent vanishes. */
    private boolean isLost;

    /** What was sent while the port was gone. */
    final List<Integer> vanished = new ArrayList<>();

    /** What the port was told to pass by itself, {@code "64.0 REMEMBERED"}. */
    final List<String> routed = new ArrayList<>();

    /** Whether the port ends all that sounds behind it when it is asked to; and how often it was asked. */
    boolean takesBack;

    int takenBack;

    /** Whether somebody has connected the output with the input. */
    boolean feedsBack;

    private final Queue<Sent> comingBack = new ArrayDeque<>();
    private long now;

    Stage(Mode mode, int hopSteps) {
        this(mode, hopSteps, Feel.STRAIGHT);
    }

    Stage(Mode mode, int hopSteps, Feel feel) {
        this(mode, hopSteps, feel, Sync.INTERNAL);
    }

    Stage(Mode mode, int hopSteps, Feel feel, Sync sync) {
        this(LiveSettings.of(mode, hopSteps, sync), feel, Controls.NONE, Output.AS_INPUT);
    }

    Stage(LiveSettings settings, Controls controls, Output output) {
        this(settings, Feel.STRAIGHT, controls, output);
    }

    private Stage(LiveSettings settings, Feel feel, Controls controls, Output output) {
        // 8 steps a second: 8000 units.
        this.session = new LiveSession(
                List.of(preset(FIRST_PROGRAM, feel, controls, output), preset(SECOND_PROGRAM, feel, controls, output)),
                answerer,
                new Recorder(),
                8 * STEP,
                LEAD,
                settings,
                8);
    }

    /** The first preset, decoded so. */
    static Preset preset(Decoding decoding) {
        return preset(FIRST_PROGRAM, decoding, Controls.NONE, Output.AS_INPUT);
    }

    static Preset preset(int program, Feel feel, Controls controls, Output output) {
        Decoding plain = Decoding.PLAIN;
        Decoding decoding = new Decoding(
                plain.threshold(),
                plain.mix(),
                plain.melodyLock(),
                plain.keyLock(),
                plain.densityLimit(),
                feel,
                plain.range());
        return preset(program, decoding, controls, output);
    }

    private static Preset preset(int program, Decoding decoding, Controls controls, Output output) {
        return new Preset(
                        "test",
                        program,
                        "pop",
                        "jazz",
                        new ModelFile(Path.of("none.onnx"), "0".repeat(64)),
                        Mode.FOLLOW,
                        Hop.BEAT,
                        decoding,
                        output,
                        Provenance.UNKNOWN)
                .withControls(controls);
    }

    private final class Recorder implements MidiSink {
        @Override
        public boolean send(long due, byte[] bytes, int offset, int length) {
            return take(due, bytes, offset, length);
        }

        @Override
        public boolean route(long due, Route route) {
            if (room == 0) {
                return false;
            }
            room--;
            return routed.add(due / (double) STEP + " " + route);
        }

        @Override
        public boolean takeBack() {
            takenBack++;
            return takesBack;
        }
    }

    private boolean take(long due, byte[] bytes, int offset, int length) {
        if (isLost) {
            vanished.add(Message.of(bytes, offset, Math.min(3, length)));
            return true;
        }
        if (room == 0) {
            return false;
        }
        room--;
        Sent event = new Sent(due, Message.of(bytes, offset, Math.min(3, length)), length);
        sent.add(event);
        if (feedsBack) {
            comingBack.add(event);
        }
        return true;
    }

    /** Lets time pass up to a position, as often as a busy session would look. */
    Stage until(double step) {
        long end = Math.round(step * STEP);
        while (now < end) {
            now = Math.min(end, now + 7);
            while (!comingBack.isEmpty() && comingBack.element().due() + 5 <= now) {
                byte[] bytes = new byte[3];
                int length = Message.write(comingBack.remove().message(), bytes);
                session.onMidi(now, bytes, 0, length);
            }
            session.advance(now);
        }
        return this;
    }

    /** A note of a block that came in just now, played later than that by some units; {@link #endBlock} ends the block. */
    Stage onAhead(long units, int pitch) {
        session.onMidi(now + units, new byte[] {(byte) 0x90, (byte) pitch, 80}, 0, 3);
        return this;
    }

    /** All that is played in the next units has come in. */
    Stage endBlock(long units) {
        // Once to ask, once to take the answer.
        session.advance(now, now + units);
        session.advance(now, now + units);
        return this;
    }

    /** The port goes; the session is told as by the thread that looks after it. */
    void lose() {
        if (!isLost) {
            isLost = true;
            session.panicAtLoss(now);
        }
    }

    /** The port is back. */
    void find() {
        if (isLost) {
            isLost = false;
            session.panicAfterLoss(now);
        }
    }

    /** Something is played now. */
    Stage play(int... bytes) {
        byte[] message = new byte[bytes.length];
        for (int i = 0; i < bytes.length; i++) {
            message[i] = (byte) bytes[i];
        }
        session.onMidi(now, message, 0, message.length);
        return this;
    }

    Stage on(int pitch) {
        return play(0x90, pitch, 80);
    }

    Stage off(int pitch) {
        return play(0x80, pitch, 33);
    }

    long now() {
        return now;
    }

    /** Ons and offs in the order of their times, {@code "64.5 on 60"}. */
    List<String> heard() {
        return sent.stream()
                .sorted(Comparator.comparingLong(Sent::due))
                .filter(event -> event.isOn() || event.isOff())
                .map(event -> event.due() / (double) STEP
                        + (event.isOn() ? " on " : " off ")
                        + Message.data1(event.message()))
                .toList();
    }
}
