package idiom.app.cli;

import idiom.app.live.Ensemble;
import idiom.app.live.LiveRequest;
import idiom.app.record.Recorder;
import idiom.app.record.Recording;
import idiom.bridge.LiveAgent;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code idiom record}: a live session, and a MIDI file of it. */
@Command(
        name = "record",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Plays like 'idiom live', and writes what went in and what came out to a MIDI file, as two tracks.",
            "",
            "Bars of the file are bars of the song. Tempo changes are in it, and markers where another preset came, where the"
                    + " song jumped and where a window came too late. The file is there when the session ends; until then,"
                    + " and if the program is killed, everything is in OUT.mid.journal."
        },
        footer = {
            "",
            "Examples:",
            "  idiom record --to jazz take.mid",
            "  idiom record --to jazz --sync transport --mode timeline take.mid",
            "  idiom record --recover take.mid"
        })
final class RecordCommand implements Callable<Integer> {
    /** The file of a long session takes a moment. */
    private static final long PATIENCE_SECONDS = 60;

    private final Services services;

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    @Parameters(paramLabel = "OUT.mid", description = "MIDI file to write.")
    @SuppressWarnings("NullAway.Init") // set by picocli
    private Path target;

    @Mixin
    private final LiveOptions wanted = new LiveOptions();

    @Mixin
    private final StatusOptions status = new StatusOptions();

    @Option(names = "--force", description = "Replace OUT.mid if it is there.")
    private boolean force;

    @Option(
            names = "--recover",
            description = "Play nothing; write OUT.mid from what a session that was killed left behind.")
    private boolean recovers;

    RecordCommand(Services services) {
        this.services = services;
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        return recovers ? recover() : record(wanted.request());
    }

    private int recover() throws IOException {
        Optional<Recording> recovered = Recorder.recover(target, target, force);
        spec.commandLine()
                .getOut()
                .println(recovered
                        .map(Recording::description)
                        .orElse("nothing was left of a recording of that name: " + target));
        return CommandLine.ExitCode.OK;
    }

    private int record(LiveRequest request) throws IOException, InterruptedException {
        CommandLine line = spec.commandLine();
        Recorder.recover(target, besides(target), false)
                .ifPresent(left -> line.getErr().println("an earlier session was killed; " + left.description()));
        try (Recorder recorder = Recorder.open(target, force);
                Ensemble ensemble = Ensemble.open(request, services.library(), services.folders(), recorder::tap);
                StopSignal stop = new StopSignal(PATIENCE_SECONDS)) {
            ensemble.load(services.networks());
            ensemble.members()
                    .forEach(member ->
                            line.getErr().println(member.performer().device().description()));
            recorder.start(ensemble.members());
            try (LiveAgent agent = new LiveAgent(ensemble.parts(), request.realtime())) {
                agent.start();
                new LiveConsole(line.getOut(), status.style(), ensemble)
                        .run(agent, stop, () -> recorder.news().ifPresent(line.getErr()::println));
            }
            line.getErr().println(recorder.finish().description());
        }
        return CommandLine.ExitCode.OK;
    }

    /** A free name beside the target: {@code take-recovered.mid}, {@code take-recovered-2.mid}. */
    private static Path besides(Path target) {
        String name = String.valueOf(target.getFileName());
        int dot = name.lastIndexOf('.');
        String stem = dot > 0 ? name.substring(0, dot) : name;
        String extension = dot > 0 ? name.substring(dot) : "";
        Path free = target.resolveSibling(stem + "-recovered" + extension);
        for (int i = 2; Files.exists(free); i++) {
            free = target.resolveSibling(stem + "-recovered-" + i + extension);
        }
        return free;
    }
}
