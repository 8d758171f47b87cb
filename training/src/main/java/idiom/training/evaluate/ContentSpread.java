package idiom.training.evaluate;

import idiom.engine.metrics.ContentChange;
import java.util.List;

/**
 * Content change over phrases, as table 1 of Brunner et al. 2019 has it.
 *
 * @param total added and removed
 * @param added cells that came, over those of the source
 * @param removed cells that went
 */
public record ContentSpread(Spread total, Spread added, Spread removed) {

    /** Of the changes of phrases; a change of a silent phrase is no ratio and is left out. */
    public static ContentSpread over(List<ContentChange> changes) {
        return new ContentSpread(
                Spread.over(changes.size(), i -> changes.get(i).total()),
                Spread.over(changes.size(), i -> changes.get(i).added()),
                Spread.over(changes.size(), i -> changes.get(i).removed()));
    }
}
