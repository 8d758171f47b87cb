package idiom.app.bench;

import idiom.app.transfer.Networks;
import idiom.engine.generator.IdentityGenerator;
import idiom.engine.onnx.GenreClassifier;
import idiom.engine.onnx.InferenceOptions;
import idiom.presets.ModelFile;

/** A network that gives back what it gets, for all models: what goes in has to come out, note for note. */
final class Identity implements Networks {
    @Override
    public Loaded generator(ModelFile model, InferenceOptions options) {
        return new Loaded(new IdentityGenerator(), "nothing");
    }

    @Override
    public GenreClassifier classifier(ModelFile model, InferenceOptions options) {
        throw new IllegalStateException("the identity hears no genre: model=" + model.path());
    }
}
