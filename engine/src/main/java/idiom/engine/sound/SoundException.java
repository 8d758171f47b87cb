package idiom.engine.sound;

/** A piece cannot be made audible; one line that says why and what to do. */
public final class SoundException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public SoundException(String message) {
        super(message);
    }

    public SoundException(String message, Throwable cause) {
        super(message, cause);
    }
}
