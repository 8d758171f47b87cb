package idiom.app.picture;

import idiom.engine.midi.MeterMap;
import idiom.engine.midi.Note;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.Shape;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.stream.Stream;
import javax.imageio.ImageIO;

/**
 * A piece before and after as piano rolls: kept notes blue in both, removed ones hollow above, added ones orange below.
 * Colours are Okabe and Ito's, told apart by colour-blind people; shape and place say the same again. Long pieces are
 * broken into systems like a score; the picture is 1600 pixels wide, at most 5000 high, and shows at most 256 bars.
 *
 * <p>Not thread-safe; draws one picture.
 */
public final class PianoRollPicture {
    /** Most bars that are shown, the first ones. */
    public static final int MAX_BARS = 256;

    private static final int WIDTH = 1600;
    private static final int LEFT = 76;
    private static final int RIGHT = 24;
    private static final int HEAD = 84;
    private static final int STRIP = 22;
    private static final int GAP = 10;
    private static final int SYSTEM_GAP = 30;
    private static final int MAX_SYSTEMS = 8;
    /** Height of all rolls together that row heights are chosen for. */
    private static final int ROLLS_HEIGHT = 3600;

    private static final int MAX_ROW_HEIGHT = 7;

    private static final Color KEPT = new Color(0x0072B2);
    private static final Color ADDED = new Color(0xE69F00);
    private static final Color ADDED_EDGE = new Color(0x8A5A00);
    private static final Color REMOVED = new Color(0xD55E00);
    private static final Color INK = new Color(0x222222);
    private static final Color FAINT_INK = new Color(0x666666);
    private static final Color BLACK_KEY = new Color(0xF1F3F5);
    private static final Color BEAT_LINE = new Color(0xE4E7EA);
    private static final Color OCTAVE_LINE = new Color(0xC4CAD0);
    private static final Color BAR_LINE = new Color(0x868E96);

    private static final Font TITLE = new Font(Font.SANS_SERIF, Font.BOLD, 22);
    private static final Font TEXT = new Font(Font.SANS_SERIF, Font.PLAIN, 14);
    private static final Font SMALL = new Font(Font.SANS_SERIF, Font.PLAIN, 12);

    /** How a note is drawn. */
    private enum Style {
        KEPT_NOTE,
        REMOVED_NOTE,
        ADDED_NOTE
    }

    private final String title;
    private final MeterMap meters;
    private final NoteComparison changes;
    private final int allBars;
    private final int bars;
    private final int barsPerSystem;
    private final int systems;
    private final int low;
    private final int high;
    private final int rowHeight;

    private PianoRollPicture(MeterMap meters, NoteComparison changes, String title) {
        this.title = title;
        this.meters = meters;
        this.changes = changes;
        List<Note> notes = all().toList();
        long end = notes.stream().mapToLong(Note::offTick).max().orElse(1);
        this.allBars = meters.barAt(Math.max(0, end - 1)) + 1;
        this.bars = Math.min(allBars, MAX_BARS);
        this.barsPerSystem = bars <= 4 * 4 ? 4 : bars <= 8 * MAX_SYSTEMS ? 8 : bars <= 16 * MAX_SYSTEMS ? 16 : 32;
        this.systems = (bars + barsPerSystem - 1) / barsPerSystem;
        // Whole octaves of margin would waste height; a third above and below keeps notes off the edge.
        this.low = Math.max(0, notes.stream().mapToInt(Note::pitch).min().orElse(48) - 3);
        this.high = Math.min(127, notes.stream().mapToInt(Note::pitch).max().orElse(72) + 3);
        this.rowHeight = Math.max(1, Math.min(MAX_ROW_HEIGHT, ROLLS_HEIGHT / (2 * systems * (high - low + 1))));
    }

    /**
     * Draws a picture.
     *
     * @param meters of the piece, before and after
     * @param changes its notes
     * @param title one line above it
     * @throws IllegalStateException if the system has no fonts; says what to install
     */
    public static BufferedImage draw(MeterMap meters, NoteComparison changes, String title) {
        PianoRollPicture picture = new PianoRollPicture(meters, changes, title);
        BufferedImage image = new BufferedImage(WIDTH, picture.height(), BufferedImage.TYPE_INT_RGB);
        Graphics2D g = image.createGraphics();
        try {
            picture.paint(g);
        } finally {
            g.dispose();
        }
        return image;
    }

