package idiom.bridge.alsa;

import static org.assertj.core.api.Assertions.assertThat;

import idiom.bridge.Port;
import java.util.List;
import org.junit.jupiter.api.Test;

class SeqPortTest {

    @Test
    void shouldNameTheClientOnce() {
        assertThat(SeqPort.nameOf("USB Keys", "USB Keys MIDI 1 ")).isEqualTo("USB Keys MIDI 1");
        assertThat(SeqPort.nameOf("Virtual Raw MIDI 0-0", "VirMIDI 0-0")).isEqualTo("Virtual Raw MIDI 0-0:VirMIDI 0-0");
        assertThat(SeqPort.nameOf("to Jazz", "to Jazz")).isEqualTo("to Jazz");
        assertThat(SeqPort.nameOf("Synth", "")).isEqualTo("Synth");
    }

    @Test
    void shouldTellPortsOfOneNameApart() {
        List<SeqPort> ports = List.of(port(20, "Keys"), port(24, "Keys"), port(28, "Pads"), port(32, "Keys"));
        assertThat(SeqPort.withUniqueNames(ports))
                .extracting(SeqPort::name)
                .containsExactly("Keys", "Keys (2)", "Pads", "Keys (3)");
    }

    @Test
    void shouldTellHardwareFromPrograms() {
        int driver = Asound.TYPE_MIDI_GENERIC | Asound.TYPE_HARDWARE | Asound.TYPE_PORT;
        int program = Asound.TYPE_MIDI_GENERIC | Asound.TYPE_APPLICATION;
        int virtualCard = Asound.TYPE_MIDI_GENERIC | Asound.TYPE_SOFTWARE | Asound.TYPE_PORT;
        assertThat(SeqPort.kindOf(driver, 1)).isEqualTo(Port.Kind.HARDWARE);
        assertThat(SeqPort.kindOf(program, -1)).isEqualTo(Port.Kind.VIRTUAL);
        assertThat(SeqPort.kindOf(virtualCard, 0)).isEqualTo(Port.Kind.VIRTUAL);
        assertThat(SeqPort.kindOf(0, 0)).isEqualTo(Port.Kind.HARDWARE);
        assertThat(SeqPort.kindOf(0, -1)).isEqualTo(Port.Kind.VIRTUAL);
    }

    private static SeqPort port(int client, String name) {
        return new SeqPort(client, 0, name, true, true, Port.Kind.HARDWARE);
    }
}
