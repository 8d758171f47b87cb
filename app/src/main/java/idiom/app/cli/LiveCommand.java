package idiom.app.cli;

import idiom.app.live.Ensemble;
import idiom.app.live.LiveRequest;
import idiom.app.live.StartUp;
import idiom.bridge.LiveAgent;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code idiom live}: virtual devices that play what comes in in another genre. */
@Command(
        name = "live",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Opens a virtual MIDI device such as \"to Jazz\": what is played into it comes out in that genre.",
            "",
            "Route a track of a DAW or a keyboard to its input, and its output back to a track or to a synthesiser."
                    + " Program Change chooses presets. '!' and Enter ends everything that sounds, 't' and Enter taps the"
                    + " tempo, 'b' and Enter lets your notes pass unchanged and back, 'q' and Enter quits, and so does Ctrl-C."
        },
        footer = {
            "",
            "Examples:",
            "  idiom live --to jazz",
            "  idiom live --to jazz --mode phrase --sync transport",
            "  idiom live --to pop --in Keystation --out FluidSynth --hop beat"
        })
final class LiveCommand implements Callable<Integer> {
    /** A session ends its notes within half a second. */
    private static final long PATIENCE_SECONDS = 2;

    private final Services services;

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    @Mixin
    private final LiveOptions wanted = new LiveOptions();

    @Mixin
    private final StatusOptions status = new StatusOptions();

    LiveCommand(Services services) {
        this.services = services;
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        CommandLine line = spec.commandLine();
        LiveRequest request = wanted.request();
        StartUp startUp = new StartUp(status.style() == LiveConsole.Style.JSON ? line.getOut() : null);
        try (Ensemble ensemble = Ensemble.open(request, services.library(), services.folders())) {
            startUp.reached("ports-open");
            ensemble.load(services.networks());
            ensemble.members()
                    .forEach(member ->
                            line.getErr().println(member.performer().device().description()));
            try (StopSignal stop = new StopSignal(PATIENCE_SECONDS);
                    LiveAgent agent = new LiveAgent(ensemble.parts(), request.realtime())) {
                agent.start();
                startUp.reached("ready");
                new LiveConsole(line.getOut(), status.style(), ensemble)
                        .run(agent, stop, () -> startUp.warm(ensemble.isWarm()));
            }
        }
        return CommandLine.ExitCode.OK;
    }
}
