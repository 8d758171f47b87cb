/** What the two papers published in numbers, to be shown beside what is measured here. */
@NullMarked
package idiom.training.published;

import org.jspecify.annotations.NullMarked;
