/** Transfer: from a generator's probabilities back to notes, for a window and for a whole song. */
@NullMarked
package idiom.engine.transfer;

import org.jspecify.annotations.NullMarked;
