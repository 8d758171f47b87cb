package idiom.app.cli;

import idiom.app.live.Backends;
import idiom.app.picture.NoteComparison;
import idiom.app.picture.PianoRollPicture;
import idiom.app.score.PreludeScore;
import idiom.app.transfer.Failures;
import idiom.app.transfer.Networks;
import idiom.bridge.Backend;
import idiom.bridge.BackendException;
import idiom.engine.midi.MeterMap;
import idiom.engine.midi.MidiFile;
import idiom.engine.onnx.InferenceOptions;
import idiom.engine.sound.WavRenderer;
import idiom.presets.PresetException;
import idiom.presets.PresetLibrary;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code idiom doctor}: what works, what doesn't, what to do. */
@Command(
        name = "doctor",
        mixinStandardHelpOptions = true,
        description = {
            "Tries everything Idiom needs on this machine: what works, what doesn't, what to do.",
            "",
            "Ends with 1 if something that is needed does not work."
        })
final class DoctorCommand implements Callable<Integer> {
    private static final long ENOUGH_HEAP_MIB = 128;

    private final Services services;

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    private boolean broken;

    DoctorCommand(Services services) {
        this.services = services;
    }

    @Override
    public Integer call() {
        java();
        machine();
        PresetLibrary library = services.library();
        presets(library);
        classifier(library);
        folder("presets folder", services.folders().presets());
        folder("cache folder", services.folders().cache());
        picturesAndSound();
        midiPorts(Backends.all());
        return broken ? CommandLine.ExitCode.SOFTWARE : CommandLine.ExitCode.OK;
    }

    private void java() {
        good(
                "Java",
                System.getProperty("java.version") + ", " + System.getProperty("java.vendor") + ", "
                        + System.getProperty("java.home"));
    }

    private void machine() {
        Runtime runtime = Runtime.getRuntime();
        good(
                "system",
                System.getProperty("os.name") + " " + System.getProperty("os.version") + ", "
                        + System.getProperty("os.arch") + ", " + runtime.availableProcessors() + " cores");
        long heapMib = runtime.maxMemory() >> 20;
        if (heapMib < ENOUGH_HEAP_MIB) {
            weak("memory", heapMib + " MiB of heap: long songs may not fit; IDIOM_JAVA_OPTIONS=-Xmx192m gives more");
        } else {
            good("memory", heapMib + " MiB of heap at most");
        }
    }

    private void presets(PresetLibrary library) {
        if (library.entries().isEmpty()) {
            bad("presets", "there is none: nothing can be transferred; 'idiom presets install FILE' adds one");
        }
        boolean toldRuntime = false;
        for (PresetLibrary.Entry entry : library.entries()) {
            try {
                Networks.Loaded loaded = services.networks()
                        .generator(
                                library.load(entry).model(),
                                InferenceOptions.defaults().withWarmUpRuns(1));
                loaded.generator().close();
                if (!toldRuntime) {
                    good("ONNX Runtime", loaded.runsOn());
                    toldRuntime = true;
                }
                good("preset", entry.name() + " is right and runs");
            } catch (RuntimeException e) {
                bad("preset", entry.name() + ": " + Failures.line(e));
            }
        }
        for (PresetException problem : library.problems()) {
            bad("preset", Failures.line(problem));
        }
    }

    private void classifier(PresetLibrary library) {
        try {
            Optional<String> genres = library.bundled().classifier().map(model -> {
                try (var classifier = services.networks().classifier(model, InferenceOptions.defaults())) {
                    return String.join(", ", classifier.genres());
                }
            });
            genres.ifPresentOrElse(
                    known -> good("classifier", "tells " + known + " apart"),
                    () -> weak("classifier", "none is bundled: transfer needs --from GENRE"));
        } catch (RuntimeException e) {
            bad("classifier", Failures.line(e) + "; transfer needs --from GENRE");
        }
    }

    private void folder(String name, Path folder) {
        Path there = folder.toAbsolutePath();
        while (!Files.exists(there) && there.getParent() != null) {
            there = there.getParent();
        }
        if (Files.isDirectory(there) && Files.isWritable(there)) {
            good(name, folder + (Files.exists(folder) ? "" : " (made when needed)"));
        } else {
            bad(
                    name,
                    folder + " cannot be written: " + there + " must be a folder of yours, or set XDG_CONFIG_HOME"
                            + " and XDG_CACHE_HOME");
        }
    }

    private void picturesAndSound() {
        try {
            Path scratch = Files.createTempDirectory("idiom-doctor");
            Path wav = scratch.resolve("test.wav");
            Path png = scratch.resolve("test.png");
            try {
                MidiFile bar = PreludeScore.parse("tempo 240\nclose C3 G3 C4 E4 G4");
                attempt(
                        "pictures",
                        "are drawn",
                        () -> PianoRollPicture.write(
                                MeterMap.of(bar), NoteComparison.between(bar, bar), "test", png, true));
                attempt("sound", "is rendered", () -> WavRenderer.render(bar, wav, null, true));
            } finally {
                Files.deleteIfExists(wav);
                Files.deleteIfExists(png);
                Files.delete(scratch);
            }
        } catch (IOException e) {
            bad("temporary files", Failures.line(e));
        }
    }

    /** A line for each system of MIDI ports; one that can't even say why it doesn't work is no reason to leave out the rest. */
    private void midiPorts(List<Backend> backends) {
        for (Backend backend : backends) {
            String name = "MIDI " + backend.name();
            try (backend) {
                backend.problem().ifPresentOrElse(problem -> weak(name, problem), () -> midiPorts(name, backend));
            } catch (LinkageError | RuntimeException e) {
                weak(name, "does not work here: " + e);
            }
        }
    }

    private void midiPorts(String name, Backend backend) {
        try {
            int count = backend.ports().size();
            String ports = count == 0 ? "no ports" : count == 1 ? "1 port" : count + " ports";
            if (count > 0 || backend.makesPorts() || !backend.canBeDefault()) {
                good(name, ports + " of others" + (backend.makesPorts() ? ", and makes its own" : ""));
            } else {
                weak(name, ports + " of others, and makes none: plug a device in, or see docs/windows.md");
            }
        } catch (BackendException e) {
            weak(name, Failures.line(e));
        }
    }

    private interface Attempt {
        void run() throws IOException;
    }

    private void attempt(String name, String success, Attempt attempt) {
        try {
            attempt.run();
            good(name, success);
        } catch (IOException | RuntimeException e) {
            weak(name, Failures.line(e));
        }
    }

    private void good(String name, String what) {
        line("ok     ", name, what);
    }

    private void weak(String name, String what) {
        line("limited", name, what);
    }

    private void bad(String name, String what) {
        broken = true;
        line("BROKEN ", name, what);
    }

    private void line(String mark, String name, String what) {
        PrintWriter out = spec.commandLine().getOut();
        out.printf("%s  %-14s  %s%n", mark, name, what);
    }
}
