package idiom.engine.live;

/** Who says where the music is. */
public enum Sync {
    /** The session itself, at a tempo it is told. */
    INTERNAL,
    /** MIDI clock in the music that comes in: 24 ticks a quarter, Start, Stop, Continue, Song Position. */
    CLOCK,
    /** The transport of the device's system. */
    TRANSPORT
}
