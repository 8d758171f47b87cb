package idiom.training.attribution.motif;

import java.util.BitSet;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The motifs that were found in a phrase: how often each, and which notes take part in at least one of it. One thread. */
public final class Sightings {

    /**
     * One motif in one phrase.
     *
     * @param occurrences how often
     * @param notes indices of the notes that take part, ascending
     */
    public record Sighting(int occurrences, List<Integer> notes) {}

    /** A motif of which more and more is found. */
    static final class Growing {
        private final BitSet notes = new BitSet();
        private int occurrences;

        /** These notes belong to it too. */
        void add(Collection<Integer> more) {
            more.forEach(notes::set);
        }
    }

    private final Map<Motif, Growing> byMotif = new TreeMap<>();

    /** Everything that {@link Motifs#FAMILIES} find in a phrase. */
    public static Sightings of(PhraseNotes phrase) {
        Sightings all = new Sightings();
        Motifs.FAMILIES.forEach(family -> family.find(phrase, all));
        return all;
    }

    /** One occurrence more, of these notes. */
    void add(MotifFamily family, String name, Integer... notes) {
        begin(family, name).add(List.of(notes));
    }

    /** One occurrence more, whose notes are told as they come. */
    Growing begin(MotifFamily family, String name) {
        Growing motif = byMotif.computeIfAbsent(new Motif(family.name(), name), key -> new Growing());
        motif.occurrences++;
        return motif;
    }

    /** What was found, motifs in order. */
    public Map<Motif, Sighting> byMotif() {
        Map<Motif, Sighting> found = new TreeMap<>();
        byMotif.forEach((motif, growing) -> found.put(
                motif,
                new Sighting(growing.occurrences, growing.notes.stream().boxed().toList())));
        return found;
    }
}
