package idiom.app.live;

import idiom.app.transfer.Networks;
import idiom.app.transfer.Refusal;
import idiom.bridge.Backend;
import idiom.bridge.BackendException;
import idiom.bridge.Device;
import idiom.bridge.DeviceSpec;
import idiom.bridge.LiveAgent;
import idiom.engine.live.LiveSettings;
import idiom.engine.live.LiveSettings.Thru;
import idiom.engine.onnx.GenreClassifier;
import idiom.engine.onnx.InferenceOptions;
import idiom.presets.Controls;
import idiom.presets.ControlsFile;
import idiom.presets.Folders;
import idiom.presets.ModelFile;
import idiom.presets.Names;
import idiom.presets.Preset;
import idiom.presets.PresetLibrary;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.stream.Stream;
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

    /** A device whose networks are still to be loaded; the first presets lead to its genre, of which a watch may choose. */
    private record Seat(String name, Device device, LiveSettings settings, List<Preset> presets, int leading) {}

    private final LiveRequest request;
    private final PresetLibrary library;
    private final Controls learnt;
    private final List<Backend> backends = Backends.all();
    private final List<Seat> seats = new ArrayList<>();
    private final List<Member> members = new ArrayList<>();

    private Ensemble(LiveRequest request, PresetLibrary library, Controls learnt) {
        this.request = request;
        this.library = library;
        this.learnt = learnt;
    }

    /** As {@link #open(LiveRequest, PresetLibrary, Folders, BiFunction)}, with devices as they are. */
    public static Ensemble open(LiveRequest request, PresetLibrary library, Folders folders) throws IOException {
        return open(request, library, folders, (name, device) -> device);
    }

    /**
     * Opens the ports, so that whoever connects to them need not wait for the networks; {@link #load} brings those.
     *
     * @param folders where controls that were learnt are
     * @param wrap gets the name of each device and the device, and gives back what is to be used in its place
     * @throws BackendException if there are no such ports
     * @throws Refusal if there is no such preset
     */
    public static Ensemble open(
            LiveRequest request, PresetLibrary library, Folders folders, BiFunction<String, Device, Device> wrap)
            throws IOException {
        Ensemble ensemble = new Ensemble(request, library, ControlsFile.read(folders));
        boolean isOpen = false;
        try {
            ensemble.openPorts(wrap);
            isOpen = true;
            return ensemble;
        } finally {
            if (!isOpen) {
                ensemble.close();
            }
        }
    }

    private void openPorts(BiFunction<String, Device, Device> wrap) throws BackendException {
        Backend chosen = Backends.choose(backends, Optional.ofNullable(request.backend()));
        if (request.preset() != null) {
            openPorts(chosen, wrap, List.of(library.load(library.named(request.preset()))));
        }
        List<String> targets = request.all()
                ? library.targets()
                : Optional.ofNullable(request.to()).stream().toList();
        for (String target : targets) {
            openPorts(chosen, wrap, presets(target));
        }
    }

    private void openPorts(Backend backend, BiFunction<String, Device, Device> wrap, List<Preset> leading)
            throws BackendException {
        Preset first = leading.get(0);
        String name = "to " + Names.capitalised(first.target());
        DeviceSpec spec = new DeviceSpec(name, request.in(), request.out(), request.thru());
        Device device = wrap.apply(name, backend.open(spec));
        LiveSettings settings = LiveSettings.of(
                        request.mode() == null ? first.mode() : request.mode(),
                        (request.hop() == null ? first.hop() : request.hop()).steps(),
                        request.sync())
                .withThru(Thru.of(request.thru(), device.passesThru()))
                .withChangeSteps(request.change().steps());
        seats.add(new Seat(name, device, settings, withOthers(leading), leading.size()));
    }

    private List<Preset> presets(String target) {
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

    /** Those that lead where the device goes, then all others, for Program Change to choose; each with learnt controls. */
    private List<Preset> withOthers(List<Preset> leading) {
        // With a device for each genre, going elsewhere is playing another device.
        List<PresetLibrary.Entry> others = request.all() ? List.of() : library.entries();
        return Stream.concat(
                        leading.stream(),
                        others.stream()
                                .filter(entry -> leading.stream()
                                        .noneMatch(preset -> preset.name().equals(entry.name())))
                                .map(library::load))
                .map(preset -> preset.withControls(learnt.orElse(preset.controls())))
                .toList();
    }

    /** Loads the networks and gets everything ready; nothing plays yet. */
    public void load(Networks networks) {
        for (Seat seat : seats) {
            boolean listens = request.from() == null && request.preset() == null && seat.leading() > 1;
            Performer performer = new Performer(
                    seat.presets(),
                    networks,
                    InferenceOptions.defaults(),
                    seat.device(),
                    seat.settings(),
                    listens ? classifier(library, networks) : null,
                    seat.leading(),
                    request.bpm(),
                    request.realtime());
            members.add(new Member(seat.name(), performer, seat.settings(), seat.presets()));
        }
    }

    /** Whether all networks have been warmed up. [any] */
    public boolean isWarm() {
        return members.stream().allMatch(member -> member.performer().isWarm());
    }

    private static @Nullable GenreClassifier classifier(PresetLibrary library, Networks networks) {
        Optional<ModelFile> model = library.bundled().classifier();
        return model.map(found -> networks.classifier(found, InferenceOptions.defaults()))
                .orElse(null);
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
        // Those whose networks were never loaded.
        seats.stream().skip(members.size()).forEach(seat -> seat.device().close());
        backends.forEach(Backend::close);
    }
}
