package idiom.engine.midi;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Files of any content by seed, for properties that hold of every file. */
final class RandomMidi {
    private RandomMidi() {}

    static MidiFile file(long seed) {
        Random random = new Random(seed);
        int format = random.nextInt(3);
        Division division = random.nextInt(4) == 0
                ? new SmpteDivision(new int[] {24, 25, 29, 30}[random.nextInt(4)], 1 + random.nextInt(255))
                : new TicksPerQuarter(1 + random.nextInt(960));
        List<MidiTrack> tracks = new ArrayList<>();
        int count = format == 0 ? 1 : 1 + random.nextInt(4);
        for (int i = 0; i < count; i++) {
            tracks.add(track(random));
        }
        return new MidiFile(format, division, tracks);
    }

    private static MidiTrack track(Random random) {
        List<MidiEvent> events = new ArrayList<>();
        long tick = 0;
        int count = random.nextInt(200);
        for (int i = 0; i < count; i++) {
            tick += random.nextInt(3) == 0 ? 0 : random.nextInt(random.nextInt(20) == 0 ? 2000 : 30);
            events.add(new MidiEvent(tick, message(random)));
        }
        events.add(new MidiEvent(tick + random.nextInt(3), MetaMessage.endOfTrack()));
        // The shortest division has 200,000 beats of one tick: enough for 200 events of at most 2000 at a rare time.
        return new MidiTrack(events);
    }

    private static MidiMessage message(Random random) {
        int kind = random.nextInt(20);
        if (kind == 0) {
            int type = random.nextInt(128);
            return new MetaMessage(type == MetaMessage.END_OF_TRACK ? MetaMessage.TEXT : type, bytes(random));
        }
        if (kind == 1) {
            return new SysExMessage(random.nextBoolean() ? SysExMessage.START : SysExMessage.CONTINUE, bytes(random));
        }
        int status = kind < 6 ? 0x80 + random.nextInt(0x70) : (random.nextBoolean() ? 0x90 : 0x80) + random.nextInt(2);
        int data2 = ChannelMessage.dataBytes(status) == 1 || random.nextInt(4) == 0 ? 0 : random.nextInt(128);
        // Few pitches, so that notes meet.
        return new ChannelMessage(status, kind < 6 ? random.nextInt(128) : 60 + random.nextInt(4), data2);
    }

    private static byte[] bytes(Random random) {
        byte[] bytes = new byte[random.nextInt(8) == 0 ? random.nextInt(400) : random.nextInt(5)];
        random.nextBytes(bytes);
        return bytes;
    }
}
