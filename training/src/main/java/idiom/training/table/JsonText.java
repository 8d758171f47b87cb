package idiom.training.table;

import com.fasterxml.jackson.jr.ob.JSON;
import java.io.IOException;

/** Numbers, texts, lists and maps as JSON for files. */
public final class JsonText {
    private JsonText() {}

    /** Indented, with null where there is no number. */
    public static String of(Object value) {
        try {
            return JSON.std
                    .with(JSON.Feature.PRETTY_PRINT_OUTPUT, JSON.Feature.WRITE_NULL_PROPERTIES)
                    .asString(value);
        } catch (IOException e) {
            throw new IllegalStateException("numbers and names must be writable as JSON", e);
        }
    }
}
