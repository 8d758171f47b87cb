package idiom.bridge;

import java.io.IOException;

/** A system of MIDI ports can't do what was asked; one line says why and what would be right. */
public final class BackendException extends IOException {
    private static final long serialVersionUID = 1L;

    public BackendException(String message) {
        super(message);
    }

    public BackendException(String message, Throwable cause) {
        super(message, cause);
    }
}
