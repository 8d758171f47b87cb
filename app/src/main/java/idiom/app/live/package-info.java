/** Live sessions put together: presets, networks, ports and threads. */
@NullMarked
package idiom.app.live;

import org.jspecify.annotations.NullMarked;
