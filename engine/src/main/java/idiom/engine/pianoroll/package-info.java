/** The beat grid, piano rolls and windows: what the model sees, and the way back to the notes it came from. */
@NullMarked
package idiom.engine.pianoroll;

import org.jspecify.annotations.NullMarked;
