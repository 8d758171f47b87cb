package idiom.presets;

/** Checks of values that a preset states; the message names the key and what would be right. */
final class Ranges {
    private Ranges() {}

    static void closed(String key, double value, double low, double high) {
        if (!(value >= low && value <= high)) {
            throw new RangeException(
                    key, key + " must be from " + plain(low) + " to " + plain(high) + ": " + key + "=" + plain(value));
        }
    }

    static void open(String key, double value, double low, double high) {
        if (!(value > low && value < high)) {
            throw new RangeException(
                    key,
                    key + " must be between " + plain(low) + " and " + plain(high) + ": " + key + "=" + plain(value));
        }
    }

    private static String plain(double value) {
        return value == Math.rint(value) && Math.abs(value) < 1e10
                ? Long.toString((long) value)
                : Double.toString(value);
    }
}
