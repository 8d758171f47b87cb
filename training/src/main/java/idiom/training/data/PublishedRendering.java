package idiom.training.data;

import idiom.engine.midi.ChannelMessage;
import idiom.engine.midi.MidiEvent;
import idiom.engine.midi.MidiFile;
import idiom.engine.midi.MidiTrack;
import idiom.engine.midi.Note;
import idiom.engine.pianoroll.PianoRoll;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;

/**
 * Renders notes to cells as the published phrases were (Brunner et al. 2018, whose program used pypianoroll 0.1 over
 * pretty_midi), bit for bit: songs that are in both show the same cells.
 *
 * <p>What the papers don't say and the phrases do:
 *
 * <ul>
 *   <li>A note lasts to the end of the step that its end lies in, <em>also where it ends exactly on a step's beginning</em>:
 *       a note of one step, played on the grid, covers two.
 *   <li>A note struck again silences the step before it on its own track, channel and program, so that the two can be
 *       told apart; of a run of repeated 16ths only the last is left.
 *   <li>Places are computed in seconds and back in floating point. A time that lies on the grid may come out a rounding
 *       error below and then counts for the step before. To give the same cells, the same operations are done here in the
 *       same order.
 *   <li>A note-off ends every note that sounds on its track, channel and pitch; a note without an off or of no length is
 *       left out.
 * </ul>
 *
 * <p>One difference: the papers' program dropped whole phrases at the end of a song until their number was a multiple of
 * four. [any].
 */
final class PublishedRendering {
    private final TempoClock clock;
    private final double[] beats;
    private final int steps;
    /** Cells of a track, channel and program, by pitch index. */
    private final Map<Integer, BitSet[]> parts = new HashMap<>();

    private PublishedRendering(MidiFile file, int quarterTicks, int count) {
        this.clock = TempoClock.of(file, quarterTicks);
        this.steps = count * PianoRoll.STEPS;
        this.beats = clock.beats(steps / 4 + 2);
        for (int track = 0; track < file.tracks().size(); track++) {
            render(track, file.tracks().get(track));
        }
    }

    /** The first {@code count} phrases of a file in 4/4. */
    static List<PianoRoll> phrases(MidiFile file, int quarterTicks, int count) {
        return new PublishedRendering(file, quarterTicks, count).phrases();
    }

    private void render(int track, MidiTrack events) {
        Map<Integer, List<Long>> onsets = new HashMap<>();
        int[] programs = new int[16];
        for (MidiEvent event : events.events()) {
            if (!(event.message() instanceof ChannelMessage message) || message.channel() == Note.DRUM_CHANNEL) {
                continue;
            }
            int key = message.channel() * 128 + message.data1();
            if (message.kind() == ChannelMessage.PROGRAM) {
                programs[message.channel()] = message.data1();
            } else if (message.isNoteOn()) {
                onsets.computeIfAbsent(key, k -> new ArrayList<>()).add(event.tick());
            } else if (message.isNoteOff()) {
                int part = (track * 16 + message.channel()) * 128 + programs[message.channel()];
                end(onsets.getOrDefault(key, List.of()), event.tick(), part, message.data1());
            }
        }
    }

    /** A note-off: all that sounds ends, but for what begins at this very tick where something else ends. */
    private void end(List<Long> onsets, long tick, int part, int pitch) {
        boolean ends = onsets.stream().anyMatch(onset -> onset != tick);
        for (Iterator<Long> iterator = onsets.iterator(); iterator.hasNext(); ) {
            long onset = iterator.next();
            if (onset != tick) {
                cover(part, pitch - PianoRoll.LOWEST_PITCH, onset, tick);
            }
            if (onset != tick || !ends) {
                iterator.remove();
            }
        }
    }

    private void cover(int part, int pitch, long onTick, long offTick) {
        int first = step(clock.seconds(onTick));
        if (pitch < 0 || pitch >= PianoRoll.PITCHES || first >= steps) {
            return;
        }
        BitSet cells = parts.computeIfAbsent(part, key -> new BitSet[PianoRoll.PITCHES])[pitch];
        if (cells == null) {
            cells = new BitSet();
            parts.getOrDefault(part, new BitSet[PianoRoll.PITCHES])[pitch] = cells;
        }
        int end = Math.min(step(clock.seconds(offTick)) + 1, steps);
        if (first > 0) {
            cells.clear(first - 1);
        }
        if (cells.get(end + 1)) {
            end--;
        }
        if (end > first) {
            cells.set(first, end);
        }
    }

    /** The step that a time lies in: beats and fractions of a beat, times four, rounded down. */
    private int step(double seconds) {
        int low = 0;
        int high = beats.length;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (beats[middle] < seconds) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        int beat = low - 1;
        if (beat < 0) {
            return 0;
        }
        if (beat + 1 >= beats.length) {
            return steps;
        }
        return (int) ((beat + (seconds - beats[beat]) / (beats[beat + 1] - beats[beat])) * 4);
    }

    private List<PianoRoll> phrases() {
        List<PianoRoll> rolls = new ArrayList<>();
        for (int start = 0; start < steps; start += PianoRoll.STEPS) {
            long[] masks = new long[PianoRoll.PITCHES];
            for (BitSet[] part : parts.values()) {
                for (int pitch = 0; pitch < PianoRoll.PITCHES; pitch++) {
                    long[] words = part[pitch] == null
                            ? new long[0]
                            : part[pitch].get(start, start + 64).toLongArray();
                    masks[pitch] |= words.length == 0 ? 0 : words[0];
                }
            }
            rolls.add(PianoRoll.ofPitches(masks));
        }
        return rolls;
    }
}
