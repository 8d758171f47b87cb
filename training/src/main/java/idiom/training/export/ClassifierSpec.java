package idiom.training.export;

import java.util.HashSet;
import java.util.List;

/**
 * The architecture of a genre classifier (Brunner et al. 2018, table II, with any number of genres).
 *
 * @param width channels after the first convolution (d in the paper), at least 1
 * @param genres in the order of the logits, at least two, different, without commas
 */
public record ClassifierSpec(int width, List<String> genres) {
    public ClassifierSpec {
        genres = List.copyOf(genres);
        if (width < 1 || width > 1024) {
            throw new IllegalArgumentException("width must be 1 to 1024: width=" + width);
        }
        if (genres.size() < 2 || new HashSet<>(genres).size() != genres.size()) {
            throw new IllegalArgumentException("genres must be two or more different ones: genres=" + genres);
        }
        for (String genre : genres) {
            if (genre.isBlank() || !genre.equals(genre.strip()) || genre.contains(",")) {
                throw new IllegalArgumentException(
                        "a genre's name must have no comma and no spaces around it: genre='" + genre + "'");
            }
        }
    }
}
