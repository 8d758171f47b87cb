/** How a system's scheduler treats the thread that carries music: Linux's calls for it. */
@NullMarked
package idiom.bridge.priority;

import org.jspecify.annotations.NullMarked;
