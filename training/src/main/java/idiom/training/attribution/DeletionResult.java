package idiom.training.attribution;

/**
 * What is left of the verdict without some notes.
 *
 * @param share of each phrase's notes that were removed
 * @param highest without those of the highest saliency
 * @param random without as many drawn by chance
 * @param lowest without as many of the lowest saliency
 */
public record DeletionResult(double share, Left highest, Left random, Left lowest) {

    /**
     * After one way of removing them.
     *
     * @param right share of the phrases that the classifier still gets right
     * @param cellsGone mean share of the sounding cells that went with the notes
     */
    public record Left(double right, double cellsGone) {}
}
