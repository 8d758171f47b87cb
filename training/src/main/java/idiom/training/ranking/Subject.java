package idiom.training.ranking;

/**
 * What people rank and metrics measure: one piece as one model plays it.
 *
 * @param item the piece
 * @param model who transferred it
 */
public record Subject(String item, String model) {
    @Override
    public String toString() {
        return "item " + item + ", model " + model;
    }
}
