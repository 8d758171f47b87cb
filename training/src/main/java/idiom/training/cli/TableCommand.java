package idiom.training.cli;

import idiom.training.comparison.EvaluationFile;
import idiom.training.comparison.PaperTables;
import idiom.training.published.Figure;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code idiom-train table}: evaluations of several models as the papers' tables. */
@Command(
        name = "table",
        description = {
            "Lay out evaluations as the papers' tables, beside what was published of the same genres.",
            "",
            "Without files: all that was published. --csv and --json have a row for each number."
        })
final class TableCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Parameters(
            arity = "0..*",
            paramLabel = "[NAME=]FILE",
            description =
                    "What evaluate --json wrote, and what its model is called (default: the file's name). Files of one"
                            + " model, a pair each, may have one name.")
    private List<String> files = List.of();

    @Option(
            names = "--on",
            defaultValue = "test",
            paramLabel = "WHICH",
            description = "Phrases it was measured on: test, clean, sampled, \"held out\" (default ${DEFAULT-VALUE}).")
    private String on = "test";

    @Option(
            names = "--mode",
            defaultValue = "phrase",
            paramLabel = "MODE",
            description =
                    "How it was asked, as evaluate calls it: phrase, \"follow bar\", instant (default ${DEFAULT-VALUE}).")
    private String mode = "phrase";

    @Mixin
    private OutputFiles outputs;

    @Override
    public Integer call() throws IOException {
        outputs.refuseToOverwrite();
        List<Figure> measured = new ArrayList<>();
        for (String file : files) {
            int equals = file.indexOf('=');
            String path = file.substring(equals + 1);
            if (equals == 0 || path.isEmpty()) {
                throw new Usage(spec, "a file must be given as FILE or NAME=FILE: " + file);
            }
            String name = equals < 0 ? name(Path.of(path)) : file.substring(0, equals);
            measured.addAll(EvaluationFile.read(Path.of(path), name, on, mode));
        }
        PaperTables tables = PaperTables.of(measured);
        System.out.print(tables.toText());
        outputs.write(tables.toCsv(), tables.toJson());
        return 0;
    }

    private static String name(Path file) {
        String name = String.valueOf(file.getFileName());
        return name.endsWith(".json") ? name.substring(0, name.length() - ".json".length()) : name;
    }
}
