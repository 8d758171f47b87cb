package idiom.bridge.jack;

import idiom.engine.midi.ChannelMessage;
import idiom.engine.midi.MidiEvent;
import idiom.engine.midi.MidiFile;
import idiom.engine.midi.MidiTrack;
import idiom.engine.midi.SysExMessage;
import idiom.engine.midi.TicksPerQuarter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.api.Assumptions;

/**
 * What a port hears of a MIDI file: its messages with their song positions, in order. Left out is what a live session takes for
 * itself: All Sound Off and All Notes Off, which end everything, and what JACK's port does not carry (docs/jack.md).
 *
 * @param name of the file
 * @param messages by position
 */
record RealMusic(String name, List<At> messages) {
    private static final int SYSEX_END = 0xF7;

    /** A message and its position in 16ths. */
    record At(double step, byte[] bytes) {
        int status() {
            return bytes[0] & 0xFF;
        }

        boolean isNote() {
            return status() < 0xA0;
        }

        boolean isNoteOn() {
            return (status() & 0xF0) == ChannelMessage.NOTE_ON && bytes[2] > 0;
        }
    }

    /** All MIDI files that are shared beside the project; skips the test where there are none. */
    static List<Path> files() {
        Path folder = Path.of("..")
                .resolve(System.getProperty("idiom.data", "../shared/data"))
                .resolve("midi");
        Assumptions.assumeTrue(
                Files.isDirectory(folder), "no MIDI files in ../shared/data/midi (-Didiom.data=FOLDER): skipped");
        try (var files = Files.walk(folder)) {
            return files.filter(file -> file.toString().toLowerCase(Locale.ROOT).matches(".*\\.midi?"))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The music of a file up to a position; empty if it is broken, or its ticks are no parts of quarters. */
    static Optional<RealMusic> read(Path path, double endStep) {
        try {
            MidiFile file = MidiFile.read(path);
            if (file.format() == 2 || !(file.division() instanceof TicksPerQuarter division)) {
                return Optional.empty();
            }
            List<MidiEvent> events = new ArrayList<>();
            for (MidiTrack track : file.tracks()) {
                events.addAll(track.events());
            }
            events.sort(Comparator.comparingLong(MidiEvent::tick));
            List<At> messages = new ArrayList<>();
            for (MidiEvent event : events) {
                double step = event.tick() * 4.0 / division.ticks();
                byte[] bytes = bytes(event);
                if (bytes.length > 0 && step < endStep) {
                    messages.add(new At(step, bytes));
                }
            }
            return Optional.of(new RealMusic(path.getFileName().toString(), List.copyOf(messages)));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private static byte[] bytes(MidiEvent event) {
        if (event.message() instanceof ChannelMessage message) {
            boolean panics =
                    message.kind() == ChannelMessage.CONTROLLER && (message.data1() == 120 || message.data1() == 123);
            boolean isShort =
                    message.kind() == ChannelMessage.PROGRAM || message.kind() == ChannelMessage.CHANNEL_PRESSURE;
            byte status = (byte) message.status();
            byte data1 = (byte) message.data1();
            return panics
                    ? new byte[0]
                    : isShort ? new byte[] {status, data1} : new byte[] {status, data1, (byte) message.data2()};
        }
        if (event.message() instanceof SysExMessage sysEx
                && sysEx.status() == SysExMessage.START
                && sysEx.length() > 0
                && sysEx.length() < Lanes.LONGEST_MESSAGE
                && (sysEx.data()[sysEx.length() - 1] & 0xFF) == SYSEX_END) {
            byte[] bytes = new byte[sysEx.length() + 1];
            bytes[0] = (byte) SysExMessage.START;
            System.arraycopy(sysEx.data(), 0, bytes, 1, sysEx.length());
            return bytes;
        }
        return new byte[0];
    }

    /** Where its last message is. */
    double endStep() {
        return messages.get(messages.size() - 1).step;
    }

    /** A program that none of its program changes has, so that a preset of that number is never chosen. */
    int freeProgram() {
        boolean[] taken = new boolean[128];
        messages.stream()
                .filter(message -> (message.status() & 0xF0) == ChannelMessage.PROGRAM)
                .forEach(message -> taken[message.bytes[1]] = true);
        int free = 0;
        while (taken[free]) {
            free++;
        }
        return free;
    }

    /** What of it has to come out: all, but for ends of notes that do not sound. */
    List<At> answer() {
        int[] open = new int[16 * 128];
        List<At> answer = new ArrayList<>();
        for (At message : messages) {
            int key = message.isNote() ? (message.status() & 0x0F) << 7 | message.bytes[1] : 0;
            if (!message.isNote() || message.isNoteOn()) {
                open[key] += message.isNote() ? 1 : 0;
                answer.add(message);
            } else if (open[key] > 0) {
                open[key]--;
                answer.add(message);
            }
        }
        return answer;
    }

    /** Most messages within four bars. */
    int density() {
        int most = 0;
        int from = 0;
        for (int to = 0; to < messages.size(); to++) {
            while (messages.get(to).step - messages.get(from).step > 64) {
                from++;
            }
            most = Math.max(most, to - from + 1);
        }
        return most;
    }

    /** Messages of a status, channel apart; of controllers, with a number if one is given. */
    long count(int kind, int controller) {
        return messages.stream()
                .filter(message -> kind == 0xF0 ? message.status() == 0xF0 : (message.status() & 0xF0) == kind)
                .filter(message -> controller < 0 || message.bytes[1] == controller)
                .count();
    }
}
