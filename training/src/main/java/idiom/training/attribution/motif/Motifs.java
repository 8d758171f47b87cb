package idiom.training.attribution.motif;

import java.util.List;

/** The one list of what is looked for. */
public final class Motifs {
    /** All families, in the order in which they are shown. */
    public static final List<MotifFamily> FAMILIES = List.of(
            new MelodicIntervals(),
            new HarmonicIntervals(),
            new Chords(),
            new OnsetPlaces(),
            new Durations(),
            new Syncopations(),
            new BassPatterns(),
            new Registers());

    private Motifs() {}
}
