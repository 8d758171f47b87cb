package idiom.bridge.coremidi;

import com.sun.jna.Callback;

/**
 * What is used of CoreMIDI, called directly: with numbers only, a call allocates nothing. Names and meaning are those of
 * Apple's {@code MIDIServices.h}, for 64-bit programs: an {@code int} is a status or an object's reference ({@code UInt32}), a
 * {@code long} is an address, a {@code CFStringRef} or an {@code ItemCount}.
 */
final class MidiServices {
    private MidiServices() {}

    /** {@code MIDINotifyProc}: something has changed. [coremidi-notify] */
    interface NotifyProc extends Callback {
        void invoke(long notification, long refCon);
    }

    /** {@code MIDIReadProc}: packets have come in. [CoreMIDI's own thread] */
    interface ReadProc extends Callback {
        void invoke(long packetList, long readProcRefCon, long connectionRefCon);
    }

    static native int MIDIClientCreate(long name, NotifyProc notify, long refCon, int[] client);

    static native int MIDIClientDispose(int client);

    static native int MIDIInputPortCreate(int client, long name, ReadProc read, long refCon, int[] port);

    static native int MIDIOutputPortCreate(int client, long name, int[] port);

    static native int MIDIPortDispose(int port);

    static native int MIDIPortConnectSource(int port, int source, long refCon);

    static native int MIDIPortDisconnectSource(int port, int source);

    static native int MIDISourceCreate(int client, long name, int[] source);

    static native int MIDIDestinationCreate(int client, long name, ReadProc read, long refCon, int[] destination);

    static native int MIDIEndpointDispose(int endpoint);

    static native int MIDIEndpointGetEntity(int endpoint, int[] entity);

    static native long MIDIGetNumberOfSources();

    static native int MIDIGetSource(long index);

    static native long MIDIGetNumberOfDestinations();

    static native int MIDIGetDestination(long index);

    static native int MIDIObjectGetIntegerProperty(int object, long property, int[] value);

    static native int MIDIObjectSetIntegerProperty(int object, long property, int value);

    static native int MIDIObjectGetStringProperty(int object, long property, long[] string);

    static native int MIDISend(int port, int destination, long packetList);

    static native int MIDIReceived(int source, long packetList);

    static native int MIDIFlushOutput(int destination);
}
