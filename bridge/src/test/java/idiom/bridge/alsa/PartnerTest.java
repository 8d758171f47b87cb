package idiom.bridge.alsa;

import static org.assertj.core.api.Assertions.assertThat;

import idiom.bridge.Port;
import java.util.List;
import org.junit.jupiter.api.Test;

class PartnerTest {
    private static final SeqPort KEYS = new SeqPort(20, 0, "Keys MIDI 1", true, true, Port.Kind.HARDWARE);
    private static final SeqPort SECOND_KEYS = new SeqPort(24, 0, "Keys MIDI 1 (2)", true, true, Port.Kind.HARDWARE);
    private static final SeqPort SYNTH = new SeqPort(128, 1, "Synth (4711)", false, true, Port.Kind.VIRTUAL);

    @Test
    void shouldMatchPartOfTheNameInAnyCaseAndTheRightDirection() {
        assertThat(new Partner("keys", Port.Direction.INPUT).choose(List.of(SYNTH, KEYS)))
                .contains(KEYS);
        assertThat(new Partner("SYNTH", Port.Direction.OUTPUT).choose(List.of(KEYS, SYNTH)))
                .contains(SYNTH);
        assertThat(new Partner("synth", Port.Direction.INPUT).choose(List.of(KEYS, SYNTH)))
                .isEmpty();
    }

    @Test
    void shouldPreferTheOneItHadBefore() {
        Partner partner = new Partner("keys", Port.Direction.INPUT);
        partner.found(SECOND_KEYS);
        assertThat(partner.left(24, -1)).isTrue();
        SeqPort elsewhere = new SeqPort(32, 0, SECOND_KEYS.name(), true, true, Port.Kind.HARDWARE);
        assertThat(partner.choose(List.of(KEYS, elsewhere))).contains(elsewhere);
        assertThat(partner.choose(List.of(KEYS))).contains(KEYS);
    }

    @Test
    void shouldKnowWhenItHasLeft() {
        Partner partner = new Partner("synth", Port.Direction.OUTPUT);
        assertThat(partner.left(128, 1)).isFalse();
        partner.found(SYNTH);
        assertThat(partner.left(128, 0)).isFalse();
        assertThat(partner.left(129, -1)).isFalse();
        assertThat(partner.isFound()).isTrue();
        assertThat(partner.left(128, 1)).isTrue();
        assertThat(partner.isFound()).isFalse();
    }

    /** The number may be somebody else's by now. */
    @Test
    void shouldNoticeThatSomebodyElseHasItsPlace() {
        Partner partner = new Partner("synth", Port.Direction.OUTPUT);
        partner.found(SYNTH);
        assertThat(partner.leftUnseen(List.of(KEYS, SYNTH))).isFalse();
        assertThat(partner.leftUnseen(List.of(new SeqPort(128, 1, "Other", true, true, Port.Kind.VIRTUAL))))
                .isTrue();
        assertThat(partner.isFound()).isFalse();
    }

    @Test
    void shouldSayWhatThereIs() {
        assertThat(new Partner("organ", Port.Direction.INPUT).missing(List.of(KEYS, SYNTH)))
                .isEqualTo("no port to listen to has \"organ\" in its name: there are \"Keys MIDI 1\"");
        assertThat(new Partner("organ", Port.Direction.OUTPUT).missing(List.of()))
                .isEqualTo("no port to play to has \"organ\" in its name: there are none");
    }
}
