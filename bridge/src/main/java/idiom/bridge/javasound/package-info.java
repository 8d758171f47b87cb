/**
 * MIDI ports by javax.sound.midi: hardware everywhere, and on Windows the ports of loopMIDI and of Windows MIDI Services.
 *
 * <p>It has no virtual ports and no output at a stated time. So a device here is a pair of ports that somebody else made, and
 * a thread of its own waits until what goes out is due; docs/windows.md says what that costs.
 */
@NullMarked
package idiom.bridge.javasound;

import org.jspecify.annotations.NullMarked;
