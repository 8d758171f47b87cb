package idiom.training.run;

import idiom.training.data.AtomicFile;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.knowm.xchart.BitmapEncoder;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.style.markers.SeriesMarkers;

/** Draws the losses of a run, averaged over windows of steps, and the validations below them. */
public final class LossPlot {
    private static final int POINTS = 200;
    private static final List<String> LOSSES =
            List.of("persuasion_to_b", "persuasion_to_a", "cycle", "content", "judge_b", "judge_a");
    private static final List<String> VALIDATIONS = List.of("s_there", "s_back", "control_there", "control_back");

    private LossPlot() {}

    /** Draws what the folder's tables hold into the folder; nothing if they hold nothing. */
    static void draw(RunFolder folder) throws IOException {
        draw(folder, folder.plot());
    }

    /** The same into a file; says whether there was anything to draw. */
    public static boolean draw(RunFolder folder, Path target) throws IOException {
        List<XYChart> charts = new ArrayList<>();
        chart(folder.losses(), LOSSES, "losses", charts);
        chart(folder.validations(), VALIDATIONS, "transfer strength on the validation part", charts);
        if (!charts.isEmpty()) {
            AtomicFile.write(
                    target,
                    out -> BitmapEncoder.saveBitmap(charts, charts.size(), 1, out, BitmapEncoder.BitmapFormat.PNG));
        }
        return !charts.isEmpty();
    }

    /**
     * Loads all that drawing needs: a program that is ending, as one that was stopped before its first picture, can't load the
     * window toolkit any more.
     */
    static void prepare() throws IOException {
        XYChart chart = new XYChartBuilder().width(100).height(100).build();
        chart.addSeries("nothing", new double[] {0, 1}).setMarker(SeriesMarkers.NONE);
        BitmapEncoder.saveBitmap(List.of(chart), 1, 1, OutputStream.nullOutputStream(), BitmapEncoder.BitmapFormat.PNG);
    }

    private static void chart(Path file, List<String> columns, String title, List<XYChart> charts) throws IOException {
        if (!Files.exists(file)) {
            return;
        }
        List<String> lines = Files.readAllLines(file);
        List<double[]> rows = averaged(lines.subList(1, lines.size()));
        if (rows.isEmpty()) {
            return;
        }
        XYChart chart = new XYChartBuilder()
                .width(1000)
                .height(420)
                .title(title)
                .xAxisTitle("step")
                .build();
        List<String> header = List.of(lines.get(0).split(",", -1));
        double[] steps = column(rows, 0);
        for (String column : columns) {
            chart.addSeries(column, steps, column(rows, header.indexOf(column))).setMarker(SeriesMarkers.NONE);
        }
        charts.add(chart);
    }

    private static double[] column(List<double[]> rows, int index) {
        return rows.stream().mapToDouble(row -> row[index]).toArray();
    }

    private static List<double[]> averaged(List<String> lines) {
        int window = Math.max(1, lines.size() / POINTS);
        List<double[]> rows = new ArrayList<>();
        for (int start = 0; start + window <= lines.size(); start += window) {
            double[] sum = new double[lines.get(start).split(",", -1).length];
            for (String line : lines.subList(start, start + window)) {
                String[] cells = line.split(",", -1);
                for (int i = 0; i < sum.length; i++) {
                    sum[i] += (cells[i].isEmpty() ? Double.NaN : Double.parseDouble(cells[i])) / window;
                }
            }
            rows.add(sum);
        }
        return rows;
    }
}
