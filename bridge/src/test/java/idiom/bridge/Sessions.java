package idiom.bridge;

import idiom.engine.live.LiveSession;
import idiom.engine.live.LiveSettings;
import idiom.engine.live.WindowInference;
import idiom.presets.Decoding;
import idiom.presets.Hop;
import idiom.presets.Mode;
import idiom.presets.ModelFile;
import idiom.presets.Output;
import idiom.presets.Preset;
import idiom.presets.Provenance;
import java.nio.file.Path;
import java.util.List;

/** Live sessions for tests of ports. */
public final class Sessions {
    private Sessions() {}

    /** A preset without a model, that changes nothing of what is decided. */
    public static Preset preset(int program) {
        return new Preset(
                "test",
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

    /** A session with that preset as program 0. */
    public static LiveSession session(
            Device device, WindowInference inference, LiveSettings settings, double stepsPerSecond) {
        return session(device, inference, settings, stepsPerSecond, 0);
    }

    /** The same with another program, for music with Program Changes of its own. */
    public static LiveSession session(
            Device device, WindowInference inference, LiveSettings settings, double stepsPerSecond, int program) {
        return new LiveSession(
                List.of(preset(program)),
                inference,
                device,
                device.clockRate(),
                device.leadTime(),
                settings,
                stepsPerSecond);
    }
}
