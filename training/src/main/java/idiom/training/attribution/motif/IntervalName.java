package idiom.training.attribution.motif;

import java.util.List;

/** Names of intervals by semitones. */
final class IntervalName {
    private static final List<String> NAMES = List.of(
            "unison",
            "minor second",
            "major second",
            "minor third",
            "major third",
            "fourth",
            "tritone",
            "fifth",
            "minor sixth",
            "major sixth",
            "minor seventh",
            "major seventh",
            "octave");

    private IntervalName() {}

    /** Of a distance of 0 or more semitones, however wide. */
    static String of(int semitones) {
        return semitones < NAMES.size() ? NAMES.get(semitones) : "wider than an octave";
    }

    /** Of the simple interval: what is wider than an octave counts without its octaves, 12 and 24 as an octave. */
    static String simple(int semitones) {
        int within = semitones % 12;
        return semitones > 0 && within == 0 ? of(12) : of(within);
    }
}
