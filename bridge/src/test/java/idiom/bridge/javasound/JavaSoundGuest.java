package idiom.bridge.javasound;

import com.sun.management.ThreadMXBean;
import idiom.bridge.Device;
import idiom.bridge.DeviceSpec;
import idiom.bridge.Port;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * What runs where the JDK's own providers have ports: on the card of virtual raw MIDI ports of a guest's kernel, with the tools
 * of alsa-utils at their other ends. Writes down what happened, a fact a line, for {@link JavaSoundInQemuTest} to judge.
 * The argument is the folder to write to.
 */
final class JavaSoundGuest {
    private static final long DELAY_NS = 100_000_000;
    private static final long PATIENCE_NS = TimeUnit.SECONDS.toNanos(60);
    private static final int NOTES = 300;
    private static final byte[] NOTE = {(byte) 0x90, 60, 64};

    private final Path folder;
    private final StringBuilder facts = new StringBuilder();

    private JavaSoundGuest(Path folder) {
        this.folder = folder;
    }

    public static void main(String[] arguments) throws Exception {
        JavaSoundGuest guest = new JavaSoundGuest(Path.of(arguments[0]));
        try (JavaSoundBackend backend = new JavaSoundBackend()) {
            guest.fact("problem", backend.problem().orElse("none"));
            for (Port port : backend.ports().subList(0, 3)) {
                guest.fact("port", port.direction() + " " + port.kind() + " " + port.name());
            }
            guest.throughTheDriver(backend);
            guest.allocation(backend);
            guest.fact("finished", "yes");
        } catch (Exception e) {
            guest.fact("failure", e.toString());
            throw e;
        } finally {
            Files.writeString(guest.folder.resolve("facts"), guest.facts);
        }
        // The JDK's own thread for an input is no daemon, and a driver may hold it.
        System.exit(0);
    }

    private void fact(String name, Object value) {
        facts.append(name).append('=').append(value).append('\n');
        System.out.println(name + "=" + value);
    }

    /** aplaymidi plays into one raw port, which a device listens to; what it plays to another one comes out at a probe. */
    private void throughTheDriver(JavaSoundBackend backend) throws Exception {
        List<String> played = new ArrayList<>();
        ByteArrayOutputStream raw = new ByteArrayOutputStream();
        try (JavaSoundDevice device = backend.open(new DeviceSpec("wire", "[hw:0,0", "[hw:0,1"))) {
            fact("description", device.description());
            Thread listener = listen(Path.of("/dev/snd/midiC0D2"), raw);
            tool("aconnect", "Virtual Raw MIDI 0-1", "Virtual Raw MIDI 0-2");
            Process play = new ProcessBuilder(
                            "aplaymidi", "-d", "0", "-p", "Virtual Raw MIDI 0-0", folder + "/music.mid")
                    .start();
            long end = System.nanoTime() + PATIENCE_NS;
            long quietSince = System.nanoTime();
            while (System.nanoTime() < end && System.nanoTime() - quietSince < 4_000_000_000L) {
                int count = device.receive((time, bytes, offset, length) -> {
                    played.add(HexFormat.of().formatHex(bytes, offset, offset + length));
                    while (!device.send(time + DELAY_NS, bytes, offset, length)) {
                        Thread.onSpinWait();
                    }
                });
                if (count > 0 || play.isAlive()) {
                    quietSince = System.nanoTime();
                }
                LockSupport.parkNanos(1_000_000);
            }
            fact("listening", listener.isAlive());
            fact("counts", device.counts());
            fact("droppedOut", device.droppedOut());
        }
        Files.write(folder.resolve("played"), played);
        Files.writeString(folder.resolve("heard"), HexFormat.of().formatHex(raw.toByteArray()));
    }

    private static Thread listen(Path device, ByteArrayOutputStream to) {
        Thread thread = new Thread(
                () -> {
                    try (var in = Files.newInputStream(device)) {
                        byte[] buffer = new byte[256];
                        for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
                            synchronized (to) {
                                to.write(buffer, 0, count);
                            }
                        }
                    } catch (IOException e) {
                        throw new IllegalStateException(e);
                    }
                },
                "listener");
        thread.setDaemon(true);
        thread.start();
        return thread;
    }

    private static void tool(String... command) throws Exception {
        new ProcessBuilder(command).inheritIO().start().waitFor();
    }

    /** Bytes that each thread allocates for a note out and in again, over two raw ports that the sequencer connects. */
    private void allocation(JavaSoundBackend backend) throws Exception {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        try (JavaSoundDevice device = backend.open(new DeviceSpec("circle", "[hw:0,3", "[hw:0,1"))) {
            tool("aconnect", "Virtual Raw MIDI 0-1", "Virtual Raw MIDI 0-3");
            long out = thread("javasound-out");
            long in = thread("Java Sound MidiInDevice Thread");
            long session = Long.MAX_VALUE;
            long sender = Long.MAX_VALUE;
            long reader = Long.MAX_VALUE;
            int heard = 0;
            for (int round = 0; round < 12; round++) {
                long sessionFrom = threads.getCurrentThreadAllocatedBytes();
                long outFrom = threads.getThreadAllocatedBytes(out);
                long inFrom = threads.getThreadAllocatedBytes(in);
                heard = circle(device);
                session = Math.min(session, threads.getCurrentThreadAllocatedBytes() - sessionFrom);
                sender = Math.min(sender, threads.getThreadAllocatedBytes(out) - outFrom);
                reader = Math.min(reader, threads.getThreadAllocatedBytes(in) - inFrom);
            }
            fact("circled", heard);
            fact("sessionBytes", session);
            fact("senderBytes", sender);
            fact("readerBytesPerNote", reader / NOTES);
        }
    }

    private static int circle(Device device) {
        long deadline = System.nanoTime() + PATIENCE_NS;
        int heard = 0;
        for (int i = 0; i < NOTES; i++) {
            device.send(device.now(), NOTE, 0, NOTE.length);
            if (i % 50 == 49) {
                LockSupport.parkNanos(20_000_000);
            }
        }
        while (heard < NOTES && System.nanoTime() < deadline) {
            heard += device.receive(JavaSoundGuest::ignore);
        }
        return heard;
    }

    private static void ignore(long time, byte[] bytes, int offset, int length) {}

    /** The youngest of that name. */
    private static long thread(String name) {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().equals(name) && thread.isAlive())
                .mapToLong(Thread::getId)
                .max()
                .orElseThrow();
    }
}
