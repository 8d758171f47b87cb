package idiom.bridge.coremidi;

import idiom.bridge.Port;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** An endpoint that a device wants to be connected to, and where it was found. [control] */
final class Partner {
    private final String wanted;
    private final Port.Direction direction;
    private @Nullable Endpoint found;
    private @Nullable Endpoint last;

    /**
     * Not yet found.
     *
     * @param wanted part of its name
     */
    Partner(String wanted, Port.Direction direction) {
        this.wanted = wanted;
        this.direction = direction;
    }

    Port.Direction direction() {
        return direction;
    }

    String wanted() {
        return wanted;
    }

    Optional<Endpoint> found() {
        return Optional.ofNullable(found);
    }

    /** The endpoint to take: the one it was before, by its ID or else by its name, or else the first that matches. */
    Optional<Endpoint> choose(List<Endpoint> endpoints) {
        Endpoint before = last;
        if (before == null) {
            return first(endpoints, endpoint -> endpoint.matches(wanted));
        }
        return first(endpoints, endpoint -> endpoint.uniqueId() == before.uniqueId())
                .or(() -> first(endpoints, endpoint -> endpoint.name().equals(before.name())))
                .or(() -> first(endpoints, endpoint -> endpoint.matches(wanted)));
    }

    private static Optional<Endpoint> first(List<Endpoint> endpoints, Predicate<Endpoint> which) {
        return endpoints.stream().filter(which).findFirst();
    }

    /** It is connected. */
    void found(Endpoint endpoint) {
        found = endpoint;
        last = endpoint;
    }

    /** It has gone; returns where it was. */
    Optional<Endpoint> lost() {
        Optional<Endpoint> before = found();
        found = null;
        return before;
    }

    /** Whether it was found, and is no longer where it was. */
    boolean hasGone(List<Endpoint> endpoints) {
        Endpoint current = found;
        return current != null && endpoints.stream().noneMatch(current::isSameAs);
    }

    /** What to say if it isn't there. */
    String missing(List<Endpoint> endpoints) {
        return "no port to " + (direction == Port.Direction.INPUT ? "listen" : "play") + " to has \"" + wanted
                + "\" in its name: there are " + Endpoint.names(endpoints);
    }
}
