package idiom.bridge;

import java.util.List;
import java.util.Optional;

/**
 * A system of MIDI ports, found at run time: JACK, the ALSA sequencer, CoreMIDI, javax.sound.midi, plugins in DAWs, or none but
 * this process. All methods are for the control thread. Making one never fails and loads no native library; {@link #problem}
 * tries.
 */
public interface Backend extends AutoCloseable {

    /** How it is called on the command line: {@code "jack"}. */
    String name();

    /** Why it can't be used here and what to do about it, in one line; empty if it can. */
    Optional<String> problem();

    /** Whether its devices have ports of their own, so that it is of use where there are no ports of others. [any] */
    default boolean makesPorts() {
        return true;
    }

    /** Whether it may be chosen where nobody names one: it can open devices, and others can connect to those. [any] */
    default boolean canBeDefault() {
        return true;
    }

    /** All ports there are now, this process's own left out. Throws if {@link #problem} has one, or the system goes away. */
    List<Port> ports() throws BackendException;

    /**
     * Opens a device with one virtual input and one virtual output (where the system has none: on hardware ports) and makes
     * the connections that are asked for. A device whose system or whose partners go away finds them again by name.
     *
     * @throws BackendException in one line: what, where, what would be right; the ports there are, if one was not found;
     *     always, if no device of this program plays to these ports
     */
    Device open(DeviceSpec spec) throws BackendException;

    /** Closes what is still open. */
    @Override
    void close();
}
