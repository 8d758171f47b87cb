package idiom.bridge.javasound;

import java.util.Arrays;
import javax.sound.midi.InvalidMidiDataException;
import javax.sound.midi.MidiMessage;
import javax.sound.midi.ShortMessage;
import javax.sound.midi.SysexMessage;

/** Makes the objects that javax.sound.midi wants in place of bytes. For one thread. */
interface Envelope {

    /** How much of a SysEx goes into one object, in bytes. */
    int packetBytes();

    /** A message of up to three bytes; valid until the next one. */
    MidiMessage ofShort(byte[] bytes, int offset, int length);

    /** A SysEx, or a further packet of one: then it begins with an F7 that is not part of it. Valid until the next one. */
    MidiMessage ofPacket(byte[] bytes, int length);

    /** What suits a receiver. */
    static Envelope forReceiver(boolean reuses) {
        return reuses ? new Reused() : new Fresh();
    }

    /** For receivers that may keep what they get: new objects, two or three for each message. */
    final class Fresh implements Envelope {
        private static final class NewShort extends ShortMessage {
            NewShort(byte[] bytes) {
                super(bytes);
            }
        }

        @Override
        public int packetBytes() {
            return Integer.MAX_VALUE;
        }

        @Override
        public MidiMessage ofShort(byte[] bytes, int offset, int length) {
            return new NewShort(Arrays.copyOfRange(bytes, offset, offset + length));
        }

        @Override
        public MidiMessage ofPacket(byte[] bytes, int length) {
            try {
                return new SysexMessage(bytes, length);
            } catch (InvalidMidiDataException e) {
                throw new IllegalArgumentException("a SysEx must begin with F0", e);
            }
        }
    }

    /**
     * For the JDK's receivers, which read what they get before they return: the same two objects again and again. SysEx goes
     * out in packets of 512 bytes, since on Windows the JDK puts what is longer into one buffer, piece by piece, without
     * waiting for the driver to be done with the piece before.
     */
    final class Reused implements Envelope {
        static final int PACKET_BYTES = 512;

        private static final class SameShort extends ShortMessage {
            SameShort() {
                super(new byte[3]);
            }

            void fill(byte[] bytes, int offset, int byteCount) {
                System.arraycopy(bytes, offset, data, 0, byteCount);
                length = byteCount;
            }
        }

        private static final class SamePacket extends MidiMessage {
            SamePacket() {
                super(new byte[PACKET_BYTES + 1]);
            }

            void fill(byte[] bytes, int byteCount) {
                System.arraycopy(bytes, 0, data, 0, byteCount);
                length = byteCount;
            }

            /** Without a copy, and so with more than belongs to the message: the JDK looks at the length. */
            @Override
            public byte[] getMessage() {
                return data;
            }

            @Override
            public Object clone() {
                SamePacket copy = new SamePacket();
                copy.fill(data, length);
                return copy;
            }
        }

        private final SameShort shortMessage = new SameShort();
        private final SamePacket packet = new SamePacket();

        @Override
        public int packetBytes() {
            return PACKET_BYTES;
        }

        @Override
        public MidiMessage ofShort(byte[] bytes, int offset, int length) {
            shortMessage.fill(bytes, offset, length);
            return shortMessage;
        }

        @Override
        public MidiMessage ofPacket(byte[] bytes, int length) {
            packet.fill(bytes, length);
            return packet;
        }
    }
}
