package idiom.engine.transfer;

import idiom.engine.midi.ChannelMessage;
import idiom.engine.midi.MidiEvent;
import idiom.engine.midi.MidiFile;
import idiom.engine.midi.MidiTrack;
import java.util.Arrays;

/**
 * The zones of a file in MIDI Polyphonic Expression (MIDI Association, RP-053, section 2.2): in a zone each member channel
 * carries the bend and pressure of one sounding note, so that a note put beside it would be bent along. New notes of a zone
 * belong on its manager channel, where only what concerns the whole zone is sent.
 *
 * <p>A zone is taken to last for the whole file, in the largest size it ever has.
 */
final class MpeZones {
    private static final int DATA_ENTRY = 6;
    private static final int RPN_LOW = 100;
    private static final int RPN_HIGH = 101;
    private static final int NO_RPN = 0x3FFF;
    private static final int CONFIGURATION = 6;
    private static final int LOWER_MANAGER = 0;
    private static final int UPPER_MANAGER = 15;

    /** Of each channel: its zone's manager, or itself if it is no member. */
    private final int[] managers = new int[16];

    private MpeZones() {
        Arrays.setAll(managers, channel -> channel);
    }

    /** The zones that a file configures; none in an ordinary file. */
    static MpeZones of(MidiFile file) {
        MpeZones zones = new MpeZones();
        for (MidiTrack track : file.tracks()) {
            zones.read(track);
        }
        return zones;
    }

    /** Whether a channel carries single notes of a zone. */
    boolean isMember(int channel) {
        return managers[channel] != channel;
    }

    /** Where a new note goes that would sound like those of a channel: the manager of its zone, or the channel itself. */
    int channelOfNewNotes(int channel) {
        return managers[channel];
    }

    private void read(MidiTrack track) {
        int[] selected = new int[16];
        Arrays.fill(selected, NO_RPN);
        for (MidiEvent event : track.events()) {
            if (event.message() instanceof ChannelMessage message && message.kind() == ChannelMessage.CONTROLLER) {
                int channel = message.channel();
                switch (message.data1()) {
                    case RPN_HIGH -> selected[channel] = (message.data2() << 7) | (selected[channel] & 0x7F);
                    case RPN_LOW -> selected[channel] = (selected[channel] & 0x3F80) | message.data2();
                    case DATA_ENTRY -> {
                        if (selected[channel] == CONFIGURATION) {
                            configure(channel, Math.min(15, message.data2()));
                        }
                    }
                    default -> {}
                }
            }
        }
    }

    private void configure(int manager, int members) {
        for (int i = 1; i <= members; i++) {
            if (manager == LOWER_MANAGER) {
                managers[i] = manager;
            } else if (manager == UPPER_MANAGER) {
                managers[manager - i] = manager;
            }
        }
    }
}
