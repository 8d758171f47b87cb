/** Pictures of music: piano rolls before and after. */
@NullMarked
package idiom.app.picture;

import org.jspecify.annotations.NullMarked;
