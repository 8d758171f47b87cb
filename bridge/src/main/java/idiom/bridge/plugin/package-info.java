/**
 * The engine's side of the plugin: files of shared memory that plugins in DAWs make, each with a ring there and a ring back
 * (docs/plugin-protocol.md). A plugin is no port that can be made here; it comes and goes, and is found in a folder.
 */
@NullMarked
package idiom.bridge.plugin;

import org.jspecify.annotations.NullMarked;
