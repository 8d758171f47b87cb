/** Standard MIDI Files, their events and maps, and the notes in them. */
@NullMarked
package idiom.engine.midi;

import org.jspecify.annotations.NullMarked;
