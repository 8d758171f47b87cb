package idiom.bridge.javasound;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import javax.sound.midi.InvalidMidiDataException;
import javax.sound.midi.MidiDevice;
import javax.sound.midi.MidiMessage;
import javax.sound.midi.MidiUnavailableException;
import javax.sound.midi.Receiver;
import javax.sound.midi.ShortMessage;
import javax.sound.midi.SysexMessage;
import javax.sound.midi.Transmitter;
import org.jspecify.annotations.Nullable;

/**
 * A port of {@link FakeSystem}, with the manners of the JDK's native ones: transmitters are served under a lock, by the thread
 * that calls {@link #play}; receivers read a message before they return and throw once they are closed; what is sent after the
 * plug was pulled goes nowhere without a word, or fails, as the driver likes.
 */
final class FakePort implements MidiDevice {
    /** What came out of an output, and when. */
    record Heard(long ns, String hex) {}

    private static final class FakeInfo extends Info {
        FakeInfo(String name, String description) {
            super(name, "nobody", description, "1");
        }
    }

    private static final class Short extends ShortMessage {
        Short(byte[] bytes) {
            super(bytes);
        }
    }

    private final Info info;
    private final boolean isInput;
    private final List<Cable> transmitters = new ArrayList<>();
    private final List<Sink> receivers = new CopyOnWriteArrayList<>();
    private @Nullable FakePort loop;
    private volatile boolean isOpen;
    private volatile boolean isPulled;
    private volatile boolean isCounting;

    final List<Heard> heard = new CopyOnWriteArrayList<>();
    /** Another program has it. */
    volatile boolean isBusy;
    /** Fails when played to after it was pulled, instead of keeping quiet. */
    volatile boolean isLoud;
    /** Holds everybody up who sends, until it is counted down. */
    volatile CountDownLatch gate = new CountDownLatch(0);
    /** Holds everybody up who closes it. */
    volatile CountDownLatch closing = new CountDownLatch(0);
    /** How many messages came, while {@link #onlyCount}. */
    volatile int count;

    volatile int opened;

    FakePort(String name, String description, boolean isInput) {
        this.info = new FakeInfo(name, description);
        this.isInput = isInput;
    }

    void loopTo(FakePort input) {
        loop = input;
    }

    void pull() {
        isPulled = true;
    }

    /** Makes listening free of allocation. */
    void onlyCount() {
        isCounting = true;
    }

    /** A message or packet comes from the port, as hex; a packet that begins with neither F0 nor F7 gets an F7 before it. */
    void play(long stampMicros, String hex) {
        byte[] bytes = HexFormat.of().parseHex(hex);
        boolean isPacket = (bytes[0] & 0xFF) == 0xF0 || bytes[0] >= 0 || (bytes[0] & 0xFF) == 0xF7;
        deliver(isPacket ? packet(bytes) : new Short(bytes), stampMicros);
    }

    void deliver(MidiMessage message, long stampMicros) {
        synchronized (transmitters) {
            for (int i = 0; i < transmitters.size(); i++) {
                Receiver receiver = transmitters.get(i).receiver;
                if (isOpen && !isPulled && receiver != null) {
                    receiver.send(message, stampMicros);
                }
            }
        }
    }

    static MidiMessage packet(byte[] bytes) {
        byte[] packet = bytes;
        if (bytes[0] >= 0) {
            packet = new byte[bytes.length + 1];
            packet[0] = (byte) 0xF7;
            System.arraycopy(bytes, 0, packet, 1, bytes.length);
        }
        try {
            return new SysexMessage(packet, packet.length);
        } catch (InvalidMidiDataException e) {
            throw new IllegalArgumentException(e);
        }
    }

    static MidiMessage shortMessage(int status, int data1, int data2) {
        return new Short(new byte[] {(byte) status, (byte) data1, (byte) data2});
    }

    List<String> heardHex() {
        return heard.stream().map(Heard::hex).toList();
    }

    @Override
    public Info getDeviceInfo() {
        return info;
    }

    @Override
    public synchronized void open() throws MidiUnavailableException {
        if (isBusy || isPulled) {
            throw new MidiUnavailableException("already allocated");
        }
        if (!isOpen) {
            opened++;
            isOpen = true;
        }
    }

    @Override
    public void close() {
        await(closing);
        isOpen = false;
        receivers.forEach(Sink::close);
        synchronized (transmitters) {
            List.copyOf(transmitters).forEach(Cable::close);
        }
    }

    @Override
    public boolean isOpen() {
        return isOpen;
    }

    @Override
    public long getMicrosecondPosition() {
        return -1;
    }

    @Override
    public int getMaxReceivers() {
        return isInput ? 0 : -1;
    }

    @Override
    public int getMaxTransmitters() {
        return isInput ? -1 : 0;
    }

    @Override
    public Receiver getReceiver() {
        Sink sink = new Sink();
        receivers.add(sink);
        return sink;
    }

    @Override
    public List<Receiver> getReceivers() {
        return List.copyOf(receivers);
    }

    @Override
    public Transmitter getTransmitter() {
        Cable cable = new Cable();
        synchronized (transmitters) {
            transmitters.add(cable);
        }
        return cable;
    }

    @Override
    public List<Transmitter> getTransmitters() {
        synchronized (transmitters) {
            return List.copyOf(transmitters);
        }
    }

    private final class Cable implements Transmitter {
        private volatile @Nullable Receiver receiver;

        @Override
        public void setReceiver(@Nullable Receiver receiver) {
            this.receiver = receiver;
        }

        @Override
        public @Nullable Receiver getReceiver() {
            return receiver;
        }

        @Override
        public void close() {
            Receiver last = receiver;
            receiver = null;
            synchronized (transmitters) {
                transmitters.remove(this);
            }
            if (last != null) {
                last.close();
            }
        }
    }

    private final class Sink implements Receiver {
        private volatile boolean isClosed;

        @Override
        public synchronized void send(MidiMessage message, long stamp) {
            if (isClosed || (isLoud && isPulled)) {
                throw new IllegalStateException("Receiver is not open");
            }
            await(gate);
            if (isPulled) {
                return;
            }
            if (isCounting) {
                count = count + message.getLength();
                return;
            }
            byte[] bytes = bytes(message);
            heard.add(new Heard(System.nanoTime(), HexFormat.of().formatHex(bytes)));
            FakePort to = loop;
            if (to != null) {
                to.play(-1, HexFormat.of().formatHex(bytes));
            }
        }

        /** As the JDK reads it. */
        private byte[] bytes(MidiMessage message) {
            int length = message.getLength();
            if (message instanceof ShortMessage one) {
                byte[] all = {(byte) one.getStatus(), (byte) one.getData1(), (byte) one.getData2()};
                return Arrays.copyOf(all, length);
            }
            byte[] data = message.getMessage();
            int from = (data[0] & 0xFF) == 0xF7 && length > 1 ? 1 : 0;
            return Arrays.copyOfRange(data, from, Math.min(length, data.length));
        }

        @Override
        public void close() {
            isClosed = true;
            receivers.remove(this);
        }
    }

    private static void await(CountDownLatch latch) {
        boolean interrupted = false;
        while (latch.getCount() > 0) {
            try {
                latch.await();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
