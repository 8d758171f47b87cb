/** The {@code idiom} command: composition root of engine and presets. */
@NullMarked
package idiom.app;

import org.jspecify.annotations.NullMarked;
