/** Results as text for people and as JSON for programs. */
@NullMarked
package idiom.app.report;

import org.jspecify.annotations.NullMarked;
