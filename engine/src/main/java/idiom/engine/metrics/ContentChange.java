package idiom.engine.metrics;

import idiom.engine.pianoroll.PianoRoll;

/**
 * How much of a roll a transfer changed: Brunner, Moayeri, Richter, Wattenhofer, Zhang, "Neural Symbolic Music Genre
 * Transfer Insights", 2019, section 3.3:
 *
 * <pre>c = sum |x - y| / sum x,   c_added = sum max(y - x, 0) / sum x,   c_removed = sum max(x - y, 0) / sum x</pre>
 *
 * <p>with source x, result y and sums over all cells. Kept as counts, so that windows of a song add up; the papers'
 * figure for many phrases is the mean of the ratios of each.
 *
 * <p>Relative to the source, it says nothing where the source is silent: the ratios are NaN then, also if the result is
 * silent too, and means leave them out.
 *
 * @param sourceCells sounding cells of the source
 * @param addedCells cells that sound in the result only
 * @param removedCells cells that sound in the source only
 */
public record ContentChange(long sourceCells, long addedCells, long removedCells) {
    /** Nothing compared yet: the start of a sum. */
    public static final ContentChange NONE = new ContentChange(0, 0, 0);

    public ContentChange {
        if (addedCells < 0 || removedCells < 0 || removedCells > sourceCells) {
            throw new IllegalArgumentException(
                    "counts must be at least 0 and no more may go than were there: sourceCells=" + sourceCells
                            + " addedCells=" + addedCells + " removedCells=" + removedCells);
        }
    }

    /** Compares two rolls cell by cell. */
    public static ContentChange of(PianoRoll source, PianoRoll result) {
        int cells = 0;
        int added = 0;
        int removed = 0;
        for (int pitch = 0; pitch < PianoRoll.PITCHES; pitch++) {
            long before = source.steps(pitch);
            long after = result.steps(pitch);
            cells += Long.bitCount(before);
            added += Long.bitCount(after & ~before);
            removed += Long.bitCount(before & ~after);
        }
        return new ContentChange(cells, added, removed);
    }

    /**
     * Compares where a change of key is forgiven: over all 84 circular shifts of the result along the pitch axis, the one of
     * the least total. So does the notebook of the 2019 paper's authors (retention_metric.ipynb), whose correlation with
     * human ranking uses it. Shifts keep the number of sounding cells, so those of one total have the same added and removed
     * parts, and it does not matter which of them counts. The total is at most that of {@link #of}.
     */
    public static ContentChange leastOverShifts(PianoRoll source, PianoRoll result) {
        int before = source.cellCount();
        int after = result.cellCount();
        int kept = 0;
        for (int shift = 0; shift < PianoRoll.PITCHES; shift++) {
            int shared = 0;
            for (int pitch = 0, from = shift; pitch < PianoRoll.PITCHES; pitch++) {
                shared += Long.bitCount(source.steps(pitch) & result.steps(from));
                from = from + 1 == PianoRoll.PITCHES ? 0 : from + 1;
            }
            kept = Math.max(kept, shared);
        }
        return new ContentChange(before, after - kept, before - kept);
    }

    /** Both together, as of one longer roll. */
    public ContentChange plus(ContentChange other) {
        return new ContentChange(
                sourceCells + other.sourceCells, addedCells + other.addedCells, removedCells + other.removedCells);
    }

    /** Cells changed per source cell, at least 0: {@code added() + removed()}. NaN for a silent source. */
    public double total() {
        return ratio(addedCells + removedCells);
    }

    /** Cells added per source cell, at least 0. NaN for a silent source. */
    public double added() {
        return ratio(addedCells);
    }

    /** Cells removed per source cell, 0 to 1. NaN for a silent source. */
    public double removed() {
        return ratio(removedCells);
    }

    private double ratio(long cells) {
        return sourceCells == 0 ? Double.NaN : (double) cells / sourceCells;
    }
}
