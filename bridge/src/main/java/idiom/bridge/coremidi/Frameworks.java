package idiom.bridge.coremidi;

import com.sun.jna.Native;
import com.sun.jna.NativeLibrary;
import idiom.bridge.BackendException;

/**
 * Apple's frameworks, bound, with what the process has of them only once. The functions are bound to the last ones loaded, so
 * there is one of these in a process.
 */
final class Frameworks {
    private static final String CORE_MIDI = "/System/Library/Frameworks/CoreMIDI.framework/CoreMIDI";
    private static final String CORE_FOUNDATION = "/System/Library/Frameworks/CoreFoundation.framework/CoreFoundation";
    private static final String SYSTEM = "/usr/lib/libSystem.B.dylib";

    private final HostClock clock;
    private final PacketLayout layout;
    private final Properties properties;
    private final ReadProcs readProcs = new ReadProcs();
    private final Notifications notifications;

    /** Where to get them; throws in one line where they can't be had. */
    interface Loader {
        Frameworks load() throws BackendException;
    }

    private Frameworks(NativeLibrary midi, NativeLibrary foundation, PacketLayout layout) {
        this.layout = layout;
        this.clock = HostClock.ofSystem();
        this.properties = Properties.of(midi);
        this.notifications = new Notifications(constant(foundation, "kCFRunLoopDefaultMode"));
    }

    /** macOS's own. On other systems nothing is loaded. */
    static Frameworks apple() throws BackendException {
        String system = System.getProperty("os.name", "");
        if (!system.startsWith("Mac")) {
            throw new BackendException("CoreMIDI is there on macOS only: os=" + system);
        }
        if (Native.POINTER_SIZE != Long.BYTES) {
            throw new BackendException("CoreMIDI needs a 64-bit Java: bits=" + 8 * Native.POINTER_SIZE);
        }
        try {
            return Apple.FRAMEWORKS;
        } catch (LinkageError e) {
            throw new BackendException("CoreMIDI can't be loaded: " + CORE_MIDI, e);
        }
    }

    private static final class Apple {
        static final Frameworks FRAMEWORKS = bind(
                NativeLibrary.getInstance(CORE_MIDI),
                NativeLibrary.getInstance(CORE_FOUNDATION),
                NativeLibrary.getInstance(SYSTEM),
                PacketLayout.of(System.getProperty("os.arch", "")));
    }

    /**
     * Binds all functions.
     *
     * @throws UnsatisfiedLinkError if one is missing, or a constant
     */
    static Frameworks bind(NativeLibrary midi, NativeLibrary foundation, NativeLibrary system, PacketLayout layout) {
        Native.register(MachTime.class, system);
        Native.register(CoreFoundation.class, foundation);
        Native.register(MidiServices.class, midi);
        return new Frameworks(midi, foundation, layout);
    }

    /** Value of a variable that a framework exports: of {@code CFStringRef}s the addresses are not known beforehand. */
    static long constant(NativeLibrary library, String name) {
        return library.getGlobalVariableAddress(name).getLong(0);
    }

    HostClock clock() {
        return clock;
    }

    PacketLayout layout() {
        return layout;
    }

    Properties properties() {
        return properties;
    }

    ReadProcs readProcs() {
        return readProcs;
    }

    Notifications notifications() {
        return notifications;
    }
}
