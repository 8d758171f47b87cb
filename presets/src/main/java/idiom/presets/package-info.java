/** Preset records, their reader and validator, and the bundled presets. */
@NullMarked
package idiom.presets;

import org.jspecify.annotations.NullMarked;
