/** The DAW plugin's C sources, for a program that builds them. */
@NullMarked
package idiom.plugin;

import org.jspecify.annotations.NullMarked;
