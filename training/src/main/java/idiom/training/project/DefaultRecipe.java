package idiom.training.project;

import idiom.training.gan.Recipe;
import idiom.training.gan.RecipeText;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;

/** The recipe of who names none: the bundled presets', for fewer steps, in the number format that the processor computes. */
final class DefaultRecipe {
    /** Of the generators; strength is near its best after some hundreds (docs/training.md). */
    static final int STEPS = 1500;
    /** Of a first try. */
    static final int QUICK_STEPS = 100;

    private static final String RESOURCE = "/idiom/training/recipes/compact.toml";
    private static final int LONGEST_WARMUP = 200;
    private static final Path CPU_INFO = Path.of("/proc/cpuinfo");
    private static final Set<String> BF16_FLAGS = Set.of("avx512_bf16", "amx_bf16");

    private DefaultRecipe() {}

    /** For so many steps, the warm-up coming with them: a fifth, at most the recipe's own 200. */
    static Recipe forSteps(int steps) {
        List<String> changes = new ArrayList<>(stepChanges(steps));
        changes.add("precision=" + (computesBf16(cpuInfo()) ? "bf16" : "fp32"));
        return RecipeText.read(text(), changes);
    }

    /** As changes of any recipe. */
    static List<String> stepChanges(int steps) {
        return List.of(
                "schedule.steps=" + steps, "schedule.warmup=" + Math.min(LONGEST_WARMUP, Math.max(1, steps / 5)));
    }

    private static String text() {
        try (InputStream in = DefaultRecipe.class.getResourceAsStream(RESOURCE)) {
            if (in == null) {
                throw new IllegalStateException("the compact recipe is not in the program: build it again");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Whether a processor says that it computes bfloat16; on all others it is slower than fp32. */
    static boolean computesBf16(String cpuInfo) {
        return cpuInfo.lines()
                .filter(line -> line.startsWith("flags"))
                .flatMap(line -> Arrays.stream(line.split("\\s+")))
                .anyMatch(BF16_FLAGS::contains);
    }

    private static String cpuInfo() {
        try {
            return Files.isReadable(CPU_INFO) ? Files.readString(CPU_INFO) : "";
        } catch (IOException e) {
            return "";
        }
    }
}
