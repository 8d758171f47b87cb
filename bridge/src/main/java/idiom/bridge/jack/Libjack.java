package idiom.bridge.jack;

import com.sun.jna.Callback;
import com.sun.jna.Function;
import com.sun.jna.Native;
import com.sun.jna.NativeLibrary;
import idiom.bridge.BackendException;
import org.jaudiolibs.jnajack.lowlevel.JackLibrary;
import org.jaudiolibs.jnajack.lowlevel.JackLibraryDirect;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The native library, loaded when it is first asked for. */
final class Libjack {
    static final String MISSING =
            "JACK's library is missing: libjack.so.0; install it (apt install libjack-jackd2-0) or,"
                    + " for PipeWire, start under pw-jack (apt install pipewire-jack)";

    private static final Logger LOG = LoggerFactory.getLogger(Libjack.class);
    /** libjack holds its address for as long as the process lives. */
    private static final Messages QUIET = text -> LOG.debug("libjack: {}", text);

    private Libjack() {}

    /** Receives what libjack would print on stderr: {@code void (*)(const char *)}. */
    interface Messages extends Callback {
        void invoke(String text);
    }

    /** The library; throws in one line if it isn't there. [control] */
    static JackLibrary load() throws BackendException {
        if (Native.POINTER_SIZE != 8) {
            throw new BackendException("JACK needs a 64-bit Java: bits=" + 8 * Native.POINTER_SIZE);
        }
        try {
            return Loaded.LIBRARY;
        } catch (LinkageError e) {
            throw new BackendException(MISSING, e);
        }
    }

    private static final class Loaded {
        static final JackLibrary LIBRARY = load();

        private static JackLibrary load() {
            JackLibrary library = new JackLibraryDirect();
            // The names that JNAJack tries, in its order: a second copy of libjack would know nothing of the first.
            NativeLibrary same = sameLibrary();
            RealtimeCalls.bind(same);
            silence(same, "jack_set_error_function");
            silence(same, "jack_set_info_function");
            LOG.debug("libjack: {}", same.getFile());
            return library;
        }

        private static NativeLibrary sameLibrary() {
            try {
                return NativeLibrary.getInstance("jack64", JackLibraryDirect.class.getClassLoader());
            } catch (UnsatisfiedLinkError e) {
                return NativeLibrary.getInstance("jack", JackLibraryDirect.class.getClassLoader());
            }
        }

        private static void silence(NativeLibrary library, String function) {
            Function set = library.getFunction(function);
            set.invokeVoid(new Object[] {QUIET});
        }
    }
}
