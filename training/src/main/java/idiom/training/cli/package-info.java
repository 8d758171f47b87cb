/** The command line of the training program, {@code idiom-train}. */
@NullMarked
package idiom.training.cli;

import org.jspecify.annotations.NullMarked;
