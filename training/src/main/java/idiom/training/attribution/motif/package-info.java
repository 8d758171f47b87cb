/** Notes of a phrase and the motifs among them: intervals, chords, places in the bar, durations, bass patterns, registers. */
@NullMarked
package idiom.training.attribution.motif;

import org.jspecify.annotations.NullMarked;
