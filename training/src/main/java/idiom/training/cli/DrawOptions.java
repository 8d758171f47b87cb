package idiom.training.cli;

import idiom.training.report.ReportRecipe;
import picocli.CommandLine.Option;

/** How many phrases are measured, and how many shown. */
final class DrawOptions {
    @Option(
            names = "--sample",
            defaultValue = "0",
            paramLabel = "N",
            description = "Measure on so many phrases of each genre, drawn from the test split (default: on all).")
    private int sample;

    @Option(
            names = "--shown",
            defaultValue = "2",
            paramLabel = "N",
            description = "Phrases of each direction to see and hear (default ${DEFAULT-VALUE}).")
    private int shown;

    @Option(names = "--seed", defaultValue = "1", description = "Seed of both draws (default ${DEFAULT-VALUE}).")
    private long seed;

    /**
     * What was asked for.
     *
     * @throws IllegalArgumentException in one line, if a number is below 0
     */
    ReportRecipe recipe() {
        return new ReportRecipe(sample, shown, seed);
    }
}
