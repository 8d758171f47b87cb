/** A large generator taught to a small one that hears no future: what the mode {@code instant} plays with. */
@NullMarked
package idiom.training.distil;

import org.jspecify.annotations.NullMarked;
