package idiom.app.record;

import java.util.List;

/**
 * A live session as it was noted down.
 *
 * @param devices at least one
 */
record Take(List<Part> devices) {
    Take {
        devices = List.copyOf(devices);
        if (devices.isEmpty()) {
            throw new IllegalArgumentException("a take needs a device: devices=[]");
        }
    }

    /** Whether no message was noted down. */
    boolean isEmpty() {
        return devices.stream().flatMap(part -> part.entries().stream()).noneMatch(Passed.class::isInstance);
    }

    /**
     * What happened at one device.
     *
     * @param source the device
     * @param entries in the order in which they were noted down
     */
    record Part(Source source, List<Entry> entries) {
        Part {
            entries = List.copyOf(entries);
        }

        /** When the session began, on the device's clock. */
        long origin() {
            return entries.stream()
                    .filter(Entry.Played.class::isInstance)
                    .mapToLong(Entry::time)
                    .findFirst()
                    .orElseGet(() -> entries.isEmpty() ? 0 : entries.get(0).time());
        }

        /** A time on the device's clock in seconds since the session began. */
        double seconds(long time) {
            return (time - origin()) / (double) source.clockRate();
        }
    }

    /**
     * A device.
     *
     * @param name under which others see it
     * @param clockRate units of its clock in a second
     * @param presets names of those that can play there
     */
    record Source(String name, long clockRate, List<String> presets) {
        Source {
            presets = List.copyOf(presets);
            if (clockRate < 1) {
                throw new IllegalArgumentException("clockRate must be >= 1: clockRate=" + clockRate);
            }
        }
    }
}
