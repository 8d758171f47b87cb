/** The training program: data sets, networks, CycleGAN, evaluation and export. PyTorch's types stay below here. */
@NullMarked
package idiom.training;

import org.jspecify.annotations.NullMarked;
