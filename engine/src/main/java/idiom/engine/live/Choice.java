package idiom.engine.live;

import idiom.presets.Decoding;
import idiom.presets.Preset;
import java.util.List;

/** The preset that plays, and how the notes it adds are played. [session] */
final class Choice {
    private static final int OF_SURROUNDINGS = -1;

    private final List<Preset> presets;
    private int index;

    /** The first of some presets, of which there is at least one. */
    Choice(List<Preset> presets) {
        this.presets = presets;
    }

    /** Another preset, whose added notes {@code decoder} plays from now on. */
    void select(int newIndex, HopDecoder decoder) {
        index = newIndex;
        decoder.play(decoding().feel(), presets.get(index).output().channel().orElse(OF_SURROUNDINGS));
    }

    int index() {
        return index;
    }

    Decoding decoding() {
        return presets.get(index).decoding();
    }
}
