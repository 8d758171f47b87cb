package idiom.bridge.alsa;

import static java.nio.ByteOrder.nativeOrder;

import idiom.engine.live.MidiHandler;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Reads sequencer events as MIDI messages. 14-bit controllers, RPN and NRPN, which the sequencer may have in one event, are
 * told as the controllers they consist of; active sensing is not told. Allocates nothing after it was made; for one thread.
 */
final class EventDecoder {
    private final byte[] message = new byte[3];
    private final UnsafeBuffer data = new UnsafeBuffer(0, 0);
    private final SysexAssembly sysex = new SysexAssembly();

    /**
     * Hands over what {@code event} says.
     *
     * @return how many messages were lost: SysEx that stays incomplete, events that MIDI has no bytes for
     */
    int decode(DirectBuffer event, long time, MidiHandler out) {
        int type = event.getByte(SeqEvent.TYPE) & 0xFF;
        switch (type) {
            case SeqEvent.NOTE_OFF -> key(0x80, event, time, out);
            case SeqEvent.NOTE_ON -> key(0x90, event, time, out);
            case SeqEvent.KEY_PRESSURE -> key(0xA0, event, time, out);
            case SeqEvent.CONTROLLER -> controller(event, parameter(event), value(event), time, out);
            case SeqEvent.PROGRAM -> two(0xC0 | channel(event), value(event), time, out);
            case SeqEvent.CHANNEL_PRESSURE -> two(0xD0 | channel(event), value(event), time, out);
            case SeqEvent.PITCH_BEND -> fourteenBits(0xE0 | channel(event), value(event) + 8192, time, out);
            case SeqEvent.CONTROLLER_14_BIT -> controller14(event, time, out);
            case SeqEvent.NRPN -> parameterNumber(event, 99, 98, time, out);
            case SeqEvent.RPN -> parameterNumber(event, 101, 100, time, out);
            case SeqEvent.QUARTER_FRAME -> two(0xF1, value(event), time, out);
            case SeqEvent.SONG_POSITION -> fourteenBits(0xF2, value(event), time, out);
            case SeqEvent.SONG_SELECT -> two(0xF3, value(event), time, out);
            case SeqEvent.TUNE_REQUEST -> one(0xF6, time, out);
            case SeqEvent.CLOCK -> one(0xF8, time, out);
            case SeqEvent.TICK -> one(0xF9, time, out);
            case SeqEvent.START -> one(0xFA, time, out);
            case SeqEvent.CONTINUE -> one(0xFB, time, out);
            case SeqEvent.STOP -> one(0xFC, time, out);
            case SeqEvent.RESET -> one(0xFF, time, out);
            case SeqEvent.SYSEX -> {
                sysex(event, time, out);
                return sysex.lost();
            }
            case SeqEvent.SENSING, SeqEvent.SUBSCRIBED, SeqEvent.UNSUBSCRIBED -> {}
            default -> {
                return 1;
            }
        }
        return 0;
    }

    private static int channel(DirectBuffer event) {
        return event.getByte(SeqEvent.CHANNEL) & 0x0F;
    }

    private static int parameter(DirectBuffer event) {
        return event.getInt(SeqEvent.PARAMETER, nativeOrder());
    }

    private static int value(DirectBuffer event) {
        return event.getInt(SeqEvent.VALUE, nativeOrder());
    }

    private void one(int status, long time, MidiHandler out) {
        message[0] = (byte) status;
        out.onMidi(time, message, 0, 1);
    }

    private void two(int status, int value, long time, MidiHandler out) {
        message[0] = (byte) status;
        message[1] = (byte) (value & 0x7F);
        out.onMidi(time, message, 0, 2);
    }

    private void three(int status, int first, int second, long time, MidiHandler out) {
        message[0] = (byte) status;
        message[1] = (byte) (first & 0x7F);
        message[2] = (byte) (second & 0x7F);
        out.onMidi(time, message, 0, 3);
    }

    private void fourteenBits(int status, int value, long time, MidiHandler out) {
        int valid = Math.max(0, Math.min(16383, value));
        three(status, valid, valid >> 7, time, out);
    }

    private void key(int status, DirectBuffer event, long time, MidiHandler out) {
        three(status | channel(event), event.getByte(SeqEvent.NOTE), event.getByte(SeqEvent.VELOCITY), time, out);
    }

    private void controller(DirectBuffer event, int number, int value, long time, MidiHandler out) {
        three(0xB0 | channel(event), number, value, time, out);
    }

    private void controller14(DirectBuffer event, long time, MidiHandler out) {
        int number = parameter(event);
        if (number >= 32) {
            controller(event, number, value(event), time, out);
            return;
        }
        controller(event, number, value(event) >> 7, time, out);
        controller(event, number + 32, value(event), time, out);
    }

    private void parameterNumber(DirectBuffer event, int coarse, int fine, long time, MidiHandler out) {
        controller(event, coarse, parameter(event) >> 7, time, out);
        controller(event, fine, parameter(event), time, out);
        controller(event, 6, value(event) >> 7, time, out);
        controller(event, 38, value(event), time, out);
    }

    private void sysex(DirectBuffer event, long time, MidiHandler out) {
        int length = event.getInt(SeqEvent.DATA_LENGTH, nativeOrder());
        data.wrap(event.getLong(SeqEvent.DATA_ADDRESS, nativeOrder()), length);
        int sender = event.getShort(SeqEvent.SOURCE_CLIENT) & 0xFFFF;
        if (sysex.add(sender, data, length)) {
            out.onMidi(time, sysex.message(), 0, sysex.messageLength());
        }
    }
}
