package idiom.app.transfer;

import idiom.engine.generator.Generator;
import idiom.engine.onnx.GenreClassifier;
import idiom.engine.onnx.InferenceOptions;
import idiom.engine.onnx.OnnxRuntimeGenerator;
import idiom.presets.ModelFile;

/** Where networks come from: ONNX Runtime in the program, made-up ones in tests. [any] */
public interface Networks {
    /**
     * A loaded generator.
     *
     * @param generator ready to run; whoever asked closes it
     * @param runsOn what runs it and why nothing better does, for people
     */
    record Loaded(Generator generator, String runsOn) {}

    /**
     * Loads a generator.
     *
     * @throws idiom.engine.generator.GeneratorException if the file is no generator or cannot run here
     */
    Loaded generator(ModelFile model, InferenceOptions options);

    /**
     * Loads a genre classifier.
     *
     * @throws idiom.engine.generator.GeneratorException if the file is no classifier or cannot run here
     */
    GenreClassifier classifier(ModelFile model, InferenceOptions options);

    /** ONNX Runtime's. */
    static Networks onnx() {
        return new Networks() {
            @Override
            public Loaded generator(ModelFile model, InferenceOptions options) {
                OnnxRuntimeGenerator generator = OnnxRuntimeGenerator.load(model.path(), options);
                return new Loaded(generator, generator.providerChoice().description());
            }

            @Override
            public GenreClassifier classifier(ModelFile model, InferenceOptions options) {
                return GenreClassifier.load(model.path(), options);
            }
        };
    }
}
