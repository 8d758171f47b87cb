/** MIDI files made audible: the JDK's software synthesiser, faster than real time. */
@NullMarked
package idiom.engine.sound;

import org.jspecify.annotations.NullMarked;
