package idiom.bridge.queue;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;

class InputRingTest {
    private static final byte[] NOTE_ON = {(byte) 0x90, 60, 64};
    private static final byte[] NOTE_OFF = {(byte) 0x80, 60, 64};

    private final InputRing ring = new InputRing();

    @Test
    void shouldKeepTimesBytesAndOrder() {
        ring.offer(Long.MAX_VALUE, new byte[] {0, (byte) 0x90, 60, 64, 0}, 1, 3);
        ring.offer(5, new byte[] {(byte) 0xF8}, 0, 1);
        List<String> got = new ArrayList<>();
        assertThat(ring.drain((time, bytes, offset, length) ->
                        got.add(time + " " + HexFormat.of().formatHex(bytes, offset, offset + length))))
                .isEqualTo(2);
        assertThat(got).containsExactly(Long.MAX_VALUE + " 903c40", "5 f8");
        assertThat(ring.drain((time, bytes, offset, length) -> {})).isZero();
    }

    @Test
    void shouldCarryTheLongestSysex() {
        byte[] sysex = new byte[ring.longestMessage()];
        assertThat(sysex).hasSizeGreaterThan(500_000);
        assertThat(ring.offer(1, sysex, 0, sysex.length)).isTrue();
        assertThat(ring.drain(
                        (time, bytes, offset, length) -> assertThat(length).isEqualTo(sysex.length)))
                .isEqualTo(1);
    }

    @Test
    void shouldKeepRoomForTheEndsOfNotes() {
        int ons = 0;
        while (ring.offer(ons, NOTE_ON, 0, 3)) {
            ons++;
        }
        assertThat(ons).isEqualTo(7 * 65_536 / 8 + 1);
        assertThat(ring.offer(0, new byte[] {(byte) 0xC0, 1}, 0, 2)).isFalse();
        assertThat(ring.offer(0, new byte[] {(byte) 0xB0, 1, 0}, 0, 3)).isFalse();
        assertThat(ring.offer(0, new byte[] {(byte) 0xB0, 64, 0}, 0, 3)).isTrue();
        assertThat(ring.offer(0, new byte[] {(byte) 0xB0, 123, 0}, 0, 3)).isTrue();
        assertThat(ring.offer(0, new byte[] {(byte) 0x90, 60, 0}, 0, 3)).isTrue();
        int offs = 0;
        while (ring.offer(0, NOTE_OFF, 0, 3)) {
            offs++;
        }
        assertThat(offs).isEqualTo(65_536 / 8 - 4);
        ring.drain((time, bytes, offset, length) -> {});
        while (ring.drain((time, bytes, offset, length) -> {}) > 0) {}
        assertThat(ring.offer(0, NOTE_ON, 0, 3)).isTrue();
    }
}
