package idiom.presets;

import java.util.Optional;

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
 * @param instant the file of a smaller generator for the mode {@code instant}, where there is one
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
        Optional<ModelFile> instant,
        Mode mode,
        Hop hop,
        Decoding decoding,
        Output output,
        Controls controls,
        Provenance provenance) {

    /** Table of a preset file that names the model. */
    static final String MODEL = "model";
    /** Table of a preset file that names the smaller model. */
    static final String INSTANT = "instant";

    public Preset {
        Names.require("name", name);
        Ranges.closed("program", program, 0, 127);
        Names.require("source", source);
        Names.require("target", target);
    }

    /** A preset without controls, and of one model. */
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
        this(
                name,
                program,
                source,
                target,
                model,
                Optional.empty(),
                mode,
                hop,
                decoding,
                output,
                Controls.NONE,
                provenance);
    }

    /** The generator's file that a live session in a mode plays with. */
    public ModelFile modelFor(Mode played) {
        return played == Mode.INSTANT ? instant.orElse(model) : model;
    }

    /**
     * Reads the models and compares them with their hashes.
     *
     * @throws PresetException if one is missing, unreadable or another one; names the file and both hashes
     */
    public void verifyModels() {
        model.verify(MODEL);
        instant.ifPresent(file -> file.verify(INSTANT));
    }

    /** The same preset with its models elsewhere. */
    public Preset withModels(ModelFile other, Optional<ModelFile> otherInstant) {
        return new Preset(
                name, program, source, target, other, otherInstant, mode, hop, decoding, output, controls, provenance);
    }

    /** The same preset under another program number. */
    public Preset withProgram(int other) {
        return new Preset(
                name, other, source, target, model, instant, mode, hop, decoding, output, controls, provenance);
    }

    /** The same preset decoded otherwise. */
    public Preset withDecoding(Decoding other) {
        return new Preset(
                name, program, source, target, model, instant, mode, hop, other, output, controls, provenance);
    }

    /** The same preset with other controls. */
    public Preset withControls(Controls others) {
        return new Preset(
                name, program, source, target, model, instant, mode, hop, decoding, output, others, provenance);
    }

    /** The same preset with another provenance. */
    public Preset withProvenance(Provenance other) {
        return new Preset(name, program, source, target, model, instant, mode, hop, decoding, output, controls, other);
    }
}
