package idiom.training.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DatasetTest {
    @TempDir
    Path folder;

    @Test
    void shouldCutAPairToTheSmallerGenre() throws IOException {
        write("jazz", Phrases.range(0, 5), Phrases.range(5, 7));
        write("pop", Phrases.range(10, 13), Phrases.range(13, 20));
        GenrePair pair = Dataset.open(folder).pair("jazz", "pop");
        assertThat(pair.trainA()).isEqualTo(Phrases.range(0, 3));
        assertThat(pair.trainB()).isEqualTo(Phrases.range(10, 13));
        assertThat(pair.testA()).isEqualTo(Phrases.range(5, 7));
        assertThat(pair.testB()).isEqualTo(Phrases.range(13, 15));
        assertThat(pair.reversed().trainA()).isEqualTo(pair.trainB());
    }

    @Test
    void shouldMixEqualShares() throws IOException {
        write("jazz", Phrases.range(0, 5), Phrases.range(5, 7));
        write("pop", Phrases.range(10, 13), Phrases.range(13, 20));
        assertThat(Dataset.open(folder).mixed()).isEqualTo(Phrases.set(0, 1, 2, 10, 11, 12));
    }

    @Test
    void shouldExplainWhatIsMissing() throws IOException {
        assertThatThrownBy(() -> Dataset.open(folder.resolve("no"))).hasMessageContaining("no such folder");
        assertThatThrownBy(() -> Dataset.open(folder)).hasMessageContaining("no genre found");
        write("jazz", Phrases.range(0, 5), Phrases.range(5, 7));
        Dataset dataset = Dataset.open(folder);
        assertThatThrownBy(() -> dataset.phrases("rock", Split.TEST))
                .hasMessage(folder + ": no such genre: genre=rock; there are jazz");
        assertThatThrownBy(() -> dataset.pair("jazz", "jazz")).hasMessageContaining("two different genres");
        Files.delete(Dataset.file(folder, "jazz", Split.TEST));
        assertThatThrownBy(() -> Dataset.open(folder)).hasMessageContaining("test.npy: missing");
    }

    @Test
    void shouldNameLineAndColumnOfABrokenTable() throws IOException {
        write("jazz", Phrases.range(0, 2), Phrases.range(5, 7));
        Path table = Dataset.tableFile(folder, "jazz", Split.TRAIN);
        String header = "row\tdup_of_row\tin_other_split\talso_in_genre\n";
        for (String[] bad : new String[][] {
            {"row\tdup\n", ":1: the first line must name the columns"},
            {header + "0\t\t0\t\n", "rows=1 phrases=2"},
            {header + "0\t\t0\t\n1\t\t2\t\n", ":3: in_other_split must be 0 or 1: in_other_split=2"},
            {header + "0\t\t0\t\n1\t7\t0\t\n", ":3: dup_of_row must be in [0, 2): dup_of_row=7"},
            {header + "0\t\t0\n", ":2: must have 4 fields: fields=3"},
            {header + "1\t\t0\t\n", ":2: rows must be numbered from 0"},
            {header + "0\t\t0\t\n1\t\t0\t\n2\t\t0\t\n", "more than the 2 rows"},
        }) {
            Files.writeString(table, bad[0]);
            assertThatThrownBy(() -> Dataset.open(folder).phrases("jazz", Split.TRAIN))
                    .isInstanceOf(DataException.class)
                    .hasMessageContaining(bad[1]);
        }
    }

    @Test
    void shouldWriteAndReadATable() throws IOException {
        List<PhraseRow> rows = List.of(
                new PhraseRow(0, 16, "ab", true, RowFlags.CLEAN, "x/a b.mid"),
                new PhraseRow(1, 20, "cd", false, new RowFlags(0, true, "pop/train,pop/test"), "ü.mid"));
        Path table = folder.resolve("t.tsv");
        PhraseTable.write(table, rows);
        assertThat(PhraseTable.read(table, 2)).isEqualTo(rows);
        assertThat(Files.readString(table)).endsWith("1\t20\tcd\t0\t0\t1\tpop/train,pop/test\tü.mid\n");
    }

    @Test
    void shouldHoldOutBlocksThatShareNothingWithTheRestOrTheTest() {
        PhraseSet train = Phrases.range(0, 1000).concat(Phrases.range(0, 64));
        PhraseSet test = Phrases.range(0, 1000).where(i -> i % 50 == 0);
        Holdout holdout = Holdout.of(train, test, 0.2, 5);
        assertThat(holdout.validation().size()).isBetween(200, 4 * 64 + 64);
        assertThat(holdout.train().without(holdout.validation())).isEqualTo(holdout.train());
        assertThat(holdout.validation().without(test)).isEqualTo(holdout.validation());
        assertThat(Holdout.of(train, test, 0.2, 5)).isEqualTo(holdout);
        assertThat(Holdout.of(train, test, 0.2, 6)).isNotEqualTo(holdout);
    }

    @Test
    void shouldHoldOutWholeSongs() {
        PhraseSet cells = Phrases.range(0, 90);
        List<PhraseRow> rows = IntStream.range(0, 90)
                .mapToObj(i -> new PhraseRow(i, i, "", false, RowFlags.CLEAN, "song" + i / 10))
                .toList();
        Holdout holdout = Holdout.of(PhraseSet.ofPacked(cells.packed(), rows), Phrases.set(), 0.3, 1);
        assertThat(holdout.validation().size()).isEqualTo(30);
        for (int i = 0; i < 60; i++) {
            String song = holdout.train().row(i).song();
            for (int j = 0; j < 30; j++) {
                assertThat(holdout.validation().row(j).song()).isNotEqualTo(song);
            }
        }
        assertThatThrownBy(() -> Holdout.of(Phrases.set(1), Phrases.set(), 0.1, 1))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("too few songs");
    }

    /** Tables and manifests with bytes changed, cut off or repeated: phrases or one clear line, nothing else. */
    @Test
    void shouldSurviveMutation() throws IOException {
        PhraseSet train = Phrases.range(0, 20);
        Map<SplitName, PhraseSet> sets = new LinkedHashMap<>();
        sets.put(new SplitName("jazz", Split.TRAIN), train);
        sets.put(new SplitName("jazz", Split.TEST), Phrases.range(20, 25));
        DatasetWriter.write(folder, PhraseTables.complete(sets), new ManifestText(), Map.of());
        Random random = new Random(11);
        int refused = 0;
        for (String name : List.of("jazz/train.tsv", DatasetManifest.FILE_NAME)) {
            byte[] whole = Files.readAllBytes(folder.resolve(name));
            for (int i = 0; i < 250; i++) {
                Files.write(folder.resolve(name), mutated(whole, random));
                try {
                    assertThat(Dataset.open(folder)
                                    .phrases("jazz", Split.TRAIN)
                                    .first(20)
                                    .packed())
                            .isEqualTo(train.packed());
                } catch (DataException e) {
                    refused++;
                    assertThat(e.getMessage()).startsWith(folder.toString()).doesNotContain("\n");
                }
            }
            Files.write(folder.resolve(name), whole);
        }
        assertThat(refused).isBetween(125, 499);
    }

    private static byte[] mutated(byte[] whole, Random random) {
        byte[] bytes = whole.clone();
        switch (random.nextInt(3)) {
            case 0 -> bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
            case 1 -> bytes = Arrays.copyOf(bytes, random.nextInt(bytes.length));
            default -> {
                int from = random.nextInt(bytes.length);
                int count = random.nextInt(bytes.length - from);
                System.arraycopy(whole, from, bytes, random.nextInt(bytes.length - count), count);
            }
        }
        return bytes;
    }

    @Test
    void shouldOpenThePublishedData() {
        Dataset dataset = Dataset.open(SharedData.folder("brunner2018"));
        assertThat(dataset.genres()).containsExactly("classic", "jazz", "pop");
        GenrePair pair = dataset.pair("jazz", "classic");
        assertThat(pair.trainB().size()).isEqualTo(11_216);
        assertThat(pair.testB().size()).isEqualTo(1_125);
        assertThat(dataset.pair("classic", "pop").trainA().size()).isEqualTo(14_598);
        assertThat(dataset.mixed().size()).isEqualTo(3 * 11_216);
        // 1,125 less 24 that pop has too and 23 repeated
        assertThat(dataset.withoutFlagged("jazz", Split.TEST).size()).isEqualTo(1_078);
        Holdout holdout = Holdout.of(pair.trainA(), pair.testA(), 0.1, 1);
        assertThat(holdout.validation().size()).isBetween(1_100, 1_200);
    }

    /** The published hash of each original phrase file: proves bit order, axis order and step order at once. */
    @Test
    void shouldUnpackThePublishedPhrasesToTheFilesTheyWereMadeFrom() {
        Dataset dataset = Dataset.open(SharedData.folder("brunner2018"));
        for (String genre : dataset.genres()) {
            PhraseSet set = dataset.phrases(genre, Split.TEST);
            for (int i = 0; i < set.size(); i++) {
                assertThat(PhraseTable.blobSha1(set, i)).isEqualTo(set.row(i).blobSha1());
            }
        }
    }

    private void write(String genre, PhraseSet train, PhraseSet test) throws IOException {
        NpyFile.write(Dataset.file(folder, genre, Split.TRAIN), train.packed());
        NpyFile.write(Dataset.file(folder, genre, Split.TEST), test.packed());
    }
}
