package idiom.training.distil;

import idiom.training.net.GeneratorShape;

/**
 * What decides what a distillation computes, beside the data and the teacher.
 *
 * @param student the small generator
 * @param steps of Adam, 1 to 1,000,000
 * @param batch phrases a step, 1 to 1,024
 * @param rate Adam's, in (0, 0.1]; falls linearly to 0 over the second half of the steps
 * @param context weight of all 64 steps of a window beside its last one, which alone is heard; 0 to 10
 * @param change weight of the cells in which the teacher's answer is another than what was played, 1 to 100: a student that
 *     is not sure makes a change where its probability is above 1 / (1 + change), and with 1 it makes few
 * @param average decay of the moving average of the student's weights, in [0, 1)
 * @param seed of weights, order and places
 */
public record DistilRecipe(
        GeneratorShape student,
        int steps,
        int batch,
        double rate,
        double context,
        double change,
        double average,
        long seed) {
    public DistilRecipe {
        require("steps", steps, 1, 1_000_000);
        require("batch", batch, 1, 1024);
        require("rate", rate, 1e-9, 0.1);
        require("context", context, 0, 10);
        require("change", change, 1, 100);
        require("average", average, 0, 0.99999);
    }

    private static void require(String name, double value, double low, double high) {
        if (!(value >= low && value <= high)) {
            throw new IllegalArgumentException(
                    name + " must be from " + low + " to " + high + ": " + name + "=" + value);
        }
    }

    /** The rate at a step, from 0. */
    double rateAt(int step) {
        return rate * Math.min(1, 2 * (1 - step / (double) steps));
    }

    /** All of it, in a line. */
    public String summary() {
        return "width = " + student.width() + "; blocks = " + student.blocks() + "; steps = " + steps + "; batch = "
                + batch + "; rate = " + rate + "; context = " + context + "; change = " + change + "; average = "
                + average + "; seed = "
                + seed;
    }
}
