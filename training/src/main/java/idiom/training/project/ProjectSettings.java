package idiom.training.project;

import idiom.presets.ModestToml;
import idiom.presets.Names;
import idiom.training.gan.Recipe;
import idiom.training.gan.RecipeText;
import idiom.training.run.Versions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.tomlj.Toml;
import org.tomlj.TomlParseResult;

/**
 * What a project was asked for; written once, so that the same command goes on and another is noticed.
 *
 * @param name of the project and of the preset from the first genre to the second; the other's has {@value #BACK} added
 * @param music folders and names of both genres
 * @param seed of the division into train and test, and of the classifiers
 * @param acceptUnstatedMeter whether files that state no meter count as 4/4
 * @param judgeSteps steps of each classifier, at least 1
 * @param validationPhrases of each genre to validate on, at least 1
 * @param recipe of the generators
 * @param replaceInstalled whether presets of the same names may be replaced; not compared
 */
public record ProjectSettings(
        String name,
        Music music,
        long seed,
        boolean acceptUnstatedMeter,
        int judgeSteps,
        int validationPhrases,
        Recipe recipe,
        boolean replaceInstalled) {
    /** End of the name of the preset that leads back. */
    public static final String BACK = "-back";

    private static final int LONGEST_NAME = 64 - BACK.length();
    private static final long FORMAT = 1;
    private static final String RECIPE = "recipe.";
    private static final String REPLACE = "replace-installed";

    public ProjectSettings {
        if (!Names.isName(name) || name.length() > LONGEST_NAME) {
            throw new IllegalArgumentException("--name names presets: at most " + LONGEST_NAME
                    + " lower-case letters, digits and inner hyphens: --name=" + name);
        }
        if (judgeSteps < 1 || validationPhrases < 1) {
            throw new IllegalArgumentException("--judge-steps must be at least 1: --judge-steps=" + judgeSteps);
        }
    }

    /** Name of the preset that leads from the second genre to the first. */
    public String backName() {
        return name + BACK;
    }

    /** The same, and presets of the same names may be replaced. */
    ProjectSettings replacing() {
        return new ProjectSettings(name, music, seed, acceptUnstatedMeter, judgeSteps, validationPhrases, recipe, true);
    }

    /** A difference between what was asked before and what is asked now. */
    public record Difference(String key, Stage first, String before, String now) {
        @Override
        public String toString() {
            return key + " was " + before + " and is now " + now;
        }
    }

    /** What differs, beginning with what touches the earliest stage. */
    List<Difference> differences(ProjectSettings now) {
        Map<String, String> before = values();
        List<Difference> differences = new ArrayList<>();
        now.values().forEach((key, value) -> {
            String old = before.getOrDefault(key, "nothing");
            if (!key.equals(REPLACE) && !old.equals(value)) {
                differences.add(new Difference(key, stage(key), old, value));
            }
        });
        return differences;
    }

    private static Stage stage(String key) {
        if (key.startsWith(RECIPE) || key.equals("validation-phrases")) {
            return Stage.TRAINING;
        }
        return switch (key) {
            case "judge-steps" -> Stage.JUDGE;
            case "name" -> Stage.EXPORT;
            default -> Stage.PREPARATION;
        };
    }

    private Map<String, String> values() {
        Map<String, String> values = new LinkedHashMap<>();
        values.put("a", music.a().toString());
        values.put("b", music.b().toString());
        values.put("genre-a", music.genreA());
        values.put("genre-b", music.genreB());
        values.put("seed", Long.toString(seed));
        values.put("accept-unstated-meter", Boolean.toString(acceptUnstatedMeter));
        values.put("judge-steps", Integer.toString(judgeSteps));
        values.put("validation-phrases", Integer.toString(validationPhrases));
        recipeKeys().forEach((key, value) -> values.put(RECIPE + key, value));
        values.put("name", name);
        values.put(REPLACE, Boolean.toString(replaceInstalled));
        return values;
    }

    private Map<String, String> recipeKeys() {
        return entries(Toml.parse(RecipeText.write(recipe)));
    }

    private static Map<String, String> entries(TomlParseResult toml) {
        Map<String, String> entries = new LinkedHashMap<>();
        toml.dottedEntrySet(false).forEach(entry -> entries.put(entry.getKey(), String.valueOf(entry.getValue())));
        return entries;
    }

    /** As text, with the versions of what computes. */
    String toToml() {
        StringBuilder text =
                new StringBuilder("# What idiom-train new was asked for; it compares later runs with this.\n");
        text.append("format = ").append(FORMAT).append('\n');
        values().forEach((key, value) -> {
            if (!key.startsWith(RECIPE)) {
                line(text, key, value);
            }
        });
        text.append("\n[versions]\n");
        Versions.all().forEach((key, value) -> line(text, key, value));
        text.append("\n[recipe]\n").append(RecipeText.write(recipe));
        return text.toString();
    }

    private static void line(StringBuilder text, String key, String value) {
        text.append(key).append(" = \"").append(Toml.tomlEscape(value)).append("\"\n");
    }

    /** What a project was asked for; empty where there is no project. */
    public static Optional<ProjectSettings> read(ProjectFolder folder) throws IOException {
        Path file = folder.settings();
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        try {
            TomlParseResult toml = ModestToml.parse(Files.readString(file), "a project");
            if (toml.hasErrors()) {
                throw new IllegalArgumentException(toml.errors().get(0).toString());
            }
            return Optional.of(of(entries(toml)));
        } catch (IllegalArgumentException e) {
            throw new IOException(file + ": not what idiom-train new writes: " + e.getMessage(), e);
        }
    }

    private static ProjectSettings of(Map<String, String> values) {
        if (!Long.toString(FORMAT).equals(values.get("format"))) {
            throw new IllegalArgumentException("format must be " + FORMAT + ": format=" + values.get("format"));
        }
        List<String> recipe = values.entrySet().stream()
                .filter(entry -> entry.getKey().startsWith(RECIPE))
                .map(entry -> entry.getKey().substring(RECIPE.length()) + "=" + entry.getValue())
                .toList();
        return new ProjectSettings(
                text(values, "name"),
                new Music(
                        Path.of(text(values, "a")),
                        text(values, "genre-a"),
                        Path.of(text(values, "b")),
                        text(values, "genre-b")),
                Long.parseLong(text(values, "seed")),
                Boolean.parseBoolean(text(values, "accept-unstated-meter")),
                Integer.parseInt(text(values, "judge-steps")),
                Integer.parseInt(text(values, "validation-phrases")),
                RecipeText.read("", recipe),
                Boolean.parseBoolean(text(values, REPLACE)));
    }

    private static String text(Map<String, String> values, String key) {
        String value = values.get(key);
        if (value == null) {
            throw new IllegalArgumentException(key + " is missing");
        }
        return Objects.requireNonNull(value);
    }
}
