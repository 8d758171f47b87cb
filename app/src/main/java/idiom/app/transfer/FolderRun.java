package idiom.app.transfer;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** All MIDI files below a folder, transferred side by side; what fails never stops the rest. */
public final class FolderRun {
    /** Hears of each file as it is done; called by one thread at a time. */
    public interface Listener {
        /** A file is done. */
        void done(Outcome outcome, int finished, int all);

        /** A file could not be done. */
        void failed(Path in, Throwable cause, int finished, int all);
    }

    /**
     * A file and how long it took.
     *
     * @param in MIDI file
     * @param ns time from reading to the last written file
     */
    public record Timed(Path in, long ns) {}

    /**
     * How a run ended.
     *
     * @param done files transferred
     * @param failed files that could not be
     * @param ns wall time
     * @param slowest at most ten, the slowest first
     */
    public record Summary(int done, int failed, long ns, List<Timed> slowest) {}

    private static final List<String> SUFFIXES = List.of(".mid", ".midi", ".kar", ".rmi");
    private static final int SLOWEST = 10;

    private FolderRun() {}

    /** A folder of WAV files and one of pictures beside the one of MIDI files, each optional. */
    public record Targets(Path out, Optional<Path> pictures, Optional<Path> wavs) {}

    /**
     * The work below a folder: every MIDI file, by its suffix, in alphabetical order; not what lies in the target.
     *
     * @throws IOException if the folder cannot be read
     */
    public static List<Order.Job> jobs(Path folder, Targets targets) throws IOException {
        Path target = targets.out().toAbsolutePath().normalize();
        List<Path> files;
        try (Stream<Path> walk = Files.walk(folder)) {
            files = walk.filter(file -> isMidi(file) && Files.isRegularFile(file))
                    .filter(file -> !file.toAbsolutePath().normalize().startsWith(target))
                    .sorted()
                    .toList();
        }
        return files.stream()
                .map(file -> {
                    Path relative = folder.relativize(file);
                    return new Order.Job(
                            file,
                            targets.out().resolve(relative),
                            targets.pictures().map(pictures -> pictures.resolve(relative + ".png")),
                            targets.wavs().map(wavs -> wavs.resolve(relative + ".wav")));
                })
                .toList();
    }

    private static boolean isMidi(Path file) {
        String name = String.valueOf(file.getFileName()).toLowerCase(Locale.ROOT);
        return SUFFIXES.stream().anyMatch(name::endsWith);
    }

    /**
     * Does the work.
     *
     * @param workers threads, each with a bench of its own
     * @param benches makes a bench for a worker; closed at the end
     * @throws InterruptedException if the caller is; the workers end with their current files
     */
    public static Summary run(List<Order.Job> jobs, int workers, Supplier<Workbench> benches, Listener listener)
            throws InterruptedException {
        long start = System.nanoTime();
        Progress progress = new Progress(jobs.size(), listener);
        ConcurrentLinkedQueue<Order.Job> queue = new ConcurrentLinkedQueue<>(jobs);
        int count = Math.max(1, Math.min(workers, jobs.size()));
        CountDownLatch ended = new CountDownLatch(count);
        for (int i = 0; i < count; i++) {
            Thread worker = new Thread(
                    () -> {
                        try (Workbench bench = benches.get()) {
                            work(queue, bench, progress);
                        } finally {
                            ended.countDown();
                        }
                    },
                    "transfer-" + i);
            worker.setDaemon(true);
            worker.start();
        }
        try {
            ended.await();
        } catch (InterruptedException e) {
            queue.clear();
            throw e;
        }
        return progress.summary(System.nanoTime() - start);
    }

    private static void work(ConcurrentLinkedQueue<Order.Job> queue, Workbench bench, Progress progress) {
        for (Order.Job job = queue.poll(); job != null; job = queue.poll()) {
            long start = System.nanoTime();
            try {
                Outcome outcome = bench.transfer(job);
                progress.done(outcome, System.nanoTime() - start);
            } catch (IOException | RuntimeException | OutOfMemoryError | StackOverflowError e) {
                // One broken file among hundreds, whatever it breaks, is a line in the summary.
                progress.failed(job.in(), e, System.nanoTime() - start);
            }
        }
    }

    private static final class Progress {
        private final int all;
        private final Listener listener;
        private int done;
        private int failed;
        private final List<Timed> times = new ArrayList<>();

        Progress(int all, Listener listener) {
            this.all = all;
            this.listener = listener;
        }

        synchronized void done(Outcome outcome, long ns) {
            times.add(new Timed(outcome.in(), ns));
            listener.done(outcome, ++done + failed, all);
        }

        synchronized void failed(Path in, Throwable cause, long ns) {
            times.add(new Timed(in, ns));
            listener.failed(in, cause, done + ++failed, all);
        }

        synchronized Summary summary(long ns) {
            List<Timed> slowest = times.stream()
                    .sorted(Comparator.comparingLong(Timed::ns).reversed())
                    .limit(SLOWEST)
                    .toList();
            return new Summary(done, failed, ns, slowest);
        }
    }
}
