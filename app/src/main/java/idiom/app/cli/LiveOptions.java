package idiom.app.cli;

import idiom.app.live.LiveRequest;
import idiom.app.live.LiveRequest.Change;
import idiom.engine.live.Sync;
import idiom.presets.Hop;
import idiom.presets.Mode;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Options about what a live session plays and where; shared by the commands that run one. */
final class LiveOptions {
    @Spec(Spec.Target.MIXEE)
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    @Option(names = "--to", paramLabel = "GENRE", description = "Genre to play in: jazz, classic, pop.")
    private @Nullable String to;

    @Option(names = "--all", description = "One device for each genre that can be played in.")
    private boolean all;

    @Option(
            names = "--preset",
            paramLabel = "NAME",
            description = "Play with this preset ('idiom presets list' names them).")
    private @Nullable String preset;

    @Option(
            names = "--from",
            paramLabel = "GENRE",
            description = "Genre of what comes in; without it, Idiom listens and chooses while you play.")
    private @Nullable String from;

    @Option(
            names = "--mode",
            paramLabel = "MODE",
            description =
                    "phrase (answers four bars with those four bars), follow (trails you by a hop), instant (answers each"
                            + " chord at once) or timeline (learns a song, plays it on time from the second pass on);"
                            + " otherwise the preset's.")
    private @Nullable Mode mode;

    @Option(
            names = "--hop",
            paramLabel = "HOP",
            description = "How far follow trails you: step (a 16th), beat, bar or window; otherwise the preset's.")
    private @Nullable Hop hop;

    @Option(names = "--in", paramLabel = "PORT", description = "Listen to the port with this in its name.")
    private @Nullable String in;

    @Option(names = "--out", paramLabel = "PORT", description = "Play to the port with this in its name.")
    private @Nullable String out;

    @Mixin
    private final BackendOption backend = new BackendOption();

    @Option(
            names = "--sync",
            defaultValue = "internal",
            paramLabel = "WHO",
            description =
                    "Who says where the music is: internal, clock (MIDI clock that comes in) or transport (JACK).")
    private Sync sync = Sync.INTERNAL;

    @Option(
            names = "--bpm",
            defaultValue = "120",
            paramLabel = "BPM",
            description = "Tempo, until somebody else says one (default ${DEFAULT-VALUE}).")
    private double bpm;

    @Option(
            names = "--thru",
            description =
                    "Your own notes go straight to the output; the answer brings what it adds, and takes nothing away.")
    private boolean thru;

    @Option(
            names = "--change",
            defaultValue = "step",
            paramLabel = "WHEN",
            description = "Another preset, a knob or bypass takes effect at the next step or at the next bar.")
    private Change change = Change.STEP;

    @Option(
            names = "--realtime",
            description = "Run the threads of the music before all that is not realtime (SCHED_FIFO).")
    private boolean realtime;

    /** What is wanted; a usage error if that makes no sense. */
    LiveRequest request() {
        try {
            return new LiveRequest(
                    to, all, preset, from, mode, hop, in, out, backend.name(), sync, bpm, thru, change, realtime);
        } catch (IllegalArgumentException e) {
            throw new CommandLine.ParameterException(spec.commandLine(), String.valueOf(e.getMessage()), e);
        }
    }
}
