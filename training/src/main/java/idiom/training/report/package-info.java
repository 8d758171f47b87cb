/** One page that shows what saved runs do: tables beside the published ones, curves, piano rolls, saliency, sound. */
@NullMarked
package idiom.training.report;

import org.jspecify.annotations.NullMarked;
