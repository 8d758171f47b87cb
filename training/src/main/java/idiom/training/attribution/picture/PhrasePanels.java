package idiom.training.attribution.picture;

import static idiom.engine.pianoroll.PianoRoll.LOWEST_PITCH;
import static idiom.engine.pianoroll.PianoRoll.PITCHES;
import static idiom.engine.pianoroll.PianoRoll.STEPS;
import static idiom.engine.pianoroll.PianoRoll.STEPS_PER_BAR;

import idiom.engine.pianoroll.PianoRoll;
import idiom.training.attribution.SaliencyMap;
import java.awt.Color;

/** Phrases and their saliency maps as panels of one size, drawn at a place. */
public final class PhrasePanels {
    private static final int CELL = 4;
    /** Of a panel. */
    public static final int WIDTH = STEPS * CELL;
    /** Of a panel. */
    public static final int HEIGHT = PITCHES * CELL;

    private static final Color SHADOW = new Color(0xDDE1E5);
    private static final Color WEAK = new Color(0xF5C04A);
    private static final Color STRONG = new Color(0xB00020);
    private static final Color ADDED = new Color(0xE69F00);
    private static final Color REMOVED = new Color(0xC8B2A6);

    private final Canvas canvas;

    public PhrasePanels(Canvas canvas) {
        this.canvas = canvas;
    }

    /** Names the octaves left of a panel. */
    public void octaves(int x, int top) {
        for (int pitch = 0; pitch < PITCHES; pitch += 12) {
            canvas.right(
                    Canvas.SMALL,
                    Canvas.FAINT_INK,
                    "C" + ((pitch + LOWEST_PITCH) / 12 - 1),
                    x - 8,
                    y(top, pitch) + CELL);
        }
        canvas.left(Canvas.SMALL, Canvas.FAINT_INK, "pitch", x - 68, top + HEIGHT / 2.0);
    }

    private static double y(int top, int pitch) {
        return top + (PITCHES - 1 - pitch) * (double) CELL;
    }

    private void grid(int x, int top) {
        for (int pitch = 0; pitch < PITCHES; pitch += 12) {
            canvas.line(Canvas.LINE, x, y(top, pitch) + CELL, x + WIDTH, y(top, pitch) + CELL);
        }
        for (int step = 0; step < STEPS; step += 4) {
            boolean bar = step % STEPS_PER_BAR == 0;
            canvas.line(bar ? Canvas.STRONG_LINE : Canvas.LINE, x + step * CELL, top, x + step * CELL, top + HEIGHT);
        }
        for (int bar = 0; bar < STEPS / STEPS_PER_BAR; bar++) {
            canvas.centred(
                    Canvas.SMALL,
                    Canvas.FAINT_INK,
                    bar == 0 ? "bar 1" : String.valueOf(bar + 1),
                    x + (bar + 0.5) * STEPS_PER_BAR * CELL,
                    top + HEIGHT + 16);
        }
        canvas.frame(Canvas.STRONG_LINE, x, top, WIDTH, HEIGHT);
    }

    /** A phrase as it sounds. */
    public void roll(PianoRoll roll, int x, int top) {
        grid(x, top);
        for (int step = 0; step < STEPS; step++) {
            for (int pitch = 0; pitch < PITCHES; pitch++) {
                if (roll.isOn(step, pitch)) {
                    canvas.fill(Canvas.NOTE, x + step * CELL, y(top, pitch), CELL, CELL);
                }
            }
        }
    }

    /** A saliency map whose maximum is 1. */
    public void map(SaliencyMap map, int x, int top) {
        grid(x, top);
        for (int step = 0; step < STEPS; step++) {
            for (int pitch = 0; pitch < PITCHES; pitch++) {
                if (map.roll().isOn(step, pitch)) {
                    float value = map.at(step, pitch);
                    canvas.fill(
                            value < SaliencyMap.THRESHOLD ? SHADOW : colour(value),
                            x + step * CELL,
                            y(top, pitch),
                            CELL,
                            CELL);
                }
            }
        }
    }

    private static Color colour(double value) {
        double share = (value - SaliencyMap.THRESHOLD) / (1 - SaliencyMap.THRESHOLD);
        return new Color(
                mixed(WEAK.getRed(), STRONG.getRed(), share),
                mixed(WEAK.getGreen(), STRONG.getGreen(), share),
                mixed(WEAK.getBlue(), STRONG.getBlue(), share));
    }

    private static int mixed(int from, int to, double share) {
        return (int) Math.round(from + share * (to - from));
    }

    /** A phrase beside what it was made from: kept cells, added ones, and the place of removed ones. */
    public void roll(PianoRoll roll, PianoRoll original, int x, int top) {
        grid(x, top);
        for (int step = 0; step < STEPS; step++) {
            for (int pitch = 0; pitch < PITCHES; pitch++) {
                boolean is = roll.isOn(step, pitch);
                boolean was = original.isOn(step, pitch);
                if (is || was) {
                    canvas.fill(
                            is && was ? Canvas.NOTE : is ? ADDED : REMOVED, x + step * CELL, y(top, pitch), CELL, CELL);
                }
            }
        }
    }

    /** What the colours of changed phrases say. */
    public void changes(int x, int y) {
        String[] names = {"kept", "added", "removed"};
        Color[] colours = {Canvas.NOTE, ADDED, REMOVED};
        for (int i = 0; i < names.length; i++) {
            canvas.fill(colours[i], x + i * 110, y - 11, 24, 12);
            canvas.left(Canvas.SMALL, Canvas.INK, names[i], x + i * 110 + 32, y);
        }
    }

    /** What the colours of maps say. */
    public void legend(int x, int y) {
        int width = 180;
        for (int i = 0; i < width; i++) {
            double value = SaliencyMap.THRESHOLD + (1 - SaliencyMap.THRESHOLD) * i / (width - 1);
            canvas.fill(colour(value), x + i, y - 11, 1, 12);
        }
        canvas.left(Canvas.SMALL, Canvas.INK, "a quarter of the phrase's maximum to all of it", x + width + 10, y);
        canvas.fill(SHADOW, x + width + 330, y - 11, 24, 12);
        canvas.left(Canvas.SMALL, Canvas.INK, "sounds, with less", x + width + 362, y);
    }
}
