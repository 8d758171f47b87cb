package idiom.training.data;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** What was used, what was left out and why, and what occurs twice: for people, and as a table. */
final class PrepareReport {
    private final List<PreparedGenre> genres;
    private final Map<SplitName, PhraseSet> sets;

    PrepareReport(List<PreparedGenre> genres, Map<SplitName, PhraseSet> sets) {
        this.genres = genres;
        this.sets = sets;
    }

    /** A line per MIDI file. */
    String songTable() {
        StringBuilder table =
                new StringBuilder("genre\tfile\tsha256\tstatus\tsplit\tphrases\tsilent\tgroup\treason\tdetail\n");
        for (PreparedGenre genre : genres) {
            Set<String> test = new HashSet<>();
            genre.split().test().forEach(song -> test.add(song.name()));
            for (SongOutcome outcome : genre.outcomes()) {
                String columns = outcome instanceof SongOutcome.Rendered song
                        ? used(song, test.contains(song.name()) ? Split.TEST : Split.TRAIN, genre.split())
                        : skipped((SongOutcome.Skipped) outcome);
                table.append(String.join("\t", genre.genre(), clean(outcome.name()), outcome.sha256(), columns))
                        .append('\n');
            }
        }
        return table.toString();
    }

    /** Some lines on the whole, then a line per file left out. */
    String text() {
        List<String> lines = new ArrayList<>();
        for (PreparedGenre genre : genres) {
            lines.add(summary(genre));
        }
        lines.add("");
        lines.add("Phrases that occur more than once (flagged in the tables):");
        sets.forEach((name, set) -> lines.add("  " + repeats(name, set)));
        for (PreparedGenre genre : genres) {
            sharedSongs(genre, lines);
        }
        songsInSeveralGenres(lines);
        lines.add("");
        lines.add("Files left out:");
        for (PreparedGenre genre : genres) {
            for (SongOutcome.Skipped skipped : genre.skipped()) {
                lines.add("  " + genre.genre() + "/" + clean(skipped.name()) + ": "
                        + skipped.reason().text() + " (" + clean(skipped.detail()) + ")");
            }
        }
        return String.join("\n", lines) + "\n";
    }

    private String summary(PreparedGenre genre) {
        SongSplit split = genre.split();
        int silent = genre.rendered().stream()
                .mapToInt(song -> song.phrases().size() - song.sounding())
                .sum();
        return String.format(
                Locale.ROOT,
                "%s: files=%d songs=%d%s, other files=%d; train %d phrases of %d songs, test %d of %d; silent phrases"
                        + " dropped=%d",
                genre.genre(),
                genre.outcomes().size(),
                genre.rendered().size(),
                SkipCounts.of(genre.outcomes()).phrase(),
                genre.otherFiles(),
                set(genre, Split.TRAIN).size(),
                split.train().size(),
                set(genre, Split.TEST).size(),
                split.test().size(),
                silent);
    }

    private PhraseSet set(PreparedGenre genre, Split split) {
        return sets.getOrDefault(new SplitName(genre.genre(), split), PhraseSet.ofRolls(List.of()));
    }

    static String repeats(SplitName name, PhraseSet set) {
        int duplicates = 0;
        int otherSplit = 0;
        int otherGenre = 0;
        for (PhraseRow row : set.rows()) {
            duplicates += row.flags().isDuplicate() ? 1 : 0;
            otherSplit += row.flags().inOtherSplit() ? 1 : 0;
            otherGenre += row.flags().alsoInGenre().isEmpty() ? 0 : 1;
        }
        return name + ": " + set.size() + " phrases, " + duplicates + " repeat an earlier one, " + otherSplit
                + " are in the other split too, " + otherGenre + " in another genre too";
    }

    private static void sharedSongs(PreparedGenre genre, List<String> lines) {
        Map<Integer, List<String>> members = new LinkedHashMap<>();
        genre.rendered()
                .forEach(song -> members.computeIfAbsent(
                                genre.split().groups().getOrDefault(song.name(), -1), key -> new ArrayList<>())
                        .add(clean(song.name())));
        members.values().removeIf(group -> group.size() < 2);
        if (!members.isEmpty()) {
            lines.add("");
            lines.add("Songs of " + genre.genre() + " with phrases in common, kept on one side:");
            members.values().forEach(group -> lines.add("  " + String.join(", ", group)));
        }
    }

    private void songsInSeveralGenres(List<String> lines) {
        Map<String, String> first = new HashMap<>();
        List<String> found = new ArrayList<>();
        for (PreparedGenre genre : genres) {
            for (SongOutcome.Rendered song : genre.rendered()) {
                String here = genre.genre() + "/" + clean(song.name());
                String there = first.putIfAbsent(song.sha256(), here);
                if (there != null) {
                    found.add("  " + there + " = " + here);
                }
            }
        }
        if (!found.isEmpty()) {
            lines.add("");
            lines.add("The same file in two genres (its label is in doubt):");
            lines.addAll(found);
        }
    }

    private static String used(SongOutcome.Rendered song, Split split, SongSplit songs) {
        return String.join(
                "\t",
                "used",
                split.fileName(),
                Integer.toString(song.sounding()),
                Integer.toString(song.phrases().size() - song.sounding()),
                Integer.toString(songs.groups().getOrDefault(song.name(), -1)),
                "",
                "");
    }

    private static String skipped(SongOutcome.Skipped skipped) {
        return String.join("\t", "skipped", "", "0", "0", "", skipped.reason().text(), clean(skipped.detail()));
    }

    private static String clean(String text) {
        return text.replaceAll("\\p{Cc}", "?");
    }
}
