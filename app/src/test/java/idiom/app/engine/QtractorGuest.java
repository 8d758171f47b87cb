package idiom.app.engine;

import idiom.app.transfer.Networks;
import idiom.bridge.jack.JackServer;
import idiom.engine.generator.Generator;
import idiom.engine.onnx.GenreClassifier;
import idiom.engine.onnx.InferenceOptions;
import idiom.engine.pianoroll.PianoRoll;
import idiom.presets.ModelFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What runs where there is an ALSA sequencer: has Qtractor play a session through the plugin, and writes down what happened, for
 * {@link QtractorInQemuTest} to judge. The arguments are the folder to write to, where the plugin is installed, the plugins of
 * ear.c, and how many steps the music has.
 */
final class QtractorGuest {
    /** On which channel tracks play. */
    static final int FOLLOW = 0;

    static final int TIMELINE = 1;

    /** Of the message that ends the music: a controller that nothing is made of. */
    static final int LAST_CONTROLLER = 20;

    /** Of the track in Timeline. */
    static final String PRESET = "pop-to-jazz";

    /** Frames: fewer, longer periods are less to do. */
    private static final int PERIOD = 1024;

    private static final int TRACKS = 2;
    private static final int WINDOWS = 2;
    private static final int SOME_LINES = 20;
    private static final long REST_MS = 2000;
    private static final long PATIENCE_SECONDS = 600;

    private final Path folder;
    private final Path installed;
    private final Path work;
    private final InstalledPlugin plugin;
    private final Path ears;
    private final int steps;
    private final long start = System.nanoTime();
    private final StringBuilder facts = new StringBuilder();

    /** A network that changes nothing. */
    private static final class Echo implements Generator {
        @Override
        public int maxBatch() {
            return 1;
        }

        @Override
        public void generate(float[] windows, float[] probabilities, int count) {
            System.arraycopy(windows, 0, probabilities, 0, count * PianoRoll.CELLS);
        }

        @Override
        public void close() {}
    }

    private QtractorGuest(Path folder, Path installed, Path ears, int steps) throws IOException {
        this.folder = folder;
        this.installed = installed;
        this.work = Files.createTempDirectory("qtractor");
        this.plugin = InstalledPlugin.found(installed, work.resolve("runtime"));
        this.ears = ears;
        this.steps = steps;
    }

    public static void main(String[] arguments) throws Exception {
        QtractorGuest guest = new QtractorGuest(
                Path.of(arguments[0]), Path.of(arguments[1]), Path.of(arguments[2]), Integer.parseInt(arguments[3]));
        try {
            guest.play();
            guest.fact("finished", "yes");
        } finally {
            Files.writeString(guest.folder.resolve("facts"), guest.facts);
        }
        System.exit(0); // Threads of the networks stay.
    }

    private void fact(String name, Object value) {
        facts.append(name).append('=').append(value).append('\n');
        System.out.println((System.nanoTime() - start) / 1_000_000 + " ms: " + name + "=" + value);
    }

    private void play() throws Exception {
        Path session = work.resolve("song.qtr");
        Files.writeString(session, session());
        try (JackServer server = JackServer.start(PERIOD);
                EngineThread engine = plugin.serve(onlyOne())) {
            fact("engine", "serves");
            try (Qtractor qtractor = open(session, "qtractor")) {
                fact("served", engine.plugins());
                JackServer.await("all networks are warm", engine::isWarm, PATIENCE_SECONDS);
                rehearse(qtractor);
                pass(qtractor, "first");
                plugin.awaitRemembered(WINDOWS);
                pass(qtractor, "second");
            }
            try (Qtractor qtractor = open(session, "reopened")) {
                pass(qtractor, "third");
            }
        }
    }

    /** One real network; all others echo, since each takes its time where everything is emulated. */
    private Networks onlyOne() {
        ModelFile real = plugin.library().load(plugin.library().named(PRESET)).model();
        Networks all = Networks.onnx();
        return new Networks() {
            @Override
            public Loaded generator(ModelFile model, InferenceOptions options) {
                return model.equals(real) ? all.generator(model, options) : new Loaded(new Echo(), "nothing");
            }

            @Override
            public GenreClassifier classifier(ModelFile model, InferenceOptions options) {
                return all.classifier(model, options);
            }
        };
    }

    private String session() throws IOException {
        Path music = Files.copy(folder.resolve("music.mid"), work.resolve("music.mid"));
        QtractorSession session = new QtractorSession(music, steps, ears, plugin.clap());
        for (int channel : List.of(FOLLOW, TIMELINE)) {
            session.addTrack(channel, Files.readAllBytes(installed.resolve("state" + channel)));
        }
        return session.text();
    }

    private Qtractor open(Path session, String log) throws Exception {
        Map<String, String> environment = new HashMap<>(plugin.environment());
        environment.put("IDIOM_EARS", work.toString());
        Qtractor qtractor = Qtractor.open(session, environment, folder.resolve(log));
        fact("qtractor", "hasPorts");
        plugin.awaitPlaying(TRACKS);
        fact("qtractor", "plays");
        return qtractor;
    }

    /** Plays some notes elsewhere: what is done for the first time takes too long where everything is emulated. */
    private void rehearse(Qtractor qtractor) throws Exception {
        forget();
        qtractor.start(QtractorSession.REHEARSAL_STEP);
        JackServer.await("notes come", () -> lines("after").size() > SOME_LINES, PATIENCE_SECONDS);
        qtractor.halt();
        fact("rehearsal", "over");
        Thread.sleep(REST_MS);
    }

    /** Has the song play from its beginning to its end, and keeps what was heard. */
    private void pass(Qtractor qtractor, String name) throws Exception {
        forget();
        Process listener = qtractor.listen(work.resolve("answers"));
        JackServer.await("somebody listens", () -> lines("answers").size() >= 2);
        qtractor.start(0);
        fact("begins", name);
        JackServer.await("the song is over", () -> hasEnded(FOLLOW) && hasEnded(TIMELINE), PATIENCE_SECONDS);
        fact("ends", name);
        qtractor.halt();
        Thread.sleep(REST_MS);
        listener.destroy();
        listener.waitFor();
        for (String file : List.of("before", "after", "answers")) {
            Path kept = folder.resolve(name + "-" + file);
            Files.copy(work.resolve(file), kept, StandardCopyOption.REPLACE_EXISTING);
        }
    }

    /** The ears add to their files. */
    private void forget() throws IOException {
        for (String ear : List.of("before", "after")) {
            Files.writeString(work.resolve(ear), "");
        }
    }

    private List<String> lines(String file) {
        try {
            return Files.readAllLines(work.resolve(file));
        } catch (IOException e) {
            return List.of();
        }
    }

    /** Both tracks end with a message of their own. */
    private boolean hasEnded(int channel) {
        String message = " b%x%02x".formatted(channel, LAST_CONTROLLER);
        return lines("after").stream().anyMatch(line -> line.contains(message));
    }
}
