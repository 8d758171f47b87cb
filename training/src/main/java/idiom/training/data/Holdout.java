package idiom.training.data;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

/**
 * A train part divided into what is learnt from and what models are chosen by.
 *
 * <p>Neighbouring phrases come from one song and repeat each other, so whole songs are held out where the songs are
 * known, else contiguous blocks of {@value #BLOCK_ROWS} rows. A held-out phrase occurs neither in the rest nor in the
 * test split.
 *
 * @param train to learn from
 * @param validation to choose by
 */
public record Holdout(PhraseSet train, PhraseSet validation) {
    /** What is held out of every genre alike, so that no command learns from what another one chooses by. */
    public static final double SHARE = 0.1;

    /** Of the choice of blocks. */
    public static final long SEED = 7;

    /** Rows held out together where songs are not known; a song of the papers' data is some 5 to 40 rows long. */
    public static final int BLOCK_ROWS = 64;

    /** Divides a train part as every command does: {@link #SHARE} and {@link #SEED}. */
    public static Holdout of(PhraseSet train, PhraseSet test) {
        return of(train, test, SHARE, SEED);
    }

    /** A pair that is measured on what is held out of its train parts, in place of its test parts. */
    public static GenrePair validationOf(GenrePair pair) {
        return pair.withTest(
                of(pair.trainA(), pair.testA()).validation(),
                of(pair.trainB(), pair.testB()).validation());
    }

    /**
     * Divides a train part. The same arguments give the same division on every machine.
     *
     * @param train the train part of a genre, in file order
     * @param test the genre's test part: its phrases are kept out of the validation part
     * @param share of the train part to hold out, in (0, 1); the result is nearest from above, in whole blocks
     * @param seed which blocks
     * @throws DataException if that leaves either side without a phrase
     */
    public static Holdout of(PhraseSet train, PhraseSet test, double share, long seed) {
        if (!(share > 0 && share < 1)) {
            throw new IllegalArgumentException("share must be in (0, 1): share=" + share);
        }
        List<int[]> blocks = blocks(train);
        Collections.shuffle(blocks, new Random(seed));
        boolean[] held = new boolean[train.size()];
        int count = 0;
        for (int[] block : blocks) {
            if (count >= share * train.size()) {
                break;
            }
            for (int i = block[0]; i < block[1]; i++) {
                held[i] = true;
            }
            count += block[1] - block[0];
        }
        PhraseSet validation = train.where(i -> held[i]).without(test);
        PhraseSet rest = train.where(i -> !held[i]).without(validation);
        if (validation.size() == 0 || rest.size() == 0) {
            throw new DataException("too few songs or phrases to hold a validation part out: phrases=" + train.size()
                    + " songs or blocks=" + blocks.size() + " share=" + share);
        }
        return new Holdout(rest, validation);
    }

    /** Half-open runs of rows that stay together. */
    private static List<int[]> blocks(PhraseSet train) {
        boolean songs = train.hasRows()
                && IntStream.range(0, train.size())
                        .noneMatch(i -> train.row(i).song().isEmpty());
        List<int[]> blocks = new ArrayList<>();
        int start = 0;
        for (int i = 1; i <= train.size(); i++) {
            boolean ends = i == train.size()
                    || (songs ? !train.row(i).song().equals(train.row(start).song()) : i - start == BLOCK_ROWS);
            if (ends) {
                blocks.add(new int[] {start, i});
                start = i;
            }
        }
        return blocks;
    }
}
