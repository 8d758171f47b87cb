package idiom.app.live;

import idiom.bridge.Device;
import idiom.presets.Controls;
import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.locks.LockSupport;

/** Finds out which control change a player moves. [control] */
public final class ControlLearner {
    private static final int CONTROL_CHANGE = 0xB0;
    /** A knob sends many values, a switch two: one message alone may be something else. */
    private static final int ENOUGH = 2;

    private static final long LOOK_NS = 2_000_000;

    private final int[] seen = new int[Controls.HIGHEST + 1];
    private final Set<Integer> taken;
    private int found = -1;

    /** What can be learnt. */
    public enum Control {
        /** From the player's notes to all of the change. */
        MIX,
        /** From many cells to few. */
        THRESHOLD,
        /** The player's notes pass unchanged. */
        BYPASS,
        /** A beat. */
        TAP;

        /** Its number, if there is one. */
        public OptionalInt of(Controls controls) {
            return switch (this) {
                case MIX -> controls.mix();
                case THRESHOLD -> controls.threshold();
                case BYPASS -> controls.bypass();
                case TAP -> controls.tap();
            };
        }

        /** As it is written: {@code "mix"}. */
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    private ControlLearner(Set<Integer> taken) {
        this.taken = taken;
    }

    /**
     * Listens until a control is moved that is not taken, twice at least.
     *
     * @param seconds how long to wait
     * @return its number; empty if nothing came
     */
    public static OptionalInt listen(Device device, Set<Integer> taken, int seconds) throws InterruptedException {
        ControlLearner learner = new ControlLearner(taken);
        // What came before was moved for something else.
        device.receive((time, bytes, offset, length) -> {});
        long end = System.nanoTime() + seconds * 1_000_000_000L;
        while (learner.found < 0 && System.nanoTime() < end) {
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
            device.receive((time, bytes, offset, length) -> learner.hear(bytes, offset, length));
            LockSupport.parkNanos(LOOK_NS);
        }
        return learner.found < 0 ? OptionalInt.empty() : OptionalInt.of(learner.found);
    }

    private void hear(byte[] bytes, int offset, int length) {
        if (length != 3 || (bytes[offset] & 0xF0) != CONTROL_CHANGE) {
            return;
        }
        int number = bytes[offset + 1];
        if (number <= Controls.HIGHEST && !taken.contains(number) && ++seen[number] >= ENOUGH && found < 0) {
            found = number;
        }
    }

    /** Numbers of all controls but one. */
    public static Set<Integer> taken(Controls controls, Control but) {
        Set<Integer> numbers = new TreeSet<>();
        for (Control control : Control.values()) {
            if (control != but) {
                control.of(controls).ifPresent(numbers::add);
            }
        }
        return numbers;
    }

    /** Controls of which one has another number. */
    public static Controls with(Controls controls, Control changed, OptionalInt number) {
        return new Controls(
                changed == Control.MIX ? number : controls.mix(),
                changed == Control.THRESHOLD ? number : controls.threshold(),
                changed == Control.BYPASS ? number : controls.bypass(),
                changed == Control.TAP ? number : controls.tap());
    }

    /** Controls of which some have no number. */
    public static Controls without(Controls controls, List<Control> forgotten) {
        Controls left = controls;
        for (Control control : forgotten) {
            left = with(left, control, OptionalInt.empty());
        }
        return left;
    }
}
