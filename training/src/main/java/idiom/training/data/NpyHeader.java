package idiom.training.data;

import idiom.engine.pianoroll.PianoRoll;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The Python dictionary at the head of a .npy file, checked to be that of packed phrases. */
record NpyHeader(long rows) {
    private static final Pattern ENTRY = Pattern.compile("\\s*+(['\"])(descr|fortran_order|shape)\\1\\s*+:\\s*+"
            + "(?:(['\"])([^'\"]{0,64})\\3|(True|False)|\\(([0-9L,\\s]{0,200})\\))\\s*+(,|\\})");
    private static final Set<String> UINT8 = Set.of("|u1", "u1", "<u1", ">u1", "=u1");
    private static final String RIGHT = "dtype uint8, C order and shape (N, 672)";

    static NpyHeader parse(Path file, String text) {
        String body = text.strip();
        if (!body.startsWith("{")) {
            throw unreadable(file, body);
        }
        Set<String> seen = new HashSet<>();
        long rows = -1;
        Matcher entry = ENTRY.matcher(body);
        int at = 1;
        while (!rest(body, at).equals("}") && !rest(body, at).isEmpty()) {
            if (!entry.region(at, body.length()).lookingAt() || !seen.add(entry.group(2))) {
                throw unreadable(file, body);
            }
            switch (entry.group(2)) {
                case "descr" -> requireUint8(file, entry.group(4));
                case "fortran_order" -> requireCOrder(file, entry.group(5));
                default -> rows = requireRows(file, entry.group(6));
            }
            at = entry.group(7).equals("}") ? body.length() : entry.end();
        }
        if (seen.size() != 3) {
            throw unreadable(file, body);
        }
        return new NpyHeader(rows);
    }

    private static String rest(String body, int at) {
        return body.substring(at).strip();
    }

    private static void requireUint8(Path file, @Nullable String descr) {
        if (descr == null || !UINT8.contains(descr)) {
            throw new DataException(file + ": phrases must be of " + RIGHT + ": dtype=" + descr);
        }
    }

    private static void requireCOrder(Path file, @Nullable String fortranOrder) {
        if (!"False".equals(fortranOrder)) {
            throw new DataException(file + ": phrases must be of " + RIGHT + ": fortran_order=" + fortranOrder);
        }
    }

    private static long requireRows(Path file, @Nullable String shape) {
        String plain = shape == null ? "" : shape.replaceAll("[\\sL]", "");
        Matcher dimensions = Pattern.compile("([0-9]{1,18}),([0-9]{1,18}),?").matcher(plain);
        if (!dimensions.matches() || Long.parseLong(dimensions.group(2)) != PianoRoll.PACKED_BYTES) {
            throw new DataException(file + ": phrases must be of " + RIGHT + ": shape=(" + plain + ")");
        }
        return Long.parseLong(dimensions.group(1));
    }

    private static DataException unreadable(Path file, String body) {
        String shown = body.length() > 80 ? body.substring(0, 80) + "..." : body;
        return new DataException(file + ": unreadable .npy header, it must say " + RIGHT + ": header="
                + shown.replaceAll("\\p{Cc}", "?"));
    }
}
