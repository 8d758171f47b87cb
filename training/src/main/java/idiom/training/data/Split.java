package idiom.training.data;

import java.util.Locale;

/** The two parts of a genre's phrases. */
public enum Split {
    /** What models learn from, and what validation is taken from. */
    TRAIN,
    /** What figures are reported on, and nothing else. */
    TEST;

    /** Its name in files: {@code train} or {@code test}. */
    public String fileName() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The other one. */
    public Split other() {
        return this == TRAIN ? TEST : TRAIN;
    }
}
