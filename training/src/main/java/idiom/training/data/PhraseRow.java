package idiom.training.data;

/**
 * One line of the table beside a file of phrases.
 *
 * @param row index in the file, from 0
 * @param originalIndex the phrase's running number over the songs of its split, from 1, silent phrases counted that were
 *     left out afterwards
 * @param blobSha1 Git's blob hash of the phrase as the papers published it ({@link PhraseTable#blobSha1}), or empty
 * @param inCommonShare whether it is among the first rows that every genre can match (the papers' 11,216 and 1,125)
 * @param flags what is wrong with it
 * @param song the MIDI file it came from, relative to its genre's folder; empty if unknown
 */
public record PhraseRow(
        int row, int originalIndex, String blobSha1, boolean inCommonShare, RowFlags flags, String song) {
    public PhraseRow {
        if (row < 0 || originalIndex < 0) {
            throw new IllegalArgumentException(
                    "row and originalIndex must be >= 0: row=" + row + " originalIndex=" + originalIndex);
        }
    }

    /** The same row with other flags. */
    public PhraseRow withFlags(RowFlags newFlags) {
        return new PhraseRow(row, originalIndex, blobSha1, inCommonShare, newFlags, song);
    }
}
