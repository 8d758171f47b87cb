package idiom.engine.midi;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Keys as the file states them, from the key signatures of all tracks; those that state none (fewer than two bytes,
 * more than seven accidentals, a mode other than 0 or 1) are passed over. Many files say C major because their program
 * always does: ask a key finder about the music itself.
 *
 * <p>The tracks of format 2 are pieces of their own: {@link #of(MidiFile)} takes the first, {@link #of(MidiFile, int)}
 * any. Immutable; [any].
 *
 * @param signatures by tick, then track, then order in the file; unmodifiable
 */
public record KeyMap(List<KeySignature> signatures) {
    public KeyMap {
        signatures = List.copyOf(signatures);
    }

    /** The key map of a file; in format 2 that of its first track. */
    public static KeyMap of(MidiFile file) {
        return of(file, 0);
    }

    /** The key map that holds for a track: in format 2 its own, else the one of the file. */
    public static KeyMap of(MidiFile file, int track) {
        List<KeySignature> signatures = new ArrayList<>();
        for (MidiEvent event : MetaEvents.of(file, track, MetaMessage.KEY_SIGNATURE)) {
            MetaMessage meta = (MetaMessage) event.message();
            if (meta.length() >= 2 && Math.abs((byte) meta.dataAt(0)) <= 7 && meta.dataAt(1) <= 1) {
                signatures.add(new KeySignature(event.tick(), (byte) meta.dataAt(0), meta.dataAt(1) == 1));
            }
        }
        return new KeyMap(signatures);
    }

    /** The key stated last at or before {@code tick}; null if none is. */
    public @Nullable KeySignature at(long tick) {
        KeySignature found = null;
        for (KeySignature signature : signatures) {
            if (signature.tick() <= tick) {
                found = signature;
            }
        }
        return found;
    }
}
