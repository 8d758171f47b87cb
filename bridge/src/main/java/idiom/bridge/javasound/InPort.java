package idiom.bridge.javasound;

import idiom.bridge.queue.Counter;
import idiom.bridge.queue.InputRing;
import javax.sound.midi.MetaMessage;
import javax.sound.midi.MidiDevice;
import javax.sound.midi.MidiMessage;
import javax.sound.midi.MidiUnavailableException;
import javax.sound.midi.Receiver;
import javax.sound.midi.ShortMessage;
import javax.sound.midi.Transmitter;

/**
 * A port that is listened to: takes what its thread, javax.sound.midi's own, delivers, and puts it into the ring. Active
 * sensing is left out: it speaks of a cable that ends here.
 *
 * <p>Allocates nothing itself; javax.sound.midi makes an object for each message, and a copy of each packet of SysEx.
 */
final class InPort implements OpenPort, Receiver {
    private static final int ACTIVE_SENSING = 0xFE;
    private static final int PITCH_BEND = 0xE0;
    /** Of a bend, in its upper seven bits. */
    private static final byte HALF_THE_RANGE = 0x40;

    private final Leases leases;
    private final MidiDevice device;
    private final Transmitter transmitter;
    private final InputRing ring;
    private final Counter dropped;
    private final Echo echo;
    private final StampClock clock = new StampClock();
    private final SysexPackets sysex;
    private final boolean isBendOff;
    private final byte[] shortMessage = new byte[3];
    private volatile boolean isRetired;
    private volatile boolean isInside;

    /**
     * Opens it.
     *
     * @param ring has one producer: of several ports, all but one are retired
     * @param isBendOff whether the port tells pitch bend without its centre, half its range off
     * @throws MidiUnavailableException if another program has it, or it has just gone
     */
    InPort(
            MidiDevice device,
            Leases leases,
            InputRing ring,
            Counter dropped,
            Echo echo,
            int longestMessage,
            boolean isBendOff)
            throws MidiUnavailableException {
        this.leases = leases;
        this.device = device;
        this.ring = ring;
        this.dropped = dropped;
        this.echo = echo;
        this.isBendOff = isBendOff;
        this.sysex = new SysexPackets(longestMessage);
        leases.acquire(device);
        try {
            transmitter = device.getTransmitter();
        } catch (MidiUnavailableException | RuntimeException e) {
            leases.release(device);
            throw e;
        }
    }

    /** Begins to listen. */
    void start() {
        transmitter.setReceiver(this);
    }

    /** {@inheritDoc} Never throws: that would go through the native thread. [midi-in] */
    @Override
    public void send(MidiMessage message, long stampMicros) {
        isInside = true;
        try {
            if (!isRetired) {
                take(message, clock.time(stampMicros, System.nanoTime()));
            }
        } catch (RuntimeException e) {
            dropped.add(1);
        } finally {
            isInside = false;
        }
    }

    private void take(MidiMessage message, long time) {
        int status = message.getStatus();
        if (message instanceof ShortMessage one && status != 0xF0 && status != 0xF7) {
            takeShort(one, status, time);
        } else if (!(message instanceof MetaMessage)) {
            takePacket(message.getMessage(), time);
        }
    }

    private void takeShort(ShortMessage message, int status, long time) {
        if (status == ACTIVE_SENSING) {
            return;
        }
        shortMessage[0] = (byte) status;
        shortMessage[1] = (byte) message.getData1();
        shortMessage[2] = (byte) message.getData2();
        if (isBendOff && (status & 0xF0) == PITCH_BEND) {
            shortMessage[2] ^= HALF_THE_RANGE;
        }
        offer(time, shortMessage, message.getLength());
    }

    private void takePacket(byte[] packet, long time) {
        boolean isWhole = sysex.add(packet);
        dropped.add(sysex.lost());
        if (isWhole && !echo.isCall(sysex.message(), sysex.messageLength())) {
            offer(time, sysex.message(), sysex.messageLength());
        }
    }

    private void offer(long time, byte[] bytes, int length) {
        if (!ring.offer(time, bytes, 0, length)) {
            dropped.add(1);
        }
    }

    @Override
    public MidiDevice device() {
        return device;
    }

    @Override
    public boolean hasFailed() {
        return !device.isOpen();
    }

    /** {@inheritDoc} When this returns, nothing more gets into the ring from here. */
    @Override
    public void retire() {
        isRetired = true;
        while (isInside) {
            Thread.onSpinWait();
        }
    }

    /** {@inheritDoc} */
    @Override
    public void release() {
        transmitter.close();
        leases.release(device);
    }

    /** For javax.sound.midi, which closes its receivers when a device is closed. */
    @Override
    public void close() {
        isRetired = true;
    }
}
