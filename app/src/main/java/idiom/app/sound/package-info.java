/** MIDI files made audible: the JDK's software synthesiser, faster than real time. */
@NullMarked
package idiom.app.sound;

import org.jspecify.annotations.NullMarked;
