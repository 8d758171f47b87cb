/** Keys and scales, and finding the key of what is played. */
@NullMarked
package idiom.engine.harmony;

import org.jspecify.annotations.NullMarked;
