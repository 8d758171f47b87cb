package idiom.training.project;

import idiom.training.net.Device;
import java.io.PrintStream;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What a project is worked at with, and by whom it is watched: nothing of it changes what comes out, up to rounding.
 *
 * @param device where networks compute; asked once, when the first one is needed
 * @param threads of PyTorch and of preparation
 * @param programs numbers of the presets there and back; empty for free ones
 * @param installation where presets are installed; null for nowhere
 * @param force whether to do again what other settings touch, or everything if nothing has changed
 * @param console a line for people
 * @param progress lines of little worth
 * @param stops listen for a wish to stop while there is state to keep
 */
public record Means(
        Supplier<Device> device,
        int threads,
        List<Integer> programs,
        @Nullable Installation installation,
        boolean force,
        Consumer<String> console,
        PrintStream progress,
        Supplier<? extends Stop> stops) {

    /** Asked after each step; closed when everything is put away. */
    public interface Stop extends BooleanSupplier, AutoCloseable {
        @Override
        void close();
    }

    public Means {
        programs = List.copyOf(programs);
    }
}
