/** People's rankings of transfers, and how well a metric agrees with them (Brunner et al. 2019, section 4.1). */
@NullMarked
package idiom.training.ranking;

import org.jspecify.annotations.NullMarked;
