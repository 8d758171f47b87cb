/** At which probability a cell sounds, and how much music there may be: found on held-out phrases, after training. */
@NullMarked
package idiom.training.calibrate;

import org.jspecify.annotations.NullMarked;
