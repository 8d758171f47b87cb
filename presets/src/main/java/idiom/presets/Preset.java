package idiom.presets;

/**
 * One way to play: a generator, and what is done with what it says. Read from a TOML file that lies beside an ONNX
 * model.
 *
 * @param name unique, shown to the musician and written by her on the command line: {@code "pop-to-jazz"}
 * @param program MIDI Program Change that selects it, 0 to 127
 * @param source genre that goes in, {@code "pop"}
 * @param target genre that comes out, {@code "jazz"}
 * @param model the generator's file
 * @param mode how a live session answers
 * @param hop how far a live session moves on between two windows
 * @param decoding what is done with the generator's probabilities
 * @param output where the notes go
 * @param provenance where the model comes from and what was measured of it
 */
public record Preset(
        String name,
        int program,
        String source,
        String target,
        ModelFile model,
        Mode mode,
        Hop hop,
        Decoding decoding,
        Output output,
        Provenance provenance) {}
