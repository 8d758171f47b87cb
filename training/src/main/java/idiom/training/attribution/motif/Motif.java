package idiom.training.attribution.motif;

/**
 * A motif by name.
 *
 * @param family what kind it is of, {@link MotifFamily#name}
 * @param name within its family, for people
 */
public record Motif(String family, String name) implements Comparable<Motif> {

    @Override
    public int compareTo(Motif other) {
        int byFamily = family.compareTo(other.family);
        return byFamily != 0 ? byFamily : name.compareTo(other.name);
    }

    /** For people: {@code "melody: fifth up"}. */
    @Override
    public String toString() {
        return family + ": " + name;
    }
}
