package idiom.training.report;

import idiom.engine.pianoroll.PianoRoll;

/**
 * One phrase and what became of it.
 *
 * @param source genre that went in
 * @param target genre that was to come out
 * @param index in the phrases that were measured
 * @param before as it was
 * @param after transferred
 * @param back transferred and brought back
 */
record Sample(String source, String target, int index, PianoRoll before, PianoRoll after, PianoRoll back) {
    /** Unique among the samples of a run, fit for file names: genres are lower-case letters, digits and hyphens. */
    String id() {
        return source + "-to-" + target + "-" + index;
    }
}
