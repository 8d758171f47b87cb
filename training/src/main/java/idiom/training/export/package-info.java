/** Writes trained networks as ONNX files. Takes plain arrays, so that it knows no training library. */
@NullMarked
package idiom.training.export;

import org.jspecify.annotations.NullMarked;
