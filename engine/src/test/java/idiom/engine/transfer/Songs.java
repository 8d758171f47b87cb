package idiom.engine.transfer;

import idiom.engine.midi.ChannelMessage;
import idiom.engine.midi.Division;
import idiom.engine.midi.MetaMessage;
import idiom.engine.midi.MidiEvent;
import idiom.engine.midi.MidiFile;
import idiom.engine.midi.MidiMessage;
import idiom.engine.midi.MidiTrack;
import idiom.engine.midi.Note;
import idiom.engine.midi.NoteTable;
import idiom.engine.midi.SmpteDivision;
import idiom.engine.midi.SysExMessage;
import idiom.engine.midi.TicksPerQuarter;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;

/** Songs for tests: of notes written down, and of any kind by seed. */
public final class Songs {
    private Songs() {}

    /** A file of one track with 120 ticks a step and these notes. */
    static MidiFile of(Note... notes) {
        return of(List.of(notes));
    }

    /** The same. */
    public static MidiFile of(List<Note> notes) {
        int tracks = notes.stream().mapToInt(Note::track).max().orElse(0) + 1;
        List<MidiTrack> empty = new ArrayList<>();
        for (int i = 0; i < tracks; i++) {
            empty.add(new MidiTrack(List.of(new MidiEvent(0, MetaMessage.endOfTrack()))));
        }
        MidiFile file = new MidiFile(tracks == 1 ? 0 : 1, new TicksPerQuarter(480), empty);
        return NoteTable.of(file).edit(new BitSet(), notes);
    }

    /** A note of track 0, channel 0, velocity 80. */
    static Note note(int pitch, long on, long off) {
        return new Note(0, 0, pitch, 80, 64, on, off);
    }

    /**
     * A song of up to four tracks with controllers, SysEx, tempo and meter changes, drums, any division, notes on and off
     * the grid, struck again and, if so wished, overlapping on one key.
     */
    static MidiFile random(SplittableRandom random, boolean overlapping) {
        int format = random.nextInt(3);
        Division division = random.nextInt(4) == 0
                ? new SmpteDivision(new int[] {24, 25, 29, 30}[random.nextInt(4)], 1 + random.nextInt(100))
                : new TicksPerQuarter(random.nextInt(3) == 0 ? 1 + random.nextInt(50) : 24 * (1 + random.nextInt(20)));
        List<MidiTrack> tracks = new ArrayList<>();
        int count = format == 0 ? 1 : 1 + random.nextInt(4);
        for (int i = 0; i < count; i++) {
            tracks.add(track(random, Math.max(1, (long) division.quarterTicks() / 4), overlapping));
        }
        return new MidiFile(format, division, tracks);
    }

    private static MidiTrack track(SplittableRandom random, long step, boolean overlapping) {
        TreeMap<Long, List<MidiMessage>> messages = new TreeMap<>(Comparator.naturalOrder());
        // On few keys, so that notes meet; each is struck again and again.
        Set<Integer> taken = new HashSet<>();
        for (int key = 0; key < 10; key++) {
            int channel = random.nextInt(8) == 0 ? 9 : random.nextInt(4);
            int pitch = random.nextInt(4) == 0 ? random.nextInt(128) : 55 + random.nextInt(12);
            if (!taken.add(channel * 128 + pitch)) {
                continue;
            }
            long tick = random.nextInt(20) * step;
            for (int i = 0; i < 20; i++) {
                long length = random.nextBoolean() ? step * random.nextInt(1, 9) : random.nextLong(step * 6) + 1;
                at(messages, tick).add(ChannelMessage.noteOn(channel, pitch, random.nextInt(1, 128)));
                at(messages, tick + length).add(0, ChannelMessage.noteOff(channel, pitch, random.nextInt(128)));
                tick += overlapping
                        ? random.nextLong(length + 1)
                        : length + random.nextInt(3) * step * random.nextInt(8);
            }
        }
        for (int i = 0; i < 30; i++) {
            at(messages, random.nextLong(step * 200)).add(other(random));
        }
        List<MidiEvent> events = new ArrayList<>();
        messages.forEach((tick, list) -> list.forEach(message -> events.add(new MidiEvent(tick, message))));
        events.add(new MidiEvent(messages.lastKey() + random.nextInt(3), MetaMessage.endOfTrack()));
        return new MidiTrack(events);
    }

    private static List<MidiMessage> at(TreeMap<Long, List<MidiMessage>> messages, long tick) {
        return messages.computeIfAbsent(tick, ignored -> new ArrayList<>());
    }

    private static MidiMessage other(SplittableRandom random) {
        return switch (random.nextInt(6)) {
            case 0 -> MetaMessage.setTempo(random.nextInt(200_000, 900_000));
            case 1 -> MetaMessage.timeSignature(random.nextInt(1, 13), 1 << random.nextInt(5));
            case 2 -> new SysExMessage(SysExMessage.START, new byte[] {0x7E, 0x7F, 9, 1, (byte) 0xF7});
            case 3 -> MetaMessage.text(MetaMessage.LYRIC, "la");
            case 4 -> ChannelMessage.program(random.nextInt(16), random.nextInt(128));
            default -> ChannelMessage.controller(random.nextInt(16), 64, random.nextInt(128));
        };
    }
}
