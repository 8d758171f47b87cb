package idiom.training.ranking;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import idiom.training.data.DataException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HumanRankingTest {
    @TempDir
    private Path folder;

    @Test
    void shouldScoreAsPublished() throws IOException {
        // Two participants, K = 3. A is first and second: (1 + 1/2) / 2. B second and first. C last twice.
        HumanRanking ranking =
                read("participant,item,model,rank", "p,1,A,1", "p,1,B,2", "p,1,C,3", "q,1,B,1", "q,1,A,2", "q,1,C,3");

        assertThat(score(ranking, "1", "A")).isEqualTo(new HumanRanking.Score(0.75, 2));
        assertThat(score(ranking, "1", "B")).isEqualTo(new HumanRanking.Score(0.75, 2));
        assertThat(score(ranking, "1", "C")).isEqualTo(new HumanRanking.Score(0, 2));
    }

    /** 12 participants and 4 models: scores of an item are multiples of 1/36 and add up to 2, as the published ones do. */
    @Test
    void shouldGiveEachItemTheSameSum() throws IOException {
        StringBuilder rows = new StringBuilder("participant,item,model,rank\n");
        for (int p = 0; p < 12; p++) {
            for (int m = 0; m < 4; m++) {
                rows.append("p%d,1,m%d,%d\n".formatted(p, m, 1 + (m + p * p) % 4));
            }
        }
        HumanRanking ranking = read(rows.toString());
        double sum = 0;
        for (HumanRanking.Score score : ranking.scores().values()) {
            assertThat(score.judgements()).isEqualTo(12);
            assertThat(score.value() * 36).isCloseTo(Math.rint(score.value() * 36), within(1e-9));
            sum += score.value();
        }
        assertThat(sum).isCloseTo(2, within(1e-12));
    }

    /** Two first of four share the places 1 and 2: (4 - 1.5) / 3; however the tie and what follows it are written. */
    @ParameterizedTest
    @CsvSource({"1,1,3,4", "1,1,2,3", "1.5,1.5,3,4", "2,2,3,4"})
    void shouldShareThePlacesOfATie(String a, String b, String c, String d) throws IOException {
        HumanRanking ranking =
                read("participant,item,model,rank", "p,1,A," + a, "p,1,B," + b, "p,1,C," + c, "p,1,D," + d);

        assertThat(score(ranking, "1", "A").value()).isCloseTo(2.5 / 3, within(1e-12));
        assertThat(score(ranking, "1", "B").value()).isCloseTo(2.5 / 3, within(1e-12));
        assertThat(score(ranking, "1", "C").value()).isCloseTo(1.0 / 3, within(1e-12));
        assertThat(score(ranking, "1", "D").value()).isZero();
    }

    @Test
    void shouldTakeWhatAParticipantRanked() throws IOException {
        // q heard two models only, so the second is her last.
        HumanRanking ranking = read(
                "participant,item,model,rank",
                "p,1,A,1",
                "p,1,B,2",
                "p,1,C,3",
                "q,1,A,1",
                "q,1,B,2",
                "p,2,A,2",
                "p,2,C,1");

        assertThat(score(ranking, "1", "B")).isEqualTo(new HumanRanking.Score(0.25, 2));
        assertThat(score(ranking, "1", "C")).isEqualTo(new HumanRanking.Score(0, 1));
        assertThat(score(ranking, "2", "C")).isEqualTo(new HumanRanking.Score(1, 1));
        assertThat(ranking.scores()).doesNotContainKey(new Subject("2", "B"));
    }

    @Test
    void shouldTakePlacesAmongMissingModels() throws IOException {
        // Of four, the third is missing: the second has (4 - 2) / 3. And 1.5 is a tie, half of which is missing.
        HumanRanking ranking = read(
                "participant,item,model,rank,of", "p,1,A,1,4", "p,1,B,2,4", "p,1,D,4,4", "p,2,A,1.5,3", "p,2,B,3,3");

        assertThat(score(ranking, "1", "B").value()).isCloseTo(2.0 / 3, within(1e-12));
        assertThat(score(ranking, "1", "D").value()).isZero();
        assertThat(score(ranking, "2", "A").value()).isEqualTo(0.75);
    }

    @Test
    void shouldReadWhatASpreadsheetWrites() throws IOException {
        HumanRanking ranking = read(
                "\uFEFF participant , model,item,rank,comment\r",
                "# first round\r",
                "\"Smith, J.\",\"SN + \"\"SA\"\"\",1,2,\"so, so\"\r",
                "\r",
                "\"Smith, J.\" , Baseline , 1 , 1 ,\r");

        assertThat(score(ranking, "1", "SN + \"SA\"")).isEqualTo(new HumanRanking.Score(0, 1));
        assertThat(score(ranking, "1", "Baseline")).isEqualTo(new HumanRanking.Score(1, 1));
    }

    @Test
    void shouldSayWhatIsWrongAndWhere() {
        String header = "participant,item,model,rank";
        assertMessage(
                ":1: the header must have the columns participant,item,model,rank, separated by commas: missing=rank",
                "participant,item,model",
                "p,1,A");
        assertMessage(": must have a header (participant,item,model,rank) and at least one row: rows=0", header);
        assertMessage(": must have a header (participant,item,model,rank) and at least one row: rows=0", "");
        assertMessage(
                ":1: the header must name each column once: [participant, item, model, rank, rank]",
                header + ",rank",
                "p,1,A,1,1");
        assertMessage(":3: must have 4 fields, as the header has: fields=3", header, "p,1,A,1", "p,1,B");
        assertMessage(":2: model must not be empty", header, "p,1,,1");
        assertMessage(":3: rank must be a number such as 3 or 0.75: rank=second", header, "p,1,A,1", "p,1,B,second");
        assertMessage(":2: rank must be a number such as 3 or 0.75: rank=NaN", header, "p,1,A,NaN", "p,1,B,1");
        assertMessage(
                ":3: rank must be from 1 (best) to 2: rank=0; where models are missing, a column of says among how many was ranked",
                header,
                "p,1,A,1",
                "p,1,B,0");
        assertMessage(
                ":3: rank must be from 1 (best) to 2: rank=3; where models are missing, a column of says among how many was ranked",
                header,
                "p,1,A,1",
                "p,1,B,3");
        assertMessage(":2: participant p on item 1 must rank two models or more: models=1", header, "p,1,A,1");
        assertMessage(
                ":4: a participant ranks a model once for an item: participant=p item=1 model=A, as in line 2",
                header,
                "p,1,A,1",
                "p,1,B,2",
                "p,1,A,2");
        assertMessage(
                ":3: a field that begins with a quote must end with one, before a comma: p,1,\"B,2",
                header,
                "p,1,A,1",
                "p,1,\"B,2");
        assertMessage(
                ":2: a field that begins with a quote must end with one, before a comma: p,1,\"A\"B,1",
                header,
                "p,1,\"A\"B,1");
    }

    @Test
    void shouldSayWhatIsWrongAmongMissingModels() {
        String header = "participant,item,model,rank,of";
        assertMessage(
                ":3: of must be the same for all models that participant p on item 1 ranks: of=3, in line 2 of=4",
                header,
                "p,1,A,1,4",
                "p,1,B,2,3");
        assertMessage(":2: of must be a whole number from 2 to 1000: of=2.5", header, "p,1,A,1,2.5", "p,1,B,2,2.5");
        assertMessage(
                ":4: of must be at least the number of models that participant p on item 1 ranks: of=2 models=3",
                header,
                "p,1,A,1,2",
                "p,1,B,2,2",
                "p,1,C,2,2");
        assertMessage(
                ":2: where models are missing, a rank must be a place, and equal ranks the mean of theirs (1.5 for the first two): rank=1 models=2",
                header,
                "p,1,A,1,4",
                "p,1,B,1,4");
        assertMessage(
                ":2: where models are missing, a rank must be a place, and equal ranks the mean of theirs (1.5 for the first two): rank=1.2 models=1",
                header,
                "p,1,A,1.2,4",
                "p,1,B,3,4");
        assertMessage(":3: rank must be from 1 (best) to 4: rank=5", header, "p,1,A,1,4", "p,1,B,5,4");
    }

    private void assertMessage(String message, String... lines) {
        assertThatThrownBy(() -> read(lines))
                .isInstanceOf(DataException.class)
                .hasMessage(folder.resolve("rankings.csv") + message);
    }

    private HumanRanking read(String... lines) throws IOException {
        return HumanRanking.read(Files.writeString(folder.resolve("rankings.csv"), String.join("\n", List.of(lines))));
    }

    private static HumanRanking.Score score(HumanRanking ranking, String item, String model) {
        HumanRanking.Score score = ranking.scores().get(new Subject(item, model));
        assertThat(score).as(item + " " + model + " of " + ranking).isNotNull();
        return score;
    }
}
