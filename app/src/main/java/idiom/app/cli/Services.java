package idiom.app.cli;

import idiom.app.transfer.Networks;
import idiom.presets.BundledPresets;
import idiom.presets.Folders;
import idiom.presets.PresetLibrary;

/**
 * What commands need from outside.
 *
 * @param folders of presets and cache
 * @param networks where generators come from
 */
public record Services(Folders folders, Networks networks) {
    /** Those of the person who runs this process. */
    public static Services ofSystem() {
        return new Services(Folders.ofSystem(), Networks.onnx());
    }

    /** All presets, read anew. */
    PresetLibrary library() {
        return new PresetLibrary(BundledPresets.shipped(folders.cache()), folders.presets());
    }
}
