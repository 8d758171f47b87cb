package idiom.bridge.priority;

import java.util.Optional;

/** Systems whose calls are not known here. */
final class NoScheduler implements Scheduler {
    @Override
    public void wakePrecisely() {
        // Nothing is known to help.
    }

    @Override
    public Optional<String> runSecond() {
        return runFirst();
    }

    @Override
    public Optional<String> runFirst() {
        return Optional.of("realtime priority is there on Linux only: os.name=" + System.getProperty("os.name"));
    }
}
