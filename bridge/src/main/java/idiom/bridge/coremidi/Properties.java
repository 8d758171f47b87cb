package idiom.bridge.coremidi;

import com.sun.jna.NativeLibrary;
import java.util.Optional;

/**
 * Names of objects' properties, as CoreMIDI exports them, and what they are for an object. [control]
 *
 * @param name {@code kMIDIPropertyName}
 * @param displayName {@code kMIDIPropertyDisplayName}: with the device's name before it where that is needed
 * @param driver {@code kMIDIPropertyDriverOwner}
 * @param uniqueId {@code kMIDIPropertyUniqueID}
 * @param offline {@code kMIDIPropertyOffline}
 */
record Properties(long name, long displayName, long driver, long uniqueId, long offline) {

    static Properties of(NativeLibrary midi) {
        return new Properties(
                Frameworks.constant(midi, "kMIDIPropertyName"),
                Frameworks.constant(midi, "kMIDIPropertyDisplayName"),
                Frameworks.constant(midi, "kMIDIPropertyDriverOwner"),
                Frameworks.constant(midi, "kMIDIPropertyUniqueID"),
                Frameworks.constant(midi, "kMIDIPropertyOffline"));
    }

    /** A property that is a text; empty if the object has none, or has gone. */
    static Optional<String> text(int object, long property) {
        long[] string = new long[1];
        int status = MidiServices.MIDIObjectGetStringProperty(object, property, string);
        return status == Status.OK && string[0] != 0 ? Optional.of(CoreFoundation.take(string[0])) : Optional.empty();
    }

    /** A property that is a number; 0 if the object has none, or has gone. */
    static int number(int object, long property) {
        int[] value = new int[1];
        int status = MidiServices.MIDIObjectGetIntegerProperty(object, property, value);
        return status == Status.OK ? value[0] : 0;
    }
}
