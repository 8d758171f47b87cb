/** Microbenchmarks of what a live session does for each message and each window; run with {@code -prof gc} for bytes. */
@NullMarked
package idiom.benchmarks;

import org.jspecify.annotations.NullMarked;
