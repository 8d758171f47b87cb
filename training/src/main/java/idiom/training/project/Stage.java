package idiom.training.project;

import java.util.List;

/** The stages of a project, in their order; each needs what those before it made. */
public enum Stage {
    /** MIDI files to a data set. */
    PREPARATION("preparation"),
    /** The classifier that judges in the end. */
    JUDGE("judge"),
    /** The classifier that validates, and the generators. */
    TRAINING("training"),
    /** Generators to presets. */
    EXPORT("export"),
    /** Thresholds and density limits of the presets chosen on what training held out. */
    CALIBRATION("calibration"),
    /** The presets measured on the test split. */
    EVALUATION("evaluation"),
    /** The presets among the user's. */
    INSTALLATION("installation");

    private final String title;

    Stage(String title) {
        this.title = title;
    }

    /** For people: {@code "training (3 of 6)"}. */
    public String title() {
        List<Stage> all = List.of(values());
        return title + " (" + (all.indexOf(this) + 1) + " of " + all.size() + ")";
    }
}
