package idiom.bridge;

import org.jspecify.annotations.Nullable;

/**
 * What device to open.
 *
 * @param name under which others see it: {@code "to Jazz"}
 * @param from part of the name of a port to listen to, in any case of letters; null for none: others connect to it
 * @param to the same for a port to play to
 */
public record DeviceSpec(
        String name, @Nullable String from, @Nullable String to) {
    public DeviceSpec {
        if (name.isBlank()) {
            throw new IllegalArgumentException("a device needs a name: name=" + name);
        }
    }
}
