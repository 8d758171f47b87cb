package idiom.training.data;

/** Why a MIDI file gives no phrases. */
public enum SkipReason {
    /** Not a MIDI file, broken, or beyond the reader's limits. */
    UNREADABLE("cannot be read as MIDI"),
    /** The same bytes are in the genre already. */
    COPY("copy of another file"),
    /** Format 2: pieces side by side. */
    SEVERAL_PIECES("several pieces in one file"),
    /** Ticks are parts of a second: there are no beats. */
    NO_BEATS("no beats, only seconds"),
    /** No time signature. */
    METER_UNKNOWN("no meter stated"),
    /** The first time signature comes after time 0. */
    METER_LATE("meter not known from the start"),
    /** Some time signature is not 4/4. */
    NOT_FOUR_FOUR("not in 4/4 throughout"),
    /** A time signature begins a bar before the last one is over. */
    BROKEN_BAR("bar cut short by a new time signature"),
    /** No note in the pitches and channels that count. */
    NO_NOTES("no notes but drums and out-of-range ones"),
    /** In the data set that songs are not to be in. */
    KNOWN("in the data set to be independent of"),
    /** Fewer than four bars. */
    TOO_SHORT("shorter than four bars"),
    /** Longer than any song. */
    TOO_LONG("too long");

    private final String text;

    SkipReason(String text) {
        this.text = text;
    }

    /** For people. */
    public String text() {
        return text;
    }
}
