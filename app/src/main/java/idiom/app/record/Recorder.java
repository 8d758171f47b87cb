package idiom.app.record;

import idiom.app.live.Ensemble;
import idiom.app.transfer.Failures;
import idiom.app.transfer.Refusal;
import idiom.bridge.Device;
import idiom.presets.Preset;
import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Records a live session into a MIDI file: {@link #open}, {@link #tap} every device, {@link #start}, play, {@link #finish}.
 * While it plays, a thread "record" carries what the taps note down into a journal beside the file; the file itself is made of
 * the journal in the end. If the program is killed, the journal stays, and {@link #recover} makes a file of it. [control]
 */
public final class Recorder implements AutoCloseable {
    /** Room for some seconds of the densest music. */
    private static final int RING_BYTES = 1 << 18;
    /** An hour of dense playing. */
    private static final long LEAST_ROOM_BYTES = 16L << 20;

    private final Path target;
    private final boolean overwrites;
    private final Journal journal;
    private final List<Tap> taps = new ArrayList<>();
    private final List<String> names = new ArrayList<>();
    private @Nullable RecordAgent agent;
    private boolean isFinished;
    private boolean toldOfLoss;
    private boolean toldOfFailure;

    private Recorder(Path target, boolean overwrites, Journal journal) {
        this.target = target;
        this.overwrites = overwrites;
        this.journal = journal;
    }

    /**
     * Gets ready to record.
     *
     * @param overwrites whether a file that is there may be replaced
     * @throws FileAlreadyExistsException if there is one that may not
     * @throws Refusal if nothing can be recorded there, or somebody else does
     */
    public static Recorder open(Path target, boolean overwrites) throws IOException {
        Path folder = folder(target);
        if (Files.isDirectory(target)) {
            throw new Refusal(target + " is a folder; a recording needs a file: " + target.resolve("take.mid"));
        }
        requireFree(target, overwrites);
        if (!Files.isDirectory(folder)) {
            throw new Refusal("there is no folder " + folder + " to record to");
        }
        requireRoom(folder, Files.getFileStore(folder).getUsableSpace());
        FileChannel channel = Journal.lock(Journal.beside(target));
        channel.truncate(0);
        return new Recorder(target, overwrites, new Journal(channel));
    }

    static void requireRoom(Path folder, long usableBytes) {
        if (usableBytes < LEAST_ROOM_BYTES) {
            throw new Refusal("too little room to record in " + folder + ": " + (usableBytes >> 20)
                    + " MB are free, 16 MB are needed");
        }
    }

    private static void requireFree(Path target, boolean overwrites) throws FileAlreadyExistsException {
        if (!overwrites && Files.exists(target, LinkOption.NOFOLLOW_LINKS)) {
            throw new FileAlreadyExistsException(target.toString());
        }
    }

    private static Path folder(Path target) {
        Path parent = target.toAbsolutePath().getParent();
        return parent == null ? target : parent;
    }

    /**
     * What a program that was killed left of the recording of that name, as a file.
     *
     * @param overwrites whether a file that is there may be replaced
     * @return what is in it; empty if nothing was left
     * @throws Refusal if that recording still goes on, or cannot be read
     */
    public static Optional<Recording> recover(Path left, Path target, boolean overwrites) throws IOException {
        Path journal = Journal.beside(left);
        if (!Journal.isThere(journal)) {
            return Optional.empty();
        }
        requireFree(target, overwrites);
        try (FileChannel locked = Journal.lock(journal)) {
            Take take = JournalReader.read(journal, Channels.newInputStream(locked));
            Optional<Recording> recording =
                    take.isEmpty() ? Optional.empty() : Optional.of(Recording.write(take, target, overwrites, 0));
            Files.deleteIfExists(journal);
            return recording;
        }
    }

    /** A device to use in place of one, whose music will be recorded. */
    public Device tap(String name, Device device) {
        Tap tap = new Tap(device, RING_BYTES);
        taps.add(tap);
        names.add(name);
        return tap;
    }

    /** Begins to record; to be called before the session's thread starts, with those who play on the tapped devices. */
    public void start(List<Ensemble.Member> members) {
        List<Take.Source> sources = new ArrayList<>();
        for (int i = 0; i < taps.size(); i++) {
            List<String> presets =
                    members.get(i).presets().stream().map(Preset::name).toList();
            sources.add(new Take.Source(names.get(i), taps.get(i).clockRate(), presets));
        }
        try {
            journal.begin(sources);
        } catch (IOException e) {
            throw new Refusal("nothing can be written to " + Journal.beside(target) + ": " + Failures.line(e), e);
        }
        for (int i = 0; i < taps.size(); i++) {
            taps.get(i).follow(members.get(i).performer().part().session());
        }
        RecordAgent started = new RecordAgent(journal, taps);
        agent = started;
        started.start();
    }

    /** What has gone wrong and was not told yet, in one line. */
    public Optional<String> news() {
        RecordAgent running = agent;
        if (running == null) {
            return Optional.empty();
        }
        IOException failure = running.failure();
        if (failure != null && !toldOfFailure) {
            toldOfFailure = true;
            return Optional.of("the recording is interrupted: " + Failures.line(failure));
        }
        if (lost() > 0 && !toldOfLoss) {
            toldOfLoss = true;
            return Optional.of("messages are missing from the recording: there was no room for them");
        }
        return Optional.empty();
    }

    private long lost() {
        return taps.stream().mapToLong(Tap::lost).sum();
    }

    /**
     * Ends the recording and writes the file; nothing may play any more.
     *
     * @throws Refusal if it can't be written; the journal then stays, and the message says how to try again
     */
    public Recording finish() throws IOException {
        RecordAgent running = agent;
        if (running == null) {
            throw new IllegalStateException("a recording must be started before it is finished: started=false");
        }
        Path file = Journal.beside(target);
        isFinished = true;
        running.close();
        journal.close();
        try {
            Recording recording =
                    Recording.write(JournalReader.read(file), target, overwrites, lost() + running.lost());
            Files.deleteIfExists(file);
            return recording;
        } catch (IOException e) {
            throw new Refusal(
                    Failures.line(e) + "; the recording is in " + file + ", and 'idiom record --recover " + target
                            + "' writes it",
                    e);
        }
    }

    /** Gives up what was not finished: a journal that has been begun stays for {@link #recover}. */
    @Override
    public void close() throws IOException {
        RecordAgent running = agent;
        if (running != null && !isFinished) {
            running.close();
        }
        journal.close();
        if (running == null) {
            Files.deleteIfExists(Journal.beside(target));
        }
    }
}
