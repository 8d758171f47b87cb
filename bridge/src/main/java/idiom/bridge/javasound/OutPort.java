package idiom.bridge.javasound;

import javax.sound.midi.MidiDevice;
import javax.sound.midi.MidiUnavailableException;
import javax.sound.midi.Receiver;

/** A port that is played to. Sends at once; what it is to send belongs to one thread at a time. */
final class OutPort implements OpenPort {
    private static final long AT_ONCE = -1;
    private static final byte SYSEX = (byte) 0xF0;
    private static final byte SYSEX_END = (byte) 0xF7;

    private final Leases leases;
    private final MidiDevice device;
    private final Receiver receiver;
    private final Envelope envelope;
    private final byte[] packet;
    private volatile boolean isRetired;
    private volatile boolean hasFailed;

    /**
     * Opens it.
     *
     * @throws MidiUnavailableException if another program has it, or it has just gone
     */
    OutPort(MidiDevice device, Leases leases, Envelope envelope, int longestMessage) throws MidiUnavailableException {
        this.leases = leases;
        this.device = device;
        this.envelope = envelope;
        // One more for the F7 of further packets.
        packet = new byte[Math.min(longestMessage, envelope.packetBytes()) + 1];
        leases.acquire(device);
        try {
            receiver = device.getReceiver();
        } catch (MidiUnavailableException | RuntimeException e) {
            leases.release(device);
            throw e;
        }
    }

    /**
     * Sends a message now, unless it is none; returns whether the port still works. May block for as long as the driver likes.
     * [midi-out]
     */
    boolean send(byte[] bytes, int offset, int length) {
        if (isRetired || hasFailed) {
            return false;
        }
        try {
            if (bytes[offset] == SYSEX) {
                sendPackets(bytes, offset, length);
            } else if (bytes[offset] < 0 && length <= 3) {
                receiver.send(envelope.ofShort(bytes, offset, length), AT_ONCE);
            }
            return true;
        } catch (RuntimeException e) {
            // Closed under us: by the driver's provider, since the plug was pulled, or by whoever shares the device.
            hasFailed = true;
            return false;
        }
    }

    private void sendPackets(byte[] bytes, int offset, int length) {
        int first = Math.min(length, packet.length - 1);
        System.arraycopy(bytes, offset, packet, 0, first);
        receiver.send(envelope.ofPacket(packet, first), AT_ONCE);
        for (int at = first; at < length; at += packet.length - 1) {
            int more = Math.min(length - at, packet.length - 1);
            packet[0] = SYSEX_END;
            System.arraycopy(bytes, offset + at, packet, 1, more);
            receiver.send(envelope.ofPacket(packet, more + 1), AT_ONCE);
        }
    }

    @Override
    public MidiDevice device() {
        return device;
    }

    @Override
    public boolean hasFailed() {
        return hasFailed || !device.isOpen();
    }

    @Override
    public void retire() {
        isRetired = true;
    }

    @Override
    public void release() {
        receiver.close();
        leases.release(device);
    }
}
