package idiom.app.report;

import idiom.app.transfer.Outcome;
import idiom.engine.harmony.Key;
import idiom.engine.metrics.RollReport;
import idiom.engine.metrics.Texture;
import idiom.engine.transfer.TransferResult;
import idiom.engine.transfer.TransferredPiece;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** What a transfer did, in words and numbers. Stateless; [any]. */
public final class TransferReport {
    private TransferReport() {}

    /** Which preset played, how the notes fared, one line each. */
    public static List<String> summary(Outcome outcome) {
        List<String> lines = new ArrayList<>();
        lines.add("preset   " + outcome.choice().entry().name()
                + (outcome.choice().reason().isEmpty()
                        ? ""
                        : "  (" + outcome.choice().reason() + ")"));
        TransferResult result = outcome.result();
        lines.add(String.format(
                Locale.ROOT,
                "notes    %d kept, %d shortened or lengthened, %d removed, %d added",
                result.keptCount(),
                result.changedCount(),
                result.removedCount(),
                result.addedCount()));
        for (TransferredPiece piece : result.pieces()) {
            lines.add("key      " + name(piece.report().key().before()) + " before, "
                    + name(piece.report().key().after()) + " after");
        }
        lines.add(String.format(
                Locale.ROOT,
                "time     %.2f s; %d windows of 4 bars, %.2f ms each",
                outcome.workNs() / 1e9,
                result.windowNs().size(),
                outcome.windowMs()));
        outcome.remarks().forEach(remark -> lines.add("note     " + remark));
        return lines;
    }

    /** The measures of each piece, one line each. */
    public static List<String> measures(Outcome outcome) {
        List<String> lines = new ArrayList<>();
        for (TransferredPiece piece : outcome.result().pieces()) {
            RollReport report = piece.report();
            lines.add(String.format(
                    Locale.ROOT,
                    "content  change %.3f (added %.3f, removed %.3f of the cells before)",
                    report.content().total(),
                    report.content().added(),
                    report.content().removed()));
            lines.add(String.format(
                    Locale.ROOT,
                    "melody   F1 %.3f of the top line;  chroma similarity %.3f",
                    report.melody().f1(),
                    report.chroma()));
            lines.add(String.format(
                    Locale.ROOT,
                    "out of key  %d of %d added notes",
                    report.outOfKey().outsideNotes(),
                    report.outOfKey().addedNotes()));
            lines.add("before   " + texture(report.before()));
            lines.add("after    " + texture(report.after()));
        }
        return lines;
    }

    private static String texture(Texture texture) {
        return String.format(
                Locale.ROOT,
                "%.2f cells a step, %.1f onsets a bar, polyphony %.2f, %.0f %% of bars empty,"
                        + " %.0f %% of onsets out of key, %.0f %% rapid repeats",
                texture.cellsPerStep(),
                texture.onsetsPerBar(),
                texture.polyphony(),
                100 * texture.emptyBars(),
                100 * texture.outOfKey(),
                100 * texture.rapidRepeats());
    }

    /** Everything as one JSON object. */
    public static String json(Outcome outcome) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("in", outcome.in().toString());
        json.put("out", outcome.out().toString());
        json.put("preset", outcome.choice().entry().name());
        json.put("source", outcome.choice().preset().source());
        json.put("target", outcome.choice().preset().target());
        json.put("reason", outcome.choice().reason());
        json.put("kept", outcome.result().keptCount());
        json.put("changed", outcome.result().changedCount());
        json.put("removed", outcome.result().removedCount());
        json.put("added", outcome.result().addedCount());
        json.put("seconds", outcome.workNs() / 1e9);
        json.put("windows", outcome.result().windowNs().size());
        json.put("windowMs", outcome.windowMs());
        json.put("remarks", outcome.remarks());
        json.put(
                "pieces",
                outcome.result().pieces().stream().map(TransferReport::piece).toList());
        return Json.of(json);
    }

    private static Map<String, Object> piece(TransferredPiece piece) {
        RollReport report = piece.report();
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("contentChange", report.content().total());
        json.put("contentAdded", report.content().added());
        json.put("contentRemoved", report.content().removed());
        json.put("melodyF1", report.melody().f1());
        json.put("chromaSimilarity", report.chroma());
        json.put("keyBefore", name(report.key().before()));
        json.put("keyAfter", name(report.key().after()));
        json.put("addedNotes", report.outOfKey().addedNotes());
        json.put("addedOutOfKey", report.outOfKey().outsideNotes());
        json.put("before", textureMap(report.before()));
        json.put("after", textureMap(report.after()));
        return json;
    }

    private static Map<String, Object> textureMap(Texture texture) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("cellsPerStep", texture.cellsPerStep());
        json.put("onsetsPerBar", texture.onsetsPerBar());
        json.put("polyphony", texture.polyphony());
        json.put("emptyBars", texture.emptyBars());
        json.put("longestSilenceSteps", texture.longestSilence());
        json.put("outOfKey", texture.outOfKey());
        json.put("rapidRepeats", texture.rapidRepeats());
        return json;
    }

    private static String name(Optional<Key> key) {
        return key.map(Key::toString).orElse("unknown");
    }
}
