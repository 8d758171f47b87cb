package idiom.training;

import idiom.training.cli.IdiomTrain;

/** Entry point of {@code idiom-train}. */
public final class Main {
    private Main() {}

    /** Runs the command line and exits with its status: 0 done, 1 failed, 2 wrong usage. */
    public static void main(String[] args) {
        System.exit(IdiomTrain.run(args));
    }
}
