package idiom.training.data;

import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Makes a data set of folders of MIDI files ({@link SongReader} has the rules). The same files and the same request give
 * the same data set, byte for byte, whatever the number of threads.
 */
public final class MidiPreparation {
    private static final Pattern MIDI_NAME = Pattern.compile(".*\\.(mid|midi|kar|rmi)", Pattern.DOTALL);

    private final PrepareRequest request;
    private final PrintStream progress;

    /** Progress lines go to {@code progress}. */
    public MidiPreparation(PrepareRequest request, PrintStream progress) {
        this.request = request;
        this.progress = progress;
    }

    /**
     * Does it all.
     *
     * @return the report that also lies in the data set
     * @throws DataException if a folder is missing or holds too little, or something is in the output's place
     * @throws IOException if the data set cannot be written
     */
    public String run() throws IOException {
        try (StagingFolder staging = new StagingFolder(request.output(), request.replace())) {
            Path without = request.without();
            SongReader reader = new SongReader(
                    request.acceptUnstatedMeter(),
                    request.rules(),
                    without == null ? null : new KnownPhrases(Dataset.open(without)));
            // All folders are looked at before the first is read, which may take minutes.
            Map<String, Listing> listings = new LinkedHashMap<>();
            for (Map.Entry<String, Path> genre : request.genres().entrySet()) {
                listings.put(genre.getKey(), list(genre.getKey(), genre.getValue()));
            }
            List<PreparedGenre> genres = new ArrayList<>();
            listings.forEach((genre, listing) -> genres.add(
                    PreparedGenre.of(genre, read(genre, listing.midi, reader), listing.otherFiles, request)));
            Map<SplitName, PhraseSet> sets = new LinkedHashMap<>();
            for (PreparedGenre genre : genres) {
                sets.put(
                        new SplitName(genre.genre(), Split.TRAIN),
                        PhraseTables.ofSongs(genre.split().train()));
                sets.put(
                        new SplitName(genre.genre(), Split.TEST),
                        PhraseTables.ofSongs(genre.split().test()));
            }
            Map<SplitName, PhraseSet> complete = PhraseTables.complete(sets);
            PrepareReport report = new PrepareReport(genres, complete);
            Map<String, String> texts = new LinkedHashMap<>();
            texts.put(DatasetWriter.SONGS, report.songTable());
            texts.put(DatasetWriter.REPORT, report.text());
            DatasetWriter.write(staging.folder(), complete, recipe(genres), texts);
            staging.commit();
            return report.text();
        }
    }

    /** A folder's MIDI files by the names that they are to have, and how many other files there are. */
    private record Listing(Map<String, Path> midi, int otherFiles) {}

    private static Listing list(String genre, Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            throw new DataException(folder + ": no such folder; genre=" + genre + " needs a folder of MIDI files");
        }
        Path root = folder.toRealPath();
        List<Path> files;
        try (Stream<Path> walk = Files.walk(root)) {
            files = walk.filter(Files::isRegularFile).toList();
        } catch (UncheckedIOException e) {
            throw new DataException(folder + ": cannot be listed: " + e.getMessage(), e);
        }
        // Sorted as text, not as paths: a path's own order differs between systems.
        Map<String, Path> midi = new TreeMap<>();
        for (Path file : files) {
            String name = root.relativize(file).toString().replace('\\', '/');
            if (MIDI_NAME.matcher(name.toLowerCase(Locale.ROOT)).matches()) {
                midi.put(name, file);
            }
        }
        if (midi.isEmpty()) {
            throw new DataException(folder + ": no MIDI file in it (.mid, .midi, .kar, .rmi); genre=" + genre);
        }
        return new Listing(midi, files.size() - midi.size());
    }

    private List<SongOutcome> read(String genre, Map<String, Path> files, SongReader reader) {
        Progress said = new Progress(progress, System::nanoTime, genre, files.size());
        ExecutorService pool = Executors.newFixedThreadPool(request.threads());
        try {
            List<Future<SongOutcome>> futures = new ArrayList<>();
            files.forEach((name, file) -> futures.add(pool.submit(() -> {
                SongOutcome outcome = reader.read(file, name);
                said.step();
                return outcome;
            })));
            List<SongOutcome> outcomes = new ArrayList<>();
            for (Future<SongOutcome> future : futures) {
                outcomes.add(future.get());
            }
            return outcomes;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new DataException("interrupted while reading: genre=" + genre, e);
        } catch (ExecutionException e) {
            throw new IllegalStateException("reading a file must not fail: genre=" + genre, e.getCause());
        } finally {
            pool.shutdownNow();
        }
    }

    private ManifestText recipe(List<PreparedGenre> genres) {
        ManifestText text = new ManifestText()
                .table("recipe", "")
                .put("kind", "midi")
                .put("seed", request.seed())
                .put("test_share", request.testShare())
                .put("accept_unstated_meter", request.acceptUnstatedMeter())
                .put("rules", request.rules().toString())
                .put("songs_with_common_phrases_together", request.together())
                .put("without", request.without() == null ? "" : String.valueOf(request.without()))
                .put("input_hashes", "column sha256 of " + DatasetWriter.SONGS);
        for (PreparedGenre genre : genres) {
            text.table("genres", genre.genre())
                    .put("folder", String.valueOf(request.genres().get(genre.genre())))
                    .put("files", genre.outcomes().size())
                    .put("songs", genre.rendered().size())
                    .put("skipped", genre.skipped().size());
        }
        return text;
    }
}
