package idiom.engine.transfer;

import idiom.engine.midi.ChannelMessage;
import idiom.engine.midi.MidiEvent;
import idiom.engine.midi.MidiFile;
import idiom.engine.midi.MidiTrack;
import idiom.engine.midi.Note;
import idiom.engine.midi.NoteTable;
import idiom.presets.Output;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The program that a preset asks for, on the channels of pitched notes: each program change there names it, and a channel
 * begins with it at tick 0, on the first track that plays the channel. Banks stay as they are.
 */
final class Programs {
    private Programs() {}

    /** The file with the program of the output; the same file if it asks for none. */
    static MidiFile applied(MidiFile edited, NoteTable source, Output output) {
        if (output.program().isEmpty()) {
            return edited;
        }
        int program = output.program().getAsInt();
        Map<Integer, Integer> trackOfChannel = new HashMap<>();
        for (Note note : source.notes()) {
            if (!note.isDrum()) {
                trackOfChannel.merge(output.channel().orElse(note.channel()), note.track(), Math::min);
                trackOfChannel.merge(note.channel(), note.track(), Math::min);
            }
        }
        List<MidiTrack> tracks = new ArrayList<>();
        for (int track = 0; track < edited.tracks().size(); track++) {
            Set<Integer> begins = new HashSet<>();
            for (Map.Entry<Integer, Integer> entry : trackOfChannel.entrySet()) {
                if (entry.getValue() == track) {
                    begins.add(entry.getKey());
                }
            }
            tracks.add(applied(edited.tracks().get(track), begins, trackOfChannel.keySet(), program));
        }
        return new MidiFile(edited.format(), edited.division(), tracks, edited.warnings());
    }

    private static MidiTrack applied(MidiTrack track, Set<Integer> begins, Set<Integer> channels, int program) {
        List<MidiEvent> events = new ArrayList<>();
        for (int channel : begins) {
            events.add(new MidiEvent(0, ChannelMessage.program(channel, program)));
        }
        for (MidiEvent event : track.events()) {
            if (event.message() instanceof ChannelMessage message
                    && message.kind() == ChannelMessage.PROGRAM
                    && channels.contains(message.channel())) {
                events.add(new MidiEvent(event.tick(), ChannelMessage.program(message.channel(), program)));
            } else {
                events.add(event);
            }
        }
        return new MidiTrack(events);
    }
}
