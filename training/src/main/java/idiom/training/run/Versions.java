package idiom.training.run;

import java.util.LinkedHashMap;
import java.util.Map;
import org.bytedeco.javacpp.Loader;
import org.bytedeco.pytorch.global.torch;

/** Versions of what computes: recorded in everything that training writes. */
public final class Versions {
    private Versions() {}

    /** By what each is called. */
    public static Map<String, String> all() {
        Map<String, String> versions = new LinkedHashMap<>();
        versions.put("idiom", implementationVersion(Versions.class));
        versions.put("pytorch", implementationVersion(torch.class));
        versions.put("java", Runtime.version().toString());
        versions.put("platform", Loader.getPlatform());
        return versions;
    }

    private static String implementationVersion(Class<?> type) {
        String version = type.getPackage().getImplementationVersion();
        return version == null ? "unpacked" : version;
    }
}
