package idiom.training.report;

import idiom.engine.midi.MidiFile;
import idiom.engine.sound.WavRenderer;
import idiom.training.classifier.GenreClassifier;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Writes what there is to see and to hear of phrases.
 *
 * @param folder where to
 * @param heard which versions as MIDI
 * @param sounds whether as WAV as well
 */
record SampleFiles(Path folder, List<ReportFiles.Version> heard, boolean sounds) {

    /**
     * Writes a phrase's files.
     *
     * @param stem that their names begin with
     * @param judge whose verdict and saliency the picture shows
     */
    void write(Sample sample, String stem, GenreClassifier judge) throws IOException {
        Files.write(folder.resolve(ReportFiles.picture(stem)), SamplePicture.png(sample, judge));
        for (ReportFiles.Version version : heard) {
            MidiFile midi = PhraseMidi.of(version.of(sample), sample.id() + ", " + version.label());
            midi.write(folder.resolve(ReportFiles.sound(stem, version, "mid")), true);
            if (sounds) {
                WavRenderer.render(midi, folder.resolve(ReportFiles.sound(stem, version, "wav")), null, true);
            }
        }
    }
}
