package idiom.app.cli;

import picocli.CommandLine.Option;

/** Options about how a live session shows what it does. */
final class StatusOptions {
    @Option(names = "--plain", description = "A line each bar instead of one that changes.")
    private boolean plain;

    @Option(names = "--json", description = "A JSON object each bar, and for each stage of the start.")
    private boolean json;

    LiveConsole.Style style() {
        return json ? LiveConsole.Style.JSON : plain ? LiveConsole.Style.PLAIN : LiveConsole.Style.ONE_LINE;
    }
}
