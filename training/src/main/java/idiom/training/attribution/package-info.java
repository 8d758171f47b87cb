/** Which notes a genre classifier hears a genre by, and which motifs they form (Brunner et al. 2019, section 3.4 and future work). */
@NullMarked
package idiom.training.attribution;

import org.jspecify.annotations.NullMarked;
