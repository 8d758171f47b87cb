package idiom.training.project;

import idiom.training.data.MidiBytes;
import java.io.IOException;
import java.nio.file.Path;
import java.util.SplittableRandom;

/** Folders of small songs in 4/4, the same for the same arguments. */
final class Songs {
    private static final long BAR_TICKS = 1920;

    private Songs() {}

    /** So many songs of {@code bars} bars, two notes a beat within an octave from {@code lowest} on. */
    static Path write(Path folder, int songs, int bars, int lowest) throws IOException {
        for (int song = 0; song < songs; song++) {
            SplittableRandom random = new SplittableRandom(100L * lowest + song);
            MidiBytes midi = new MidiBytes().meter(0, 4, 2);
            for (long tick = 0; tick < bars * BAR_TICKS; tick += 240) {
                midi.note(0, lowest + random.nextInt(12), tick, tick + 120);
            }
            midi.write(folder.resolve("song " + song + ".mid"));
        }
        return folder;
    }

    /** A waltz. */
    static void writeWaltz(Path file) throws IOException {
        new MidiBytes().meter(0, 3, 2).note(0, 60, 0, 20_000).write(file);
    }
}
