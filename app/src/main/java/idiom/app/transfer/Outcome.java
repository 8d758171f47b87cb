package idiom.app.transfer;

import idiom.engine.transfer.TransferResult;
import java.nio.file.Path;
import java.util.List;

/**
 * What became of a file.
 *
 * @param in MIDI file
 * @param out MIDI file that was written
 * @param choice preset and why
 * @param result the notes, the measures, the time of each window
 * @param remarks what the listener should know: repaired input, other metres
 * @param workNs time of the transfer itself, without reading, pictures and sound
 */
public record Outcome(
        Path in, Path out, PresetChoice choice, TransferResult result, List<String> remarks, long workNs) {
    public Outcome {
        remarks = List.copyOf(remarks);
    }

    /** Median time of an inference in milliseconds; 0 if nothing was inferred. */
    public double windowMs() {
        List<Long> sorted = result.windowNs().stream().sorted().toList();
        return sorted.isEmpty() ? 0 : sorted.get(sorted.size() / 2) / 1e6;
    }
}
