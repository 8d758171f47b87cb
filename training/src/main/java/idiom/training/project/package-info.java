/** From two folders of MIDI files to installed presets: a project's folder, its stages, what is said about it in the end. */
@NullMarked
package idiom.training.project;

import org.jspecify.annotations.NullMarked;
