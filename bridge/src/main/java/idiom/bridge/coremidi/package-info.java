/**
 * Ports of CoreMIDI (macOS): a virtual source and a virtual destination for each device, and connections to ports of others,
 * hardware too. Times are host time, the clock of CoreMIDI's own stamps. docs/decisions says why it is bound here and who waits
 * for what is due.
 */
@NullMarked
package idiom.bridge.coremidi;

import org.jspecify.annotations.NullMarked;
