package idiom.engine.midi;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Metas of one type over the tracks that share a time. */
final class MetaEvents {
    private MetaEvents() {}

    /** Metas of {@code type} that hold for {@code track}, by tick, then track, then order in the file. */
    static List<MidiEvent> of(MidiFile file, int track, int type) {
        List<MidiEvent> found = new ArrayList<>();
        for (MidiTrack each : file.tracksOf(track)) {
            for (MidiEvent event : each.events()) {
                if (event.message() instanceof MetaMessage meta && meta.type() == type) {
                    found.add(event);
                }
            }
        }
        found.sort(Comparator.comparingLong(MidiEvent::tick));
        return found;
    }
}
