package idiom.training.data;

import java.nio.ByteBuffer;
import java.util.HashSet;
import java.util.Set;

/**
 * The phrases of a data set, to tell which songs are in it: music for an independent measurement must not be.
 *
 * <p>A song is known if one of its phrases is there, cell for cell. Phrases of fewer than {@value #FEWEST_CELLS} cells
 * say nothing: a held note is in many songs.
 */
final class KnownPhrases {
    static final int FEWEST_CELLS = 16;

    private final Set<ByteBuffer> known = new HashSet<>();

    KnownPhrases(Dataset dataset) {
        for (String genre : dataset.genres()) {
            for (Split split : Split.values()) {
                PhraseSet set = dataset.phrases(genre, split);
                for (int i = 0; i < set.size(); i++) {
                    known.add(set.key(i));
                }
            }
        }
    }

    /** How many of a song's phrases are there. */
    int count(PhraseSet song) {
        int count = 0;
        for (int i = 0; i < song.size(); i++) {
            count += known.contains(song.key(i)) && song.roll(i).cellCount() >= FEWEST_CELLS ? 1 : 0;
        }
        return count;
    }
}
