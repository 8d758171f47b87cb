/** The papers' table for a pair of generators, and what it does not show: tune, key, density (Brunner et al. 2019). */
@NullMarked
package idiom.training.evaluate;

import org.jspecify.annotations.NullMarked;
