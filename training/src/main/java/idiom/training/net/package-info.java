/** Networks on PyTorch through the JavaCPP presets: parameters, layers, generator, discriminators, classifier. */
@NullMarked
package idiom.training.net;

import org.jspecify.annotations.NullMarked;
