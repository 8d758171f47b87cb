package idiom.bridge.alsa;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import idiom.bridge.BackendException;
import idiom.bridge.DeviceSpec;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class AlsaBackendTest {

    @Test
    void shouldSayInALineWhatIsMissingAndWhatToDo() {
        try (AlsaBackend backend = new AlsaBackend()) {
            Optional<String> problem = backend.problem();
            if (Asound.load().isPresent()) {
                assertThat(problem).contains("the library of ALSA is missing: libasound.so.2 (apt install libasound2)");
            } else if (!Files.exists(Path.of("/dev/snd/seq"))) {
                assertThat(problem).contains("the kernel's sequencer is not there: /dev/snd/seq (modprobe snd-seq)");
            }
            if (problem.isPresent()) {
                assertThatThrownBy(backend::ports)
                        .isInstanceOf(BackendException.class)
                        .hasMessage("ALSA: " + problem.get());
                assertThatThrownBy(() -> backend.open(new DeviceSpec("to Jazz", null, null)))
                        .isInstanceOf(BackendException.class)
                        .hasMessage("ALSA: " + problem.get());
            }
        }
    }

    @Test
    void shouldBeCalledAlsa() {
        try (AlsaBackend backend = new AlsaBackend()) {
            assertThat(backend.name()).isEqualTo("alsa");
        }
    }
}
