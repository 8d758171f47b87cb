package idiom.training.data;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.IntStream;

/**
 * Makes a data set of .npy files as the papers published them: checks their shapes, finds repeated phrases anew and
 * compares the result with the tables beside them. Phrases and their order stay as they are.
 */
public final class DatasetImport {
    private static final int NAMED_DIFFERENCES = 3;

    private final Path source;
    private final Path output;
    private final boolean replace;
    private final PrintStream progress;

    /**
     * An import.
     *
     * @param source a folder with {@code GENRE/train.npy} and {@code GENRE/test.npy}
     * @param output the data set's folder
     * @param replace whether a data set that is there is replaced
     * @param progress where to say how far it is
     */
    public DatasetImport(Path source, Path output, boolean replace, PrintStream progress) {
        this.source = source;
        this.output = output;
        this.replace = replace;
        this.progress = progress;
    }

    /**
     * Does it all.
     *
     * @return the report that also lies in the data set
     * @throws DataException if the source is not such a folder, or something is in the output's place
     * @throws IOException if the data set cannot be written
     */
    public String run() throws IOException {
        try (StagingFolder staging = new StagingFolder(output, replace)) {
            Dataset dataset = Dataset.open(source);
            Map<SplitName, PhraseSet> sets = new LinkedHashMap<>();
            Progress said = new Progress(
                    progress, System::nanoTime, "read", 2 * dataset.genres().size());
            for (String genre : dataset.genres()) {
                for (Split split : Split.values()) {
                    sets.put(new SplitName(genre, split), dataset.phrases(genre, split));
                    said.step();
                }
            }
            Map<SplitName, PhraseSet> complete = PhraseTables.complete(sets);
            String report = report(sets, complete);
            DatasetWriter.write(staging.folder(), complete, recipe(sets), Map.of(DatasetWriter.REPORT, report));
            staging.commit();
            return report;
        }
    }

    private ManifestText recipe(Map<SplitName, PhraseSet> sets) throws IOException {
        ManifestText text =
                new ManifestText().table("recipe", "").put("kind", "import").put("folder", source.toString());
        for (SplitName name : sets.keySet()) {
            text.table("inputs", name.toString())
                    .put("npy_sha256", Digests.sha256(Dataset.file(source, name.genre(), name.split())));
        }
        return text;
    }

    private static String report(Map<SplitName, PhraseSet> before, Map<SplitName, PhraseSet> after) {
        List<String> lines = new ArrayList<>();
        lines.add("Phrases that occur more than once (flagged in the tables):");
        after.forEach((name, set) -> lines.add("  " + PrepareReport.repeats(name, set)));
        lines.add("");
        lines.add("Silent phrases and differences from the tables that were there:");
        after.forEach((name, set) -> {
            long silent = IntStream.range(0, set.size()).filter(set::isSilent).count();
            PhraseSet old = before.getOrDefault(name, set);
            lines.add("  " + name + ": silent=" + silent + (old.hasRows() ? "" : ", no table was there"));
            if (old.hasRows()) {
                lines.addAll(differences(old.rows(), set.rows()));
            }
        });
        return String.join("\n", lines) + "\n";
    }

    /** A line for each column in which two tables differ; none if they agree. Columns that were absent are passed over. */
    static List<String> differences(List<PhraseRow> before, List<PhraseRow> after) {
        List<String> lines = new ArrayList<>();
        boolean hashes = before.stream().noneMatch(row -> row.blobSha1().isEmpty());
        boolean common = before.stream().anyMatch(PhraseRow::inCommonShare);
        compare("dup_of_row", before, after, row -> row.flags().duplicateOf(), lines);
        compare("in_other_split", before, after, row -> row.flags().inOtherSplit(), lines);
        compare("also_in_genre", before, after, row -> row.flags().alsoInGenre(), lines);
        if (hashes) {
            compare("blob_sha1", before, after, PhraseRow::blobSha1, lines);
        }
        if (common) {
            compare("in_11216_1125_subset", before, after, PhraseRow::inCommonShare, lines);
        }
        return lines;
    }

    private static void compare(
            String column,
            List<PhraseRow> before,
            List<PhraseRow> after,
            Function<PhraseRow, Object> value,
            List<String> lines) {
        int count = 0;
        StringBuilder named = new StringBuilder();
        for (int i = 0; i < before.size(); i++) {
            Object was = value.apply(before.get(i));
            Object is = value.apply(after.get(i));
            if (!was.equals(is) && count++ < NAMED_DIFFERENCES) {
                named.append(named.isEmpty() ? "" : "; ").append("row ").append(i);
                named.append(": was ").append(was).append(", is ").append(is);
            }
        }
        if (count > 0) {
            lines.add("    " + column + ": " + count + " rows differ (" + named
                    + (count > NAMED_DIFFERENCES ? "; ..." : "") + ")");
        }
    }
}
