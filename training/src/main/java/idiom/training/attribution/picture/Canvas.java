package idiom.training.attribution.picture;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Line2D;
import java.awt.geom.Rectangle2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import javax.imageio.ImageIO;

/** A white picture with the few things that are drawn on it. Colours are Okabe and Ito's, told apart by colour-blind people. */
public final class Canvas implements AutoCloseable {
    public static final Color INK = new Color(0x222222);
    public static final Color FAINT_INK = new Color(0x666666);
    public static final Color LINE = new Color(0xE4E7EA);
    public static final Color STRONG_LINE = new Color(0x868E96);
    public static final Color NOTE = new Color(0x0072B2);
    public static final Color MARK = new Color(0xD55E00);

    public static final Font TITLE = new Font(Font.SANS_SERIF, Font.BOLD, 18);
    public static final Font TEXT = new Font(Font.SANS_SERIF, Font.PLAIN, 14);
    public static final Font SMALL = new Font(Font.SANS_SERIF, Font.PLAIN, 12);

    private final BufferedImage image;
    private final Graphics2D g;

    /**
     * An empty picture.
     *
     * @throws IllegalStateException if the system has no fonts; says what to install
     */
    public Canvas(int width, int height) {
        image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        g = image.createGraphics();
        g.setColor(Color.WHITE);
        g.fillRect(0, 0, width, height);
        g.setRenderingHint(RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
        g.setStroke(new BasicStroke(1));
        try {
            g.setFont(TEXT);
            g.getFontMetrics().stringWidth("C4");
        } catch (RuntimeException | LinkageError e) {
            throw new IllegalStateException(
                    "pictures need fonts: install fontconfig and a font (Debian: fontconfig, fonts-dejavu-core)", e);
        }
    }

    public void fill(Color color, double x, double y, double width, double height) {
        g.setColor(color);
        g.fill(new Rectangle2D.Double(x, y, width, height));
    }

    public void frame(Color color, int x, int y, int width, int height) {
        g.setColor(color);
        g.drawRect(x, y, width, height);
    }

    public void line(Color color, double x1, double y1, double x2, double y2) {
        g.setColor(color);
        g.draw(new Line2D.Double(x1, y1, x2, y2));
    }

    public void dot(Color color, double x, double y, double radius, boolean filled) {
        g.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
        g.setColor(color);
        Ellipse2D dot = new Ellipse2D.Double(x - radius, y - radius, 2 * radius, 2 * radius);
        if (filled) {
            g.fill(dot);
        } else {
            g.draw(dot);
        }
        g.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_OFF);
    }

    /** Text whose baseline begins at a place. */
    public void left(Font font, Color color, String text, double x, double y) {
        g.setFont(font);
        g.setColor(color);
        g.drawString(text, (float) x, (float) y);
    }

    /** Text that ends at a place. */
    public void right(Font font, Color color, String text, double x, double y) {
        left(font, color, text, x - widthOf(font, text), y);
    }

    /** Text around a place. */
    public void centred(Font font, Color color, String text, double x, double y) {
        left(font, color, text, x - widthOf(font, text) / 2.0, y);
    }

    public int widthOf(Font font, String text) {
        return g.getFontMetrics(font).stringWidth(text);
    }

    /** The picture as a PNG file. */
    public byte[] png() throws IOException {
        // No cache files: the picture fits into memory.
        ImageIO.setUseCache(false);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        if (!ImageIO.write(image, "png", out)) {
            throw new IOException("this Java cannot write PNG files");
        }
        return out.toByteArray();
    }

    @Override
    public void close() {
        g.dispose();
    }
}
