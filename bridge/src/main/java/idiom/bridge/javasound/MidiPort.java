package idiom.bridge.javasound;

import idiom.bridge.BackendException;
import idiom.bridge.Port;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import javax.sound.midi.MidiDevice;
import javax.sound.midi.MidiSystem;
import javax.sound.midi.MidiUnavailableException;
import javax.sound.midi.Sequencer;
import javax.sound.midi.Synthesizer;
import org.jspecify.annotations.Nullable;

/**
 * One direction of a device of javax.sound.midi.
 *
 * @param info by which javax.sound.midi knows it
 * @param name its own, or with a number where several of one direction have the same: {@code Keys (2)}
 * @param direction seen from here
 */
record MidiPort(MidiDevice.Info info, String name, Port.Direction direction) {
    /** Words in the names and descriptions of ports that are known to be software. */
    private static final List<String> SOFTWARE = List.of(
            "loopback",
            "loopmidi",
            "loopbe",
            "virtual",
            "virmidi",
            "internal",
            "software",
            "wavetable",
            "mapper",
            "iac driver");

    /** All there are, inputs first; the JDK's own sequencer and synthesiser are none. Asks the system. [control] */
    static List<MidiPort> all() {
        List<MidiPort> inputs = new ArrayList<>();
        List<MidiPort> outputs = new ArrayList<>();
        for (MidiDevice.Info info : MidiSystem.getMidiDeviceInfo()) {
            MidiDevice device = deviceOf(info);
            if (device == null || device instanceof Sequencer || device instanceof Synthesizer) {
                continue;
            }
            if (device.getMaxTransmitters() != 0) {
                inputs.add(new MidiPort(info, uniqueName(info, inputs), Port.Direction.INPUT));
            }
            if (device.getMaxReceivers() != 0) {
                outputs.add(new MidiPort(info, uniqueName(info, outputs), Port.Direction.OUTPUT));
            }
        }
        inputs.addAll(outputs);
        return inputs;
    }

    private static @Nullable MidiDevice deviceOf(MidiDevice.Info info) {
        try {
            return MidiSystem.getMidiDevice(info);
        } catch (MidiUnavailableException | IllegalArgumentException e) {
            return null; // Gone since the list was made.
        }
    }

    private static String uniqueName(MidiDevice.Info info, List<MidiPort> others) {
        String plain = info.getName().strip();
        String name = plain;
        for (int i = 2; isTaken(name, others); i++) {
            name = plain + " (" + i + ")";
        }
        return name;
    }

    private static boolean isTaken(String name, List<MidiPort> others) {
        return others.stream().anyMatch(port -> port.name.equals(name));
    }

    /** What it is to be opened with. [control] */
    MidiDevice device() throws BackendException {
        try {
            return MidiSystem.getMidiDevice(info);
        } catch (MidiUnavailableException | IllegalArgumentException e) {
            throw new BackendException("\"" + name + "\" has just gone", e);
        }
    }

    /** How the interface of all systems shows it. */
    Port port() {
        return new Port(JavaSoundBackend.NAME, name, direction, kind());
    }

    /** A guess from its words: javax.sound.midi does not say. */
    private Port.Kind kind() {
        String words = (name + " " + info.getDescription()).toLowerCase(Locale.ROOT);
        boolean isSoftware =
                SOFTWARE.stream().anyMatch(words::contains) || words.startsWith("to ") || words.startsWith("from ");
        return isSoftware ? Port.Kind.VIRTUAL : Port.Kind.HARDWARE;
    }

    /** Whether it is in the list that javax.sound.midi gives now. */
    static boolean isListed(MidiDevice.Info info, MidiDevice.Info[] now) {
        for (MidiDevice.Info other : now) {
            if (other.equals(info) || (!isTheJdks(info) && isSaidAlike(info, other))) {
                return true;
            }
        }
        return false;
    }

    /** The JDK's providers keep a device's info as long as it is there; others may make a new one each time. */
    private static boolean isSaidAlike(MidiDevice.Info one, MidiDevice.Info other) {
        return one.getName().equals(other.getName())
                && one.getVendor().equals(other.getVendor())
                && one.getDescription().equals(other.getDescription())
                && one.getVersion().equals(other.getVersion());
    }

    /** Whether something belongs to the JDK's own implementation, whose ways are known. */
    static boolean isTheJdks(Object implementation) {
        return implementation.getClass().getModule().equals(MidiSystem.class.getModule());
    }

    /** Those of one direction of whose names something is true. */
    static List<MidiPort> matching(List<MidiPort> ports, Port.Direction direction, Predicate<String> isRight) {
        return ports.stream()
                .filter(port -> port.direction == direction && isRight.test(port.name))
                .toList();
    }

    /** Names of the ports of one direction, in a line. */
    static String names(List<MidiPort> ports, Port.Direction direction) {
        String names = matching(ports, direction, name -> true).stream()
                .map(port -> "\"" + port.name + "\"")
                .collect(Collectors.joining(", "));
        return names.isEmpty() ? "none" : names;
    }
}
