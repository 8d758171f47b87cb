/** Measures live sessions from the outside: music goes in through real ports and comes back. */
@NullMarked
package idiom.app.bench;

import org.jspecify.annotations.NullMarked;
