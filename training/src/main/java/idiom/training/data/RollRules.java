package idiom.training.data;

import java.util.Locale;

/** By which rules notes become cells. */
public enum RollRules {
    /** As the product renders what is played ({@link idiom.engine.pianoroll.Rendering}): the published rules in integers. */
    PRODUCT,
    /** As the published phrases were rendered, bit for bit ({@link PublishedRendering}). */
    PAPERS;

    /** In lower case, as on the command line and in manifests. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
