package idiom.bridge.plugin;

import idiom.bridge.BackendException;
import idiom.bridge.plugin.RecordReader.Look;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;

/**
 * The plugin's side of a shared file, as the core in C has it: writes what it is told to tell, block by block, and reads what
 * the engine answers. It has no lock on the file; {@link LockHolder} has. One thread.
 */
final class PluginStandIn {
    static final String HOST = "Ardour";
    static final int PID = 4711;
    static final int RATE = 48000;
    static final int BLOCK = 480;
    static final int RING_BYTES = 1 << 16;

    private final Path path;
    private final SharedMemory memory;
    private final RecordReader answers;
    private long tail;
    private int jumps;
    private double step;

    private PluginStandIn(Path path, SharedMemory memory, RecordReader answers) {
        this.path = path;
        this.memory = memory;
        this.answers = answers;
    }

    /** Makes the file of an instance in a folder. */
    static PluginStandIn in(Path folder, long instance) throws IOException {
        Path made = folder.resolve(String.format(Locale.ROOT, ".new-%016x", instance));
        Path path = folder.resolve(String.format(Locale.ROOT, "plugin-%d-%016x.shm", PID, instance));
        Files.createFile(made, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.write(made, header(instance));
        try (FileChannel channel = FileChannel.open(made, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            SharedMemory memory = new SharedMemory(channel.map(FileChannel.MapMode.READ_WRITE, 0, channel.size()));
            Files.move(made, path);
            return new PluginStandIn(path, memory, answers(memory));
        }
    }

    private static byte[] header(long instance) {
        byte[] bytes = new byte[Layout.HEADER_BYTES + 2 * RING_BYTES];
        ByteBuffer header = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        header.put(0, "IDIMSHM1".getBytes(StandardCharsets.US_ASCII));
        header.putInt(8, 1);
        header.putInt(16, Layout.HEADER_BYTES);
        header.putInt(20, RING_BYTES);
        header.putInt(24, RING_BYTES);
        header.putInt(28, PID);
        header.putLong(32, instance);
        header.putDouble(40, RATE);
        header.put(48, HOST.getBytes(StandardCharsets.UTF_8));
        header.putInt(176, BLOCK);
        return bytes;
    }

    private static RecordReader answers(SharedMemory memory) {
        return new RecordReader(
                memory,
                Layout.HEADER_BYTES + RING_BYTES,
                RING_BYTES,
                Layout.AT_TO_PLUGIN_HEAD,
                Layout.AT_TO_PLUGIN_TAIL,
                memory.load(Layout.AT_TO_PLUGIN_TAIL));
    }

    Path path() {
        return path;
    }

    SharedMemory memory() {
        return memory;
    }

    /** The engine's side. */
    SharedFile open() throws IOException {
        return SharedFile.open(path, Files.getOwner(path.resolveSibling(".")));
    }

    /** Offers an engine and accepts it; a device at frame 0 to which nothing has been told. */
    PluginDevice device() throws IOException {
        PluginInstance instance = PluginInstance.offer(open());
        accept().end(0);
        PluginDevice device =
                instance.device().orElseThrow(() -> new BackendException("the plugin has accepted: " + path));
        device.receive((time, bytes, offset, length) -> {});
        return device;
    }

    /** Accepts the engine that is offered. */
    PluginStandIn accept() {
        while (answers.next() == Look.RECORD) {
            answers.take();
        }
        memory.store(Layout.AT_ACCEPTED_TAIL, tail);
        memory.store(Layout.AT_ACCEPTED_EPOCH, memory.load(Layout.AT_EPOCH));
        return this;
    }

    /** Where the song is; {@code flags} without those that say that it has jumped. */
    PluginStandIn transport(long frame, int flags, double newStep, double stepsPerSecond) {
        ByteBuffer payload = ByteBuffer.allocate(24).order(ByteOrder.LITTLE_ENDIAN);
        payload.putInt(flags).putInt(jumps).putDouble(newStep).putDouble(stepsPerSecond);
        step = newStep;
        return record(2, frame, payload.array());
    }

    /** The song rolls on from where it was told last, at 8 steps a second: a step is 6000 frames. */
    PluginStandIn rolls(long frame) {
        return transport(frame, Layout.TRANSPORT_KNOWN | Layout.TRANSPORT_ROLLING, step, 8);
    }

    /** The song begins to roll elsewhere. */
    PluginStandIn jumps(long frame, int moreFlags, double newStep) {
        jumps++;
        int flags = Layout.TRANSPORT_KNOWN | Layout.TRANSPORT_ROLLING | Layout.TRANSPORT_JUMPED | moreFlags;
        return transport(frame, flags, newStep, 8);
    }

    /** Something is played. */
    PluginStandIn midi(long frame, int... message) {
        byte[] bytes = new byte[message.length];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) message[i];
        }
        return record(1, frame, bytes);
    }

