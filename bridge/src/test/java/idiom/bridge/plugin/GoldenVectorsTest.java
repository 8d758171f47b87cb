package idiom.bridge.plugin;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import idiom.bridge.plugin.RecordReader.Look;
import java.io.IOException;
import java.lang.reflect.Field;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** The bytes of the protocol; a test in C reads the same file, which says what its lines mean. */
class GoldenVectorsTest {
    private static final Path VECTORS = Path.of("../plugin-shim/vectors/protocol-1.txt");
    private static final int HEAD = 0;
    private static final int TAIL = 8;
    private static final int BEGIN = 16;

    private record HeaderField(String name, int at, byte[] bytes, String type, String value) {}

    private record RingRecord(String name, int kind, long frame, byte[] payload, byte[] bytes) {}

    /** The words of the lines that begin with one. */
    private static List<String[]> lines(String first) throws IOException {
        List<String[]> lines = Files.readAllLines(VECTORS, StandardCharsets.UTF_8).stream()
                .map(line -> line.split(" ", -1))
                .filter(words -> words[0].equals(first))
                .toList();
        assertThat(lines).as(first).isNotEmpty();
        return lines;
    }

    private static byte[] hex(String word) {
        return word.equals("-") ? new byte[0] : HexFormat.of().parseHex(word);
    }

    private static List<HeaderField> fields() throws IOException {
        return lines("field").stream()
                .map(words -> new HeaderField(words[1], Integer.parseInt(words[2]), hex(words[3]), words[4], words[5]))
                .toList();
    }

    private static List<RingRecord> records() throws IOException {
        return lines("record").stream()
                .map(words -> new RingRecord(
                        words[1], Integer.parseInt(words[2]), Long.parseLong(words[3]), hex(words[4]), hex(words[5])))
                .toList();
    }

    private static SharedMemory memory(int at, byte[] bytes) {
        SharedMemory memory = new SharedMemory(ByteBuffer.allocateDirect(Layout.HEADER_BYTES));
        memory.put(at, bytes, 0, bytes.length);
        return memory;
    }

    private static byte[] bytes(SharedMemory memory, int at, int length) {
        byte[] bytes = new byte[length];
        memory.get(at, bytes, length);
        return bytes;
    }

    /** Every field lies where it does on the other side, and none is left out. */
    @Test
    void shouldLayOutTheHeaderAsThePluginDoes() throws IOException, IllegalAccessException {
        Map<String, Integer> ours = new TreeMap<>();
        for (Field field : Layout.class.getDeclaredFields()) {
            if (field.getName().startsWith("AT_")) {
                ours.put(field.getName().substring("AT_".length()), field.getInt(null));
            }
        }
        Map<String, Integer> theirs = fields().stream()
                .collect(Collectors.toMap(field -> field.name().toUpperCase(Locale.ROOT), HeaderField::at));
        assertThat(new TreeMap<>(theirs)).isEqualTo(ours);
    }

    @TestFactory
    Stream<DynamicTest> shouldReadAndWriteFields() throws IOException {
        return fields().stream().map(field -> DynamicTest.dynamicTest(field.name(), () -> readAndWrite(field)));
    }

