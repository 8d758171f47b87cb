/** Training runs as folders: recipe, losses, validations, checkpoints; started, stopped and resumed. */
@NullMarked
package idiom.training.run;

import org.jspecify.annotations.NullMarked;
