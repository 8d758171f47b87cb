package idiom.training.data;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * A genre's songs divided into train and test.
 *
 * @param train songs to learn from, in the seed's order, so that the first so many are a fair sample
 * @param test songs to report on
 * @param groups number of each song's group, by its name: songs with a phrase in common, which stay on one side; from 0
 */
record SongSplit(List<SongOutcome.Rendered> train, List<SongOutcome.Rendered> test, Map<String, Integer> groups) {
    /**
     * Divides songs.
     *
     * @param songs in an order of their own; theirs and the seed's decide
     * @param testShare of the sounding phrases, in (0, 1): groups go to the test part in the seed's order as long as they
     *     fit, so that it is never larger, except by the smallest group where none fits
     * @param together whether songs with a phrase in common stay on one side
     * @throws DataException if there are not two groups to divide
     */
    static SongSplit of(List<SongOutcome.Rendered> songs, double testShare, long seed, boolean together) {
        Map<String, Integer> groups = groups(songs, together);
        Map<Integer, List<SongOutcome.Rendered>> members = new LinkedHashMap<>();
        songs.forEach(song -> members.computeIfAbsent(groups.getOrDefault(song.name(), -1), key -> new ArrayList<>())
                .add(song));
        if (members.size() < 2) {
            throw new DataException("train and test need at least two songs that share no phrase: songs=" + songs.size()
                    + " groups=" + members.size());
        }
        List<List<SongOutcome.Rendered>> order = new ArrayList<>(members.values());
        Collections.shuffle(order, new Random(seed));
        double room = testShare
                * songs.stream().mapToInt(SongOutcome.Rendered::sounding).sum();
        List<SongOutcome.Rendered> train = new ArrayList<>();
        List<SongOutcome.Rendered> test = new ArrayList<>();
        for (List<SongOutcome.Rendered> group : order) {
            int size = size(group);
            if (size <= room) {
                room -= size;
                test.addAll(group);
            } else {
                train.addAll(group);
            }
        }
        if (test.isEmpty()) {
            List<SongOutcome.Rendered> smallest = Collections.min(order, (a, b) -> Integer.compare(size(a), size(b)));
            train.removeAll(smallest);
            test.addAll(smallest);
        }
        return new SongSplit(List.copyOf(train), List.copyOf(test), Map.copyOf(groups));
    }

    private static int size(List<SongOutcome.Rendered> group) {
        return group.stream().mapToInt(SongOutcome.Rendered::sounding).sum();
    }

    private static Map<String, Integer> groups(List<SongOutcome.Rendered> songs, boolean together) {
        int[] parents = new int[songs.size()];
        Map<ByteBuffer, Integer> owners = new HashMap<>();
        for (int song = 0; song < parents.length; song++) {
            parents[song] = song;
            PhraseSet phrases = songs.get(song).phrases();
            for (int i = 0; together && i < phrases.size(); i++) {
                Integer owner = phrases.isSilent(i) ? null : owners.putIfAbsent(phrases.key(i), song);
                if (owner != null) {
                    parents[root(parents, song)] = root(parents, owner);
                }
            }
        }
        Map<Integer, Integer> numbers = new HashMap<>();
        Map<String, Integer> groups = new HashMap<>();
        for (int song = 0; song < parents.length; song++) {
            int number = numbers.computeIfAbsent(root(parents, song), root -> numbers.size());
            groups.put(songs.get(song).name(), number);
        }
        return groups;
    }

    private static int root(int[] parents, int song) {
        int at = song;
        while (parents[at] != at) {
            parents[at] = parents[parents[at]];
            at = parents[at];
        }
        return at;
    }
}
