package idiom.training.project;

import idiom.presets.Names;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/**
 * The music of a project: two genres, a folder each.
 *
 * @param a absolute folder of the genre that is played differently
 * @param genreA what it is called
 * @param b absolute folder of the genre that it is played in
 * @param genreB what it is called
 */
public record Music(Path a, String genreA, Path b, String genreB) {
    /** As for a data set's genres: two of them name a transfer. */
    private static final int LONGEST_GENRE = 30;

    public Music {
        requireGenre("--genre-a", genreA);
        requireGenre("--genre-b", genreB);
    }

    private static void requireGenre(String option, String genre) {
        if (!Names.isName(genre) || genre.length() > LONGEST_GENRE) {
            throw new IllegalArgumentException("a genre's name is at most " + LONGEST_GENRE
                    + " lower-case letters, digits and inner hyphens; give one with " + option + " NAME: " + option
                    + "="
                    + genre);
        }
    }

    /** A genre called after a folder: {@code "Bossa Nova"} is {@code "bossa-nova"}; may be no good name. */
    public static String genreOf(Path folder) {
        Path last = folder.toAbsolutePath().normalize().getFileName();
        String name = last == null
                ? ""
                : last.toString()
                        .toLowerCase(Locale.ROOT)
                        .replaceAll("[^a-z0-9]+", "-")
                        .replaceAll("^-|-$", "");
        return name.length() <= LONGEST_GENRE
                ? name
                : name.substring(0, LONGEST_GENRE).replaceAll("-$", "");
    }

    /**
     * Looks at both folders before anything is written.
     *
     * @throws IOException in one line, if one is missing, or both hold the same files
     */
    public void requireFolders() throws IOException {
        requireFolder("--a", a);
        requireFolder("--b", b);
        Path realA = a.toRealPath();
        Path realB = b.toRealPath();
        if (realA.equals(realB)) {
            throw new IOException(
                    "--a and --b are the same folder: " + realA + "; each genre needs a folder of its own");
        }
        if (realA.startsWith(realB) || realB.startsWith(realA)) {
            throw new IOException("one folder lies in the other, so its files would be in both genres: --a=" + a
                    + " --b=" + b + "; move one out");
        }
        if (genreA.equals(genreB)) {
            throw new IOException(
                    "both genres are called " + genreA + "; tell them apart with --genre-a NAME and --genre-b NAME");
        }
    }

    private static void requireFolder(String option, Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            throw new IOException(folder
                    + (Files.exists(folder) ? ": is a file" : ": no such folder")
                    + "; " + option + " must be a folder of MIDI files");
        }
    }
}
