package idiom.bridge.alsa;

import idiom.bridge.Port;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A port that a device wants to be connected to, and where it was found. For one thread at a time. */
final class Partner {
    private final String wanted;
    private final Port.Direction direction;
    private @Nullable SeqPort found;
    private String lastName = "";

    /**
     * Not yet found.
     *
     * @param wanted part of its name
     */
    Partner(String wanted, Port.Direction direction) {
        this.wanted = wanted;
        this.direction = direction;
    }

    String wanted() {
        return wanted;
    }

    Port.Direction direction() {
        return direction;
    }

    boolean isFound() {
        return found != null;
    }

    /** The port to take: the one of the same name as before if it is there, else the first that matches. */
    Optional<SeqPort> choose(List<SeqPort> ports) {
        List<SeqPort> matching = ports.stream()
                .filter(port -> port.goes(direction) && port.matches(wanted))
                .toList();
        return matching.stream()
                .filter(port -> port.name().equals(lastName))
                .findFirst()
                .or(() -> matching.stream().findFirst());
    }

    /** It is connected. */
    void found(SeqPort port) {
        found = port;
        lastName = port.name();
    }

    /**
     * A port has gone.
     *
     * @param port negative for all ports of the client
     * @return whether it was this one
     */
    boolean left(int client, int port) {
        SeqPort current = found;
        if (current == null || current.client() != client || (port >= 0 && current.port() != port)) {
            return false;
        }
        found = null;
        return true;
    }

    /** Looks whether it is still where it was found; returns whether it has gone. */
    boolean leftUnseen(List<SeqPort> ports) {
        SeqPort current = found;
        return current != null
                && ports.stream()
                        .noneMatch(port -> port.isAt(current.client(), current.port())
                                && port.name().equals(current.name()))
                && left(current.client(), current.port());
    }

    /** What to say if it isn't there. */
    String missing(List<SeqPort> ports) {
        return "no port to "
                + (direction == Port.Direction.INPUT ? "listen" : "play")
                + " to has \"" + wanted + "\" in its name: there are " + SeqPort.names(ports, direction);
    }
}
