/** Generators: windows in, probabilities out. ONNX Runtime stays behind {@link idiom.engine.generator.Generator}. */
@NullMarked
package idiom.engine.generator;

import org.jspecify.annotations.NullMarked;
