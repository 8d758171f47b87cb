package idiom.training.attribution.motif;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The quality of a chord: what its pitch classes are called, whatever their root, order and doubling. Sets that have two names
 * have both: a minor seventh chord and a sixth chord are the same notes.
 */
final class ChordQuality {
    static final String CLUSTER = "cluster";
    static final String OTHER = "other";

    private static final int CLASSES = 12;

    /** Intervals above the root in semitones. Sevenths and ninths also without their fifth, as they are often played. */
    private record Template(String name, List<Integer> above) {
        Template(String name, Integer... above) {
            this(name, List.of(above));
        }
    }

    private static final List<Template> TEMPLATES = List.of(
            new Template("major", 4, 7),
            new Template("minor", 3, 7),
            new Template("diminished", 3, 6),
            new Template("augmented", 4, 8),
            new Template("suspended", 5, 7),
            new Template("dominant seventh", 4, 7, 10),
            new Template("dominant seventh", 4, 10),
            new Template("major seventh", 4, 7, 11),
            new Template("major seventh", 4, 11),
            new Template("minor seventh or sixth", 3, 7, 10),
            new Template("minor seventh or sixth", 3, 10),
            new Template("minor-major seventh", 3, 7, 11),
            new Template("minor-major seventh", 3, 11),
            new Template("half-diminished or minor sixth", 3, 6, 10),
            new Template("diminished seventh", 3, 6, 9),
            new Template("suspended seventh", 5, 7, 10),
            new Template("added ninth", 2, 4, 7),
            new Template("added ninth", 2, 3, 7),
            new Template("six-nine", 2, 4, 7, 9),
            new Template("dominant ninth or thirteenth", 2, 4, 7, 10),
            new Template("dominant ninth or thirteenth", 2, 4, 10),
            new Template("dominant ninth or thirteenth", 4, 9, 10),
            new Template("dominant ninth or thirteenth", 4, 7, 9, 10),
            new Template("dominant ninth or thirteenth", 2, 4, 9, 10),
            new Template("dominant ninth or thirteenth", 2, 4, 7, 9, 10),
            new Template("altered dominant", 1, 4, 10),
            new Template("altered dominant", 1, 4, 7, 10),
            new Template("altered dominant", 3, 4, 10),
            new Template("altered dominant", 3, 4, 7, 10),
            new Template("altered dominant", 4, 6, 10),
            new Template("altered dominant", 4, 8, 10),
            new Template("major ninth", 2, 4, 11),
            new Template("major ninth", 2, 4, 7, 11),
            new Template("minor ninth", 2, 3, 10),
            new Template("minor ninth", 2, 3, 7, 10));

    private static final Map<Integer, String> BY_CLASSES = byClasses();

    private ChordQuality() {}

    /**
     * The name of a set of pitch classes, bit 0 = C.
     *
     * @return {@link #CLUSTER} for a set without another name that has three neighbouring semitones, else {@link #OTHER}
     */
    static String of(int classes) {
        String name = BY_CLASSES.get(classes);
        if (name != null) {
            return name;
        }
        for (int lowest = 0; lowest < CLASSES; lowest++) {
            int three = turned(0b111, lowest);
            if ((classes & three) == three) {
                return CLUSTER;
            }
        }
        return OTHER;
    }

    private static Map<Integer, String> byClasses() {
        Map<Integer, String> names = new LinkedHashMap<>();
        for (Template template : TEMPLATES) {
            int classes = 1;
            for (int interval : template.above) {
                classes |= 1 << interval;
            }
            for (int root = 0; root < CLASSES; root++) {
                String other = names.putIfAbsent(turned(classes, root), template.name);
                if (other != null && !other.equals(template.name)) {
                    throw new IllegalStateException("two names for one chord: " + other + ", " + template.name);
                }
            }
        }
        return Map.copyOf(names);
    }

    private static int turned(int classes, int by) {
        return (classes << by | classes >>> (CLASSES - by)) & 0xFFF;
    }
}
