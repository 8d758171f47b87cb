package idiom.app.record;

import idiom.bridge.BackendException;
import idiom.bridge.DeviceSpec;
import idiom.bridge.loopback.LoopbackBackend;
import idiom.bridge.loopback.LoopbackDevice;
import idiom.engine.live.LiveSession;
import idiom.engine.live.LiveSettings;
import idiom.engine.live.Sync;
import idiom.engine.live.TransportState;
import idiom.engine.live.WindowInference;
import idiom.engine.live.WindowJob;
import idiom.presets.Decoding;
import idiom.presets.Hop;
import idiom.presets.Mode;
import idiom.presets.ModelFile;
import idiom.presets.Output;
import idiom.presets.Preset;
import idiom.presets.Provenance;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A session that passes everything through a beat later, on a clock of 48 kHz that a test winds, with a tap on its device. At
 * 20 steps a second a step is 2400 frames and 480 ticks of the file: 5 frames a tick.
 */
final class TapedSession {
    static final long RATE = 48_000;
    static final long STEP = 2400;
    static final long TICKS_PER_STEP = 480;

    final LoopbackDevice device;
    final Tap tap;
    final LiveSession session;
    private final TransportState transport = new TransportState();
    private final Sync sync;
    long now;

    TapedSession(Sync sync, int ringBytes) throws BackendException {
        this.sync = sync;
        device = new LoopbackBackend(() -> now, RATE).open(new DeviceSpec("to Jazz", null, null));
        tap = new Tap(device, ringBytes);
        session = new LiveSession(
                List.of(preset("one", 1), preset("two", 2)),
                new Nobody(),
                tap,
                RATE,
                tap.leadTime(),
                LiveSettings.of(Mode.FOLLOW, 4, sync),
                20);
    }

    /** Nobody answers: everything passes through. */
    private static final class Nobody implements WindowInference {
        @Override
        public boolean submit(WindowJob job) {
            return false;
        }

        @Override
        public @Nullable WindowJob poll() {
            return null;
        }
    }

    private static Preset preset(String name, int program) {
        return new Preset(
                name,
                program,
                "pop",
                "jazz",
                new ModelFile(Path.of("none.onnx"), "0".repeat(64)),
                Mode.FOLLOW,
                Hop.BEAT,
                Decoding.PLAIN,
                Output.AS_INPUT,
                Provenance.UNKNOWN);
    }

    TapedSession begin() {
        tap.follow(session);
        session.locate(now, 0, 20);
        return this;
    }

    void play(long frame, int... bytes) {
        byte[] message = new byte[bytes.length];
        for (int i = 0; i < bytes.length; i++) {
            message[i] = (byte) bytes[i];
        }
        device.play(frame, message);
    }

    /** Does what the session's thread does, every 240 frames until a time. */
    void runTo(long frame) {
        while (now < frame) {
            now = Math.min(frame, now + 240);
            work();
        }
    }

    void work() {
        if (sync == Sync.TRANSPORT) {
            tap.transport(transport);
            if (transport.isKnown() && transport.isRolling()) {
                session.follow(transport.time(), transport.step(), transport.stepsPerSecond());
            }
        }
        int work = tap.receive(session);
        while (work > 0) {
            work = session.advance(now);
        }
        session.advance(now);
        device.collect((time, bytes, offset, length) -> {});
    }

    static final Take.Source SOURCE = new Take.Source("to Jazz", RATE, List.of("one", "two"));

    Take.Part part() {
        List<Entry> entries = new ArrayList<>();
        tap.drain((time, bytes, offset, length) -> {
            byte[] entry = new byte[length];
            System.arraycopy(bytes, offset, entry, 0, length);
            entries.add(Entry.of(time, entry));
        });
        return new Take.Part(SOURCE, entries);
    }

    Take take() {
        return new Take(List.of(part()));
    }
}
