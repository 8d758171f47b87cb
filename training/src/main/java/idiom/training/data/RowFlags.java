package idiom.training.data;

/**
 * What makes a phrase unfit for a clean measurement.
 *
 * @param duplicateOf index of the first row with the same cells in the same file, or {@link #NONE}
 * @param inOtherSplit whether the same cells are in the genre's other split too
 * @param alsoInGenre where the same cells are in another genre, as {@code genre/split}, several with commas between
 *     them; empty if nowhere
 */
public record RowFlags(int duplicateOf, boolean inOtherSplit, String alsoInGenre) {
    /** No earlier row is the same. */
    public static final int NONE = -1;
    /** Nothing against it. */
    public static final RowFlags CLEAN = new RowFlags(NONE, false, "");

    public RowFlags {
        if (duplicateOf < NONE) {
            throw new IllegalArgumentException("duplicateOf must be a row or -1: duplicateOf=" + duplicateOf);
        }
    }

    /** Whether an earlier row is the same. */
    public boolean isDuplicate() {
        return duplicateOf != NONE;
    }

    /** Whether any of the three holds. */
    public boolean isFlagged() {
        return isDuplicate() || inOtherSplit || !alsoInGenre.isEmpty();
    }
}
