/** Files transferred one after the other or side by side: which preset, which options, what happened. */
@NullMarked
package idiom.app.transfer;

import org.jspecify.annotations.NullMarked;
