/** The papers' tables of what was measured here, beside what they published. */
@NullMarked
package idiom.training.comparison;

import org.jspecify.annotations.NullMarked;
