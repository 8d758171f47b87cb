/** MIDI ports of every system behind one small interface; each system has a package of its own. */
@NullMarked
package idiom.bridge;

import org.jspecify.annotations.NullMarked;
