/** Tables of text: comma-separated files that people write, and what is printed for them. */
@NullMarked
package idiom.training.table;

import org.jspecify.annotations.NullMarked;
