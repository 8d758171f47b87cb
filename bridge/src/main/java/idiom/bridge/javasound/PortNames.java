package idiom.bridge.javasound;

import idiom.bridge.BackendException;
import idiom.bridge.DeviceSpec;
import idiom.bridge.Port;
import java.util.List;
import java.util.Locale;

/**
 * Which ports a device is to be made of. What was asked for is part of a name, in any case of letters; the whole name wins.
 * What was not asked for is found by the device's name: a device "to Jazz" listens to a port "to Jazz" and plays to "from
 * Jazz" (two ports of loopMIDI), or does both on "to Jazz (B)" (the far end of a loopback of Windows MIDI Services, whose
 * near end "to Jazz (A)" is for others).
 *
 * @param in name of the port to listen to, or part of it
 * @param out the same of the port to play to
 */
record PortNames(String in, String out) {

    /** [control] */
    static PortNames of(DeviceSpec spec, List<MidiPort> ports) throws BackendException {
        String from = spec.from();
        String to = spec.to();
        return new PortNames(
                from == null ? ownName(spec.name(), spec.name(), Port.Direction.INPUT, ports) : from,
                to == null ? ownName(spec.name(), answerOf(spec.name()), Port.Direction.OUTPUT, ports) : to);
    }

    /** {@code from Jazz} for {@code to Jazz}. */
    static String answerOf(String name) {
        return name.startsWith("to ") ? "from " + name.substring("to ".length()) : name + " out";
    }

    private static String ownName(String device, String own, Port.Direction direction, List<MidiPort> ports)
            throws BackendException {
        String farEnd = (device + " (B)").toLowerCase(Locale.ROOT);
        List<MidiPort> found = MidiPort.matching(ports, direction, own::equalsIgnoreCase);
        if (found.isEmpty()) {
            found = MidiPort.matching(
                    ports, direction, name -> name.toLowerCase(Locale.ROOT).startsWith(farEnd));
        }
        if (found.isEmpty()) {
            boolean listens = direction == Port.Direction.INPUT;
            throw new BackendException("javax.sound.midi: there is no port \"" + own + "\" to "
                    + (listens ? "listen" : "play") + " to: make one (docs/windows.md), or name another with "
                    + (listens ? "--in" : "--out") + "; there are " + MidiPort.names(ports, direction));
        }
        return found.get(0).name();
    }

    /** Whether a name is, or has in it, what is wanted. */
    static boolean matches(String name, String wanted) {
        return name.toLowerCase(Locale.ROOT).contains(wanted.strip().toLowerCase(Locale.ROOT));
    }
}
