package idiom.training.report;

import idiom.engine.pianoroll.PianoRoll;
import idiom.presets.Preset;
import java.util.Locale;

/** Names of the files beside the page. */
final class ReportFiles {
    /** The page. */
    static final String PAGE = "report.html";

    private ReportFiles() {}

    /** The three states of a phrase. */
    enum Version {
        BEFORE("before"),
        AFTER("after"),
        BACK("brought back");

        private final String label;

        Version(String label) {
            this.label = label;
        }

        String label() {
            return label;
        }

        PianoRoll of(Sample sample) {
            return switch (this) {
                case BEFORE -> sample.before();
                case AFTER -> sample.after();
                case BACK -> sample.back();
            };
        }
    }

    /** What was measured of a run, as {@code evaluate --json} writes it. */
    static String numbers(SavedRun run) {
        return run.name() + ".json";
    }

    static String curves(SavedRun run) {
        return run.name() + "-curves.png";
    }

    /** What the files of a phrase begin with that a run has changed. */
    static String stem(SavedRun run, Sample sample) {
        return run.name() + "-" + sample.id();
    }

    /** The same of a preset, whose name mostly tells its genres. */
    static String stem(Preset preset, Sample sample) {
        return preset.name() + "-" + sample.index();
    }

    static String picture(String stem) {
        return stem + ".png";
    }

    static String sound(String stem, Version version, String ending) {
        return stem + "-" + version.name().toLowerCase(Locale.ROOT) + "." + ending;
    }
}
