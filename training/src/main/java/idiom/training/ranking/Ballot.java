package idiom.training.ranking;

import idiom.training.table.CsvTable;
import java.util.ArrayList;
import java.util.List;

/** One participant's ranking of the models on one item, checked and turned into scores. */
final class Ballot {
    static final String OF = "of";
    private static final String RANK = "rank";

    private final List<CsvTable.Row> rows = new ArrayList<>();
    private final boolean saysOf;

    /** An empty one; {@code saysOf} tells whether its rows say among how many they rank. */
    Ballot(boolean saysOf) {
        this.saysOf = saysOf;
    }

    void add(CsvTable.Row row) {
        rows.add(row);
    }

    /**
     * A score for each row, in their order, from 1 (first) to 0 (last of K): (K - r) / (K - 1), Brunner et al. 2019, section
     * 4.1. Where all K models are ranked, only their order counts, and equal ranks share the mean of their places, which
     * leaves the sum of a ballot's scores at K / 2. Where some are missing, ranks are places among all K, as written.
     *
     * @throws idiom.training.data.DataException if the rows are no ranking
     */
    double[] scores() {
        int k = size();
        boolean isWhole = rows.size() == k;
        double[] scores = new double[rows.size()];
        for (int i = 0; i < scores.length; i++) {
            double place = isWhole ? meanPlace(rank(i)) : requireTie(i);
            scores[i] = (k - place) / (k - 1);
        }
        return scores;
    }

    /** K: among how many models the participant ranked. */
    private int size() {
        CsvTable.Row first = rows.get(0);
        double k = saysOf ? first.number(OF) : rows.size();
        for (CsvTable.Row row : rows) {
            if (saysOf && row.number(OF) != k) {
                throw row.error("of must be the same for all models that " + who(row) + " ranks: of=" + row.text(OF)
                        + ", in line " + first.line() + " of=" + first.text(OF));
            }
        }
        if (k != Math.rint(k) || k < 2 || k > 1000) {
            throw first.error(
                    saysOf
                            ? "of must be a whole number from 2 to 1000: of=" + first.text(OF)
                            : who(first) + " must rank two models or more: models=" + rows.size());
        }
        if (rows.size() > k) {
            throw rows.get((int) k)
                    .error("of must be at least the number of models that " + who(first) + " ranks: of=" + (int) k
                            + " models=" + rows.size());
        }
        for (CsvTable.Row row : rows) {
            double rank = row.number(RANK);
            if (!(rank >= 1 && rank <= k)) {
                throw row.error("rank must be from 1 (best) to " + (int) k + ": rank=" + row.text(RANK)
                        + (saysOf ? "" : "; where models are missing, a column of says among how many was ranked"));
            }
        }
        return (int) k;
    }

    private double rank(int row) {
        return rows.get(row).number(RANK);
    }

    private double meanPlace(double rank) {
        int better = 0;
        for (CsvTable.Row row : rows) {
            better += row.number(RANK) < rank ? 1 : 0;
        }
        return better + (sharing(rank) + 1) / 2.0;
    }

    private int sharing(double rank) {
        int same = 0;
        for (CsvTable.Row row : rows) {
            same += row.number(RANK) == rank ? 1 : 0;
        }
        return same;
    }

    /** Two that share a rank among missing ones must state the mean of their places: 1.5, not 1. */
    private double requireTie(int row) {
        double rank = rank(row);
        int same = sharing(rank);
        double first = rank - (same - 1) / 2.0;
        boolean isPlace = same == 1 ? 2 * rank == Math.rint(2 * rank) : first == Math.rint(first) && first >= 1;
        if (!isPlace) {
            throw rows.get(row)
                    .error(
                            "where models are missing, a rank must be a place, and equal ranks the mean of theirs (1.5 for"
                                    + " the first two): rank=" + rows.get(row).text(RANK) + " models=" + same);
        }
        return rank;
    }

    private static String who(CsvTable.Row row) {
        return "participant " + row.text("participant") + " on item " + row.text("item");
    }
}
