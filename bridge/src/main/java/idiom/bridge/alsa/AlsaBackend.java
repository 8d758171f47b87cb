package idiom.bridge.alsa;

import idiom.bridge.Backend;
import idiom.bridge.BackendException;
import idiom.bridge.Device;
import idiom.bridge.DeviceSpec;
import idiom.bridge.Port;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Ports of the ALSA sequencer (Linux). A device is a client with one port for both directions; needs libasound 1.1.2. */
public final class AlsaBackend implements Backend {
    private static final String NAME = "alsa";
    private static final Path SEQUENCER = Path.of("/dev/snd/seq");

    private final Set<AlsaDevice> devices = ConcurrentHashMap.newKeySet();

    /** Does nothing yet. */
    public AlsaBackend() {}

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Optional<String> problem() {
        String system = System.getProperty("os.name", "");
        if (!system.equals("Linux")) {
            return Optional.of("ALSA is on Linux only: this is " + system);
        }
        return Asound.load().or(AlsaBackend::sequencerProblem);
    }

    private static Optional<String> sequencerProblem() {
        if (!Files.exists(SEQUENCER)) {
            return Optional.of("the kernel's sequencer is not there: " + SEQUENCER + " (modprobe snd-seq)");
        }
        if (!Files.isReadable(SEQUENCER) || !Files.isWritable(SEQUENCER)) {
            return Optional.of("may not use " + SEQUENCER + " (adduser " + System.getProperty("user.name")
                    + " audio, then log in again)");
        }
        try (Sequencer ignored = Sequencer.open("Idiom")) {
            return Optional.empty();
        } catch (BackendException e) {
            return Optional.of(e.getMessage() + " (modprobe snd-seq)");
        }
    }

    @Override
    public List<Port> ports() throws BackendException {
        requireUsable();
        List<SeqPort> all;
        try (Sequencer sequencer = Sequencer.open("Idiom")) {
            all = sequencer.ports(this::isOurs);
        }
        List<Port> result = new ArrayList<>();
        for (Port.Direction direction : Port.Direction.values()) {
            for (SeqPort port : all) {
                if (port.goes(direction)) {
                    result.add(new Port(NAME, port.name(), direction, port.kind()));
                }
            }
        }
        return List.copyOf(result);
    }

    @Override
    public Device open(DeviceSpec spec) throws BackendException {
        requireUsable();
        devices.removeIf(device -> device.state() == Device.State.CLOSED);
        AlsaDevice device = AlsaDevice.open(spec, this::isOurs);
        devices.add(device);
        return device;
    }

    @Override
    public void close() {
        devices.forEach(AlsaDevice::close);
        devices.clear();
    }

    private void requireUsable() throws BackendException {
        Optional<String> problem = problem();
        if (problem.isPresent()) {
            throw new BackendException("ALSA: " + problem.get());
        }
    }

    private boolean isOurs(int client) {
        return devices.stream().anyMatch(device -> device.state() != Device.State.CLOSED && device.client() == client);
    }
}
