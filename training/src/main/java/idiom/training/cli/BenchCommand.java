package idiom.training.cli;

import idiom.training.data.AtomicFile;
import idiom.training.gan.Recipe;
import idiom.training.gan.RecipeText;
import idiom.training.gan.StepBenchmark;
import idiom.training.gan.StepBenchmark.Timing;
import idiom.training.gan.StepBenchmark.Variant;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code idiom-train bench}: what precision, layout, discriminator and threads cost a training step. */
@Command(
        name = "bench",
        description = {
            "Time training steps of a recipe and of variants of it, all in one run.",
            "",
            "The variants take turns, a step each, so that a busy machine meets all of them alike. Each is compared with"
                    + " the recipe itself, in fp32, contiguous and on one thread, within the same round; medians are"
                    + " shown. Needs no data set."
        })
final class BenchCommand implements Callable<Integer> {
    /** The compact recipe's size: what one step of it takes is what a machine is judged by. */
    private static final List<String> COMPACT = List.of(
            "generator.width=16",
            "generator.blocks=6",
            "discriminators.variant=full",
            "discriminators.kind=octave",
            "discriminators.width=32",
            "batch=16");

    private static final List<String> PLAIN = List.of("precision=fp32", "layout=contiguous");

    /** One thing that is varied. */
    enum Question {
        /** Number format. */
        PRECISION,
        /** Order in memory, in both number formats. */
        LAYOUT,
        /** Kind and width of the discriminators. */
        DISCRIMINATOR,
        /** One thread or two. */
        THREADS
    }

    @Spec
    private CommandSpec spec;

    @Mixin
    private DeviceOption device;

    @Option(
            names = "--recipe",
            paramLabel = "FILE",
            description = "TOML file (default: c = 16, 6 blocks, full, batch 16, octave discriminators of width 32).")
    private @Nullable Path recipeFile;

    @Option(
            names = "--set",
            paramLabel = "KEY=VALUE",
            description = "Change one key of the recipe, such as --set generator.width=32; may be repeated.")
    private List<String> changes = List.of();

    @Option(
            names = "--vary",
            split = ",",
            paramLabel = "WHAT",
            description = "What to vary: ${COMPLETION-CANDIDATES} (default: all).")
    private List<Question> questions = List.of(Question.values());

    @Option(names = "--rounds", defaultValue = "15", description = "Steps timed of each (default ${DEFAULT-VALUE}).")
    private int rounds;

    @Option(
            names = "--warmup-rounds",
            defaultValue = "3",
            description = "Steps of each before that, not counted (default ${DEFAULT-VALUE}).")
    private int warmupRounds;

    @Option(names = "--csv", paramLabel = "FILE", description = "Write the table as CSV as well.")
    private @Nullable Path csv;

    @Mixin
    private ForceOption force;

    @Override
    public Integer call() throws IOException {
        if (rounds < 1 || warmupRounds < 0) {
            throw new Usage(
                    spec,
                    "--rounds must be at least 1 and --warmup-rounds at least 0: --rounds=" + rounds
                            + " --warmup-rounds=" + warmupRounds);
        }
        force.refuseToOverwrite(csv);
        int all = rounds + warmupRounds;
        List<Timing> timings = new StepBenchmark(device.choose(), variants())
                .run(warmupRounds, rounds, round -> Console.say("round " + round + " of " + all));
        System.out.print(table(timings));
        if (csv != null) {
            String text = csv(timings);
            AtomicFile.write(csv, out -> out.write(text.getBytes(StandardCharsets.UTF_8)));
        }
        return 0;
    }

    /** The recipe itself, then what is asked for. */
    List<Variant> variants() throws IOException {
        String toml = recipeFile == null ? "" : Files.readString(recipeFile);
        List<Variant> variants = new ArrayList<>();
        variants.add(variant(toml, "fp32 contiguous", 1));
        if (questions.contains(Question.PRECISION) || questions.contains(Question.LAYOUT)) {
            variants.add(variant(toml, "bf16 contiguous", 1, "precision=bf16"));
        }
        if (questions.contains(Question.LAYOUT)) {
            variants.add(variant(toml, "fp32 channels-last", 1, "layout=channels-last"));
            variants.add(variant(toml, "bf16 channels-last", 1, "precision=bf16", "layout=channels-last"));
        }
        if (questions.contains(Question.DISCRIMINATOR)) {
            addDiscriminators(toml, variants);
        }
        if (questions.contains(Question.THREADS)) {
            variants.add(variant(toml, "two threads", 2));
        }
        return variants;
    }

    /** All kinds and widths but the one the recipe has already. */
    private void addDiscriminators(String toml, List<Variant> variants) {
        Recipe.Discriminators own = variants.get(0).recipe().discriminators();
        for (Recipe.Kind kind : Recipe.Kind.values()) {
            for (int width : new int[] {16, 32, 64}) {
                if (kind != own.kind() || width != own.width()) {
                    String name = kind.name().toLowerCase(Locale.ROOT);
                    variants.add(variant(
                            toml,
                            name + " " + width,
                            1,
                            "discriminators.kind=" + name,
                            "discriminators.width=" + width));
                }
            }
        }
    }

    private Variant variant(String toml, String name, int threads, String... differences) {
        List<String> all = new ArrayList<>(recipeFile == null ? COMPACT : List.of());
        all.addAll(changes);
        all.addAll(PLAIN);
        all.addAll(List.of(differences));
        return new Variant(name, RecipeText.read(toml, all), threads);
    }

    private static String table(List<Timing> timings) {
        StringBuilder text = new StringBuilder(String.format(
                Locale.ROOT,
                "| %-20s | %-16s | %7s | %14s | %6s |%n|%s|%s|%s|%s|%s|%n",
                "variant",
                "discriminators",
                "threads",
                "seconds a step",
                "ratio",
                "-".repeat(22),
                "-".repeat(18),
                "-".repeat(9),
                "-".repeat(16),
                "-".repeat(8)));
        for (Timing timing : timings) {
            text.append(String.format(
                    Locale.ROOT,
                    "| %-20s | %-16s | %7d | %14.3f | %6.3f |%n",
                    timing.variant().name(),
                    judges(timing),
                    timing.variant().threads(),
                    timing.medianSeconds(),
                    timing.medianRatio()));
        }
        return text.toString();
    }

    private static String judges(Timing timing) {
        Recipe.Discriminators shape = timing.variant().recipe().discriminators();
        return shape.kind().name().toLowerCase(Locale.ROOT) + " " + shape.width();
    }

    private String csv(List<Timing> timings) {
        StringBuilder text = new StringBuilder("variant,discriminators,threads,rounds,seconds_per_step,ratio\n");
        for (Timing timing : timings) {
            text.append(String.format(
                    Locale.ROOT,
                    "%s,%s,%d,%d,%.6f,%.4f\n",
                    timing.variant().name(),
                    judges(timing),
                    timing.variant().threads(),
                    rounds,
                    timing.medianSeconds(),
                    timing.medianRatio()));
        }
        return text.toString();
    }
}
