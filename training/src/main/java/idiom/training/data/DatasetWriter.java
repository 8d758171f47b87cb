package idiom.training.data;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Writes the files of a data set into a folder: phrases, tables, other texts, and the manifest over all of them. */
final class DatasetWriter {
    /** The report for people, in the data set's folder. */
    static final String REPORT = "report.txt";
    /** The table of every MIDI file, in the data set's folder. */
    static final String SONGS = "songs.tsv";

    private DatasetWriter() {}

    /**
     * Writes everything.
     *
     * @param folder an empty folder
     * @param sets phrases with their tables
     * @param recipe tables of the manifest that say how the phrases were made
     * @param texts other files by name
     */
    static void write(Path folder, Map<SplitName, PhraseSet> sets, ManifestText recipe, Map<String, String> texts)
            throws IOException {
        ManifestText manifest = new ManifestText()
                .comment("An Idiom data set: what it was made of, by what, and what came out.")
                .put("format", DatasetManifest.FORMAT)
                .append(recipe)
                .append(versions());
        for (Map.Entry<SplitName, PhraseSet> entry : sets.entrySet()) {
            manifest.append(split(folder, entry.getKey(), entry.getValue()));
        }
        for (Map.Entry<String, String> text : texts.entrySet()) {
            byte[] bytes = text.getValue().getBytes(StandardCharsets.UTF_8);
            Files.write(folder.resolve(text.getKey()), bytes);
            manifest.table("files", text.getKey()).put("sha256", Digests.sha256(bytes));
        }
        Files.writeString(folder.resolve(DatasetManifest.FILE_NAME), manifest.toString());
    }

    private static ManifestText split(Path folder, SplitName name, PhraseSet set) throws IOException {
        Path npy = Dataset.file(folder, name.genre(), name.split());
        Path table = Dataset.tableFile(folder, name.genre(), name.split());
        NpyFile.write(npy, set.packed());
        PhraseTable.write(table, set.rows());
        return new ManifestText()
                .table("phrases", name.toString())
                .put("count", set.size())
                .put("sha256", set.sha256())
                .put("npy_sha256", Digests.sha256(npy))
                .put("tsv_sha256", Digests.sha256(table));
    }

    private static ManifestText versions() {
        @Nullable String idiom = DatasetWriter.class.getPackage().getImplementationVersion();
        return new ManifestText()
                .table("versions", "")
                .put("idiom", idiom == null ? "development" : idiom)
                .put("java", Runtime.version().toString())
                .put("system", System.getProperty("os.name") + " " + System.getProperty("os.arch"));
    }
}
