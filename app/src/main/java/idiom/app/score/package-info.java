/** The bundled tune as a readable score, and the MIDI file made from it. */
@NullMarked
package idiom.app.score;

import org.jspecify.annotations.NullMarked;
