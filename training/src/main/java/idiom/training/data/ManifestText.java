package idiom.training.data;

import java.util.Locale;

/** Builds the text of a manifest: TOML tables of texts, numbers and booleans, in the order they are put. */
final class ManifestText {
    private final StringBuilder text = new StringBuilder();

    ManifestText comment(String line) {
        text.append("# ").append(line).append('\n');
        return this;
    }

    /** Begins a table; {@code name} is one key, or two with the second to be quoted as {@code part}. */
    ManifestText table(String name, String part) {
        text.append("\n[").append(name);
        if (!part.isEmpty()) {
            text.append('.').append(quoted(part));
        }
        text.append("]\n");
        return this;
    }

    ManifestText put(String key, String value) {
        return line(key, quoted(value));
    }

    ManifestText put(String key, long value) {
        return line(key, Long.toString(value));
    }

    ManifestText put(String key, double value) {
        return line(key, Double.toString(value).toLowerCase(Locale.ROOT));
    }

    ManifestText put(String key, boolean value) {
        return line(key, Boolean.toString(value));
    }

    ManifestText append(ManifestText other) {
        text.append(other.text);
        return this;
    }

    private ManifestText line(String key, String value) {
        text.append(key).append(" = ").append(value).append('\n');
        return this;
    }

    private static String quoted(String value) {
        StringBuilder quoted = new StringBuilder("\"");
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (c == '"' || c == '\\') {
                quoted.append('\\').append(c);
            } else if (c < 0x20 || c == 0x7F) {
                quoted.append(String.format(Locale.ROOT, "\\u%04x", (int) c));
            } else {
                quoted.append(c);
            }
        }
        return quoted.append('"').toString();
    }

    @Override
    public String toString() {
        return text.toString();
    }
}
