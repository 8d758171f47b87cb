package idiom.presets;

/** A value is outside its range; remembers the key, so that the reader can say which line it stands on. */
final class RangeException extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    private final String key;

    RangeException(String key, String message) {
        super(message);
        this.key = key;
    }

    /** Dotted key as written in a preset file: {@code decoding.range.low}. */
    String key() {
        return key;
    }
}
