package idiom.training.attribution.motif;

/** Motifs of one kind, and how they are found. Without state. */
public interface MotifFamily {
    /** One word: {@code "chord"}. */
    String name();

    /** In a sentence, what counts as one. */
    String definition();

    /** Adds every motif of this family that the phrase has, with the notes it is made of. */
    void find(PhraseNotes phrase, Sightings into);
}
