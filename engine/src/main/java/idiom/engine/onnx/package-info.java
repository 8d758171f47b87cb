/**
 * Networks through DJL and ONNX Runtime: the generator behind a preset and the genre classifier. The only package that
 * knows these libraries' types; callers see {@link idiom.engine.generator.Generator}.
 */
@NullMarked
package idiom.engine.onnx;

import org.jspecify.annotations.NullMarked;
