/** Live sessions: what is played goes in, the answer comes out at times that are computed, never observed. */
@NullMarked
package idiom.engine.live;

import org.jspecify.annotations.NullMarked;
