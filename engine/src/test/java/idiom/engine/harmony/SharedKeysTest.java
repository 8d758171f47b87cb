package idiom.engine.harmony;

import static org.assertj.core.api.Assertions.assertThat;

import idiom.engine.midi.KeyMap;
import idiom.engine.midi.KeySignature;
import idiom.engine.midi.MidiFile;
import idiom.engine.midi.MidiFormatException;
import idiom.engine.midi.Note;
import idiom.engine.midi.NoteTable;
import idiom.engine.midi.SharedData;
import java.io.IOException;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Which profiles find the signatures that files state: the figures of docs/decisions/0002-decoding.md. */
class SharedKeysTest {
    @Test
    @Tag("slow")
    void shouldFindMoreStatedSignaturesWithTheStandardProfile() throws IOException {
        Map<KeyProfile, Integer> hits = new EnumMap<>(KeyProfile.class);
        Map<KeyProfile, Integer> dominants = new EnumMap<>(KeyProfile.class);
        int files = 0;
        for (Path path : SharedData.requireMidiFiles()) {
            MidiFile file;
            try {
                file = MidiFile.read(path);
            } catch (MidiFormatException e) {
                continue;
            }
            List<KeySignature> stated = KeyMap.of(file).signatures();
            double[] durations = durations(file);
            // No sharps and no flats is what many programs write when they know no key.
            boolean isUsable = !stated.isEmpty()
                    && stated.get(0).sharps() != 0
                    && stated.stream()
                            .allMatch(key -> key.sharps() == stated.get(0).sharps());
            if (!isUsable || KeyFinder.standard().find(durations).isEmpty()) {
                continue;
            }
            files++;
            for (KeyProfile profile : KeyProfile.values()) {
                Key found = new KeyFinder(profile).find(durations).orElseThrow().key();
                int sharpsTooMany =
                        Math.floorMod(found.signature() - stated.get(0).sharps(), 12);
                hits.merge(profile, sharpsTooMany == 0 ? 1 : 0, Integer::sum);
                dominants.merge(profile, sharpsTooMany == 1 ? 1 : 0, Integer::sum);
            }
        }
        System.out.println("files=" + files + " signatures found=" + hits + " the dominant's=" + dominants);
        assertThat(hits.get(KeyProfile.TEMPERLEY_1999)).isGreaterThan(hits.get(KeyProfile.KRUMHANSL_KESSLER_1982));
        assertThat(hits.get(KeyProfile.TEMPERLEY_1999)).isGreaterThan(files * 9 / 10);
    }

    private static double[] durations(MidiFile file) {
        double[] durations = new double[12];
        for (Note note : NoteTable.of(file).notes()) {
            if (!note.isDrum()) {
                durations[note.pitch() % 12] += note.ticks();
            }
        }
        return durations;
    }
}
