package idiom.bridge.coremidi;

import idiom.bridge.BackendException;

/** What CoreMIDI's functions answer: 0, or what went wrong. */
final class Status {
    static final int OK = 0;
    static final int ID_NOT_UNIQUE = -10843;

    private Status() {}

    /** Throws, in one line, unless it is 0. */
    static void check(int status, String what) throws BackendException {
        if (status != OK) {
            throw new BackendException("CoreMIDI: " + what + ": " + text(status));
        }
    }

    /** What it means, with its number. */
    static String text(int status) {
        return meaning(status) + " (" + status + ")";
    }

    private static String meaning(int status) {
        return switch (status) {
            case -10830 -> "the client is not valid";
            case -10831 -> "the port is not valid";
            case -10832 -> "a source was given for a destination, or the other way round";
            case -10833 -> "there is no such connection";
            case -10834 -> "the endpoint is not there";
            case -10835 -> "the object has no such property";
            case -10836 -> "the property is of another type";
            case -10837 -> "there is no MIDI setup";
            case -10838 -> "the MIDI server does not answer; log out and in again";
            case -10839 -> "the MIDI server does not start; log out and in again";
            case -10840 -> "the saved MIDI setup can't be read";
            case -10841 -> "called from the wrong thread";
            case -10842 -> "the object is not there";
            case ID_NOT_UNIQUE -> "the unique ID is taken";
            case -10844 -> "macOS does not permit it to this program";
            default -> "an error that CoreMIDI does not document";
        };
    }
}
