package idiom.training.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
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

    /** Trains jazz and classic for four steps, judged by a classifier that is there. */
    static void train(Path data, Path judge, Path run) {
        Object[] command = {
            "train",
            "--data",
            data,
            "--pair",
            "jazz,classic",
            "--run",
            run,
            "--judge",
            judge,
            "--threads",
            1,
            "--validation-phrases",
            4,
            "--validate-every",
            2
        };
        Terminal trained = Terminal.run(joined(command, CHANGES.toArray()));
        assertThat(trained.status()).as(trained.err()).isZero();
    }
}
