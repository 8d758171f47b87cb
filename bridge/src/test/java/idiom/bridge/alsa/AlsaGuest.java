package idiom.bridge.alsa;

import com.sun.management.ThreadMXBean;
import idiom.bridge.Backend;
import idiom.bridge.BackendException;
import idiom.bridge.Device;
import idiom.bridge.DeviceSpec;
import idiom.bridge.Port;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/**
 * What runs where there is an ALSA sequencer: plays through devices with the tools of alsa-utils, and writes down what
 * happened, a fact a line, for {@link AlsaInQemuTest} to judge. The argument is the folder to write to.
 */
final class AlsaGuest {
    private static final long DELAY_NS = 300_000_000;
    private static final long PATIENCE_NS = TimeUnit.SECONDS.toNanos(40);

    /** How well two clocks can be compared where everything is emulated, on a busy machine. */
    private static final long CLOCKS_APART_US = 5_000;

    private final Path folder;
    private final long start = System.nanoTime();
    private final StringBuilder facts = new StringBuilder();

    private AlsaGuest(Path folder) {
        this.folder = folder;
    }

    public static void main(String[] arguments) throws Exception {
        AlsaGuest guest = new AlsaGuest(Path.of(arguments[0]));
        try (AlsaBackend backend = new AlsaBackend();
                AlsaBackend others = new AlsaBackend()) {
            guest.fact("problem", backend.problem().orElse("none"));
            for (Port port : backend.ports()) {
                guest.fact("port", port.direction() + " " + port.kind() + " " + port.name());
            }
            guest.threePorts(backend);
            guest.passThrough(backend, others);
            guest.hardware(backend);
            guest.listeners(backend, others);
            guest.itself(backend);
            guest.comingAndGoing(backend);
            guest.missing(backend);
            guest.allocation(backend);
            guest.fact("finished", "yes");
        } catch (Exception e) {
            guest.fact("failure", e.toString());
            throw e;
        } finally {
            Files.writeString(guest.folder.resolve("facts"), guest.facts);
        }
    }

    private void fact(String name, Object value) {
        facts.append(name).append('=').append(value).append('\n');
        System.out.println((System.nanoTime() - start) / 1_000_000 + " ms: " + name + "=" + value);
    }

    private void threePorts(Backend backend) throws Exception {
        try (Device jazz = backend.open(new DeviceSpec("to Jazz", null, null));
                Device classic = backend.open(new DeviceSpec("to Classic", null, null));
                Device pop = backend.open(new DeviceSpec("to Pop", null, "VirMIDI 0-3"))) {
            fact("description", jazz.description());
            fact(
                    "ownPorts",
                    backend.ports().stream()
                            .filter(port -> port.name().startsWith("to "))
                            .count());
            fact("states", jazz.state() + " " + classic.state() + " " + pop.state());
            tool("connected", "aconnect", "-l");
        }
        tool("closed", "aconnect", "-l");
    }

    /** aplaymidi plays, a device delays, aseqdump and a device of another process (to all appearances) listen. */
    private void passThrough(Backend backend, Backend others) throws Exception {
        try (Device jazz = backend.open(new DeviceSpec("to Jazz", null, null));
                Device probe = others.open(new DeviceSpec("probe", "to Jazz", null))) {
            Process dump = start("dump", "stdbuf", "-oL", "aseqdump", "-p", "to Jazz");
            await(() -> text("dump").contains("Waiting for data"));
            List<String> played = new ArrayList<>();
            List<Long> dues = new ArrayList<>();
            List<String> heard = new ArrayList<>();
            List<Long> times = new ArrayList<>();
            long probeAhead = Long.MIN_VALUE;
            for (int i = 0; i < 20; i++) {
                // Too small by what goes by between both.
                probeAhead = Math.max(probeAhead, probe.now() - jazz.now());
            }
            Process play = start("play", "aplaymidi", "-d", "0", "-p", "to Jazz", folder + "/music.mid");
            long end = Long.MAX_VALUE;
            long sendNs = 0;
            while (System.nanoTime() < end) {
                int before = dues.size();
                long from = System.nanoTime();
                jazz.receive((time, bytes, offset, length) -> {
                    played.add(hex(bytes, offset, length));
                    dues.add(time + DELAY_NS);
                    while (!jazz.send(time + DELAY_NS, bytes, offset, length)) {
                        Thread.onSpinWait();
                    }
                });
                sendNs += dues.size() > before ? System.nanoTime() - from : 0;
                probe.receive((time, bytes, offset, length) -> {
                    heard.add(hex(bytes, offset, length));
                    times.add(time);
                });
                if (end == Long.MAX_VALUE && !play.isAlive()) {
                    end = System.nanoTime() + 2_000_000_000L;
                }
                LockSupport.parkNanos(1_000_000);
            }
            stop(dump);
            Files.write(folder.resolve("played"), played);
            Files.write(folder.resolve("heard"), heard);
            fact("counts", jazz.counts());
            timing(dues, times, probeAhead);
            fact("microsecondsPerMessage", dues.isEmpty() ? 0 : sendNs / dues.size() / 1000);
        }
    }

