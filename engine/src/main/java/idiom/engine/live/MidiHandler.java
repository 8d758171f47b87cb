package idiom.engine.live;

/** Receives MIDI messages one by one, each whole: no running status, SysEx from F0 to F7. */
@FunctionalInterface
public interface MidiHandler {

    /**
     * Takes one message. Must neither block nor allocate nor keep {@code bytes}.
     *
     * @param time on the clock of where it comes from, in units of that clock
     * @param bytes holds the message
     * @param offset of its status byte
     * @param length in bytes, at least 1
     */
    void onMidi(long time, byte[] bytes, int offset, int length);
}
