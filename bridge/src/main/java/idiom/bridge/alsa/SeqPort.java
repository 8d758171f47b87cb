package idiom.bridge.alsa;

import idiom.bridge.Port;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * A port of the sequencer that others may connect to.
 *
 * @param client number of the program or driver it belongs to
 * @param port number of the port there
 * @param name for people, unique among all ports
 * @param readable whether music comes from it
 * @param writable whether music goes to it
 * @param kind what is behind it
 */
record SeqPort(int client, int port, String name, boolean readable, boolean writable, Port.Kind kind) {

    boolean goes(Port.Direction direction) {
        return direction == Port.Direction.INPUT ? readable : writable;
    }

    /** Whether {@code wanted} is part of the name, in any case of letters. */
    boolean matches(String wanted) {
        return name.toLowerCase(Locale.ROOT).contains(wanted.strip().toLowerCase(Locale.ROOT));
    }

    boolean isAt(int otherClient, int otherPort) {
        return client == otherClient && port == otherPort;
    }

    /**
     * Name of a port: that of its client and its own, without saying the same twice, as in {@code USB Keys:USB Keys MIDI 1}.
     */
    static String nameOf(String client, String port) {
        String ofClient = client.strip();
        String ofPort = port.strip();
        if (ofPort.isEmpty()) {
            return ofClient;
        }
        return ofPort.startsWith(ofClient) ? ofPort : ofClient + ":" + ofPort;
    }

    /** What is behind a port, by the type it states; drivers that state none are hardware if they have a sound card. */
    static Port.Kind kindOf(int type, int card) {
        if ((type & Asound.TYPE_HARDWARE) != 0) {
            return Port.Kind.HARDWARE;
        }
        boolean software = (type & (Asound.TYPE_SOFTWARE | Asound.TYPE_APPLICATION)) != 0;
        return card >= 0 && !software ? Port.Kind.HARDWARE : Port.Kind.VIRTUAL;
    }

    /** Tells ports of one name apart by counting: two keyboards of one make are {@code Keys} and {@code Keys (2)}. */
    static List<SeqPort> withUniqueNames(List<SeqPort> ports) {
        List<SeqPort> result = new ArrayList<>();
        for (SeqPort port : ports) {
            String name = port.name;
            for (int i = 2; isTaken(name, result); i++) {
                name = port.name + " (" + i + ")";
            }
            result.add(new SeqPort(port.client, port.port, name, port.readable, port.writable, port.kind));
        }
        return result;
    }

    /** Names of the ports of one direction, in a line. */
    static String names(List<SeqPort> ports, Port.Direction direction) {
        String names = ports.stream()
                .filter(port -> port.goes(direction))
                .map(port -> "\"" + port.name + "\"")
                .collect(Collectors.joining(", "));
        return names.isEmpty() ? "none" : names;
    }

    private static boolean isTaken(String name, List<SeqPort> ports) {
        return ports.stream().anyMatch(port -> port.name.equals(name));
    }
}
