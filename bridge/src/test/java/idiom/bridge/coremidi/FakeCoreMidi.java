package idiom.bridge.coremidi;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.jna.Library;
import com.sun.jna.Memory;
import com.sun.jna.Native;
import com.sun.jna.NativeLibrary;
import com.sun.jna.Pointer;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/**
 * The stand-in for Apple's frameworks in src/test/c/coremidi: compiled, loaded into this process once, and asked from here to be
 * the other programs, the hardware and the user's hand that plugs it in and out.
 */
final class FakeCoreMidi {
    static final Path SOURCES = Path.of("src/test/c/coremidi");
    static final long TICKS_PER_SECOND = 24_000_000;
    static final String IAC = "com.apple.AppleMIDIIACDriver";
    static final String USB = "com.apple.AppleMIDIUSBDriver";
    private static final long PATIENCE_NS = TimeUnit.SECONDS.toNanos(60);
    private static final String[] KINDS = {
        "clients", "input ports", "output ports", "sources", "destinations", "connections", "strings"
    };

    private final Control control;
    private final NativeLibrary library;
    private final Path file;
    private final Map<PacketLayout, Frameworks> frameworks = new EnumMap<>(PacketLayout.class);

    /** Functions that no Mac has. */
    interface Control extends Library {
        void fake_align(int isAligned);

        long fake_alive(int kind);

        String fake_misuse();

        void fake_fail(String function, int status, int times);

        int fake_plug(int isSource, String name, String driver, int uniqueId);

        void fake_unplug(int ref);

        void fake_set_offline(int ref, int offline);

        void fake_set_display_name(int ref, String name);

        int fake_find(int isSource, String name);

        int fake_unique_id(int ref);

        void fake_set_unique_id(int ref, int id);

        void fake_send_list(int to, Pointer list);

        long fake_waiting();

        long fake_noted();

        int fake_note(long index, long[] about, byte[] bytes, int room);

        void fake_forget_notes();
    }

    /** What left through a virtual source or to hardware: when it did, its stamp, and a packet's data. */
    record Note(int endpoint, long at, long stamp, byte[] bytes) {}

    /** A packet to be sent. */
    record Packet(long stamp, byte[] bytes) {
        static Packet of(long stamp, int... bytes) {
            byte[] data = new byte[bytes.length];
            for (int i = 0; i < bytes.length; i++) {
                data[i] = (byte) bytes[i];
            }
            return new Packet(stamp, data);
        }
    }

    private FakeCoreMidi(Path file) {
        this.file = file;
        library = NativeLibrary.getInstance(file.toString());
        control = Native.load(file.toString(), Control.class);
    }

    /** Skips the test where there is no C compiler. */
    static FakeCoreMidi get() {
        Assumptions.assumeTrue(
                isInstalled("gcc") && Files.exists(Path.of("/usr/include/stdio.h")),
                "needs a C compiler: apt install gcc libc6-dev");
        return Loaded.FAKE;
    }

    private static final class Loaded {
        static final FakeCoreMidi FAKE = new FakeCoreMidi(compile());
    }

    private static boolean isInstalled(String program) {
        return Arrays.stream(System.getenv("PATH").split(File.pathSeparator))
                .anyMatch(folder -> new File(folder, program).canExecute());
    }

    private static Path compile() {
        try {
            Path folder = Files.createTempDirectory("idiom-coremidi");
            Path file = folder.resolve("libfakecoremidi.so");
            folder.toFile().deleteOnExit();
            file.toFile().deleteOnExit();
            List<String> command = new ArrayList<>(List.of("gcc", "-std=c11", "-D_GNU_SOURCE", "-Wall", "-Wextra"));
            command.addAll(List.of("-Wpedantic", "-Werror", "-O1", "-g", "-fPIC", "-shared", "-fvisibility=hidden"));
            command.addAll(List.of("-pthread", "-o", file.toString()));
            try (Stream<Path> sources = Files.list(SOURCES)) {
                sources.map(Path::toString)
                        .filter(name -> name.endsWith(".c"))
                        .sorted()
                        .forEach(command::add);
            }
            run(command);
            return file;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String run(List<String> command) throws IOException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        try {
            assertThat(process.waitFor()).as(output).isZero();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
        return output;
    }

    NativeLibrary library() {
        return library;
    }

    /** What the library exports, as the linker sees it. */
    List<String> symbols() throws IOException {
        return run(List.of("nm", "-D", "--defined-only", "--format=posix", file.toString()))
                .lines()
                .map(line -> line.substring(0, line.indexOf(' ')))
                .toList();
    }

    /** It in place of Apple's, on a processor with that layout. */
    Frameworks frameworks(PacketLayout layout) {
        control.fake_align(layout == PacketLayout.ALIGNED ? 1 : 0);
        return frameworks.computeIfAbsent(layout, one -> Frameworks.bind(library, library, library, one));
    }

    Control control() {
        return control;
    }

    int plugSource(String name) {
        return control.fake_plug(1, name, USB, 0);
    }

    int plugDestination(String name) {
        return control.fake_plug(0, name, USB, 0);
    }

    /** The virtual endpoint that other programs play to, or listen to. */
    int destination(String name) {
        return control.fake_find(0, name);
    }

    int source(String name) {
        return control.fake_find(1, name);
    }

    /** Plays from a source, or to a virtual destination as another program does. */
    void play(PacketLayout layout, int endpoint, Packet... packets) {
        control.fake_send_list(endpoint, list(layout, packets));
    }

    /** Written down here once more, from Apple's header. */
    private static Memory list(PacketLayout layout, Packet... packets) {
        Memory list = new Memory(8
                + Arrays.stream(packets)
                        .mapToLong(one -> one.bytes.length + 16L)
                        .sum());
        list.setInt(0, packets.length);
        long at = 4;
        for (Packet packet : packets) {
            list.setLong(at, packet.stamp);
            list.setShort(at + 8, (short) packet.bytes.length);
            list.write(at + 10, packet.bytes, 0, packet.bytes.length);
            at += 10 + packet.bytes.length;
            while (layout == PacketLayout.ALIGNED && at % 4 != 0) {
                at++;
            }
        }
        return list;
    }

    /** What has left through an endpoint so far. */
    List<Note> notes(int endpoint) {
        List<Note> result = new ArrayList<>();
        long[] about = new long[3];
        byte[] bytes = new byte[PacketLayout.LONGEST];
        long count = control.fake_noted();
        for (long i = 0; i < count; i++) {
            int length = control.fake_note(i, about, bytes, bytes.length);
            if (about[0] == endpoint) {
                result.add(new Note(endpoint, about[1], about[2], Arrays.copyOf(bytes, length)));
            }
        }
        return result;
    }

    /** What this process has made that is still there: how many of each kind. */
    Map<String, Long> alive() {
        Map<String, Long> result = new TreeMap<>();
        for (int kind = 0; kind < KINDS.length; kind++) {
            long count = control.fake_alive(kind);
            if (count != 0) {
                result.put(KINDS[kind], count);
            }
        }
        return result;
    }

    /** Nothing that this process made is there any more, and no call was wrong. */
    void shouldBeLeftAlone() {
        assertThat(control.fake_misuse()).isEmpty();
        assertThat(alive()).isEmpty();
        control.fake_forget_notes();
        control.fake_fail("", 0, 0);
    }

    static void await(String what, BooleanSupplier condition) {
        long beganNs = System.nanoTime();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() - beganNs > PATIENCE_NS) {
                throw new AssertionError("never happened: " + what);
            }
            try {
                Thread.sleep(2);
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
        }
    }
}
