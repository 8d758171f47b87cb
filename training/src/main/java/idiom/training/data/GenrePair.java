package idiom.training.data;

/**
 * Two genres cut to the same size, ready to train and to measure with.
 *
 * @param a first genre
 * @param b second genre
 * @param trainA phrases of {@code a} to learn from; as many as {@code trainB}
 * @param trainB phrases of {@code b} to learn from
 * @param testA phrases of {@code a} to report on; as many as {@code testB}
 * @param testB phrases of {@code b} to report on
 */
public record GenrePair(String a, String b, PhraseSet trainA, PhraseSet trainB, PhraseSet testA, PhraseSet testB) {
    /** The same pair with other phrases to report on. */
    public GenrePair withTest(PhraseSet newTestA, PhraseSet newTestB) {
        return new GenrePair(a, b, trainA, trainB, newTestA, newTestB);
    }

    /** The same pair seen from the other side. */
    public GenrePair reversed() {
        return new GenrePair(b, a, trainB, trainA, testB, testA);
    }
}
