package idiom.training.cli;

import idiom.presets.Folders;
import idiom.training.project.GenreProject;
import idiom.training.project.Installation;
import idiom.training.project.Means;
import idiom.training.project.Music;
import idiom.training.project.ProjectFolder;
import idiom.training.project.ProjectRequest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code idiom-train new}: from two folders of MIDI files to installed presets. */
@Command(
        name = "new",
        description = {
            "A genre of your own: from two folders of MIDI files to two presets that ./idiom plays.",
            "",
            "Prepares the files, trains a judge, trains the generators, exports and measures them, and installs the presets"
                    + " NAME (plays A as B) and NAME-back (plays B as A). Stop it with Ctrl-C at any time: the same command"
                    + " goes on where it was; options that are left out are as before. docs/own-genre.md is the guide."
        },
        footer = {
            "",
            "Example: idiom-train new --a midi/jazz --b midi/bossa --name bossa",
            "         idiom-train new --name bossa          goes on, or shows what came out"
        })
final class NewCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Mixin
    private ThreadsOption threads;

    @Mixin
    private DeviceOption device;

    @Option(names = "--a", paramLabel = "FOLDER", description = "MIDI files of the genre to come from.")
    private @Nullable Path a;

    @Option(names = "--b", paramLabel = "FOLDER", description = "MIDI files of the genre to go to.")
    private @Nullable Path b;

    @Option(names = "--genre-a", paramLabel = "GENRE", description = "What A is called (default: its folder's name).")
    private @Nullable String genreA;

    @Option(names = "--genre-b", paramLabel = "GENRE", description = "What B is called (default: its folder's name).")
    private @Nullable String genreB;

    @Option(
            names = "--name",
            paramLabel = "NAME",
            description = "Name of project and presets (default: what B is called).")
    private @Nullable String name;

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FOLDER",
            description = "The project's folder (default: projects/NAME).")
    private @Nullable Path output;

    @Option(
            names = "--quick",
            description = "A first try of some minutes: few steps of everything. Shows that all works, not what a genre"
                    + " sounds like.")
    private boolean quick;

    @Option(names = "--steps", paramLabel = "N", description = "Steps of the generators (default: 1500).")
    private @Nullable Integer steps;

    @Option(names = "--judge-steps", paramLabel = "N", description = "Steps of each classifier (default: 800).")
    private @Nullable Integer judgeSteps;

    @Option(
            names = "--melody-lock",
            description = "The generators learn that the tune stays, and the presets hold it fast.")
    private boolean melodyLock;

    @Option(
            names = "--key-lock",
            description = "The generators learn that nothing outside the key is added, and the presets hold that fast.")
    private boolean keyLock;

    @Option(
            names = "--recipe",
            paramLabel = "FILE",
            description = "Another recipe than that of the bundled presets (training/recipes/compact.toml).")
    private @Nullable Path recipe;

    @Option(
            names = "--set",
            paramLabel = "KEY=VALUE",
            description = "Change one key of the recipe, such as --set losses.genre=6; may be repeated.")
    private List<String> changes = List.of();

    @Option(names = "--seed", paramLabel = "N", description = "Of everything random (default: 1).")
    private @Nullable Long seed;

    @Option(
            names = "--accept-unstated-meter",
            description = "Take files that state no meter at all for 4/4; many are recordings that keep to no bars.")
    private boolean acceptUnstatedMeter;

    @Option(
            names = "--programs",
            paramLabel = "N,N",
            split = ",",
            description = "Program numbers of NAME and NAME-back, 0 to 127 (default: the lowest that are free).")
    private List<Integer> programs = List.of();

    @Option(
            names = "--preset-folder",
            paramLabel = "FOLDER",
            description = "Install there (default: where ./idiom looks for your presets).")
    private @Nullable Path presetFolder;

    @Option(names = "--no-install", description = "Leave the presets in the project's folder.")
    private boolean noInstall;

    @Option(names = "--resume", description = "Go on with a project; it must be there. Not needed: see above.")
    private boolean resume;

    @Option(
            names = "--force",
            description = "With other settings than before: do again what they touch. With the same ones: do everything"
                    + " again. Presets of the same names are replaced.")
    private boolean force;

    @Override
    public Integer call() throws IOException {
        if (!programs.isEmpty()
                && (programs.size() != 2
                        || programs.get(0).equals(programs.get(1))
                        || programs.stream().anyMatch(program -> program < 0 || program > 127))) {
            throw new Usage(
                    spec,
                    "--programs must be two different numbers from 0 to 127, such as 6,7: --programs=" + programs);
        }
        if (threads.count() < 1) {
            throw new IllegalArgumentException("--threads must be at least 1: --threads=" + threads.count());
        }
        String called = name();
        ProjectFolder folder = new ProjectFolder(output != null ? output : GenreProject.PROJECTS.resolve(called));
        if (resume && !Files.exists(folder.settings())) {
            throw new IOException(folder.path() + ": there is no project here to go on with");
        }
        GenreProject project = GenreProject.open(folder, request(called), means());
        AtomicBoolean finished = new AtomicBoolean();
        Thread note = new Thread(
                () -> {
                    if (!finished.get()) {
                        Console.say(
                                "stopped in the " + project.stage().title() + ": the same command goes on from there");
                    }
                },
                "stop-note");
        Runtime.getRuntime().addShutdownHook(note);
        try {
            project.run();
            return 0;
        } finally {
            finished.set(true);
        }
    }

    private String name() {
        if (name != null) {
            return name;
        }
        if (genreB != null) {
            return genreB;
        }
        if (b == null) {
            throw new Usage(spec, "give --name NAME, or --b FOLDER, after which a project is called otherwise");
        }
        return Music.genreOf(b);
    }

    private ProjectRequest request(String called) {
        List<String> all = new ArrayList<>();
        if (melodyLock) {
            all.add("locks.melody=true");
        }
        if (keyLock) {
            all.add("locks.key=true");
        }
        all.addAll(changes);
        return new ProjectRequest(
                called, a, b, genreA, genreB, quick, steps, judgeSteps, seed, acceptUnstatedMeter, recipe, all);
    }

    private Means means() {
        Folders folders = Folders.ofSystem();
        Installation installation =
                new Installation(presetFolder != null ? presetFolder : folders.presets(), folders.cache());
        return new Means(
                () -> {
                    threads.apply();
                    return device.choose();
                },
                threads.count(),
                programs,
                noInstall ? null : installation,
                force,
                Console::say,
                System.err,
                StopSignal::onInterrupt);
    }
}
