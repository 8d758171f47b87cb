package idiom.engine.metrics;

import idiom.engine.harmony.KeyFinder;
import idiom.engine.pianoroll.PianoRoll;
import java.util.ArrayList;
import java.util.List;

/**
 * All that is measured of one song's transfer, over its windows of 64 steps one after the other. Windows that are silent
 * before and after count for nothing.
 *
 * @param content change of content, cells of all windows together
 * @param melody top line, steps of all windows together
 * @param chroma similarity of the whole song's pitch classes, 0 to 1
 * @param key of the whole song before and after
 * @param outOfKey added notes outside the scale of the key before; a run over a window's edge counts in both. None if the
 *     key is unknown
 * @param before mean texture of the windows before
 * @param after mean texture of the windows after
 */
public record RollReport(
        ContentChange content,
        Melody melody,
        double chroma,
        KeyChange key,
        OutOfKey outOfKey,
        Texture before,
        Texture after) {

    /**
     * Measures a song.
     *
     * @param source its windows
     * @param result the same windows after the transfer, as many
     */
    public static RollReport of(List<PianoRoll> source, List<PianoRoll> result) {
        if (source.size() != result.size()) {
            throw new IllegalArgumentException("as many windows must be there after as before: source=" + source.size()
                    + " result=" + result.size());
        }
        KeyChange key = KeyChange.of(source, result, KeyFinder.standard());
        ContentChange content = ContentChange.NONE;
        Melody melody = Melody.NONE;
        OutOfKey outOfKey = new OutOfKey(0, 0);
        List<PianoRoll> before = new ArrayList<>();
        List<PianoRoll> after = new ArrayList<>();
        for (int i = 0; i < source.size(); i++) {
            PianoRoll from = source.get(i);
            PianoRoll to = result.get(i);
            if (from.isEmpty() && to.isEmpty()) {
                continue;
            }
            before.add(from);
            after.add(to);
            content = content.plus(ContentChange.of(from, to));
            melody = melody.plus(Melody.of(from, to));
            if (key.before().isPresent()) {
                outOfKey = outOfKey.plus(OutOfKey.of(from, to, key.before().get()));
            }
        }
        double chroma = Chroma.similarity(KeyFinder.durations(before), KeyFinder.durations(after));
        return new RollReport(content, melody, chroma, key, outOfKey, Texture.mean(before), Texture.mean(after));
    }
}
