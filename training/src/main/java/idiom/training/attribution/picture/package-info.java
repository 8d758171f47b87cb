/** Attribution as pictures: the one package of training that draws with AWT, without a screen. */
@NullMarked
package idiom.training.attribution.picture;

import org.jspecify.annotations.NullMarked;
