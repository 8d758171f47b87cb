package idiom.training.cli;

import static org.assertj.core.api.Assertions.assertThat;

import idiom.training.data.Dataset;
import idiom.training.data.NpyFile;
import idiom.training.data.PhraseSet;
import idiom.training.data.Split;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import javax.sound.midi.InvalidMidiDataException;
import javax.sound.midi.MetaMessage;
import javax.sound.midi.MidiEvent;
import javax.sound.midi.MidiSystem;
import javax.sound.midi.Sequence;
import javax.sound.midi.ShortMessage;
import javax.sound.midi.Track;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PrepareCommandTest {
    @TempDir
    Path folder;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    /** Ten songs of two phrases for each of two genres, and some files that cannot be used. */
    @BeforeEach
    void writeSongs() throws Exception {
        for (int song = 0; song < 10; song++) {
            song("jazz/" + song + ".mid", 4, 30 + song, 40 + song);
            song("pop/a/" + song + ".MID", 4, 50 + song, 60 + song);
        }
        song("jazz/waltz.mid", 3, 40, 41);
        Files.writeString(folder.resolve("jazz/broken.mid"), "MThd");
        Files.writeString(folder.resolve("jazz/readme.txt"), "hello");
        Files.copy(folder.resolve("jazz/3.mid"), folder.resolve("jazz/copy of 3.mid"));
        // The first phrase of jazz/5 is in pop as well.
        song("pop/z.mid", 4, 35, 90);
    }

    @Test
    void shouldPrepareADataSet() throws IOException {
        assertThat(prepare("-o", path("ds"), "--test-share", "0.2")).isZero();
        Dataset dataset = Dataset.open(folder.resolve("ds"));
        assertThat(dataset.genres()).containsExactly("jazz", "pop");
        assertThat(dataset.phrases("jazz", Split.TRAIN).size()).isEqualTo(16);
        assertThat(dataset.phrases("jazz", Split.TEST).size()).isEqualTo(4);
        assertThat(dataset.phrases("pop", Split.TRAIN).size()
                        + dataset.phrases("pop", Split.TEST).size())
                .isEqualTo(22);
        assertThat(flaggedAsOtherGenre(dataset, "jazz")).containsExactly("5.mid");
        assertThat(flaggedAsOtherGenre(dataset, "pop")).containsExactly("z.mid");
        assertThat(Files.readString(folder.resolve("ds/report.txt")))
                .isEqualTo(out.toString())
                .contains("jazz: files=13 songs=10 skipped=3 (1 x cannot be read as MIDI, 1 x copy of another file,"
                        + " 1 x not in 4/4 throughout), other files=1; train 16 phrases of 8 songs, test 4 of 2;")
                .contains("  jazz/waltz.mid: not in 4/4 throughout (3/4 at bar 1)\n")
                .contains("  jazz/copy of 3.mid: copy of another file (of 3.mid)\n");
        assertThat(Files.readAllLines(folder.resolve("ds/songs.tsv"))).hasSize(1 + 13 + 11);
        assertThat(entries()).containsExactly("ds", "jazz", "pop");
    }

    @Test
    void shouldGiveTheSameBytesWithAnyNumberOfThreads() throws IOException {
        assertThat(prepare("-o", path("one"), "--threads", "1")).isZero();
        assertThat(prepare("-o", path("four"), "--threads", "4")).isZero();
        assertThat(contents("four")).isEqualTo(contents("one")).hasSize(2 * 4 + 3);
        assertThat(prepare("-o", path("other"), "--seed", "2")).isZero();
        assertThat(contents("other")).isNotEqualTo(contents("one"));
    }

    @Test
    void shouldLeaveOutSongsOfAnotherDataSet() throws IOException {
        // Held notes of 64 cells: by the papers' rules they are the same but where one ends and one begins.
        assertThat(run("--genre", "pop=" + path("pop"), "-o", path("known"), "--rules", "papers"))
                .isZero();
        assertThat(prepare("-o", path("ds"), "--without", path("known"))).isEqualTo(1);
        assertThat(err.toString())
                .contains(
                        "pop: train and test need at least two songs that share no phrase: songs=0 groups=0; files=11")
                .contains("skipped=11 (11 x in the data set to be independent of)");
        assertThat(run("--genre", "jazz=" + path("jazz"), "-o", path("ds"), "--without", path("known")))
                .isZero();
        assertThat(out.toString())
                .contains("jazz/5.mid: in the data set to be independent of (phrases in it=1 of 2)")
                .contains("songs=9 skipped=4");
    }

    @Test
    void shouldReplaceADataSetOnlyWhenTold() throws IOException {
        assertThat(prepare("-o", path("ds"))).isZero();
        assertThat(prepare("-o", path("ds"))).isEqualTo(1);
        assertThat(err.toString()).contains("there is a data set already; --force replaces it");
        assertThat(prepare("-o", path("ds"), "--seed", "3", "--force")).isZero();
        assertThat(Files.readString(folder.resolve("ds/dataset.toml"))).contains("seed = 3");
        assertThat(prepare("-o", path("jazz"), "--force")).isEqualTo(1);
        assertThat(err.toString()).contains("holds something that is no data set made here");
        assertThat(entries()).containsExactly("ds", "jazz", "pop");
    }

    @Test
    void shouldNoticeAChangedFile() throws IOException {
        assertThat(prepare("-o", path("ds"))).isZero();
        Path npy = folder.resolve("ds/jazz/test.npy");
        byte[] rows = NpyFile.read(npy);
        rows[0] ^= 1;
        NpyFile.write(npy, rows);
        assertThat(org.assertj.core.api.Assertions.catchThrowable(
                        () -> Dataset.open(folder.resolve("ds")).phrases("jazz", Split.TEST)))
                .hasMessageContaining("is not what dataset.toml was written for");
    }

    @Test
    void shouldImportArraysAndFindTheSameFlags() throws IOException {
        assertThat(prepare("-o", path("ds"))).isZero();
        assertThat(run("--import", path("ds"), "-o", path("again"))).isZero();
        assertThat(out.toString()).contains("jazz/train: silent=0\n").doesNotContain("rows differ");
        for (String file : List.of("jazz/train", "jazz/test", "pop/train", "pop/test")) {
            for (String kind : List.of(".npy", ".tsv")) {
                assertThat(folder.resolve("again/" + file + kind))
                        .hasSameBinaryContentAs(folder.resolve("ds/" + file + kind));
            }
        }
        Path table = folder.resolve("again/jazz/train.tsv");
        Files.writeString(table, Files.readString(table).replaceFirst("\t0\t\t", "\t1\t\t"));
        Files.delete(folder.resolve("again/pop/test.tsv"));
        assertThat(run("--import", path("again"), "-o", path("third"))).isZero();
        assertThat(out.toString())
                .contains("in_other_split: 1 rows differ (row ")
                .contains(": was true, is false)")
                .contains("pop/test: silent=0, no table was there");
    }

    @Test
    void shouldExitWithTwoOnWrongUsage() {
        assertThat(run("-o", path("ds"))).isEqualTo(2);
        assertThat(run("--genre", "jazz", "-o", path("ds"))).isEqualTo(2);
        assertThat(run("--genre", "a=x", "--genre", "a=y", "-o", path("ds"))).isEqualTo(2);
        assertThat(run("--genre", "a=x")).isEqualTo(2);
        assertThat(run("--genre", "a=x", "--import", "y", "-o", path("ds"))).isEqualTo(2);
        assertThat(run("--genre", "a=x", "--rules", "mine", "-o", path("ds"))).isEqualTo(2);
    }

    @Test
    void shouldExitWithOneAndOneLineOnWrongInput() throws IOException {
        Files.createDirectory(folder.resolve("empty"));
        for (String[] bad : new String[][] {
            {"--genre", "jazz=" + path("none"), "none: no such folder; genre=jazz"},
            {"--genre", "jazz=" + path("empty"), "empty: no MIDI file in it"},
            {"--genre", "JAZZ=" + path("jazz"), "a genre's name is at most 30 lower-case letters"},
            {"--genre", "free_jazz=" + path("jazz"), "it names presets: genre=free_jazz"},
            {"--genre", "jazz-=" + path("jazz"), "it names presets: genre=jazz-"},
            {"--import", path("jazz"), "jazz: no genre found"},
            {"--test-share=1", "--genre=jazz=" + path("jazz"), "testShare must be in (0, 1): testShare=1.0"},
        }) {
            err.getBuffer().setLength(0);
            assertThat(run(bad[0], bad[1], "-o", path("ds"))).isEqualTo(1);
            assertThat(err.toString()).contains(bad[2]).containsOnlyOnce("\n");
        }
        assertThat(entries()).containsExactly("empty", "jazz", "pop");
    }

    private int prepare(String... options) {
        List<String> all = new ArrayList<>(List.of("--genre", "jazz=" + path("jazz"), "--genre", "pop=" + path("pop")));
        all.addAll(List.of(options));
        return run(all.toArray(new String[0]));
    }

    private int run(String... arguments) {
        out.getBuffer().setLength(0);
        List<String> all = new ArrayList<>(List.of("prepare"));
        all.addAll(List.of(arguments));
        return IdiomTrain.commandLine()
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(err))
                .execute(all.toArray(new String[0]));
    }

    private String path(String name) {
        return folder.resolve(name).toString();
    }

    private List<String> entries() throws IOException {
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.map(path -> path.getFileName().toString()).sorted().toList();
        }
    }

    private Map<String, String> contents(String name) throws IOException {
        Map<String, String> contents = new TreeMap<>();
        try (Stream<Path> files = Files.walk(folder.resolve(name))) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                contents.put(
                        folder.resolve(name).relativize(file).toString(),
                        java.util.HexFormat.of().formatHex(Files.readAllBytes(file)));
            }
        }
        return contents;
    }

    private static List<String> flaggedAsOtherGenre(Dataset dataset, String genre) {
        List<String> songs = new ArrayList<>();
        for (Split split : Split.values()) {
            PhraseSet set = dataset.phrases(genre, split);
            set.rows().stream()
                    .filter(row -> !row.flags().alsoInGenre().isEmpty())
                    .forEach(row -> songs.add(row.song()));
        }
        return songs;
    }

    /** Eight bars at most: {@code first} sounds through four bars, {@code second} through the next four. */
    private void song(String name, int beats, int first, int second) throws InvalidMidiDataException, IOException {
        Sequence sequence = new Sequence(Sequence.PPQ, 96);
        Track track = sequence.createTrack();
        track.add(new MidiEvent(new MetaMessage(0x58, new byte[] {(byte) beats, 2, 24, 8}, 4), 0));
        int[] pitches = {first, second};
        for (int i = 0; i < 2; i++) {
            track.add(new MidiEvent(new ShortMessage(ShortMessage.NOTE_ON, 0, pitches[i], 80), i * 1536L));
            track.add(new MidiEvent(new ShortMessage(ShortMessage.NOTE_OFF, 0, pitches[i], 0), (i + 1) * 1536L));
        }
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        MidiSystem.write(sequence, 0, file.toFile());
    }
}
