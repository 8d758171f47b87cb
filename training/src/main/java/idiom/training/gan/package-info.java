/** CycleGAN on piano rolls: recipe, losses, training loop, checkpoints (Brunner et al. 2018). */
@NullMarked
package idiom.training.gan;

import org.jspecify.annotations.NullMarked;
