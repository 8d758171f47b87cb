package idiom.training.run;

/**
 * Averaged weights of one generator of a run.
 *
 * @param step after which they were taken, warm-up counted in
 * @param values in the order of the generator's layout, not copied
 */
@SuppressWarnings("ArrayRecordComponent") // handed on, never compared
public record TrainedWeights(long step, float[] values) {}
