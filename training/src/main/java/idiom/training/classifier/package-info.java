/** The genre classifier: training, accuracy under noise, judging transfers (Brunner et al. 2018, section III-D). */
@NullMarked
package idiom.training.classifier;

import org.jspecify.annotations.NullMarked;
