package idiom.engine.midi;

import java.util.List;

/**
 * A track of a file: events in the order of their ticks, at one tick in the order of the file, the last and only the
 * last one an end-of-track.
 *
 * @param events at least the end-of-track; unmodifiable
 */
public record MidiTrack(List<MidiEvent> events) {
    /** Last tick of any track: the longest time a file can put between two events, so that any gap can be written. */
    public static final long MAX_TICK = 0x0FFF_FFFF;

    public MidiTrack {
        events = List.copyOf(events);
        long tick = 0;
        for (int i = 0; i < events.size(); i++) {
            MidiEvent event = events.get(i);
            if (event.tick() < tick) {
                throw new IllegalArgumentException(
                        "events must be in order: events[" + i + "].tick=" + event.tick() + " comes after " + tick);
            }
            tick = event.tick();
            if (isEnd(event) != (i == events.size() - 1)) {
                throw new IllegalArgumentException(
                        "the last event, and only that, must be an end-of-track: events[" + i + "]=" + event);
            }
        }
        if (events.isEmpty()) {
            throw new IllegalArgumentException("a track must hold an end-of-track: events=[]");
        }
    }

    private static boolean isEnd(MidiEvent event) {
        return event.message() instanceof MetaMessage meta && meta.isEndOfTrack();
    }

    /** Tick of the end-of-track. */
    public long endTick() {
        return events.get(events.size() - 1).tick();
    }
}
