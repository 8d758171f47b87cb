package idiom.training.export;

import idiom.training.classifier.AccuracyTable;
import idiom.training.classifier.Architecture;
import idiom.training.classifier.ClassifierFile;
import idiom.training.classifier.ClassifierRecipe;
import idiom.training.classifier.GenreClassifier;
import idiom.training.data.AtomicFile;
import idiom.training.data.Dataset;
import idiom.training.run.Versions;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A classifier as a folder: {@code classifier.ck}, which judges transfers, {@code genre-classifier.onnx}, the same for the
 * idiom program (the papers' architecture only), {@code accuracy.csv}.
 *
 * @param folder where they lie
 */
public record ClassifierExport(Path folder) {

    /** What judges transfers. */
    public Path file() {
        return folder.resolve("classifier.ck");
    }

    /** Writes all of it, {@link #file} last. */
    public void write(GenreClassifier classifier, ClassifierRecipe recipe, AccuracyTable accuracy, Dataset dataset)
            throws IOException {
        if (recipe.architecture() == Architecture.PAPERS) {
            byte[] onnx =
                    ModelExport.classifier(classifier, recipe.width(), WeightType.FP16, metadata(dataset, recipe));
            AtomicFile.write(folder.resolve("genre-classifier.onnx"), out -> out.write(onnx));
        }
        byte[] table = accuracy.toCsv().getBytes(StandardCharsets.UTF_8);
        AtomicFile.write(folder.resolve("accuracy.csv"), out -> out.write(table));
        ClassifierFile.write(classifier, recipe.architecture(), recipe.width(), file());
    }

    private static Map<String, String> metadata(Dataset dataset, ClassifierRecipe recipe) {
        Map<String, String> metadata = new LinkedHashMap<>(Versions.all());
        metadata.put("data-sha256", dataset.sha256());
        metadata.put("recipe", recipe.toString());
        return metadata;
    }
}
