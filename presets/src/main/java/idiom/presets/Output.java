package idiom.presets;

import java.util.OptionalInt;

/**
 * Where a preset's notes go.
 *
 * @param channel MIDI channel of added notes, 0 to 15; empty: the channel of the notes around them
 * @param program General MIDI program, 0 to 127, set on the channels of pitched notes; empty: programs stay as they are
 */
public record Output(OptionalInt channel, OptionalInt program) {
    /** Everything as it came in. */
    public static final Output AS_INPUT = new Output(OptionalInt.empty(), OptionalInt.empty());

    public Output {
        channel.ifPresent(value -> Ranges.closed("output.channel", value, 0, 15));
        program.ifPresent(value -> Ranges.closed("output.program", value, 0, 127));
    }
}
