package idiom.bridge.plugin;

import static org.assertj.core.api.Assertions.assertThat;

import idiom.bridge.plugin.RecordReader.Look;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Queue;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class RecordRingTest {
    private static final int HEAD = 0;
    private static final int TAIL = 8;
    private static final int BEGIN = 16;
    private static final byte[] NOTE = {(byte) 0x90, 60, 80};

    /** A ring of some bytes, and other memory behind it as in the file. */
    private static SharedMemory memory(int size) {
        return new SharedMemory(ByteBuffer.allocateDirect(BEGIN + size + 64));
    }

    private static RecordWriter writer(SharedMemory memory, int size) {
        return new RecordWriter(memory, BEGIN, size, HEAD, TAIL);
    }

    private static RecordReader reader(SharedMemory memory, int size) {
        return new RecordReader(memory, BEGIN, size, HEAD, TAIL, 0);
    }

    private static @Nullable String take(RecordReader reader) {
        if (reader.next() != Look.RECORD) {
            return null;
        }
        String record = reader.kind() + " " + reader.frame() + " "
                + HexFormat.of().formatHex(Arrays.copyOf(reader.payload(), reader.length()));
        reader.take();
        return record;
    }

    @Test
    void shouldHandOverRecordsInOrder() {
        SharedMemory memory = memory(256);
        RecordWriter writer = writer(memory, 256);
        RecordReader reader = reader(memory, 256);
        assertThat(reader.next()).isEqualTo(Look.EMPTY);
        assertThat(writer.midi(-1, new byte[] {7, (byte) 0x90, 60, 80, 7}, 1, 3))
                .isTrue();
        assertThat(writer.restart(0x12345678)).isTrue();
        assertThat(writer.route(Long.MAX_VALUE, 2)).isTrue();

        assertThat(take(reader)).isEqualTo("1 -1 903c50");
        assertThat(take(reader)).isEqualTo("5 0 7856341200000000");
        assertThat(take(reader)).isEqualTo("6 " + Long.MAX_VALUE + " 0200000000000000");
        assertThat(reader.next()).isEqualTo(Look.EMPTY);
    }

    /** Little-endian: bytes of the record, kind, length, frame, payload; filled up to a multiple of eight. */
    @Test
    void shouldWriteTheBytesOfTheProtocol() {
        SharedMemory memory = memory(64);
        writer(memory, 64).midi(0x0102030405060708L, NOTE, 0, 3);
        byte[] bytes = new byte[24];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) (memory.getInt(BEGIN + (i & ~3)) >> 8 * (i & 3));
        }

        assertThat(HexFormat.of().formatHex(bytes))
                .isEqualTo("18000000" + "0100" + "0300" + "0807060504030201" + "903c500000000000");
        assertThat(memory.load(TAIL)).isEqualTo(24);
    }

    @Test
    void shouldLookTwiceAtOneRecordAndTakeItOnce() {
        SharedMemory memory = memory(256);
        RecordWriter writer = writer(memory, 256);
        RecordReader reader = reader(memory, 256);
        writer.route(5, 1);
        writer.route(6, 2);
        assertThat(reader.next()).isEqualTo(Look.RECORD);
        assertThat(reader.next()).isEqualTo(Look.RECORD);
        assertThat(reader.frame()).isEqualTo(5);
        assertThat(memory.load(HEAD)).isZero();
        reader.take();
        assertThat(memory.load(HEAD)).isEqualTo(24);
        assertThat(reader.next()).isEqualTo(Look.RECORD);
        assertThat(reader.frame()).isEqualTo(6);
    }

    /** In 64 bytes, two records of 24 fit; the third has to begin anew, and the 16 bytes at the end are a filler. */
    @Test
    void shouldFillTheEndWhereARecordDoesNotFit() {
        SharedMemory memory = memory(64);
        RecordWriter writer = writer(memory, 64);
        RecordReader reader = reader(memory, 64);
        assertThat(writer.midi(1, NOTE, 0, 3)).isTrue();
        assertThat(writer.midi(2, NOTE, 0, 3)).isTrue();
        assertThat(writer.midi(3, NOTE, 0, 3)).isFalse();
        assertThat(writer.midi(3, NOTE, 0, 0)).isTrue();
        assertThat(writer.midi(4, NOTE, 0, 0)).isFalse();
        assertThat(take(reader)).isEqualTo("1 1 903c50");
        // All 64 bytes are full again, the first 24 of them with what begins anew.
        assertThat(writer.midi(4, NOTE, 0, 3)).isTrue();
        assertThat(writer.midi(5, NOTE, 0, 0)).isFalse();
        assertThat(List.of(String.valueOf(take(reader)), String.valueOf(take(reader)), String.valueOf(take(reader))))
                .containsExactly("1 2 903c50", "1 3 ", "1 4 903c50");
        assertThat(memory.load(TAIL)).isEqualTo(88);

        assertThat(writer.midi(6, NOTE, 0, 3)).isTrue();
        assertThat(take(reader)).isEqualTo("1 6 903c50");
        assertThat(writer.midi(7, NOTE, 0, 3)).isTrue();
        assertThat(memory.getInt(BEGIN + 48)).isEqualTo(16);
        assertThat(memory.getInt(BEGIN + 52)).isZero();
        assertThat(memory.load(TAIL)).isEqualTo(64 + 48 + 16 + 24);
        assertThat(take(reader)).isEqualTo("1 7 903c50");
        assertThat(memory.load(HEAD)).isEqualTo(memory.load(TAIL));
    }

    @Test
    void shouldFitWhateverThereIsRoomForWhereverItBegins() {
        SharedMemory memory = memory(1024);
        RecordWriter writer = writer(memory, 1024);
        RecordReader reader = reader(memory, 1024);
        SplittableRandom random = new SplittableRandom(5);
        Queue<String> expected = new ArrayDeque<>();
        int refused = 0;
        for (int i = 0; i < 20_000; i++) {
            byte[] bytes = new byte[random.nextInt(300)];
            random.nextBytes(bytes);
            if (writer.midi(i, bytes, 0, bytes.length)) {
                expected.add("1 " + i + " " + HexFormat.of().formatHex(bytes));
            } else {
                refused++;
            }
            if (random.nextInt(3) == 0) {
                assertThat(take(reader)).isEqualTo(expected.poll());
            }
            assertThat(memory.load(TAIL) - memory.load(HEAD)).isBetween(0L, 1024L);
        }
        while (!expected.isEmpty()) {
            assertThat(take(reader)).isEqualTo(expected.remove());
        }
        assertThat(refused).isPositive();
        assertThat(reader.next()).isEqualTo(Look.EMPTY);
    }

    /** Counts of bytes are numbers without a sign; they go on past the largest that Java has. */
    @Test
    void shouldGoOnPastTheLargestNumber() {
        SharedMemory memory = memory(64);
        memory.store(TAIL, Long.MAX_VALUE - 7);
        memory.store(HEAD, Long.MAX_VALUE - 7);
        RecordWriter writer = writer(memory, 64);
        RecordReader reader = new RecordReader(memory, BEGIN, 64, HEAD, TAIL, Long.MAX_VALUE - 7);
        for (int i = 0; i < 20; i++) {
            assertThat(writer.midi(i, NOTE, 0, 3)).isTrue();
            assertThat(take(reader)).isEqualTo("1 " + i + " 903c50");
        }
        assertThat(memory.load(TAIL)).isNegative();
    }

    @Test
    void shouldGoOnWhereAnEarlierWriterStopped() {
        SharedMemory memory = memory(256);
        writer(memory, 256).midi(1, NOTE, 0, 3);
        writer(memory, 256).midi(2, NOTE, 0, 3);
        RecordReader reader = reader(memory, 256);

        assertThat(take(reader)).isEqualTo("1 1 903c50");
        assertThat(take(reader)).isEqualTo("1 2 903c50");
    }

    @Test
    void shouldWriteNothingForAHeadThatCannotBe() {
        for (long head : new long[] {8, 1 << 20, Long.MAX_VALUE, Long.MIN_VALUE, -256, -1}) {
            SharedMemory memory = memory(256);
            RecordWriter writer = writer(memory, 256);
            memory.store(HEAD, head);
            boolean isRefused = !writer.midi(1, NOTE, 0, 3);
            // A head that lies a little back, or off the eighths, says only that there is less room.
            assertThat(isRefused).as("head=%d", head).isEqualTo(head != -1);
        }
    }

    @Test
    void shouldBeginAtAnEighthWhateverTheTailWas() {
        SharedMemory memory = memory(256);
        memory.store(TAIL, 13);
        memory.store(HEAD, 8);
        RecordWriter writer = writer(memory, 256);
        writer.midi(1, NOTE, 0, 3);

        assertThat(memory.load(TAIL)).isEqualTo(8 + 24);
    }

    @Test
    void shouldNotFollowATailThatCannotBe() {
        for (long tail : new long[] {-8, 4, 23, 264, 1 << 30, Long.MAX_VALUE, Long.MIN_VALUE}) {
            SharedMemory memory = memory(256);
            RecordReader reader = reader(memory, 256);
            memory.store(TAIL, tail);
            assertThat(reader.next()).as("tail=%d", tail).isEqualTo(Look.BROKEN);
        }
    }

    private static Look lookAt(int bytes, int kind, int length, long tail) {
        SharedMemory memory = memory(256);
        memory.putInt(BEGIN, bytes);
        memory.putShort(BEGIN + 4, kind);
        memory.putShort(BEGIN + 6, length);
        memory.store(TAIL, tail);
        return reader(memory, 256).next();
    }

    @Test
    void shouldFindWhatIsNoRecord() {
        assertThat(lookAt(24, 1, 3, 24)).isEqualTo(Look.RECORD);
        assertThat(lookAt(24, 1, 8, 24)).isEqualTo(Look.RECORD);
        assertThat(lookAt(16, 1, 0, 16)).isEqualTo(Look.RECORD);
        assertThat(lookAt(24, 77, 3, 24)).isEqualTo(Look.RECORD);
        assertThat(lookAt(8, 0, 0, 8)).isEqualTo(Look.EMPTY);
        assertThat(lookAt(256, 0, 99, 256)).isEqualTo(Look.EMPTY);
        // No bytes, fewer than a head has, off the eighths, not those of the length.
        assertThat(lookAt(0, 0, 0, 8)).isEqualTo(Look.BROKEN);
        assertThat(lookAt(0, 1, 0, 16)).isEqualTo(Look.BROKEN);
        assertThat(lookAt(8, 1, 0, 16)).isEqualTo(Look.BROKEN);
        assertThat(lookAt(-8, 1, 0, 16)).isEqualTo(Look.BROKEN);
        assertThat(lookAt(Integer.MIN_VALUE, 0, 0, 16)).isEqualTo(Look.BROKEN);
        assertThat(lookAt(20, 1, 3, 24)).isEqualTo(Look.BROKEN);
        assertThat(lookAt(24, 1, 9, 24)).isEqualTo(Look.BROKEN);
        assertThat(lookAt(32, 1, 3, 32)).isEqualTo(Look.BROKEN);
        assertThat(lookAt(24, 1, 65535, 24)).isEqualTo(Look.BROKEN);
        // Beyond what was told, and beyond the ring.
        assertThat(lookAt(24, 1, 3, 16)).isEqualTo(Look.BROKEN);
        assertThat(lookAt(264, 1, 248, 256)).isEqualTo(Look.BROKEN);
        assertThat(lookAt(264, 0, 0, 256)).isEqualTo(Look.BROKEN);
    }

    @Test
    void shouldNotReadPastTheEndOfTheRing() {
        SharedMemory memory = memory(256);
        RecordReader reader = new RecordReader(memory, BEGIN, 256, HEAD, TAIL, 240);
        memory.putInt(BEGIN + 240, 24);
        memory.putShort(BEGIN + 244, 1);
        memory.putShort(BEGIN + 246, 3);
        memory.store(TAIL, 264);

        assertThat(reader.next()).isEqualTo(Look.BROKEN);
    }

    /** A kind of tomorrow may be longer than any message: it is found and left out. */
    @Test
    void shouldTakeTheLongestRecordThereIs() {
        int size = 1 << 17;
        SharedMemory memory = memory(size);
        RecordWriter writer = writer(memory, size);
        RecordReader reader = reader(memory, size);
        assertThat(writer.midi(9, new byte[65_535], 0, 65_535)).isTrue();
        assertThat(writer.midi(10, NOTE, 0, 3)).isTrue();
        assertThat(reader.next()).isEqualTo(Look.RECORD);
        assertThat(reader.length()).isEqualTo(65_535);
        assertThat(reader.payload()).hasSize(Layout.LONGEST_MESSAGE);
        reader.take();
        assertThat(take(reader)).isEqualTo("1 10 903c50");
    }

    @Test
    void shouldReadNumbersOfAPayload() {
        SharedMemory memory = memory(256);
        byte[] bytes = HexFormat.of().parseHex("fffefdfc" + "00000000" + "000000000000f8bf");
        writer(memory, 256).midi(0, bytes, 0, 16);
        RecordReader reader = reader(memory, 256);
        reader.next();

        assertThat(reader.payloadInt(0)).isEqualTo(0xFCFDFEFF);
        assertThat(reader.payloadDouble(8)).isEqualTo(-1.5);
    }

    /** Whatever lies in the memory, reading it ends in a look and never goes round for ever. */
    @Test
    void shouldSurviveAnyMemory() {
        SplittableRandom random = new SplittableRandom(11);
        List<Look> seen = new ArrayList<>();
        for (int i = 0; i < 20_000; i++) {
            SharedMemory memory = memory(256);
            for (int at = BEGIN; at < BEGIN + 256; at += 8) {
                // Mostly what could be the head of a record.
                memory.putLong(
                        at,
                        random.nextInt(4) == 0
                                ? random.nextLong()
                                : random.nextInt(8) * 8L
                                        | (long) random.nextInt(8) << 32
                                        | (long) random.nextInt(40) << 48);
            }
            long head = random.nextInt(3) == 0 ? random.nextInt(1000) : random.nextInt(100) * 8L;
            memory.store(TAIL, head + random.nextInt(40) * 8L);
            RecordReader reader = new RecordReader(memory, BEGIN, 256, HEAD, TAIL, head);
            Look look = reader.next();
            for (int count = 0; look == Look.RECORD; count++) {
                assertThat(count).isLessThan(256 / 16);
                reader.take();
                look = reader.next();
            }
            seen.add(look);
            memory.store(HEAD, random.nextLong());
            memory.store(TAIL, random.nextLong());
            writer(memory, 256).midi(random.nextLong(), NOTE, 0, 3);
        }
        assertThat(seen).contains(Look.EMPTY, Look.BROKEN);
    }

    @Test
    void shouldKeepTheOrderBetweenTwoThreads() throws InterruptedException {
        int size = 1 << 12;
        int total = 50_000;
        SharedMemory memory = memory(size);
        AtomicReference<String> wrong = new AtomicReference<>();
        Thread producer = new Thread(() -> {
            RecordWriter writer = writer(memory, size);
            SplittableRandom random = new SplittableRandom(3);
            byte[] bytes = new byte[200];
            for (int i = 0; i < total; i++) {
                int length = random.nextInt(200);
                Arrays.fill(bytes, 0, length, (byte) i);
                while (!writer.midi(i, bytes, 0, length)) {
                    Thread.yield();
                }
            }
        });
        RecordReader reader = reader(memory, size);
        producer.start();
        SplittableRandom random = new SplittableRandom(3);
        int next = 0;
        while (next < total && wrong.get() == null) {
            Look look = reader.next();
            if (look == Look.RECORD) {
                int length = random.nextInt(200);
                byte[] payload = reader.payload();
                boolean isRight = reader.frame() == next
                        && reader.length() == length
                        && (length == 0 || (payload[0] == (byte) next && payload[length - 1] == (byte) next));
                wrong.set(isRight ? null : "record " + next + ": frame=" + reader.frame());
                reader.take();
                next++;
            } else {
                wrong.set(look == Look.BROKEN ? "broken at record " + next : null);
                Thread.yield();
            }
        }
        assertThat(wrong.get()).isNull();
        producer.join();
    }
}
