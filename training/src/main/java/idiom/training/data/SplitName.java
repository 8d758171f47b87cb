package idiom.training.data;

/** Names one file of phrases: a genre and a split. Reads {@code genre/split}. */
public record SplitName(String genre, Split split) {
    @Override
    public String toString() {
        return genre + "/" + split.fileName();
    }
}
