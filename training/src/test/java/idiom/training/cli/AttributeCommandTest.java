package idiom.training.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.jr.ob.JSON;
import idiom.training.Synthetic;
import idiom.training.classifier.KnownClassifier;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AttributeCommandTest {
    @TempDir
    private Path folder;

    private Path data;
    private Path judge;
    private Path output;

    @BeforeEach
    void makeDataAndJudge() throws IOException {
        data = Synthetic.dataset(folder.resolve("data"), 12, 10, 1);
        judge = KnownClassifier.writeBoth(folder.resolve("judge.ck"), "jazz", "classic");
        output = folder.resolve("out");
    }

    @Test
    void shouldLeadFromDataAndJudgeToTablesAndPictures() throws IOException {
        Terminal run = attribute();

        assertThat(run.status()).as(run.err()).isZero();
        assertThat(run.out())
                .startsWith("the classifier is right on ")
                .contains("\njazz: right on ", "\nclassic: right on ", "without 40 % of the notes: ");
        assertThat(entries(output))
                .containsExactly("attribution.json", "motifs.csv", "motifs.png", "saliency.csv", "saliency.png");
        checkTables();
        checkPictures();
        byte[] summary = Files.readAllBytes(output.resolve("attribution.json"));
        byte[] picture = Files.readAllBytes(output.resolve("saliency.png"));

        assertThat(attribute().errors())
                .containsExactly("idiom-train: " + output.toAbsolutePath()
                        + ": there is a report of an attribution already; --force replaces it");
        assertThat(attribute("--force").status()).isZero();
        assertThat(output.resolve("attribution.json")).hasBinaryContent(summary);
        assertThat(output.resolve("saliency.png")).hasBinaryContent(picture);
        assertThat(entries(folder)).containsExactly("data", "judge.ck", "out");
    }

    private void checkTables() throws IOException {
        List<String> cells = Files.readAllLines(output.resolve("saliency.csv"));
        assertThat(cells.get(0)).isEqualTo("genre,row,step,pitch,saliency,shown");
        // High jazz, low classic; of each row of the picture the maximum is 1.
        assertThat(cells.subList(1, cells.size()))
                .allMatch(
                        line -> line.matches(
                                "jazz,\\d,\\d+,(8[4-9]|9[0-5]),[01]\\.\\d{4},[01]|classic,\\d,\\d+,(3[6-9]|4[0-7]),[01]\\.\\d{4},[01]"));
        assertThat(cells.stream().filter(line -> line.contains(",1.0000,1"))).hasSizeGreaterThanOrEqualTo(2);
        List<String> motifs = Files.readAllLines(output.resolve("motifs.csv"));
        assertThat(motifs.get(0)).startsWith("genre,family,motif,occurrences,phrases,notes,note_share,saliency_share,");
        assertThat(motifs).anyMatch(line -> line.startsWith("jazz,register,C6 to B6,"));
        int columns = motifs.get(0).split(",", -1).length;
        assertThat(motifs).allMatch(line -> line.split(",", -1).length == columns);

        Map<String, Object> json = JSON.std.mapFrom(Files.readString(output.resolve("attribution.json")));
        assertThat(json).containsKeys("facts", "recipe", "accuracy", "genres", "families", "motifs");
        assertThat(json.get("facts"))
                .asInstanceOf(InstanceOfAssertFactories.MAP)
                .containsKeys("data-sha256", "judge-sha256", "threads", "pytorch");
        assertThat(json.get("motifs"))
                .asInstanceOf(InstanceOfAssertFactories.LIST)
                .hasSize(motifs.size() - 1);
    }

    private void checkPictures() throws IOException {
        BufferedImage saliency = ImageIO.read(output.resolve("saliency.png").toFile());
        BufferedImage motifs = ImageIO.read(output.resolve("motifs.png").toFile());
        assertThat(saliency.getWidth()).isGreaterThan(600);
        assertThat(motifs.getWidth()).isGreaterThan(600);
    }

    @Test
    void shouldTakeGenresInTheOrderAskedFor() {
        Terminal run = attribute("--genres", "classic,jazz", "--sample", 2);

        assertThat(run.status()).as(run.err()).isZero();
        assertThat(run.out()).containsSubsequence("\nclassic: right", " 2 drawn", "\njazz: right", " 2 drawn");
    }

    @Test
    void shouldSayInOneLineWhatIsWrong() throws IOException {
        assertThat(attribute("--genres", "jazz").status()).isEqualTo(2);
        assertThat(attribute("--genres", "jazz,jazz").errors().get(0))
                .isEqualTo("--genres must name different genres, two or more: --genres=jazz,jazz");
        assertThat(attribute("--sample", 0).errors().get(0))
                .isEqualTo("--sample and --permutations must be at least 1: --sample=0 --permutations=50");
        assertThat(attribute("--genres", "jazz,pop").errors())
                .endsWith("idiom-train: the classifier knows [jazz, classic] only: genre=pop");
        KnownClassifier.writeBoth(judge, "jazz", "tango");
        assertThat(attribute().errors())
                .last()
                .asString()
                .endsWith(": no such genre: genre=tango; there are classic, jazz");
        Files.writeString(judge, "no classifier");
        assertThat(attribute().status()).isEqualTo(1);
        assertThat(attribute().errors()).last().asString().startsWith("idiom-train: " + judge + ": ");
        // The logit of this one's second genre never moves.
        KnownClassifier.write(judge, "jazz", "classic");
        assertThat(attribute().errors())
                .last()
                .asString()
                .startsWith("idiom-train: nothing to look at: the classifier gets no phrase with saliency right:"
                        + " genre=classic phrases=10 right=");
        assertThat(output).doesNotExist();
        assertThat(entries(folder)).containsExactly("data", "judge.ck");
    }

    @Test
    void shouldNotWriteOverWhatItDidNotMake() throws IOException {
        Files.createDirectories(output);
        Files.writeString(output.resolve("mine"), "x");

        assertThat(attribute("--force").errors())
                .containsExactly("idiom-train: " + output
                        + ": holds something that is no report of an attribution made here; choose another folder");
        assertThat(output.resolve("mine")).hasContent("x");
    }

    private Terminal attribute(Object... more) {
        List<Object> command = new ArrayList<>(List.of(
                "attribute", "--data", data, "--judge", judge, "-o", output, "--threads", 1, "--permutations", 50));
        command.addAll(Arrays.asList(more));
        return Terminal.run(command.toArray());
    }

    private static List<String> entries(Path folder) throws IOException {
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.map(path -> path.getFileName().toString()).sorted().toList();
        }
    }
}
