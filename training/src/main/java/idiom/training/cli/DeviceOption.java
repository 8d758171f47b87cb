package idiom.training.cli;

import idiom.training.net.Device;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Where the networks compute. */
final class DeviceOption {
    /** What can be asked for. */
    enum Wish {
        /** CUDA where PyTorch has it, else the processor. */
        AUTO,
        /** The processor. */
        CPU,
        /** An NVIDIA GPU. */
        CUDA
    }

    @Option(
            names = "--device",
            paramLabel = "WHERE",
            description = "Compute on cpu or cuda (default: cuda if PyTorch finds an NVIDIA GPU, else cpu).")
    private Wish wish = Wish.AUTO;

    /**
     * Says in one line what was chosen, and why not the better one.
     *
     * @throws IllegalStateException in one line if CUDA was asked for and there is none
     */
    Device choose() {
        String lacking = Device.whyNoCuda();
        if (wish == Wish.CUDA && lacking != null) {
            throw new IllegalStateException("--device cuda: " + lacking);
        }
        Device device = wish == Wish.CPU || lacking != null ? Device.CPU : Device.CUDA;
        Console.say("computing on " + (device == Device.CUDA ? "cuda" : "cpu") + reason(lacking));
        return device;
    }

    private String reason(@Nullable String lacking) {
        if (wish != Wish.AUTO || lacking == null) {
            return "";
        }
        return " (no cuda: " + lacking + ")";
    }
}
