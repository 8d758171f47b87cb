package idiom.training.cli;

import idiom.training.data.DataException;
import idiom.training.data.DatasetImport;
import idiom.training.data.MidiPreparation;
import idiom.training.data.PrepareRequest;
import idiom.training.data.RollRules;
import java.io.IOException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code idiom-train prepare}: MIDI files, or the papers' arrays, to a data set. */
@Command(
        name = "prepare",
        description = "Make a data set: of a folder of MIDI files per genre, or of the papers' .npy files.",
        footer = {
            "",
            "A file is used if it states 4/4 at its very start and never anything else. Drums are left out, all other"
                    + " tracks merged, pitches C1 to B7 kept, 16 steps a bar, cut into phrases of 4 bars; silent phrases"
                    + " are dropped. The data set's report.txt and songs.tsv name every file left out and why.",
            "",
            "Example: idiom-train prepare --genre jazz=midi/jazz --genre pop=midi/pop -o data/mine"
        })
final class PrepareCommand implements Callable<Integer> {
    @Option(
            names = "--genre",
            paramLabel = "NAME=FOLDER",
            description = "A genre and the folder with its MIDI files (and folders within); once for each genre.")
    private List<String> genres = new ArrayList<>();

    @Option(
            names = "--import",
            paramLabel = "FOLDER",
            description = "Instead of MIDI files: a folder with GENRE/train.npy and GENRE/test.npy.")
    private @Nullable Path imported;

    @Option(
            names = {"-o", "--output"},
            required = true,
            paramLabel = "DATASET",
            description = "The folder to make.")
    private Path output;

    @Option(
            names = "--test-share",
            paramLabel = "SHARE",
            description =
                    "Share of each genre's phrases to keep for testing, by whole songs (default: ${DEFAULT-VALUE}).")
    private double testShare = 0.1;

    @Option(
            names = "--seed",
            paramLabel = "N",
            description = "Which songs are for testing, and the order of all (default: ${DEFAULT-VALUE}).")
    private long seed = 1;

    @Option(
            names = "--threads",
            paramLabel = "N",
            description = "Files to read at a time (default: the number of processors).")
    private int threads = Runtime.getRuntime().availableProcessors();

    @Option(
            names = "--accept-unstated-meter",
            description = "Take files that state no meter at all for 4/4. The papers left them out: many are recordings"
                    + " that keep to no bars.")
    private boolean acceptUnstatedMeter;

    @Option(
            names = "--rules",
            paramLabel = "RULES",
            description = "How notes become steps: 'product' as Idiom renders what you play, 'papers' as the published"
                    + " phrases were made, to add songs to those (default: ${DEFAULT-VALUE}).")
    private RollRules rules = RollRules.PRODUCT;

    @Option(
            names = "--split-each-song",
            description = "Divide songs even if they share phrases. By default such songs stay on one side together, so"
                    + " that nothing tested was learnt.")
    private boolean splitEachSong;

    @Option(
            names = "--without",
            paramLabel = "DATASET",
            description = "Leave out every song of which a phrase is in this data set: for music to measure with that"
                    + " nothing was trained on.")
    private @Nullable Path without;

    @Option(names = "--force", description = "Replace a data set that is there.")
    private boolean force;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        Map<String, Path> folders = folders();
        try {
            String report = imported != null
                    ? new DatasetImport(imported, output, force, System.err).run()
                    : new MidiPreparation(request(folders), System.err).run();
            spec.commandLine().getOut().print(report);
            spec.commandLine().getOut().flush();
            return 0;
        } catch (IOException e) {
            throw new DataException(output + ": cannot be written: " + e, e);
        }
    }

    private PrepareRequest request(Map<String, Path> folders) {
        return new PrepareRequest(
                folders, output, testShare, seed, threads, acceptUnstatedMeter, rules, !splitEachSong, without, force);
    }

    private Map<String, Path> folders() {
        if (genres.isEmpty() == (imported == null)) {
            throw new Usage(spec, "give either --genre NAME=FOLDER (once for each genre) or --import FOLDER");
        }
        Map<String, Path> folders = new LinkedHashMap<>();
        for (String genre : genres) {
            int equals = genre.indexOf('=');
            if (equals < 1 || equals == genre.length() - 1) {
                throw new Usage(spec, "--genre must be NAME=FOLDER: --genre=" + genre);
            }
            if (folders.put(genre.substring(0, equals), folder(genre, equals + 1)) != null) {
                throw new Usage(spec, "each genre once: --genre=" + genre);
            }
        }
        return folders;
    }

    private Path folder(String genre, int from) {
        try {
            return Path.of(genre.substring(from));
        } catch (InvalidPathException e) {
            throw new Usage(spec, "--genre must be NAME=FOLDER: --genre=" + genre);
        }
    }
}
