package idiom.presets;

import java.util.Locale;
import java.util.regex.Pattern;

/** The one form of names of presets and genres: they are typed on command lines and become file names. [any] */
public final class Names {
    private static final Pattern NAME = Pattern.compile("[a-z0-9](?:[a-z0-9-]{0,62}[a-z0-9])?");

    private Names() {}

    /** Whether something may be called that: 1 to 64 lower-case letters, digits and inner hyphens. */
    public static boolean isName(String value) {
        return NAME.matcher(value).matches();
    }

    /** A name as it stands at the beginning of a line: {@code "Jazz"}. */
    public static String capitalised(String name) {
        return name.substring(0, 1).toUpperCase(Locale.ROOT) + name.substring(1);
    }

    static void require(String key, String value) {
        if (!isName(value)) {
            throw new RangeException(
                    key, key + " must be 1 to 64 lower-case letters, digits and inner hyphens: " + key + "=" + value);
        }
    }
}
