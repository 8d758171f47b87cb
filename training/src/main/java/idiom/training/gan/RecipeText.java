package idiom.training.gan;

import idiom.presets.ModestToml;
import idiom.training.net.GeneratorShape;
import idiom.training.net.Layout;
import idiom.training.net.Precision;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.tomlj.TomlParseError;
import org.tomlj.TomlParseResult;

/**
 * Recipes as text: TOML whose keys are those of {@link Recipe} ({@code generator.width = 16}), all with the papers'
 * values as defaults, and single {@code key=value} changes on top.
 */
public final class RecipeText {
    private static final Map<String, String> PAPER = paper();

    private RecipeText() {}

    /** The keys and the papers' values. */
    public static Map<String, String> defaults() {
        return PAPER;
    }

    /**
     * Reads a recipe.
     *
     * @param toml text, empty for the papers' recipe
     * @param changes {@code key=value} each, applied in order
     * @throws IllegalArgumentException in one line: which key or line, and what would be right
     */
    public static Recipe read(String toml, List<String> changes) {
        Map<String, String> values = new TreeMap<>(PAPER);
        TomlParseResult parsed = ModestToml.parse(toml, "a recipe");
        for (TomlParseError error : parsed.errors()) {
            throw new IllegalArgumentException("recipe line " + error.position().line() + ": " + error.getMessage());
        }
        parsed.dottedEntrySet(false).forEach(entry -> put(values, entry.getKey(), String.valueOf(entry.getValue())));
        for (String change : changes) {
            int equals = change.indexOf('=');
            if (equals < 1) {
                throw new IllegalArgumentException("a change of the recipe must read key=value: " + change);
            }
            put(
                    values,
                    change.substring(0, equals).trim(),
                    change.substring(equals + 1).trim());
        }
        return recipe(values);
    }

    /** Writes a recipe as {@link #read} reads it. */
    public static String write(Recipe recipe) {
        return values(recipe).entrySet().stream()
                .map(entry -> entry.getKey() + " = " + quoted(entry.getValue()) + "\n")
                .collect(Collectors.joining());
    }

    private static void put(Map<String, String> values, String key, String value) {
        if (!values.containsKey(key)) {
            throw new IllegalArgumentException(
                    "unknown key in recipe: " + key + " (known: " + String.join(", ", PAPER.keySet()) + ")");
        }
        values.put(key, value);
    }

    private static Recipe recipe(Map<String, String> text) {
        Values v = new Values(text);
        return new Recipe(
                new GeneratorShape(
                        v.integer("generator.width"),
                        v.integer("generator.blocks"),
                        v.number("generator.skip"),
                        v.flag("generator.zero-mean"),
                        v.flag("generator.spectral-norm"),
                        v.flag("generator.self-attention")),
                new Recipe.Discriminators(
                        v.choice(Recipe.Variant.class, "discriminators.variant"),
                        v.choice(Recipe.Kind.class, "discriminators.kind"),
                        v.integer("discriminators.width"),
                        v.flag("discriminators.spectral-norm"),
                        v.flag("discriminators.self-attention"),
                        v.number("discriminators.noise"),
                        v.integer("discriminators.pool"),
                        v.flag("discriminators.augment"),
                        v.number("discriminators.source-negatives"),
                        v.integer("discriminators.genre-judges"),
                        v.integer("discriminators.attention-judges"),
                        v.integer("discriminators.histogram-judges"),
                        v.number("discriminators.attention-noise"),
                        v.integer("discriminators.genre-life")),
                new Recipe.Losses(
                        v.number("losses.cycle"),
                        v.choice(Recipe.CycleLoss.class, "losses.cycle-loss"),
                        v.number("losses.adversarial"),
                        v.number("losses.mixed"),
                        v.number("losses.genre"),
                        v.number("losses.content"),
                        v.number("losses.tune"),
                        v.number("losses.foreign"),
                        v.number("losses.crumbs"),
                        v.number("losses.key"),
                        v.number("losses.unheard"),
                        v.flag("losses.straight-through")),
                new Recipe.Schedule(
                        v.integer("schedule.steps"),
                        v.integer("schedule.warmup"),
                        v.number("schedule.rate"),
                        v.number("schedule.discriminator-rate"),
                        v.number("schedule.genre-rate"),
                        v.number("schedule.attention-rate"),
                        v.number("schedule.beta1"),
                        v.number("schedule.decay-from"),
                        v.number("schedule.average"),
                        v.number("schedule.clip")),
                new Recipe.Locks(
                        v.flag("locks.melody"),
                        v.flag("locks.key"),
                        v.flag("locks.keep-key"),
                        v.number("locks.density-limit-there"),
                        v.number("locks.density-limit-back")),
                v.integer("batch"),
                v.choice(Precision.class, "precision"),
                v.choice(Layout.class, "layout"),
                v.whole("seed"));
    }

