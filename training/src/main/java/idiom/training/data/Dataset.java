package idiom.training.data;

import idiom.engine.pianoroll.PianoRoll;
import idiom.presets.Names;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/**
 * A folder of phrases by genre: {@code GENRE/train.npy} and {@code GENRE/test.npy}, a table {@code .tsv} beside each
 * where there is one, and the manifest {@value DatasetManifest#FILE_NAME} where it was prepared here. The papers' data
 * (Brunner et al. 2018) is such a folder without a manifest.
 *
 * <p>Files are read when first asked for and kept; [any].
 */
public final class Dataset {
    /** Longest name of a genre: two of them, and "-to-" between, make the name of a preset. */
    private static final int LONGEST_GENRE = 30;

    private final Path folder;
    private final List<String> genres;
    private final Map<String, String> expectedSha256;
    private final Map<String, PhraseSet> loaded = new ConcurrentHashMap<>();

    private Dataset(Path folder, List<String> genres, Map<String, String> expectedSha256) {
        this.folder = folder;
        this.genres = genres;
        this.expectedSha256 = expectedSha256;
    }

    /**
     * Opens a folder; looks at its names and its manifest only.
     *
     * @throws DataException if there is no genre in it, or a genre lacks a split
     */
    public static Dataset open(Path folder) {
        if (!Files.isDirectory(folder)) {
            throw new DataException(folder + ": no such folder; a data set is a folder with GENRE/train.npy in it");
        }
        Map<String, String> hashes = DatasetManifest.readHashes(folder);
        List<String> genres = genreFolders(folder);
        if (genres.isEmpty()) {
            throw new DataException(folder + ": no genre found; a data set has GENRE/train.npy and GENRE/test.npy");
        }
        for (String genre : genres) {
            if (!Files.isRegularFile(file(folder, genre, Split.TEST))) {
                throw new DataException(file(folder, genre, Split.TEST) + ": missing; each genre has train and test");
            }
        }
        return new Dataset(folder, genres, hashes);
    }

    /** Where it lies. */
    public Path folder() {
        return folder;
    }

    /** Its genres, in alphabetical order. */
    public List<String> genres() {
        return genres;
    }

    /**
     * The phrases of a genre's split in file order, with their table if there is one.
     *
     * @throws DataException if the genre is not there, a file is broken, or differs from what the manifest says
     */
    public PhraseSet phrases(String genre, Split split) {
        if (!genres.contains(genre)) {
            throw new DataException(
                    folder + ": no such genre: genre=" + genre + "; there are " + String.join(", ", genres));
        }
        return loaded.computeIfAbsent(genre + "/" + split.fileName(), key -> load(genre, split));
    }

    /**
     * Two genres by the papers' rule: of each split the first rows of the larger genre, as many as the smaller one has
     * (Brunner et al. 2018, section IV: 11,216 and 1,125 for the pairs with jazz).
     */
    public GenrePair pair(String a, String b) {
        if (a.equals(b)) {
            throw new DataException("a pair needs two different genres: a=" + a + " b=" + b);
        }
        int train =
                Math.min(phrases(a, Split.TRAIN).size(), phrases(b, Split.TRAIN).size());
        int test =
                Math.min(phrases(a, Split.TEST).size(), phrases(b, Split.TEST).size());
        if (train == 0 || test == 0) {
            throw new DataException(folder + ": each split of a pair needs phrases: a=" + a + " b=" + b + " train="
                    + train + " test=" + test);
        }
        return new GenrePair(
                a,
                b,
                phrases(a, Split.TRAIN).first(train),
                phrases(b, Split.TRAIN).first(train),
                phrases(a, Split.TEST).first(test),
                phrases(b, Split.TEST).first(test));
    }

    /**
     * Genres cut to one size by the papers' rule: of each the first rows of a split, as many as the smallest has.
     *
     * @throws DataException if a genre is not there
     */
    public List<PhraseSet> equal(List<String> ofGenres, Split split) {
        int size = ofGenres.stream()
                .mapToInt(genre -> phrases(genre, split).size())
                .min()
                .orElseThrow();
        return ofGenres.stream().map(genre -> phrases(genre, split).first(size)).toList();
    }

    /** The mixed set M: the first train phrases of every genre, as many of each as the smallest genre has. */
    public PhraseSet mixed() {
        int share = genres.stream()
                .mapToInt(genre -> phrases(genre, Split.TRAIN).size())
                .min()
                .orElseThrow();
        PhraseSet mixed = phrases(genres.get(0), Split.TRAIN).first(share);
        for (String genre : genres.subList(1, genres.size())) {
            mixed = mixed.concat(phrases(genre, Split.TRAIN).first(share));
        }
        return mixed;
    }

    /** A genre's split without the rows that repeat, that are in the other split, or that another genre has too. */
    public PhraseSet withoutFlagged(String genre, Split split) {
        return phrases(genre, split).withoutFlagged();
    }

    /** SHA-256 over every split's own SHA-256, genres in order: the whole set's fingerprint. Reads everything. */
    public String sha256() {
        StringBuilder text = new StringBuilder();
        for (String genre : genres) {
            for (Split split : Split.values()) {
                text.append(genre).append('/').append(split.fileName()).append(' ');
                text.append(phrases(genre, split).sha256()).append('\n');
            }
        }
        return Digests.sha256(text.toString().getBytes(StandardCharsets.UTF_8));
    }

    /** Where a genre's split lies in a data set. */
    public static Path file(Path folder, String genre, Split split) {
        return folder.resolve(genre).resolve(split.fileName() + ".npy");
    }

    /** Where the table of a genre's split lies in a data set. */
    public static Path tableFile(Path folder, String genre, Split split) {
        return folder.resolve(genre).resolve(split.fileName() + ".tsv");
    }

    /** The name itself, if a genre may be called that. */
    static String requireGenreName(String genre) {
        if (!isGenreName(genre)) {
            throw new DataException("a genre's name is at most " + LONGEST_GENRE
                    + " lower-case letters, digits and inner hyphens, for it names presets: genre=" + genre);
        }
        return genre;
    }

    private static boolean isGenreName(String name) {
        return name.length() <= LONGEST_GENRE && Names.isName(name);
    }

    private PhraseSet load(String genre, Split split) {
        Path npy = file(folder, genre, split);
        byte[] packed = NpyFile.read(npy);
        Path table = tableFile(folder, genre, split);
        int phrases = packed.length / PianoRoll.PACKED_BYTES;
        PhraseSet set = PhraseSet.adopt(packed, Files.exists(table) ? PhraseTable.read(table, phrases) : null);
        String expected = expectedSha256.get(genre + "/" + split.fileName());
        if (expected != null && !expected.equals(set.sha256())) {
            throw new DataException(npy + ": is not what " + DatasetManifest.FILE_NAME + " was written for: sha256="
                    + set.sha256() + " expected=" + expected);
        }
        return set;
    }

    private static List<String> genreFolders(Path folder) {
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.map(path -> String.valueOf(path.getFileName()))
                    .filter(Dataset::isGenreName)
                    .filter(name -> Files.isRegularFile(file(folder, name, Split.TRAIN)))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new DataException(folder + ": cannot be listed: " + e, e);
        }
    }
}
