/** The engine behind plugins in DAWs: any number of instances, one set of networks. */
@NullMarked
package idiom.app.engine;

import org.jspecify.annotations.NullMarked;
