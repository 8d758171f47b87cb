package idiom.training.attribution;

import idiom.training.attribution.motif.PhraseNotes;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;

/** Among which notes of a phrase a null hypothesis deals the saliencies out anew. */
public enum Shuffle {
    /** Among all notes of the phrase: it does not matter which notes form a motif. */
    PHRASE,
    /**
     * Among the notes of the same octave of the phrase: it does not matter beyond the register they lie in. A classifier that
     * listens to the bass alone would make everything salient that basses do, by {@link #PHRASE}.
     */
    OCTAVE;

    /** Groups of notes whose saliencies may change places. */
    List<int[]> groups(PhraseNotes notes) {
        if (this == PHRASE) {
            return List.of(IntStream.range(0, notes.size()).toArray());
        }
        Map<Integer, List<Integer>> byOctave = new TreeMap<>();
        for (int i = 0; i < notes.size(); i++) {
            byOctave.computeIfAbsent(notes.note(i).pitch() / 12, octave -> new ArrayList<>())
                    .add(i);
        }
        return byOctave.values().stream()
                .map(group -> group.stream().mapToInt(Integer::intValue).toArray())
                .toList();
    }
}
