package idiom.app.cli;

import idiom.app.live.Ensemble;
import idiom.app.live.Performer;
import idiom.app.live.StatusLine;
import idiom.bridge.LiveAgent;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.List;

/** Runs a live session from the terminal: shows what it does and obeys what is typed, until that is to quit. [control] */
final class LiveConsole {
    /** How the session is shown. */
    enum Style {
        ONE_LINE,
        PLAIN,
        JSON
    }

    private static final long STATUS_MS = 100;

    private final PrintWriter out;
    private final Style style;
    private final List<Performer> performers;
    private final List<StatusLine> lines;
    private final long[] bars;

    LiveConsole(PrintWriter out, Style style, Ensemble ensemble) {
        this.out = out;
        this.style = style;
        this.performers =
                ensemble.members().stream().map(Ensemble.Member::performer).toList();
        this.lines = ensemble.members().stream()
                .map(member -> new StatusLine(member.name(), member.performer(), member.settings()))
                .toList();
        this.bars = new long[lines.size()];
    }

    /** As {@link #run(LiveAgent, StopSignal, Runnable)}, with nothing else to say. */
    void run(LiveAgent agent, StopSignal stop) throws IOException, InterruptedException {
        run(agent, stop, () -> {});
    }

    /**
     * Shows the session of an agent until the signal is given or {@code q} is typed. The agent is started before and closed
     * after by others.
     *
     * @param news says what else there is to say, ten times a second
     */
    void run(LiveAgent agent, StopSignal stop, Runnable news) throws IOException, InterruptedException {
        boolean quits = false;
        while (!quits && !stop.isGivenWithin(STATUS_MS)) {
            performers.forEach(performer -> agent.command(performer::fulfil));
            quits = obeys(agent);
            show();
            news.run();
        }
        out.println();
    }

    private void show() {
        for (int i = 0; i < bars.length; i++) {
            StatusLine line = lines.get(i);
            long bar = line.bar();
            if (style == Style.ONE_LINE) {
                // Only the first of several fits on one line.
                out.print(i == 0 ? "\r" + line.text() + "\u001b[K" : "");
            } else if (bar != bars[i]) {
                out.println(style == Style.JSON ? line.json() : line.text());
            }
            bars[i] = bar;
        }
        out.flush();
    }

    /** Does what was typed; whether that was to quit. */
    private boolean obeys(LiveAgent agent) throws IOException {
        while (System.in.available() > 0) {
            int typed = System.in.read();
            if (typed == '!') {
                performers.forEach(performer -> agent.command(performer::panic));
            } else if (typed == 't') {
                performers.forEach(performer -> agent.command(performer::tap));
            } else if (typed == 'b') {
                performers.forEach(performer -> agent.command(performer::toggleBypass));
            } else if (typed == 'q') {
                return true;
            }
        }
        return false;
    }
}
