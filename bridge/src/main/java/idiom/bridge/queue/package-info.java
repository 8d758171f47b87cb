/** What crosses between a session's thread and a system's: rings, messages that wait for their time, the transport. */
@NullMarked
package idiom.bridge.queue;

import org.jspecify.annotations.NullMarked;