    /** A recipe's values by key, as text. */
    public static Map<String, String> values(Recipe r) {
        Map<String, String> map = new LinkedHashMap<>();
        map.put("seed", Long.toString(r.seed()));
        map.put("batch", Integer.toString(r.batch()));
        map.put("precision", lower(r.precision()));
        map.put("layout", lower(r.layout()));
        map.put("generator.width", Integer.toString(r.generator().width()));
        map.put("generator.blocks", Integer.toString(r.generator().blocks()));
        map.put("generator.skip", Double.toString(r.generator().skip()));
        map.put("generator.zero-mean", Boolean.toString(r.generator().zeroMean()));
        map.put("generator.spectral-norm", Boolean.toString(r.generator().spectralNorm()));
        map.put("generator.self-attention", Boolean.toString(r.generator().selfAttention()));
        Recipe.Discriminators d = r.discriminators();
        map.put("discriminators.variant", lower(d.variant()));
        map.put("discriminators.kind", lower(d.kind()));
        map.put("discriminators.width", Integer.toString(d.width()));
        map.put("discriminators.spectral-norm", Boolean.toString(d.spectralNorm()));
        map.put("discriminators.self-attention", Boolean.toString(d.selfAttention()));
        map.put("discriminators.noise", Double.toString(d.noise()));
        map.put("discriminators.pool", Integer.toString(d.pool()));
        map.put("discriminators.augment", Boolean.toString(d.augment()));
        map.put("discriminators.source-negatives", Double.toString(d.sourceNegatives()));
        map.put("discriminators.genre-judges", Integer.toString(d.genreJudges()));
        map.put("discriminators.attention-judges", Integer.toString(d.attentionJudges()));
        map.put("discriminators.histogram-judges", Integer.toString(d.histogramJudges()));
        map.put("discriminators.attention-noise", Double.toString(d.attentionNoise()));
        map.put("discriminators.genre-life", Integer.toString(d.genreLife()));
        Recipe.Losses l = r.losses();
        map.put("losses.cycle", Double.toString(l.cycle()));
        map.put("losses.cycle-loss", lower(l.cycleLoss()));
        map.put("losses.adversarial", Double.toString(l.adversarial()));
        map.put("losses.mixed", Double.toString(l.mixed()));
        map.put("losses.genre", Double.toString(l.genre()));
        map.put("losses.content", Double.toString(l.content()));
        map.put("losses.tune", Double.toString(l.tune()));
        map.put("losses.foreign", Double.toString(l.foreign()));
        map.put("losses.crumbs", Double.toString(l.crumbs()));
        map.put("losses.key", Double.toString(l.key()));
        map.put("losses.unheard", Double.toString(l.unheard()));
        map.put("losses.straight-through", Boolean.toString(l.straightThrough()));
        map.put("locks.melody", Boolean.toString(r.locks().melody()));
        map.put("locks.key", Boolean.toString(r.locks().key()));
        map.put("locks.keep-key", Boolean.toString(r.locks().keepKey()));
        map.put("locks.density-limit-there", Double.toString(r.locks().densityLimitThere()));
        map.put("locks.density-limit-back", Double.toString(r.locks().densityLimitBack()));
        Recipe.Schedule s = r.schedule();
        map.put("schedule.steps", Integer.toString(s.steps()));
        map.put("schedule.warmup", Integer.toString(s.warmup()));
        map.put("schedule.rate", Double.toString(s.rate()));
        map.put("schedule.discriminator-rate", Double.toString(s.discriminatorRate()));
        map.put("schedule.genre-rate", Double.toString(s.genreRate()));
        map.put("schedule.attention-rate", Double.toString(s.attentionRate()));
        map.put("schedule.beta1", Double.toString(s.beta1()));
        map.put("schedule.decay-from", Double.toString(s.decayFrom()));
        map.put("schedule.average", Double.toString(s.average()));
        map.put("schedule.clip", Double.toString(s.clip()));
        return map;
    }

    private static Map<String, String> paper() {
        return values(new Recipe(
                new GeneratorShape(64, 10, 0, false),
                new Recipe.Discriminators(
                        Recipe.Variant.FULL, Recipe.Kind.PATCH, 64, false, false, 1, 50, false, 0, 1, 0, 0, 0.05, 0),
                new Recipe.Losses(10, Recipe.CycleLoss.L1, 1, 1, 0, 0, 0, 0, 0, 0, 0, false),
                new Recipe.Schedule(70_000, 0, 2e-4, 2e-4, 2e-4, 1e-3, 0.5, 0.5, 0, 0),
                new Recipe.Locks(false, false, false, 16, 16),
                16,
                Precision.FP32,
                Layout.CONTIGUOUS,
                1));
    }

    private static String quoted(String value) {
        return Character.isLetter(value.charAt(0)) && !value.equals("true") && !value.equals("false")
                ? '"' + value + '"'
                : value;
    }

    /** How a choice is written. */
    static String lower(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** Values by key, read as what a key calls for. */
    private record Values(Map<String, String> text) {
        private String of(String key) {
            return text.getOrDefault(key, "");
        }

        long whole(String key) {
            try {
                return Long.parseLong(of(key));
            } catch (NumberFormatException e) {
                throw wrong(key, "a whole number", e);
            }
        }

        int integer(String key) {
            try {
                return Integer.parseInt(of(key));
            } catch (NumberFormatException e) {
                throw wrong(key, "a whole number", e);
            }
        }

        double number(String key) {
            try {
                return Double.parseDouble(of(key));
            } catch (NumberFormatException e) {
                throw wrong(key, "a number", e);
            }
        }

        boolean flag(String key) {
            return switch (of(key)) {
                case "true" -> true;
                case "false" -> false;
                default -> throw wrong(key, "true or false", null);
            };
        }

        <E extends Enum<E>> E choice(Class<E> type, String key) {
            return Arrays.stream(type.getEnumConstants())
                    .filter(constant -> lower(constant).equals(of(key)))
                    .findFirst()
                    .orElseThrow(() -> wrong(
                            key,
                            "one of "
                                    + Arrays.stream(type.getEnumConstants())
                                            .map(RecipeText::lower)
                                            .collect(Collectors.joining(", ")),
                            null));
        }

        private IllegalArgumentException wrong(String key, String right, @Nullable Exception cause) {
            return new IllegalArgumentException(
                    "recipe: " + key + " must be " + right + ": " + key + "=" + of(key), cause);
        }
    }
}