    private static void readAndWrite(HeaderField field) {
        SharedMemory theirs = memory(field.at(), field.bytes());
        SharedMemory ours = memory(0, new byte[0]);
        switch (field.type()) {
            case "u32" -> {
                int value = Integer.parseUnsignedInt(field.value());
                assertThat(theirs.loadInt(field.at())).isEqualTo(value);
                ours.storeInt(field.at(), value);
            }
            case "u64", "i64" -> {
                long value = field.type().equals("i64")
                        ? Long.parseLong(field.value())
                        : Long.parseUnsignedLong(field.value());
                assertThat(theirs.load(field.at())).isEqualTo(value);
                ours.store(field.at(), value);
            }
            case "f64" -> {
                double value = Double.parseDouble(field.value());
                assertThat(theirs.getDouble(field.at())).isEqualTo(value);
                ours.store(field.at(), Double.doubleToLongBits(value));
            }
            case "bits" -> {
                long[] words = new long[field.bytes().length / 8];
                Arrays.stream(field.value().split(","))
                        .mapToInt(Integer::parseInt)
                        .forEach(bit -> words[bit >> 6] |= 1L << bit);
                for (int i = 0; i < words.length; i++) {
                    assertThat(theirs.load(field.at() + 8 * i)).isEqualTo(words[i]);
                    ours.store(field.at() + 8 * i, words[i]);
                }
            }
            case "text" -> {
                byte[] text = Arrays.copyOf(field.value().getBytes(StandardCharsets.UTF_8), field.bytes().length);
                assertThat(text).hasSize(Layout.HOST_BYTES).endsWith(0);
                ours.put(field.at(), text, 0, text.length);
            }
            default -> throw new IllegalArgumentException("type=" + field.type());
        }
        assertThat(bytes(ours, field.at(), field.bytes().length)).isEqualTo(field.bytes());
    }

    @TestFactory
    Stream<DynamicTest> shouldReadAndWriteRecords() throws IOException {
        return records().stream().map(record -> DynamicTest.dynamicTest(record.name(), () -> readAndWrite(record)));
    }

    private static void readAndWrite(RingRecord record) {
        SharedMemory theirs = memory(BEGIN, record.bytes());
        theirs.store(TAIL, record.bytes().length);
        RecordReader reader = new RecordReader(theirs, BEGIN, 1024, HEAD, TAIL, 0);
        read(reader, record);
        assertThat(reader.next()).isEqualTo(Look.EMPTY);
        assertThat(theirs.load(HEAD)).isEqualTo(record.bytes().length);
        SharedMemory ours = memory(0, new byte[0]);
        if (write(new RecordWriter(ours, BEGIN, 1024, HEAD, TAIL), record)) {
            assertThat(bytes(ours, BEGIN, (int) ours.load(TAIL))).isEqualTo(record.bytes());
        }
    }

    private static void read(RecordReader reader, RingRecord record) {
        assertThat(reader.next()).isEqualTo(Look.RECORD);
        assertThat(reader.kind()).isEqualTo(record.kind());
        assertThat(reader.frame()).isEqualTo(record.frame());
        assertThat(Arrays.copyOf(reader.payload(), reader.length())).isEqualTo(record.payload());
        reader.take();
    }

    /** Whether it is of a kind that the engine writes. */
    private static boolean write(RecordWriter writer, RingRecord record) {
        byte[] payload = record.payload();
        return switch (record.kind()) {
            case Layout.MIDI -> writer.midi(record.frame(), payload, 0, payload.length);
            case Layout.RESTART -> writer.restart(payload[0]);
            case Layout.ROUTE -> writer.route(record.frame(), payload[0]);
            default -> false;
        };
    }

    @TestFactory
    Stream<DynamicTest> shouldReadRings() throws IOException {
        Map<String, RingRecord> records =
                records().stream().collect(Collectors.toMap(RingRecord::name, record -> record));
        return lines("ring").stream()
                .map(words -> DynamicTest.dynamicTest(words[1], () -> {
                    byte[] ring = hex(words[6]);
                    assertThat(ring).hasSize(Integer.parseInt(words[2]));
                    SharedMemory memory = memory(BEGIN, ring);
                    memory.store(TAIL, Long.parseLong(words[4]));
                    RecordReader reader =
                            new RecordReader(memory, BEGIN, ring.length, HEAD, TAIL, Long.parseLong(words[3]));
                    for (String name : words[5].split(",")) {
                        read(reader, requireNonNull(records.get(name)));
                    }
                    assertThat(reader.next()).isEqualTo(Look.EMPTY);
                    assertThat(memory.load(HEAD)).isEqualTo(memory.load(TAIL));
                }));
    }
}
