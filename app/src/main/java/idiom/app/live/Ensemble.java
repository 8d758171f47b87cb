package idiom.app.live;

import idiom.app.transfer.Networks;
import idiom.app.transfer.Refusal;
import idiom.bridge.Backend;
import idiom.bridge.BackendException;
import idiom.bridge.Device;
import idiom.bridge.DeviceSpec;
import idiom.bridge.LiveAgent;
import idiom.engine.live.LiveSettings;
import idiom.engine.onnx.GenreClassifier;
import idiom.engine.onnx.InferenceOptions;
import idiom.presets.ModelFile;
import idiom.presets.Preset;
import idiom.presets.PresetLibrary;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/**
 * All that a live session plays with: one back-end, and a device with presets and networks behind it for each genre that is
 * wanted. Opened as a whole, closed as a whole. [control]
 */
public final class Ensemble implements AutoCloseable {

    /**
     * A device and what plays there.
     *
     * @param name of the device: {@code "to Jazz"}
     * @param performer what plays
     * @param settings how it answers
     * @param presets what it can play with; the first one plays first
     */
    public record Member(String name, Performer performer, LiveSettings settings, List<Preset> presets) {}

    private final List<Backend> backends;
    private final List<Member> members = new ArrayList<>();

    private Ensemble(List<Backend> backends) {
        this.backends = backends;
    }

    /** As {@link #open(LiveRequest, PresetLibrary, Networks, BiFunction)}, with devices as they are. */
    public static Ensemble open(LiveRequest request, PresetLibrary library, Networks networks) throws BackendException {
        return open(request, library, networks, (name, device) -> device);
    }

    /**
     * Opens devices and loads networks; nothing plays yet.
     *
     * @param wrap gets the name of each device and the device, and gives back what is to be used in its place
     * @throws BackendException if there are no such ports
     * @throws Refusal if there is no such preset
     */
    public static Ensemble open(
            LiveRequest request, PresetLibrary library, Networks networks, BiFunction<String, Device, Device> wrap)
            throws BackendException {
        List<String> targets = request.all()
                ? library.targets()
                : Optional.ofNullable(request.to()).stream().toList();
        Ensemble ensemble = new Ensemble(Backends.all());
        boolean isOpen = false;
        try {
            Backend chosen = Backends.choose(ensemble.backends, Optional.ofNullable(request.backend()));
            if (request.preset() != null) {
                List<Preset> named = List.of(library.load(library.named(request.preset())));
                ensemble.add(request, library, networks, chosen, wrap, named);
            }
            for (String target : targets) {
                ensemble.add(request, library, networks, chosen, wrap, presets(request, library, target));
            }
            isOpen = true;
            return ensemble;
        } finally {
            if (!isOpen) {
                ensemble.close();
            }
        }
    }

    private void add(
            LiveRequest request,
            PresetLibrary library,
            Networks networks,
            Backend backend,
            BiFunction<String, Device, Device> wrap,
            List<Preset> presets)
            throws BackendException {
        Preset first = presets.get(0);
        LiveSettings settings = LiveSettings.of(
                request.mode() == null ? first.mode() : request.mode(),
                (request.hop() == null ? first.hop() : request.hop()).steps(),
                request.sync());
        String name = "to " + capitalised(first.target());
        Device device = wrap.apply(name, backend.open(new DeviceSpec(name, request.in(), request.out())));
        boolean listens = request.from() == null && request.preset() == null && presets.size() > 1;
        GenreClassifier classifier = listens ? classifier(library, networks) : null;
        Performer performer = new Performer(
                presets, networks, InferenceOptions.defaults(), device, settings, classifier, request.bpm());
        members.add(new Member(name, performer, settings, presets));
    }

    private static List<Preset> presets(LiveRequest request, PresetLibrary library, String target) {
        String from = request.from();
        List<Preset> presets = library.entries().stream()
                .filter(entry -> entry.preset().target().equals(target))
                .filter(entry -> from == null || entry.preset().source().equals(from))
                .map(library::load)
                .toList();
        if (presets.isEmpty()) {
            throw new Refusal("there is no preset " + (from == null ? "" : "from " + from + " ") + "to " + target
                    + ": --to must be one of " + String.join(", ", library.targets()));
        }
        return presets;
    }

    private static @Nullable GenreClassifier classifier(PresetLibrary library, Networks networks) {
        Optional<ModelFile> model = library.bundled().classifier();
        return model.map(found -> networks.classifier(found, InferenceOptions.defaults()))
                .orElse(null);
    }

    private static String capitalised(String genre) {
        return genre.substring(0, 1).toUpperCase(Locale.ROOT) + genre.substring(1);
    }

    /** Who plays, in the order of genres. */
    public List<Member> members() {
        return List.copyOf(members);
    }

    /** What a {@link LiveAgent} plays. */
    public List<LiveAgent.Part> parts() {
        return members.stream().map(member -> member.performer().part()).toList();
    }

    /** Closes networks, devices and back-ends; the agent that played them must have been closed before. */
    @Override
    public void close() {
        members.forEach(member -> member.performer().close());
        backends.forEach(Backend::close);
    }
}
