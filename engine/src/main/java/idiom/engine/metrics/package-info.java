/** Measures of what a transfer did to the music, shared by product and training; each names its definition and source. */
@NullMarked
package idiom.engine.metrics;

import org.jspecify.annotations.NullMarked;