    /** A parameter has a value. */
    PluginStandIn parameter(long frame, int parameter, double value) {
        ByteBuffer payload = ByteBuffer.allocate(16).order(ByteOrder.LITTLE_ENDIAN);
        payload.putInt(parameter).putInt(0).putDouble(value);
        return record(3, frame, payload.array());
    }

    /** A block ends. */
    PluginStandIn end(long frame) {
        return record(4, frame, new byte[0]).publish();
    }

    /** Any record; there has to be room. */
    PluginStandIn record(int kind, long frame, byte[] payload) {
        int bytes = (16 + payload.length + 7) / 8 * 8;
        int at = (int) (tail % RING_BYTES);
        if (RING_BYTES - at < bytes) {
            head(at, RING_BYTES - at, 0, 0);
            tail += RING_BYTES - at;
            at = 0;
        }
        head(at, bytes, kind, payload.length);
        memory.putLong(Layout.HEADER_BYTES + at + 8, frame);
        memory.put(Layout.HEADER_BYTES + at + 16, payload, 0, payload.length);
        tail += bytes;
        if (tail - memory.load(Layout.AT_TO_ENGINE_HEAD) > RING_BYTES) {
            throw new IllegalStateException("the test tells more than there is room for");
        }
        return this;
    }

    private void head(int at, int bytes, int kind, int length) {
        memory.putInt(Layout.HEADER_BYTES + at, bytes);
        memory.putShort(Layout.HEADER_BYTES + at + 4, kind);
        memory.putShort(Layout.HEADER_BYTES + at + 6, length);
    }

    /** Lets the engine see all that was told. */
    PluginStandIn publish() {
        memory.store(Layout.AT_TO_ENGINE_TAIL, tail);
        return this;
    }

    /** How often the song has jumped. */
    int jumps() {
        return jumps;
    }

    /** What the engine has sent since the last time: {@code "midi 480 903c50"}, {@code "restart 1"}, {@code "route 480 2"}. */
    List<String> answers() {
        List<String> said = new ArrayList<>();
        while (answers.next() == Look.RECORD) {
            said.add(said());
            answers.take();
        }
        return said;
    }

    private String said() {
        return switch (answers.kind()) {
            case 1 ->
                "midi " + answers.frame() + " "
                        + HexFormat.of().formatHex(Arrays.copyOf(answers.payload(), Math.min(answers.length(), 3)));
            case 5 -> "restart " + answers.payloadInt(0);
            case 6 -> "route " + answers.frame() + " " + answers.payloadInt(0);
            case 7 -> overture();
            default -> throw new IllegalStateException("kind=" + answers.kind());
        };
    }

    private String overture() {
        StringBuilder text = new StringBuilder(
                "overture " + answers.payloadInt(0) + " " + answers.payloadInt(4) + " " + answers.payloadDouble(8));
        for (int at = 16; at < answers.length(); at += 16) {
            text.append(' ').append(answers.payloadDouble(at)).append(':');
            text.append(Integer.toHexString(answers.payloadInt(at + 8)));
        }
        return text.toString();
    }

    /** Up to where the engine has promised to have sent everything. */
    long settledUntil() {
        return memory.load(Layout.AT_SETTLED_UNTIL);
    }
}
