package idiom.bridge.jack;

import idiom.bridge.Port.Direction;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Who one port of a device is connected to, remembered so that a partner that went away and came back, or a whole server, is
 * connected again. What a user connects is taken over; what she disconnects stays so while both are there. [control]
 */
final class Connections {
    private static final int LOOKS_TO_FORGET = 10;

    private final Direction direction;
    /** The partner that was asked for. */
    private final @Nullable String partner;

    private final Set<String> wanted = new LinkedHashSet<>();
    private final Set<String> gone = new HashSet<>();
    /** Those that are there and not connected, with how many times they were seen so. */
    private final Map<String, Integer> parted = new HashMap<>();

    Connections(Direction direction, @Nullable String partner) {
        this.direction = direction;
        this.partner = partner;
        if (partner != null) {
            wanted.add(partner);
            gone.add(partner);
        }
    }

    /** All are gone, since their server is. */
    void lose() {
        gone.addAll(wanted);
    }

    /** Whether the partner that was asked for is missing. */
    boolean isPartnerGone() {
        return partner != null && gone.contains(partner);
    }

    /** Compares with how things are, and connects who came back. */
    void tend(NativeClient client) {
        List<String> current = client.connections(direction);
        wanted.addAll(current);
        current.forEach(gone::remove);
        current.forEach(parted::remove);
        for (String port : List.copyOf(wanted)) {
            if (current.contains(port)) {
                continue;
            }
            if (!client.exists(port)) {
                gone.add(port);
                parted.remove(port);
            } else if (!gone.contains(port)) {
                part(port);
            } else if (client.connect(direction, port)) {
                gone.remove(port);
            }
        }
    }

    /** Either the user has disconnected it, or it is about to go: ports lose their connections first. */
    private void part(String port) {
        int looks = parted.merge(port, 1, Integer::sum);
        if (looks > LOOKS_TO_FORGET && !port.equals(partner)) {
            wanted.remove(port);
            parted.remove(port);
        }
    }
}
