package idiom.app.record;

import idiom.engine.midi.MidiFile;
import java.io.IOException;
import java.nio.file.Path;

/**
 * A recording that has been written.
 *
 * @param file where it is
 * @param in messages that came in
 * @param out messages that went out
 * @param lost messages for which there was no room
 */
public record Recording(Path file, long in, long out, long lost) {

    /** Makes a file of a session. */
    static Recording write(Take take, Path target, boolean overwrites, long lost) throws IOException {
        MidiFile file = TakeFile.of(take);
        file.write(target, overwrites);
        return new Recording(target, count(take, Passed.Way.IN), count(take, Passed.Way.OUT), lost);
    }

    private static long count(Take take, Passed.Way way) {
        return take.devices().stream()
                .flatMap(part -> part.entries().stream())
                .filter(entry -> entry instanceof Passed passed && passed.way() == way)
                .count();
    }

    /** For people. */
    public String description() {
        return "recorded " + in + " messages in, " + out + " out: " + file
                + (lost == 0 ? "" : "; " + lost + " more found no room and are missing");
    }
}
