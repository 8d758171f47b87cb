package idiom.training.data;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

/** Draws without putting back, by a seed. */
public final class Draw {
    private Draw() {}

    /** So many different numbers from 0 to below {@code limit}, rising; all of them if there are no more. */
    public static int[] of(int limit, int count, long seed) {
        List<Integer> numbers =
                new ArrayList<>(IntStream.range(0, limit).boxed().toList());
        Collections.shuffle(numbers, new Random(seed));
        return numbers.stream().limit(count).mapToInt(i -> i).sorted().toArray();
    }
}
