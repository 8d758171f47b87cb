/** MIDI ports whose other ends are in this process: for tests, the demo and programs that embed Idiom. */
@NullMarked
package idiom.bridge.loopback;

import org.jspecify.annotations.NullMarked;
