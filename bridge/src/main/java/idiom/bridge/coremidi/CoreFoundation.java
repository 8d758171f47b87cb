package idiom.bridge.coremidi;

import com.sun.jna.Native;
import idiom.bridge.BackendException;
import java.nio.charset.StandardCharsets;

/** What is used of CoreFoundation: strings, which are counted, and the loop that brings notifications. */
final class CoreFoundation {
    /** {@code kCFRunLoopRunFinished}: nobody has anything to say in this loop yet. */
    static final int RUN_FINISHED = 1;

    private static final int UTF_8 = 0x0800_0100;

    private CoreFoundation() {}

    /** Something to be done with a {@code CFStringRef} that is good for as long as it takes. */
    interface WithString {
        int call(long string);
    }

    static native long CFStringCreateWithCString(long allocator, byte[] text, int encoding);

    static native long CFStringGetLength(long string);

    static native long CFStringGetMaximumSizeForEncoding(long length, int encoding);

    static native byte CFStringGetCString(long string, byte[] buffer, long size, int encoding);

    static native void CFRelease(long object);

    static native int CFRunLoopRunInMode(long mode, double seconds, byte returnAfterSource);

    /** Calls something with a text. */
    static int with(String text, WithString what) throws BackendException {
        long string = CFStringCreateWithCString(0, terminated(text), UTF_8);
        if (string == 0) {
            throw new BackendException("CoreMIDI: this can't be a name: name=" + text);
        }
        try {
            return what.call(string);
        } finally {
            CFRelease(string);
        }
    }

    private static byte[] terminated(String text) {
        return (text + '\0').getBytes(StandardCharsets.UTF_8);
    }

    /** The text of a string that is the caller's, who has no further use for it: released here. */
    static String take(long string) {
        try {
            long size = CFStringGetMaximumSizeForEncoding(CFStringGetLength(string), UTF_8) + 1;
            byte[] buffer = new byte[Math.toIntExact(size)];
            return CFStringGetCString(string, buffer, size, UTF_8) == 0
                    ? ""
                    : Native.toString(buffer, StandardCharsets.UTF_8);
        } finally {
            CFRelease(string);
        }
    }
}
