package idiom.training.data;

import idiom.engine.pianoroll.PianoRoll;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Makes the tables of a data set: where each phrase came from, and what is wrong with it. */
final class PhraseTables {
    private PhraseTables() {}

    /**
     * The sounding phrases of songs, one song after the other. The running number counts silent phrases too, from 1, as
     * in the published tables.
     */
    static PhraseSet ofSongs(List<SongOutcome.Rendered> songs) {
        List<PhraseRow> rows = new ArrayList<>();
        List<byte[]> packed = new ArrayList<>();
        int number = 0;
        for (SongOutcome.Rendered song : songs) {
            PhraseSet phrases = song.phrases();
            for (int i = 0; i < phrases.size(); i++) {
                number++;
                if (!phrases.isSilent(i)) {
                    rows.add(new PhraseRow(rows.size(), number, "", false, RowFlags.CLEAN, song.name()));
                    packed.add(phrases.packed(i));
                }
            }
        }
        byte[] all = new byte[Math.multiplyExact(packed.size(), PianoRoll.PACKED_BYTES)];
        for (int i = 0; i < packed.size(); i++) {
            System.arraycopy(packed.get(i), 0, all, i * packed.get(i).length, packed.get(i).length);
        }
        return PhraseSet.adopt(all, List.copyOf(rows));
    }

    /** The same phrases with every column found anew but the running number and the song. */
    static Map<SplitName, PhraseSet> complete(Map<SplitName, PhraseSet> sets) {
        Map<SplitName, List<RowFlags>> flags = DuplicateFinder.find(sets);
        Map<SplitName, PhraseSet> complete = new LinkedHashMap<>();
        sets.forEach((name, set) -> {
            int common = sets.entrySet().stream()
                    .filter(entry -> entry.getKey().split() == name.split())
                    .mapToInt(entry -> entry.getValue().size())
                    .min()
                    .orElse(0);
            complete.put(name, complete(set, flags.getOrDefault(name, List.of()), common));
        });
        return complete;
    }

    private static PhraseSet complete(PhraseSet set, List<RowFlags> flags, int common) {
        List<PhraseRow> rows = new ArrayList<>(set.size());
        for (int i = 0; i < set.size(); i++) {
            int number = set.hasRows() ? set.row(i).originalIndex() : i + 1;
            String song = set.hasRows() ? set.row(i).song() : "";
            rows.add(new PhraseRow(i, number, PhraseTable.blobSha1(set, i), i < common, flags.get(i), song));
        }
        return set.withRows(rows);
    }
}
