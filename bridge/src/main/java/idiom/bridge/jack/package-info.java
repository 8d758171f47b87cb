/**
 * MIDI ports of JACK, and of PipeWire where it stands in for JACK.
 *
 * <p>What happens once is done through JNAJack's low-level binding. What happens in each period goes through {@link
 * idiom.bridge.jack.RealtimeCalls}, since JNAJack makes objects there; docs/decisions has the numbers.
 */
@NullMarked
package idiom.bridge.jack;

import org.jspecify.annotations.NullMarked;
