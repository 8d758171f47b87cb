package idiom.bridge.alsa;

import static java.nio.ByteOrder.nativeOrder;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.jna.Native;
import com.sun.jna.NativeLibrary;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EventCodecTest {
    private final EventEncoder encoder = new EventEncoder();
    private final EventDecoder decoder = new EventDecoder();
    private final UnsafeBuffer event = Sequencer.memory(SeqEvent.SIZE);

    @ParameterizedTest
    @ValueSource(
            strings = {
                "803c40",
                "9f7f01",
                "903c00",
                "a53c7f",
                "b04000",
                "bf7f7f",
                "c000",
                "cf7f",
                "d07f",
                "e00040",
                "e30000",
                "ef7f7f",
                "f0f7",
                "f07e7f0601f7",
                "f17f",
                "f20000",
                "f27f7f",
                "f37f",
                "f6",
                "f8",
                "f9",
                "fa",
                "fb",
                "fc",
                "ff"
            })
    void shouldReadWhatItWrote(String message) {
        assertThat(encode(message)).isTrue();
        assertThat(decode()).containsExactly(message);
    }

    @ParameterizedTest
    @ValueSource(strings = {"3c40", "90", "903c", "903c4000", "c00000", "f4", "f5", "f7", "fd", "f8f8", "f200"})
    void shouldRefuseWhatIsNoMessage(String message) {
        assertThat(encode(message)).isFalse();
    }

    @Test
    void shouldRefuseSysexThatIsTooLong() {
        assertThat(encode("f0" + "00".repeat(SeqEvent.MAX_SYSEX - 2) + "f7")).isTrue();
        assertThat(encode("f0" + "00".repeat(SeqEvent.MAX_SYSEX - 1) + "f7")).isFalse();
    }

    /** Pitch bend is signed in the sequencer, and unsigned in MIDI. */
    @Test
    void shouldWriteBendAroundZero() {
        encode("e20040");
        assertThat(event.getInt(SeqEvent.VALUE, nativeOrder())).isZero();
        encode("e20000");
        assertThat(event.getInt(SeqEvent.VALUE, nativeOrder())).isEqualTo(-8192);
        assertThat(event.getByte(SeqEvent.CHANNEL)).isEqualTo((byte) 2);
    }

    @Test
    void shouldTellWideControllersAsTheirParts() {
        assertThat(decode(SeqEvent.CONTROLLER_14_BIT, 7, 0x1234)).containsExactly("b30724", "b32734");
        assertThat(decode(SeqEvent.CONTROLLER_14_BIT, 64, 127)).containsExactly("b3407f");
        assertThat(decode(SeqEvent.RPN, 1, 8192)).containsExactly("b36500", "b36401", "b30640", "b32600");
        assertThat(decode(SeqEvent.NRPN, 0x3FFF, 1)).containsExactly("b3637f", "b3627f", "b30600", "b32601");
    }

    @Test
    void shouldKeepBendInRange() {
        assertThat(decode(SeqEvent.PITCH_BEND, 0, 9000)).containsExactly("e37f7f");
        assertThat(decode(SeqEvent.PITCH_BEND, 0, -9000)).containsExactly("e30000");
    }

    @Test
    void shouldNotTellActiveSensing() {
        assertThat(encode("fe")).isTrue();
        assertThat(decode()).isEmpty();
    }

    @Test
    void shouldCountEventsWithoutBytes() {
        event.putByte(SeqEvent.TYPE, (byte) 5);
        assertThat(decoder.decode(event, 0, (time, bytes, offset, length) -> {}))
                .isEqualTo(1);
    }

    /** libasound's own codec says the same. */
    @Test
    void shouldAgreeWithLibasound() {
        assumeTrue(Asound.load().isEmpty(), "needs libasound: apt install libasound2");
        UnsafeBuffer theirs = Sequencer.memory(SeqEvent.SIZE);
        UnsafeBuffer codec = Sequencer.memory(Long.BYTES);
        UnsafeBuffer bytes = Sequencer.memory(64);
        assertThat(Codec.snd_midi_event_new(64, codec.addressOffset())).isZero();
        for (String message : List.of(
                "803c40",
                "953c01",
                "a53c7f",
                "b04000",
                "c07f",
                "d07f",
                "e00040",
                "e97f00",
                "f07e7f0601f7",
                "f17f",
                "f27f01",
                "f37f",
                "f6",
                "f8",
                "fa",
                "fb",
                "fc",
                "fe",
                "ff")) {
            byte[] midi = HexFormat.of().parseHex(message);
            bytes.putBytes(0, midi);
            long handle = codec.getLong(0, nativeOrder());
            Codec.snd_midi_event_reset_encode(handle);
            theirs.setMemory(0, SeqEvent.SIZE, (byte) 0);
            assertThat(Codec.snd_midi_event_encode(handle, bytes.addressOffset(), midi.length, theirs.addressOffset()))
                    .isEqualTo(midi.length);
            event.setMemory(0, SeqEvent.SIZE, (byte) 0);
            assertThat(encode(message)).isTrue();
            assertThat(event.getByte(SeqEvent.TYPE)).as(message).isEqualTo(theirs.getByte(SeqEvent.TYPE));
            if (midi[0] == (byte) 0xF0) {
                assertThat(event.getInt(SeqEvent.DATA_LENGTH)).isEqualTo(theirs.getInt(SeqEvent.DATA_LENGTH));
            } else {
                assertThat(HexFormat.of().formatHex(data(event)))
                        .as(message)
                        .isEqualTo(HexFormat.of().formatHex(data(theirs)));
            }
        }
        Codec.snd_midi_event_free(codec.getLong(0, nativeOrder()));
    }

    private static byte[] data(UnsafeBuffer of) {
        byte[] result = new byte[SeqEvent.SIZE - SeqEvent.CHANNEL];
        of.getBytes(SeqEvent.CHANNEL, result);
        return result;
    }

    private boolean encode(String message) {
        // Not at the beginning of the array, as it is with callers.
        byte[] bytes = HexFormat.of().parseHex("00" + message + "00");
        return encoder.encode(event, bytes, 1, bytes.length - 2);
    }

    private List<String> decode(int type, int parameter, int value) {
        event.putByte(SeqEvent.TYPE, (byte) type);
        event.putByte(SeqEvent.CHANNEL, (byte) 3);
        event.putInt(SeqEvent.PARAMETER, parameter, nativeOrder());
        event.putInt(SeqEvent.VALUE, value, nativeOrder());
        return decode();
    }

    private List<String> decode() {
        List<String> result = new ArrayList<>();
        int lost = decoder.decode(event, 77, (time, bytes, offset, length) -> {
            assertThat(time).isEqualTo(77);
            result.add(HexFormat.of().formatHex(bytes, offset, offset + length));
        });
        assertThat(lost).isZero();
        return result;
    }

    /** The codec of libasound, of which the product has no need. */
    private static final class Codec {
        static {
            Native.register(Codec.class, NativeLibrary.getInstance("libasound.so.2"));
        }

        static native int snd_midi_event_new(long size, long result);

        static native void snd_midi_event_free(long codec);

        static native void snd_midi_event_reset_encode(long codec);

        static native long snd_midi_event_encode(long codec, long bytes, long count, long event);
    }
}
