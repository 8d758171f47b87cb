package idiom.training.cli;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/** Command lines that train in seconds. */
final class Tiny {
    /** Options of {@code train}. */
    static final List<String> CHANGES = Stream.of(
                    "generator.width=2",
                    "generator.blocks=1",
                    "batch=2",
                    "discriminators.width=2",
                    "discriminators.kind=octave",
                    "schedule.steps=4")
            .flatMap(change -> Stream.of("--set", change))
            .toList();

    private Tiny() {}

    static Object[] joined(Object[] command, Object... more) {
        return Stream.concat(Arrays.stream(command), Arrays.stream(more)).toArray();
    }
}
