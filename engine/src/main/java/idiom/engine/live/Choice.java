package idiom.engine.live;

import idiom.presets.Controls;
import idiom.presets.Decoding;
import idiom.presets.Preset;
import java.util.List;

/** The preset that plays, how the notes it adds are played, and what the player's knobs have made of it. [session] */
final class Choice {
    private static final int OF_SURROUNDINGS = -1;

    private final List<Preset> presets;
    private final MixLane lane;
    private Adjustment adjustment = Adjustment.NONE;
    private Decoding decoding;
    private int index;
    private double threshold;
    private double mix;

    /** The first of some presets, of which there is at least one, with as much of its mix as a lane says. */
    Choice(List<Preset> presets, MixLane lane) {
        this.presets = presets;
        this.lane = lane;
        this.decoding = presets.get(0).decoding();
    }

    /** From the next {@link #select} on presets are played with that difference. */
    void adjust(Adjustment newAdjustment) {
        adjustment = newAdjustment;
    }

    /** Another preset, as it says; {@code decoder} plays its added notes from now on. */
    void select(int newIndex, HopDecoder decoder) {
        index = newIndex;
        decoding = adjustment.of(presets.get(index).decoding());
        resetKnobs();
        decoder.play(decoding.feel(), presets.get(index).output().channel().orElse(OF_SURROUNDINGS));
    }

    /** Threshold and mix as the preset says, wherever the knobs are. */
    void resetKnobs() {
        threshold = decoding.threshold();
        mix = decoding.mix();
    }

    int index() {
        return index;
    }

    /** The preset's as it is adjusted; threshold and mix may be others now. */
    Decoding decoding() {
        return decoding;
    }

    double threshold() {
        return threshold;
    }

    double mix() {
        return mix;
    }

    /** What share of the mix is wanted where. */
    MixLane lane() {
        return lane;
    }

    void threshold(double newThreshold) {
        threshold = newThreshold;
    }

    void mix(double newMix) {
        mix = newMix;
    }

    /** What answers depend on beside the notes and the lane, in one line. Allocates. */
    String sound() {
        Preset preset = presets.get(index);
        return preset.name() + " " + preset.model().sha256() + " " + decoding.with(threshold, mix);
    }

    Controls controls() {
        return presets.get(index).controls();
    }

    /** General MIDI program that the preset sets, or -1. */
    int outputProgram() {
        return presets.get(index).output().program().orElse(-1);
    }
}
