package idiom.bridge;

import org.jspecify.annotations.Nullable;

/**
 * What device to open.
 *
 * @param name under which others see it: {@code "to Jazz"}
 * @param from part of the name of a port to listen to, in any case of letters; null for none: others connect to it
 * @param to the same for a port to play to
 * @param thru whether what comes in shall go out at once as well, as far as the system can do that by itself:
 *     {@link Device#passesThru} says whether it does
 */
public record DeviceSpec(
        String name, @Nullable String from, @Nullable String to, boolean thru) {
    public DeviceSpec {
        if (name.isBlank()) {
            throw new IllegalArgumentException("a device needs a name: name=" + name);
        }
    }

    /** One that passes nothing by itself. */
    public DeviceSpec(String name, @Nullable String from, @Nullable String to) {
        this(name, from, to, false);
    }
}
