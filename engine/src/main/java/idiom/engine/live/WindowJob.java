package idiom.engine.live;

import idiom.engine.pianoroll.PianoRoll;
import idiom.presets.Decoding;
import java.util.Arrays;

/**
 * A window on its way to the network and back. Made in advance and used again and again; it belongs to the thread that
 * polled it last.
 */
public final class WindowJob {
    final long[] before = new long[PianoRoll.PITCHES];
    final long[] heard = new long[PianoRoll.PITCHES];
    final long[] after = new long[PianoRoll.PITCHES];
    /** How long each pitch class sounds in what is known of the windows around it. */
    final double[] around = new double[12];

    /** What share of its changes is wanted at each step, beside the preset's mix. */
    final double[] shares = new double[PianoRoll.STEPS];

    private final double[] mixes = new double[PianoRoll.STEPS];

    private long serial;
    private int preset;
    private Decoding decoding = Decoding.PLAIN;
    private double threshold;
    private double mix;
    private boolean isAnswered;
    private long inferenceNs;

    /** Fills in what is asked of the 64 steps that begin with {@code first}, beside the cells. [session] */
    void ask(long newSerial, Choice choice, long first) {
        ask(newSerial, choice.index(), choice.decoding());
        choice.lane().fill(first, shares);
        threshold = choice.threshold();
        mix = choice.mix();
    }

    /** The same for a preset whose knobs nobody has touched. */
    void ask(long newSerial, int presetIndex, Decoding newDecoding) {
        serial = newSerial;
        preset = presetIndex;
        decoding = newDecoding;
        threshold = newDecoding.threshold();
        mix = newDecoding.mix();
        Arrays.fill(shares, 1);
        isAnswered = false;
    }

    /** Whether nothing sounds in the window. */
    boolean isSilent() {
        for (long mask : before) {
            if (mask != 0) {
                return false;
            }
        }
        return true;
    }

    /** Answers with the window itself. */
    void leaveUnchanged() {
        System.arraycopy(before, 0, after, 0, PianoRoll.PITCHES);
    }

    /** Changed cells over cells; 0 if the window was silent. */
    double contentChange() {
        int cells = 0;
        int changed = 0;
        for (int pitch = 0; pitch < PianoRoll.PITCHES; pitch++) {
            cells += Long.bitCount(before[pitch]);
            changed += Long.bitCount(before[pitch] ^ after[pitch]);
        }
        return cells == 0 ? 0 : changed / (double) cells;
    }

    /** Which question this is. */
    long serial() {
        return serial;
    }

    /** Index of the preset that answers. [inference] */
    public int preset() {
        return preset;
    }

    /** What is done with the network's probabilities. Allocates while a knob is elsewhere than the preset says. [inference] */
    public Decoding decoding() {
        boolean isPresets = decoding.threshold() == threshold && decoding.mix() == mix;
        return isPresets ? decoding : decoding.with(threshold, mix);
    }

    /** The mix of each step, 0 to 1, in place of the one of {@link #decoding}; good until the next call. [inference] */
    public double[] mixes() {
        for (int i = 0; i < mixes.length; i++) {
            mixes[i] = mix * shares[i];
        }
        return mixes;
    }

    /** What was played, as the network sees it. Allocates. [inference] */
    public PianoRoll window() {
        return PianoRoll.ofPitches(before);
    }

    /** What was played as 0 and 1, step by step. [inference] */
    void toCells(float[] cells) {
        PianoRoll.cellsOfMasks(before, cells, 0);
    }

    /** States the cells that sound in the answer and what it took. [inference] */
    public void answer(PianoRoll cells, long tookNs) {
        for (int pitch = 0; pitch < PianoRoll.PITCHES; pitch++) {
            after[pitch] = cells.steps(pitch);
        }
        answered(tookNs);
    }

    /** States that {@link #after} holds the answer, and what it took. [inference] */
    void answered(long tookNs) {
        inferenceNs = tookNs;
        isAnswered = true;
    }

    /** Whether there is an answer; without one the window passes through. */
    boolean isAnswered() {
        return isAnswered;
    }

    /** How long the network took. */
    long inferenceNs() {
        return inferenceNs;
    }
}
