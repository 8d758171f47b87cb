/** The commands: what the musician types, what she reads. */
@NullMarked
package idiom.app.cli;

import org.jspecify.annotations.NullMarked;
