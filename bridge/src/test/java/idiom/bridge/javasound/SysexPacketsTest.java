package idiom.bridge.javasound;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HexFormat;
import org.junit.jupiter.api.Test;

class SysexPacketsTest {
    private final SysexPackets packets = new SysexPackets(8);

    private String add(String hex) {
        return packets.add(HexFormat.of().parseHex(hex))
                ? HexFormat.of().formatHex(packets.message(), 0, packets.messageLength())
                : "";
    }

    @Test
    void shouldTakeAWholeMessage() {
        assertThat(add("f07d0102f7")).isEqualTo("f07d0102f7");
        assertThat(packets.lost()).isZero();
    }

    @Test
    void shouldPutPacketsTogether() {
        assertThat(add("f07d01")).isEmpty();
        assertThat(add("f70203")).isEmpty();
        assertThat(add("f7f7")).isEqualTo("f07d010203f7");
        assertThat(add("f001")).isEmpty();
        assertThat(add("f7")).as("an end alone").isEqualTo("f001f7");
        assertThat(packets.lost()).isZero();
    }

    @Test
    void shouldCountWhatStaysIncomplete() {
        add("f001");
        assertThat(add("f002f7")).isEqualTo("f002f7");
        assertThat(packets.lost()).isEqualTo(1);
        assertThat(add("f70304")).as("no beginning").isEmpty();
        assertThat(add("f705f7")).isEmpty();
        assertThat(packets.lost()).isEqualTo(1);
        assertThat(add("f006f7")).isEqualTo("f006f7");
        assertThat(add("f7")).as("an end of nothing").isEmpty();
        assertThat(add("")).isEmpty();
        assertThat(packets.lost()).isZero();
    }

    @Test
    void shouldRefuseWhatIsTooLong() {
        assertThat(add("f0010203040506f7")).isEqualTo("f0010203040506f7");
        assertThat(add("f001020304050607")).isEmpty();
        assertThat(add("f7080910")).isEmpty();
        assertThat(add("f711f7")).isEmpty();
        assertThat(packets.lost()).isEqualTo(1);
        assertThat(add("f001f7")).isEqualTo("f001f7");
    }
}
