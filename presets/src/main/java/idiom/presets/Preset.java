package idiom.presets;

/**
 * One way to play: a generator, and what is done with what it says. Read from a TOML file that lies beside an ONNX
 * model.
 *
 * @param name unique, shown to the musician and written by her on the command line: {@code "pop-to-jazz"}; 1 to 64
 *     lower-case letters, digits and inner hyphens
 * @param program MIDI Program Change that selects it, 0 to 127
 * @param source genre that goes in, {@code "pop"}; written like a name
 * @param target genre that comes out, {@code "jazz"}
 * @param model the generator's file
 * @param mode how a live session answers
 * @param hop how far a live session moves on between two windows
 * @param decoding what is done with the generator's probabilities
 * @param output where the notes go
 * @param controls what a controller's knobs change
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
        Controls controls,
        Provenance provenance) {

    public Preset {
        Names.require("name", name);
        Ranges.closed("program", program, 0, 127);
        Names.require("source", source);
        Names.require("target", target);
    }

    /** A preset without controls. */
    public Preset(
            String name,
            int program,
            String source,
            String target,
            ModelFile model,
            Mode mode,
            Hop hop,
            Decoding decoding,
            Output output,
            Provenance provenance) {
        this(name, program, source, target, model, mode, hop, decoding, output, Controls.NONE, provenance);
    }

    /** The same preset with its model elsewhere. */
    public Preset withModel(ModelFile other) {
        return new Preset(name, program, source, target, other, mode, hop, decoding, output, controls, provenance);
    }

    /** The same preset with other controls. */
    public Preset withControls(Controls others) {
        return new Preset(name, program, source, target, model, mode, hop, decoding, output, others, provenance);
    }
}
