/**
 * Pages that show what saved runs and presets do: tables beside the published ones, curves, piano rolls, saliency, sound, and words.
 */
@NullMarked
package idiom.training.report;

import org.jspecify.annotations.NullMarked;