    /**
     * Draws a picture and writes it as PNG; the file appears whole or not at all.
     *
     * @throws FileAlreadyExistsException if there is one already and {@code overwrite} is false
     * @throws IOException if it cannot be written
     */
    public static void write(MeterMap meters, NoteComparison changes, String title, Path target, boolean overwrite)
            throws IOException {
        if (!overwrite && Files.exists(target)) {
            throw new FileAlreadyExistsException(target.toString());
        }
        // No cache files: the picture fits into memory.
        ImageIO.setUseCache(false);
        Path whole = target.resolveSibling(
                "." + target.getFileName() + "." + ProcessHandle.current().pid() + ".tmp");
        try {
            try (OutputStream out = Files.newOutputStream(whole)) {
                if (!ImageIO.write(draw(meters, changes, title), "png", out)) {
                    throw new IOException("this Java cannot write PNG files");
                }
            }
            Files.move(whole, target, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(whole);
        }
    }

    private Stream<Note> all() {
        return Stream.of(changes.keptBefore(), changes.removed(), changes.keptAfter(), changes.added())
                .flatMap(List::stream);
    }

    private int rollHeight() {
        return (high - low + 1) * rowHeight;
    }

    private int systemHeight() {
        return 2 * (STRIP + rollHeight()) + GAP;
    }

    private int height() {
        return HEAD + systems * (systemHeight() + SYSTEM_GAP);
    }

    private void paint(Graphics2D g) {
        g.setColor(Color.WHITE);
        g.fillRect(0, 0, WIDTH, height());
        g.setRenderingHint(RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
        g.setStroke(new BasicStroke(1));
        requireFonts(g);
        head(g);
        for (int system = 0; system < systems; system++) {
            int top = HEAD + system * (systemHeight() + SYSTEM_GAP);
            roll(g, system, top, true);
            roll(g, system, top + STRIP + rollHeight() + GAP, false);
        }
    }

    private static void requireFonts(Graphics2D g) {
        try {
            g.getFontMetrics(TEXT).stringWidth("C4");
        } catch (RuntimeException | Error e) {
            // Java without a font throws one or the other, by version.
            throw new IllegalStateException(
                    "a picture needs fonts, and Java found none: apt install fontconfig fonts-dejavu-core", e);
        }
    }

    private void head(Graphics2D g) {
        g.setColor(INK);
        g.setFont(TITLE);
        g.drawString(title.length() > 100 ? title.substring(0, 99) + "\u2026" : title, LEFT, 36);
        g.setFont(TEXT);
        int x = legend(g, LEFT, Style.KEPT_NOTE, changes.legend().get(0));
        x = legend(g, x, Style.REMOVED_NOTE, changes.legend().get(1));
        x = legend(g, x, Style.ADDED_NOTE, changes.legend().get(2));
        g.setColor(FAINT_INK);
        String shown = bars < allBars ? "bars 1 to " + bars + " of " + allBars : bars == 1 ? "1 bar" : bars + " bars";
        g.drawString("notes, drums left out; " + shown, x, 64);
    }

    private static int legend(Graphics2D g, int x, Style style, String text) {
        note(g, style, x, 54, 26, 10);
        g.setColor(INK);
        g.drawString(text, x + 34, 64);
        return x + 34 + g.getFontMetrics().stringWidth(text) + 30;
    }

    private void roll(Graphics2D g, int system, int top, boolean isBefore) {
        int rollTop = top + STRIP;
        int first = system * barsPerSystem;
        int count = Math.min(barsPerSystem, bars - first);
        int right = LEFT + (int) Math.round(count * barWidth());
        g.setFont(TEXT);
        g.setColor(INK);
        g.drawString(isBefore ? "before" : "after", 14, rollTop - 6);
        rows(g, rollTop, right);
        for (int bar = first; bar < first + count; bar++) {
            bar(g, bar, LEFT + (bar - first) * barWidth(), rollTop);
        }
        g.setColor(BAR_LINE);
        g.drawRect(LEFT, rollTop, right - LEFT, rollHeight());
        Shape clip = g.getClip();
        g.clipRect(LEFT, rollTop, right - LEFT + 1, rollHeight() + 1);
        if (isBefore) {
            // What stays of a note lies over the outline of what it was.
            notes(g, first, rollTop, changes.removed(), Style.REMOVED_NOTE);
            notes(g, first, rollTop, changes.keptBefore(), Style.KEPT_NOTE);
        } else {
            notes(g, first, rollTop, changes.keptAfter(), Style.KEPT_NOTE);
            notes(g, first, rollTop, changes.added(), Style.ADDED_NOTE);
        }
        g.setClip(clip);
    }

    private double barWidth() {
        return (double) (WIDTH - LEFT - RIGHT) / Math.min(barsPerSystem, bars);
    }

    private void rows(Graphics2D g, int rollTop, int right) {
        g.setFont(SMALL);
        for (int pitch = low; pitch <= high; pitch++) {
            int y = rollTop + (high - pitch) * rowHeight;
            if (isBlackKey(pitch)) {
                g.setColor(BLACK_KEY);
                g.fillRect(LEFT, y, right - LEFT, rowHeight);
            }
            if (pitch % 12 == 0) {
                g.setColor(OCTAVE_LINE);
                g.drawLine(LEFT, y + rowHeight, right, y + rowHeight);
                g.setColor(FAINT_INK);
                g.drawString("C" + (pitch / 12 - 1), LEFT - 28, y + rowHeight + 4);
            }
        }
    }

    private static boolean isBlackKey(int pitch) {
        return (0b0101_0100_1010 >> pitch % 12 & 1) != 0;
    }

    private void bar(Graphics2D g, int bar, double x, int rollTop) {
        int beats = meters.meterAt(meters.barStart(bar)).numerator();
        double beatWidth = barWidth() / beats;
        if (beatWidth >= 6) {
            g.setColor(BEAT_LINE);
            for (int beat = 1; beat < beats; beat++) {
                int at = (int) Math.round(x + beat * beatWidth);
                g.drawLine(at, rollTop, at, rollTop + rollHeight());
            }
        }
        int at = (int) Math.round(x);
        g.setColor(BAR_LINE);
        g.drawLine(at, rollTop, at, rollTop + rollHeight());
        if (barsPerSystem <= 16 || bar % 4 == 0) {
            g.setFont(SMALL);
            g.setColor(FAINT_INK);
            g.drawString(Integer.toString(bar + 1), at + 3, rollTop - 6);
        }
    }

    private void notes(Graphics2D g, int firstBar, int rollTop, List<Note> notes, Style style) {
        for (Note note : notes) {
            double from = barPosition(note.onTick());
            double to = barPosition(Math.max(note.offTick(), note.onTick() + 1));
            if (to <= firstBar || from >= Math.min(bars, firstBar + barsPerSystem)) {
                continue;
            }
            double x = LEFT + (from - firstBar) * barWidth();
            int y = rollTop + (high - note.pitch()) * rowHeight;
            int width = (int) Math.max(2, Math.round((to - from) * barWidth()) - 1);
            note(g, style, (int) Math.round(x), y, width, rowHeight);
        }
    }

    /** Bars, with their fraction, from the start to {@code tick}. */
    private double barPosition(long tick) {
        int bar = meters.barAt(tick);
        if (bar >= bars) {
            return bars;
        }
        long start = meters.barStart(bar);
        return bar + (double) (tick - start) / Math.max(1, meters.barStart(bar + 1) - start);
    }

    private static void note(Graphics2D g, Style style, int x, int y, int width, int height) {
        switch (style) {
            case KEPT_NOTE -> {
                g.setColor(KEPT);
                g.fillRect(x, y, width, height);
            }
            case REMOVED_NOTE -> {
                g.setColor(Color.WHITE);
                g.fillRect(x, y, width, height);
                g.setColor(REMOVED);
                g.drawRect(x, y, width - 1, Math.max(1, height - 1));
            }
            case ADDED_NOTE -> {
                g.setColor(ADDED);
                g.fillRect(x, y, width, height);
                g.setColor(ADDED_EDGE);
                g.drawLine(x, y, x, y + height - 1);
            }
        }
    }
}