    private void timing(List<Long> dues, List<Long> times, long timesAhead) {
        int count = Math.min(dues.size(), times.size());
        long[] errors = new long[count];
        long early = 0;
        for (int i = 0; i < count; i++) {
            errors[i] = (times.get(i) - timesAhead - dues.get(i)) / 1000;
            early += errors[i] < -CLOCKS_APART_US ? 1 : 0;
        }
        Arrays.sort(errors);
        fact("early", early);
        fact(
                "timingMicroseconds",
                count == 0
                        ? "none"
                        : "min " + errors[0] + ", p50 " + errors[count / 2] + ", p90 " + errors[count * 9 / 10]
                                + ", p99 " + errors[count * 99 / 100] + ", max " + errors[count - 1]);
    }

    /** Through the drivers of a sound card's MIDI ports, as a keyboard would come in and a synthesiser be reached. */
    private void hardware(Backend backend) throws Exception {
        byte[] sysex = new byte[2000];
        for (int i = 1; i < sysex.length - 1; i++) {
            sysex[i] = (byte) (i * 7 & 0x7F);
        }
        sysex[0] = (byte) 0xF0;
        sysex[sysex.length - 1] = (byte) 0xF7;
        List<String> heard = new ArrayList<>();
        try (Device device = backend.open(new DeviceSpec("wire", "virmidi 0-0", "VIRMIDI 0-1"));
                OutputStream keyboard = Files.newOutputStream(Path.of("/dev/snd/midiC0D0"))) {
            ByteArrayOutputStream end = new ByteArrayOutputStream();
            Thread reader = new Thread(() -> read(Path.of("/dev/snd/midiC0D1"), end), "reader");
            reader.setDaemon(true);
            reader.start();
            // The driver forgets what comes before somebody reads.
            await(() -> {
                device.send(device.now(), new byte[] {(byte) 0xF8}, 0, 1);
                return end.size() > 0;
            });
            keyboard.write(sysex);
            keyboard.write(HexFormat.of().parseHex("903c40e00050fef8903c00"));
            keyboard.flush();
            await(() -> {
                device.receive((time, bytes, offset, length) -> {
                    heard.add(hex(bytes, offset, length));
                    while (!device.send(time, bytes, offset, length)) {
                        Thread.onSpinWait();
                    }
                });
                return heard.size() >= 5;
            });
            fact("wireSysexWhole", heard.get(0).equals(hex(sysex, 0, sysex.length)));
            fact("wire", String.join(" ", heard.subList(1, heard.size())));
            String expected = hex(sysex, 0, sysex.length) + String.join("", heard.subList(1, heard.size()));
            await(() -> withoutFirstClocks(end).length() >= expected.length());
            fact("wireOut", withoutFirstClocks(end).equals(expected));
        }
    }

