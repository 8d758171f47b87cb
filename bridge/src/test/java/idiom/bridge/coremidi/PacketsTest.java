package idiom.bridge.coremidi;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.jna.Memory;
import com.sun.jna.Pointer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Where packets lie, byte by byte, worked out by hand from Apple's header. */
class PacketsTest {
    private final List<String> heard = new ArrayList<>();
    private final PacketParser parser = new PacketParser();

    private int parse(int... bytes) {
        byte[] data = FakeCoreMidi.Packet.of(0, bytes).bytes();
        return parser.parse(7, data, data.length, this::hear);
    }

    private void hear(long time, byte[] bytes, int offset, int length) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < length; i++) {
            text.append(text.isEmpty() ? "" : " ").append(String.format("%02X", bytes[offset + i]));
        }
        heard.add(text.toString());
        assertThat(time).isEqualTo(7);
    }

    @ParameterizedTest
    @CsvSource({"aarch64, ALIGNED", "arm64, ALIGNED", "x86_64, PACKED", "amd64, PACKED"})
    void shouldKnowTheLayoutByTheArchitecture(String architecture, PacketLayout layout) {
        assertThat(PacketLayout.of(architecture)).isEqualTo(layout);
    }

    @ParameterizedTest
    @CsvSource({"PACKED, 3, 17", "ALIGNED, 3, 20", "PACKED, 2, 16", "ALIGNED, 2, 16", "PACKED, 1, 15", "ALIGNED, 1, 16"
    })
    void shouldKnowWhereTheNextPacketBegins(PacketLayout layout, int length, long next) {
        assertThat(layout.next(PacketLayout.FIRST, length)).isEqualTo(next);
        assertThat(layout.next(0x1_0000_0004L, length)).isEqualTo(0x1_0000_0000L + next);
    }

    @ParameterizedTest
    @CsvSource({"PACKED, 17", "ALIGNED, 20"})
    void shouldWritePacketsAsTheyLieInMemory(PacketLayout layout, int second) {
        PacketWriter writer = new PacketWriter(layout);
        assertThat(writer.add(5, new byte[] {0, (byte) 0x90, 60, 64}, 1, 3)).isTrue();
        assertThat(writer.add(6, new byte[] {(byte) 0xC1, 9}, 0, 2)).isTrue();
        Pointer list = new Pointer(writer.address());
        assertThat(list.getInt(0)).isEqualTo(2);
        assertThat(list.getLong(4)).isEqualTo(5);
        assertThat(list.getShort(12)).isEqualTo((short) 3);
        assertThat(list.getByteArray(14, 3)).containsExactly(0x90, 60, 64);
        assertThat(list.getLong(second)).isEqualTo(6);
        assertThat(list.getShort(second + 8)).isEqualTo((short) 2);
        assertThat(list.getByteArray(second + 10, 2)).containsExactly(0xC1, 9);
    }

    @ParameterizedTest
    @EnumSource
    void shouldWriteNoListThatGoesBackInTimeOrIsTooLong(PacketLayout layout) {
        PacketWriter writer = new PacketWriter(layout);
        byte[] longest = new byte[PacketParser.LONGEST];
        assertThat(writer.isEmpty()).isTrue();
        assertThat(writer.add(6, new byte[] {(byte) 0xF8}, 0, 1)).isTrue();
        assertThat(writer.add(5, new byte[] {(byte) 0xF8}, 0, 1)).isFalse();
        writer.clear();
        assertThat(writer.add(5, longest, 0, longest.length)).isTrue();
        assertThat(writer.add(5, longest, 0, longest.length)).isFalse();
        assertThat(new Pointer(writer.address()).getInt(0)).isEqualTo(longest.length / 256);
    }

    @Test
    void shouldReadWhatLiesBehindALongPacket() {
        FakeCoreMidi.get(); // for the clock
        for (PacketLayout layout : PacketLayout.values()) {
            HostClock clock = FakeCoreMidi.get().frameworks(layout).clock();
            Memory list = new Memory(400);
            list.setInt(0, 2);
            long now = clock.now();
            list.setLong(4, now);
            list.setShort(12, (short) 301);
            byte[] sysex = new byte[301];
            sysex[0] = (byte) 0xF0;
            sysex[300] = (byte) 0xF7;
            list.write(14, sysex, 0, 301);
            int second = layout == PacketLayout.ALIGNED ? 316 : 315;
            list.setLong(second, now + 1);
            list.setShort(second + 8, (short) 2);
            list.write(second + 10, new byte[] {(byte) 0xD0, 1}, 0, 2);
            List<String> read = new ArrayList<>();
            int lost = new PacketReader(layout, clock)
                    .read(
                            Pointer.nativeValue(list),
                            (time, bytes, offset, length) -> read.add((time - now) + ":" + length));
            assertThat(lost).isZero();
            assertThat(read).containsExactly("0:301", "1:2");
        }
    }

    @Test
    void shouldTakeApartSeveralMessages() {
        assertThat(parse(0x90, 60, 1, 0xC0, 5, 0xF2, 1, 2, 0xF3, 4, 0xF6, 0xFF)).isZero();
        assertThat(heard).containsExactly("90 3C 01", "C0 05", "F2 01 02", "F3 04", "F6", "FF");
    }

    @Test
    void shouldPutSysexTogetherAcrossEverything() {
        assertThat(parse(0xF0, 1)).isZero();
        assertThat(parse(0xF8)).isZero();
        assertThat(parse(2, 0xFA, 3)).isZero();
        assertThat(parse(0x80, 60, 0)).isZero(); // of another program
        assertThat(parse(0xF7, 0xB0, 1, 2)).isZero();
        assertThat(heard).containsExactly("F8", "FA", "80 3C 00", "F0 01 02 03 F7", "B0 01 02");
    }

    @Test
    void shouldCountWhatIsLostAndGoOn() {
        assertThat(parse(0x90, 60)).as("cut off").isEqualTo(1);
        assertThat(parse(0x90, 60, 0x80, 60, 0)).as("cut off by the next").isEqualTo(1);
        assertThat(parse(0x90, 60, 1, 61, 1)).as("running status").isEqualTo(1);
        assertThat(parse(0xF4, 1, 0xF5)).as("of no known kind").isEqualTo(2);
        assertThat(parse(1, 2, 0xF7)).as("without a beginning").isEqualTo(1);
        assertThat(parse(0xF7)).as("an end alone").isEqualTo(1);
        assertThat(parse(0xF0, 1, 0xF0, 2, 0xF7)).as("without an end").isEqualTo(1);
        assertThat(heard).containsExactly("80 3C 00", "90 3C 01", "F0 02 F7");
    }

    @Test
    void shouldCountALongSysexOnceAndPassTheNext() {
        byte[] data = new byte[20_000];
        assertThat(parse(0xF0)).isZero();
        assertThat(parser.parse(7, data, data.length, this::hear)).isZero();
        assertThat(parser.parse(7, data, data.length, this::hear)).isEqualTo(1);
        assertThat(parser.parse(7, data, data.length, this::hear)).isZero();
        assertThat(parse(0xF7, 0xF0, 1, 0xF7)).isZero();
        assertThat(heard).containsExactly("F0 01 F7");
    }

    @Test
    void shouldMeasureTimeAsAppleDoes() {
        HostClock apple = new HostClock(125, 3);
        assertThat(apple.rate()).isEqualTo(24_000_000);
        assertThat(apple.toTicks(5_000_000)).isEqualTo(120_000);
        assertThat(apple.toNanoseconds(24_000_000L * 3600)).isEqualTo(3_600_000_000_000L);
        HostClock intel = new HostClock(1, 1);
        assertThat(intel.rate()).isEqualTo(1_000_000_000);
        assertThat(intel.toTicks(5)).isEqualTo(5);
        assertThat(Arrays.asList(apple.toTicks(0), intel.toNanoseconds(7))).containsExactly(0L, 7L);
    }
}
