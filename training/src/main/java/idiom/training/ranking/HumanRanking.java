package idiom.training.ranking;

import idiom.training.table.CsvTable;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The normalised human ranking score of Brunner et al. 2019, section 4.1, for each piece and model:
 *
 * <pre>s_hr = 1/N sum over ranks r = 1..K of #{rank of M = r} (K - r) / (K - 1)</pre>
 *
 * <p>with N participants who ranked K models, rank 1 the best: 1 if all put it first, 0 if all put it last. Here K may differ
 * from one participant to another, so it is the mean over participants of (K - r) / (K - 1), which is the same where it does
 * not.
 *
 * @param scores by what was ranked, in the order of the file
 */
public record HumanRanking(Map<Subject, Score> scores) {
    private static final String PARTICIPANT = "participant";
    private static final String ITEM = "item";
    private static final String MODEL = "model";

    public HumanRanking {
        scores = new LinkedHashMap<>(scores);
    }

    /**
     * A human ranking score.
     *
     * @param value s_hr, 0 to 1
     * @param judgements N, how many ranked it
     */
    public record Score(double value, int judgements) {}

    private record Ballots(Map<List<String>, Ballot> byParticipantAndItem, Map<List<String>, Integer> lines) {}

    /**
     * Reads judgements, one a row: {@code participant,item,model,rank}, and {@code of} where a participant was not to rank all
     * that the file has of her for an item. Rank 1 is the best; equal ranks are a tie; a model may be missing.
     *
     * @throws idiom.training.data.DataException in one line if that is not what it has
     */
    public static HumanRanking read(Path file) {
        CsvTable table = CsvTable.read(file, PARTICIPANT, ITEM, MODEL, "rank");
        Ballots ballots = new Ballots(new LinkedHashMap<>(), new LinkedHashMap<>());
        table.rows().forEach(row -> add(ballots, row, table.header().contains(Ballot.OF)));
        Map<List<String>, double[]> scores = new LinkedHashMap<>();
        ballots.byParticipantAndItem.forEach((key, ballot) -> scores.put(key, ballot.scores()));
        return new HumanRanking(means(table.rows(), scores));
    }

    /** As a study without metrics. */
    public Study study() {
        List<Study.Point> points = new ArrayList<>();
        scores.forEach((subject, score) ->
                points.add(new Study.Point(subject, score.value(), score.judgements(), new double[0])));
        return new Study(List.of(), points);
    }

    private static void add(Ballots ballots, CsvTable.Row row, boolean saysOf) {
        List<String> ballot = ballot(row);
        Integer before = ballots.lines.put(List.of(ballot.get(0), ballot.get(1), row.required(MODEL)), row.line());
        if (before != null) {
            throw row.error("a participant ranks a model once for an item: participant=" + ballot.get(0) + " item="
                    + ballot.get(1) + " model=" + row.text(MODEL) + ", as in line " + before);
        }
        ballots.byParticipantAndItem
                .computeIfAbsent(ballot, key -> new Ballot(saysOf))
                .add(row);
    }

    private static List<String> ballot(CsvTable.Row row) {
        return List.of(row.required(PARTICIPANT), row.required(ITEM));
    }

    private static Map<Subject, Score> means(List<CsvTable.Row> rows, Map<List<String>, double[]> scores) {
        Map<List<String>, Integer> next = new LinkedHashMap<>();
        Map<Subject, List<Double>> bySubject = new LinkedHashMap<>();
        for (CsvTable.Row row : rows) {
            List<String> ballot = ballot(row);
            int at = next.merge(ballot, 1, Integer::sum) - 1;
            bySubject
                    .computeIfAbsent(new Subject(row.text(ITEM), row.text(MODEL)), key -> new ArrayList<>())
                    .add(scores.getOrDefault(ballot, new double[0])[at]);
        }
        Map<Subject, Score> means = new LinkedHashMap<>();
        bySubject.forEach((subject, values) -> means.put(
                subject, new Score(values.stream().mapToDouble(v -> v).average().orElseThrow(), values.size())));
        return means;
    }
}
