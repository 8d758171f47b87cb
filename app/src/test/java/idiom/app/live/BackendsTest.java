package idiom.app.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import idiom.bridge.Backend;
import idiom.bridge.BackendException;
import idiom.bridge.Device;
import idiom.bridge.DeviceSpec;
import idiom.bridge.Port;
import idiom.bridge.loopback.LoopbackBackend;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class BackendsTest {
    private static final Port PORT = new Port("test", "Keys", Port.Direction.INPUT, Port.Kind.HARDWARE);

    private record Stub(
            String name, @Nullable String trouble, boolean makesPorts, List<Port> ports, boolean canBeDefault)
            implements Backend {
        Stub(String name, @Nullable String trouble, boolean makesPorts, List<Port> ports) {
            this(name, trouble, makesPorts, ports, true);
        }

        @Override
        public Optional<String> problem() {
            return Optional.ofNullable(trouble);
        }

        @Override
        public Device open(DeviceSpec spec) throws BackendException {
            throw new BackendException("not this one");
        }

        @Override
        public void close() {}
    }

    private static Backend choose(Backend... backends) throws BackendException {
        return Backends.choose(List.of(backends), Optional.empty());
    }

    @Test
    void shouldKnowThemBestFirst() {
        List<Backend> all = Backends.all();
        assertThat(all)
                .extracting(Backend::name)
                .containsExactly("jack", "alsa", "coremidi", "javasound", "plugin", "loopback");
        assertThat(all)
                .filteredOn(Backend::canBeDefault)
                .extracting(Backend::name)
                .containsExactly("jack", "alsa", "coremidi", "javasound");
        all.forEach(Backend::close);
    }

    @Test
    void shouldTakeTheFirstThatCanBeUsed() throws BackendException {
        Backend broken = new Stub("broken", "no library (apt install it)", true, List.of());
        Backend own = new Stub("own", null, true, List.of());
        Backend others = new Stub("others", null, false, List.of(PORT));
        assertThat(choose(broken, own, others)).isSameAs(own);
        assertThat(choose(broken, others, new LoopbackBackend())).isSameAs(others);
    }

    @Test
    void shouldNotTakeOneThatNeitherHasNorMakesPorts() {
        Backend broken = new Stub("broken", "no library (apt install it)", true, List.of());
        Backend empty = new Stub("empty", null, false, List.of());
        assertThatThrownBy(() -> choose(broken, empty, new LoopbackBackend()))
                .isInstanceOf(BackendException.class)
                .hasMessage("no system of MIDI ports can be used here: no library (apt install it); empty has no ports"
                        + " (plug a device in, or make two as docs/windows.md says)");
    }

    /** Whatever it has, and why ever not: it is neither taken nor named. */
    @Test
    void shouldTakeSomeOnlyByTheirName() throws BackendException {
        Backend plugins = new Stub("plugins", null, false, List.of(PORT), false);
        Backend broken = new Stub("broken", "no library (apt install it)", true, List.of());
        assertThatThrownBy(() -> choose(plugins, new Stub("odd", "somebody's folder", true, List.of(), false), broken))
                .isInstanceOf(BackendException.class)
                .hasMessage("no system of MIDI ports can be used here: no library (apt install it)");
        assertThat(Backends.choose(List.of(broken, plugins), Optional.of("plugins")))
                .isSameAs(plugins);
    }

    @Test
    void shouldTakeTheOneOfThatNameWhateverItHas() throws BackendException {
        Backend empty = new Stub("empty", null, false, List.of());
        assertThat(Backends.choose(List.of(empty), Optional.of("empty"))).isSameAs(empty);
    }
}
