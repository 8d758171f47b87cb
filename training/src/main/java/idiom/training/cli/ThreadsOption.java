package idiom.training.cli;

import idiom.training.net.Device;
import picocli.CommandLine.Option;

/** How many threads the networks use. */
final class ThreadsOption {
    @Option(
            names = "--threads",
            paramLabel = "N",
            description = "Threads of each operation; results are the same for the same number."
                    + " Two runs of one thread each do more than one run of two (default: all cores).")
    private int threads = Runtime.getRuntime().availableProcessors();

    int count() {
        return threads;
    }

    void apply() {
        if (threads < 1) {
            throw new IllegalArgumentException("--threads must be at least 1: --threads=" + threads);
        }
        Device.loadPyTorch();
        Device.useThreads(threads);
    }
}
