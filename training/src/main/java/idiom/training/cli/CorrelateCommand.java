package idiom.training.cli;

import idiom.training.data.DataException;
import idiom.training.published.PublishedFigures;
import idiom.training.ranking.Agreement;
import idiom.training.ranking.CorrelationReport;
import idiom.training.ranking.HumanRanking;
import idiom.training.ranking.MetricTable;
import idiom.training.ranking.Study;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code idiom-train correlate}: the human ranking score, and how metrics go with it. */
@Command(
        name = "correlate",
        description = {
            "Turn people's rankings of transfers into scores, and correlate metrics with them (Brunner et al. 2019).",
            "",
            "Rankings are a CSV with the columns participant,item,model,rank: rank 1 is the best, equal ranks are a tie. A"
                    + " column of says among how many models was ranked, where some are missing. s_hr is 1 if all put a"
                    + " model first, 0 if all put it last.",
            "",
            "METRICS.csv has the columns item and model and any numbers beside them. Without --rankings one of them must be"
                    + " s_hr."
        })
final class CorrelateCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Parameters(
            index = "0",
            arity = "0..1",
            paramLabel = "METRICS.csv",
            description = "Numbers for each item and model, such as content change.")
    private @Nullable Path metrics;

    @Option(names = "--rankings", paramLabel = "FILE", description = "Who ranked what where.")
    private @Nullable Path rankings;

    @Option(
            names = "--published",
            description = "Take the user study of Brunner et al. 2019, which this program has with it.")
    private boolean published;

    @Option(
            names = "--score",
            defaultValue = "s_hr",
            paramLabel = "COLUMN",
            description = "Column of METRICS.csv that is the human score (default ${DEFAULT-VALUE}).")
    private String score = "s_hr";

    @Option(
            names = "--resamples",
            defaultValue = "10000",
            paramLabel = "N",
            description = "Permutations for a p value, and draws for an interval (default ${DEFAULT-VALUE}).")
    private int resamples;

    @Option(names = "--seed", defaultValue = "1", description = "Seed of those (default ${DEFAULT-VALUE}).")
    private long seed;

    @Option(
            names = "--scores",
            paramLabel = "FILE",
            description = "Write the scores of each item and model as CSV as well, beside its metrics.")
    private @Nullable Path scores;

    @Mixin
    private OutputFiles files;

    @Override
    public Integer call() throws IOException {
        if (published ? metrics != null || rankings != null : metrics == null && rankings == null) {
            throw new Usage(spec, "give METRICS.csv, --rankings FILE or both, or --published alone");
        }
        if (resamples < 1 || resamples > 10_000_000) {
            throw new Usage(spec, "--resamples must be from 1 to 10000000: --resamples=" + resamples);
        }
        files.refuseToOverwrite();
        files.refuseToOverwrite(scores);
        Study study = study();
        CorrelationReport report = new CorrelationReport(study, agreements(study), resamples, seed);
        System.out.print(report.toText());
        files.write(report.toCsv(), report.toJson());
        OutputFiles.write(scores, report.scoresToCsv());
        return 0;
    }

    private Study study() {
        if (published) {
            return MetricTable.of(PublishedFigures.userStudy()).with(score);
        }
        if (metrics == null) {
            return HumanRanking.read(rankings()).study();
        }
        MetricTable table = MetricTable.read(metrics);
        return rankings == null ? table.with(score) : table.with(HumanRanking.read(rankings));
    }

    private Path rankings() {
        if (rankings == null) {
            throw new IllegalStateException("without a table of metrics there must be rankings");
        }
        return rankings;
    }

    /** Of all metrics that have one; a metric without is told, and it is an error if none is left. */
    private List<Agreement> agreements(Study study) {
        List<Agreement> agreements = new ArrayList<>();
        List<DataException> without = new ArrayList<>();
        for (int metric = 0; metric < study.metrics().size(); metric++) {
            try {
                agreements.add(study.agreement(metric, resamples, seed));
            } catch (DataException e) {
                without.add(e);
            }
        }
        if (agreements.isEmpty() && !without.isEmpty()) {
            throw without.get(0);
        }
        without.forEach(e -> Console.say(String.valueOf(e.getMessage())));
        return agreements;
    }
}
