package idiom.bridge;

/**
 * A MIDI port of somebody else.
 *
 * @param backend name of the system it belongs to
 * @param name as that system shows it, unique among its ports of one direction
 * @param direction seen from here
 * @param kind what is behind it
 */
public record Port(String backend, String name, Direction direction, Kind kind) {

    /** Which way music goes. */
    public enum Direction {
        /** Music comes from it: a keyboard, a sequencer's output. */
        INPUT,
        /** Music goes to it: a synthesiser, a sequencer's input. */
        OUTPUT
    }

    /** What is behind a port. */
    public enum Kind {
        /** A device outside the computer. */
        HARDWARE,
        /** Another program. */
        VIRTUAL
    }
}