    private static void read(Path device, ByteArrayOutputStream to) {
        try (InputStream in = Files.newInputStream(device)) {
            for (int next = in.read(); next >= 0; next = in.read()) {
                to.write(next);
            }
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String withoutFirstClocks(ByteArrayOutputStream end) {
        return HexFormat.of().formatHex(end.toByteArray()).replaceFirst("^(f8)*", "");
    }

    /** A device whose source is another program, which goes and comes back. */
    private void listeners(Backend backend, Backend others) throws Exception {
        Device source = others.open(new DeviceSpec("Keys of another", null, null));
        try (Device device = backend.open(new DeviceSpec("to Classic", "keys of ANOTHER", null))) {
            source.close();
            fact("sourceLost", becomes(device, Device.State.LOST));
            source = others.open(new DeviceSpec("Keys of another", null, null));
            fact("sourceBack", becomes(device, Device.State.OPEN));
            source.send(source.now(), new byte[] {(byte) 0x99, 40, 41}, 0, 3);
            List<String> heard = new ArrayList<>();
            await(() -> {
                device.receive((time, bytes, offset, length) -> heard.add(hex(bytes, offset, length)));
                return !heard.isEmpty();
            });
            fact("sourceHeard", String.join(" ", heard));
            byte[] sysex = new byte[SeqEvent.MAX_SYSEX];
            sysex[0] = (byte) 0xF0;
            sysex[sysex.length - 1] = (byte) 0xF7;
            boolean sent = source.send(source.now(), sysex, 0, sysex.length);
            heard.clear();
            await(() -> {
                device.receive((time, bytes, offset, length) -> heard.add(hex(bytes, offset, length)));
                return !heard.isEmpty();
            });
            fact("longestSysex", sent && heard.get(0).equals(hex(sysex, 0, sysex.length)));
            fact("sourceReconnects", device.counts().reconnects());
        } finally {
            source.close();
        }
    }

    /** A device whose output somebody has connected with its own input, and with another device's. */
    private void itself(Backend backend) throws Exception {
        try (Device looped = backend.open(new DeviceSpec("looped", null, null));
                Device other = backend.open(new DeviceSpec("other", null, null))) {
            tool("loop", "aconnect", "looped", "looped");
            tool("toOther", "aconnect", "looped", "other");
            tool("looped", "aconnect", "-l");
            looped.send(looped.now(), new byte[] {(byte) 0x90, 60, 64}, 0, 3);
            List<String> heard = new ArrayList<>();
            await(() -> {
                other.receive((time, bytes, offset, length) -> heard.add(hex(bytes, offset, length)));
                return !heard.isEmpty();
            });
            fact("otherHeard", String.join(" ", heard));
            // What it sent to itself was delivered together with that.
            LockSupport.parkNanos(100_000_000);
            fact("itselfHeard", looped.receive(AlsaGuest::ignore));
        }
    }

    /** A device whose destination is another program, which is killed and started again, twice. */
    private void comingAndGoing(Backend backend) throws Exception {
        Process synth = start("synth0", "stdbuf", "-oL", "aseqdump");
        await(() -> isThere(backend, "aseqdump"));
        try (Device device = backend.open(new DeviceSpec("to Pop", null, "AseqDump"))) {
            for (int i = 1; i <= 2; i++) {
                synth.destroyForcibly().waitFor();
                fact("lost" + i, becomes(device, Device.State.LOST));
                device.send(device.now(), new byte[] {(byte) 0x90, 1, 1}, 0, 3);
                String file = "synth" + i;
                synth = start(file, "stdbuf", "-oL", "aseqdump");
                fact("back" + i, becomes(device, Device.State.OPEN));
                device.send(device.now(), new byte[] {(byte) 0x90, (byte) (60 + i), 99}, 0, 3);
                await(() -> text(file).contains("note 6"));
            }
            fact("reconnects", device.counts().reconnects());
            tool("reconnected", "aconnect", "-l");
        } finally {
            stop(synth);
        }
    }

    private void missing(Backend backend) {
        try (Device device = backend.open(new DeviceSpec("to Pop", null, "no such synth"))) {
            fact("missing", "found " + device.description());
        } catch (BackendException e) {
            fact("missing", e.getMessage());
        }
    }

    /** Bytes that the session's thread allocates for 2000 messages out and in again, when all is warm. */
    private void allocation(Backend backend) throws Exception {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        try (Device device = backend.open(new DeviceSpec("circle", "Midi Through", "Midi Through"))) {
            byte[] note = {(byte) 0x90, 60, 64};
            int[] heard = {0};
            long least = Long.MAX_VALUE;
            for (int round = 0; round < 10; round++) {
                heard[0] = 0;
                long from = threads.getCurrentThreadAllocatedBytes();
                circle(device, note, heard);
                least = Math.min(least, threads.getCurrentThreadAllocatedBytes() - from);
            }
            fact("allocatedBytes", least);
            fact("circled", heard[0]);
        }
    }

    private static void circle(Device device, byte[] note, int[] heard) {
        long deadline = System.nanoTime() + PATIENCE_NS;
        for (int i = 0; i < 200; i++) {
            device.send(device.now(), note, 0, note.length);
        }
        while (heard[0] < 200 && System.nanoTime() < deadline) {
            heard[0] += device.receive(AlsaGuest::ignore);
        }
    }

    private static void ignore(long time, byte[] bytes, int offset, int length) {}

    private static boolean becomes(Device device, Device.State state) {
        long start = System.nanoTime();
        while (device.state() != state && System.nanoTime() - start < PATIENCE_NS) {
            LockSupport.parkNanos(1_000_000);
        }
        return device.state() == state;
    }

    private static boolean isThere(Backend backend, String name) {
        try {
            return backend.ports().stream().anyMatch(port -> port.name().contains(name));
        } catch (BackendException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void await(BooleanSupplier condition) {
        long start = System.nanoTime();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() - start > PATIENCE_NS) {
                throw new IllegalStateException("waited in vain");
            }
            LockSupport.parkNanos(5_000_000);
        }
    }

    private String text(String file) {
        try {
            return Files.readString(folder.resolve(file));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private void tool(String file, String... command) throws Exception {
        start(file, command).waitFor();
    }

    /** Starts a tool whose words go to a file; {@code stdbuf -oL} makes aseqdump write them at once. */
    private Process start(String file, String... command) throws IOException {
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve(file).toFile())
                .start();
    }

    private static void stop(Process process) throws InterruptedException {
        process.destroy();
        process.waitFor();
    }

    private static String hex(byte[] bytes, int offset, int length) {
        return HexFormat.of().formatHex(bytes, offset, offset + length);
    }
}
