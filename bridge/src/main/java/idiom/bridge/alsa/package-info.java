/**
 * Ports of the ALSA sequencer, the MIDI switchboard in the Linux kernel, through libasound. Times are nanoseconds on the
 * clock of a queue in the kernel, which stamps what comes in and lets go what goes out when it is due.
 */
@NullMarked
package idiom.bridge.alsa;

import org.jspecify.annotations.NullMarked;
