/** Phrases to train on: reading and writing data sets, preparing them from MIDI files, finding what leaks in them. */
@NullMarked
package idiom.training.data;

import org.jspecify.annotations.NullMarked;
