package idiom.bridge.alsa;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HexFormat;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

class SysexAssemblyTest {
    private final SysexAssembly assembly = new SysexAssembly();

    @Test
    void shouldPutPiecesTogether() {
        assertThat(add(1, "f001")).isFalse();
        assertThat(add(1, "0203")).isFalse();
        assertThat(add(1, "")).isFalse();
        assertThat(add(1, "f7")).isTrue();
        assertThat(message()).isEqualTo("f0010203f7");
        assertThat(add(1, "f0f7")).isTrue();
        assertThat(message()).isEqualTo("f0f7");
        assertThat(assembly.lost()).isZero();
    }

    @Test
    void shouldKeepSendersApart() {
        add(1, "f001");
        add(2, "f002");
        assertThat(add(1, "f7")).isTrue();
        assertThat(message()).isEqualTo("f001f7");
        assertThat(add(2, "f7")).isTrue();
        assertThat(message()).isEqualTo("f002f7");
    }

    @Test
    void shouldTakeTheLongestAndLoseOneThatIsLonger() {
        add(1, "f0" + "00".repeat(SeqEvent.MAX_SYSEX - 2));
        assertThat(add(1, "f7")).isTrue();
        assertThat(assembly.messageLength()).isEqualTo(SeqEvent.MAX_SYSEX);
        add(1, "f0" + "00".repeat(SeqEvent.MAX_SYSEX - 1));
        assertThat(add(1, "00")).isFalse();
        assertThat(add(1, "f7")).isFalse();
        assertThat(assembly.lost()).isEqualTo(1);
        assertThat(add(1, "f0f7")).isTrue();
    }

    @Test
    void shouldCountOnceWhatHasNoBeginning() {
        assertThat(add(1, "0102")).isFalse();
        assertThat(add(1, "03")).isFalse();
        assertThat(add(1, "f7")).isFalse();
        assertThat(assembly.lost()).isEqualTo(1);
        assertThat(assembly.lost()).isZero();
    }

    @Test
    void shouldCountWhatHasNoEnd() {
        add(1, "f001");
        assertThat(add(1, "f002f7")).isTrue();
        assertThat(message()).isEqualTo("f002f7");
        assertThat(assembly.lost()).isEqualTo(1);
    }

    @Test
    void shouldCrowdOutTheOldestOfTooMany() {
        for (int sender = 0; sender <= SysexAssembly.SENDERS; sender++) {
            add(sender, "f00" + sender);
        }
        assertThat(assembly.lost()).isEqualTo(1);
        assertThat(add(SysexAssembly.SENDERS, "f7")).isTrue();
        assertThat(message()).isEqualTo("f00" + SysexAssembly.SENDERS + "f7");
        assertThat(add(1, "f7")).isTrue();
        assertThat(message()).isEqualTo("f001f7");
        assertThat(add(0, "f7")).isFalse();
    }

    private boolean add(int sender, String piece) {
        byte[] bytes = HexFormat.of().parseHex(piece);
        return assembly.add(sender, new UnsafeBuffer(bytes), bytes.length);
    }

    private String message() {
        return HexFormat.of().formatHex(assembly.message(), 0, assembly.messageLength());
    }
}
