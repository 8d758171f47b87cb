package idiom.bridge.coremidi;

import idiom.bridge.Port;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.IntPredicate;
import java.util.stream.Collectors;

/**
 * A source or destination of somebody else's. [control]
 *
 * @param ref by which CoreMIDI knows it while it is there
 * @param uniqueId by which CoreMIDI knows it when it comes back
 * @param name for people, unique among those of its direction
 * @param direction seen from here
 * @param kind what is behind it
 */
record Endpoint(int ref, int uniqueId, String name, Port.Direction direction, Port.Kind kind) {
    /** Apple's driver for music between programs: its ports are as if outside, and are not. */
    private static final String BETWEEN_PROGRAMS = "com.apple.AppleMIDIIACDriver";

    /** All that are there, in CoreMIDI's order, without those that {@code leftOut} names by their references. */
    static List<Endpoint> list(Properties properties, Port.Direction direction, IntPredicate leftOut) {
        boolean isInput = direction == Port.Direction.INPUT;
        long count = isInput ? MidiServices.MIDIGetNumberOfSources() : MidiServices.MIDIGetNumberOfDestinations();
        List<Endpoint> result = new ArrayList<>();
        for (long i = 0; i < count; i++) {
            int ref = isInput ? MidiServices.MIDIGetSource(i) : MidiServices.MIDIGetDestination(i);
            if (ref != 0 && !leftOut.test(ref) && Properties.number(ref, properties.offline()) == 0) {
                add(ref, properties, direction, result);
            }
        }
        return result;
    }

    private static void add(int ref, Properties properties, Port.Direction direction, List<Endpoint> result) {
        int uniqueId = Properties.number(ref, properties.uniqueId());
        if (uniqueId == 0) {
            return; // It has gone since it was counted.
        }
        String name = Properties.text(ref, properties.displayName())
                .filter(text -> !text.isBlank())
                .or(() -> Properties.text(ref, properties.name()))
                .filter(text -> !text.isBlank())
                .orElse("unnamed");
        result.add(new Endpoint(ref, uniqueId, uniqueName(name, result), direction, kindOf(ref, properties)));
    }

    /** Two keyboards of one make are {@code Keys} and {@code Keys (2)}. */
    private static String uniqueName(String name, List<Endpoint> taken) {
        String result = name;
        for (int i = 2; isTaken(result, taken); i++) {
            result = name + " (" + i + ")";
        }
        return result;
    }

    private static boolean isTaken(String name, List<Endpoint> taken) {
        return taken.stream().anyMatch(endpoint -> endpoint.name.equals(name));
    }

    /** What a driver has belongs to a device's entity; what a program has does not. */
    private static Port.Kind kindOf(int ref, Properties properties) {
        int[] entity = new int[1];
        boolean isOfDriver = MidiServices.MIDIEndpointGetEntity(ref, entity) == Status.OK && entity[0] != 0;
        boolean isBetweenPrograms = Properties.text(ref, properties.driver())
                .filter(BETWEEN_PROGRAMS::equals)
                .isPresent();
        return isOfDriver && !isBetweenPrograms ? Port.Kind.HARDWARE : Port.Kind.VIRTUAL;
    }

    /** Whether {@code wanted} is part of the name, in any case of letters. */
    boolean matches(String wanted) {
        return name.toLowerCase(Locale.ROOT).contains(wanted.strip().toLowerCase(Locale.ROOT));
    }

    /** Whether it is still the same, there for the whole time. */
    boolean isSameAs(Endpoint other) {
        return ref == other.ref && uniqueId == other.uniqueId;
    }

    Port port() {
        return new Port(CoreMidiBackend.NAME, name, direction, kind);
    }

    /** Names, in a line. */
    static String names(List<Endpoint> endpoints) {
        String names =
                endpoints.stream().map(endpoint -> "\"" + endpoint.name + "\"").collect(Collectors.joining(", "));
        return names.isEmpty() ? "none" : names;
    }
}
